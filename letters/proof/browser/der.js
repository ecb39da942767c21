// DER (X.690), strict: definite lengths in their shortest form, and no byte left over.
const SEQUENCE = 0x30, SET = 0x31, INTEGER = 2, OCTETS = 4, NULL = 5, OID = 6, BITS = 3;

// One value at `at`: its tag, its whole bytes and what it holds.
function element(bytes, at = 0, end = bytes.length) {
  if (at + 2 > end) throw new Fault("The seal is damaged: its signature cannot be read.");
  const first = bytes[at + 1];
  let [start, size] = [at + 2, first];
  if (first >= 128) {
    const count = first - 128;
    size = 0;
    for (const byte of bytes.subarray(start, start + count)) size = size * 256 + byte;
    start += count;
    if (count < 1 || count > 4 || size < 128 || size < 256 ** (count - 1)) {
      throw new Fault("The seal is damaged: it is not written in its one exact form.");
    }
  }
  if (start + size > end) throw new Fault("The seal is damaged: it is cut off.");
  return { tag: bytes[at], raw: bytes.subarray(at, start + size), body: bytes.subarray(start, start + size) };
}

// The values a constructed value holds, one after another.
function inside(value) {
  const found = [];
  for (let at = 0; at < value.body.length; ) {
    const item = element(value.body, at);
    found.push(item);
    at += item.raw.length;
  }
  return found;
}

function only(bytes) {
  const found = element(bytes);
  if (found.raw.length !== bytes.length) throw new Fault("The certificate is damaged.");
  return found;
}

function expected(value, tag) {
  if (value?.tag !== tag) throw new Fault("The seal is damaged: its signature cannot be read.");
  return value;
}

function tagged(tag, ...parts) {
  const body = joined(...parts);
  if (body.length < 128) return joined(Uint8Array.of(tag, body.length), body);
  const size = fromHex(body.length.toString(16).padStart(body.length > 65535 ? 6 : body.length > 255 ? 4 : 2, "0"));
  return joined(Uint8Array.of(tag, 128 + size.length), size, body);
}

// An object identifier in dots, e.g. "1.2.840.113549.1.7.2".
function dots(value) {
  const numbers = [];
  let number = 0;
  for (const byte of expected(value, OID).body) {
    number = number * 128 + (byte & 127);
    if (byte < 128) {
      numbers.push(number);
      number = 0;
    }
  }
  const head = Math.min(Math.floor(numbers[0] / 40), 2);
  return [head, numbers[0] - 40 * head, ...numbers.slice(1)].join(".");
}

// The bytes of an object identifier in dots, for names below 2.40.
function identifier(text) {
  const [first, second, ...rest] = text.split(".").map(Number);
  const coded = [40 * first + second, ...rest].flatMap((number) => {
    const digits = [number % 128];
    for (let left = Math.floor(number / 128); left; left = Math.floor(left / 128)) digits.unshift(128 + (left % 128));
    return digits;
  });
  return tagged(OID, Uint8Array.from(coded));
}
