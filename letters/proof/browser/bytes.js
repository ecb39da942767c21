// Bytes, text and hashes; a Fault is a sentence for people.
class Fault extends Error {}

const latin = (bytes) => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
};
const ascii = (text) => Uint8Array.from(text, (char) => char.charCodeAt(0) & 255);
const encoded = (text) => new TextEncoder().encode(text);
const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const fromHex = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
const base64Of = (bytes) => btoa(latin(bytes));

// UTF-8 without mercy: damaged text is a fault, and a byte order mark stays where it is.
function decoded(bytes, name) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Fault(`${name} is damaged: it is not UTF-8 text.`);
  }
}

// The bytes of a base64 text that is written in its one exact form; null for any other text.
function fromBase64(text) {
  try {
    const bytes = ascii(atob(text));
    return base64Of(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}

function joined(...parts) {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

// A moment (RFC 3339, in UTC) as day, month and year; other text as it is.
function inWords(text) {
  const at = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) ? new Date(text) : null;
  if (!at || Number.isNaN(at.getTime())) return text;
  const month = at.toLocaleString("en-GB", { month: "long", timeZone: "UTC" });
  return `${at.getUTCDate()} ${month} ${at.getUTCFullYear()}, ${text.slice(11, 19)} UTC`;
}

const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);
const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
const sha256Hex = async (...parts) => hexOf(await sha256(...parts));

// A zlib stream unpacked; no more than `limit` bytes are kept in memory.
async function inflated(bytes, limit, name) {
  const parts = [];
  let size = 0;
  try {
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      size += piece.value.length;
      if (size > limit) throw new Fault(`${name} unpacks to far more than evidence ever holds.`);
      parts.push(piece.value);
    }
  } catch (error) {
    throw error instanceof Fault ? error : new Fault(`${name} is damaged.`);
  }
  return joined(...parts);
}
