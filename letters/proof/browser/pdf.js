// The objects of a PDF (ISO 32000-1 section 7), read strictly: nothing is repaired or guessed.
const DELIMITERS = new Set([..."()<>[]{}/%"].map((char) => char.charCodeAt(0)));
const BLANKS = new Set([0, 9, 10, 12, 13, 32]);
const BROKEN = "The PDF is damaged: its structure cannot be read.";

class Name { constructor(text) { this.text = text; } }
class Reference { constructor(number) { this.number = number; } }
class Stream { constructor(facts, bytes) { Object.assign(this, { facts, bytes }); } }
const isName = (value, text) => value instanceof Name && value.text === text;

// Reads values one after another from bytes.
class Reader {
  constructor(bytes, at = 0) { Object.assign(this, { bytes, at }); }

  blanks() {
    for (; BLANKS.has(this.bytes[this.at]) || this.bytes[this.at] === 37; this.at++) {
      if (this.bytes[this.at] === 37) while (this.at < this.bytes.length && ![10, 13].includes(this.bytes[this.at])) this.at++;
    }
  }

  word() {
    this.blanks();
    const start = this.at;
    while (this.at < this.bytes.length && !BLANKS.has(this.bytes[this.at]) && !DELIMITERS.has(this.bytes[this.at])) this.at++;
    return latin(this.bytes.subarray(start, this.at));
  }

  value(depth = 64) {
    if (depth < 0) throw new Fault(BROKEN);
    this.blanks();
    const [byte, next] = [this.bytes[this.at], this.bytes[this.at + 1]];
    if (byte === 47) return this.name();
    if (byte === 40) return this.literal();
    if (byte === 60 && next === 60) return this.dictionary(depth);
    if (byte === 60) return this.hex();
    if (byte === 91) return this.list(depth);
    const word = this.word();
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) {
      if (["true", "false", "null"].includes(word)) return { true: true, false: false, null: null }[word];
      throw new Fault(BROKEN);
    }
    const before = this.at;
    if (/^\d+$/.test(word) && /^\d+$/.test(this.word()) && this.word() === "R") return new Reference(Number(word));
    this.at = before;
    return Number(word);
  }

  name() {
    this.at++;
    const start = this.at;
    while (this.at < this.bytes.length && !BLANKS.has(this.bytes[this.at]) && !DELIMITERS.has(this.bytes[this.at])) this.at++;
    const text = latin(this.bytes.subarray(start, this.at));
    return new Name(text.replace(/#([0-9a-fA-F]{2})/g, (_, code) => String.fromCharCode(parseInt(code, 16))));
  }

  hex() {
    const end = this.bytes.indexOf(62, this.at);
    const digits = end < 0 ? "?" : latin(this.bytes.subarray(this.at + 1, end)).replace(/\s/g, "");
    if (!/^[0-9a-fA-F]*$/.test(digits)) throw new Fault(BROKEN);
    this.at = end + 1;
    return fromHex(digits.length % 2 ? `${digits}0` : digits);
  }

  literal() {
    const out = [];
    const plain = { 110: 10, 114: 13, 116: 9, 98: 8, 102: 12 };
    let open = 1;
    for (this.at++; this.at < this.bytes.length; this.at++) {
      let byte = this.bytes[this.at];
      if (byte === 92) {
        byte = this.bytes[++this.at];
        const digits = latin(this.bytes.subarray(this.at, this.at + 3)).match(/^[0-7]{1,3}/)?.[0];
        if (digits) this.at += digits.length - 1;
        if (byte === 13 && this.bytes[this.at + 1] === 10) this.at++;
        if (byte !== 10 && byte !== 13) out.push(digits ? parseInt(digits, 8) & 255 : (plain[byte] ?? byte));
        continue;
      }
      if (byte === 40) open++;
      if (byte === 41 && --open === 0) break;
      out.push(byte);
    }
    if (open) throw new Fault(BROKEN);
    this.at++;
    return Uint8Array.from(out);
  }

  list(depth) {
    const found = [];
    for (this.at++, this.blanks(); this.bytes[this.at] !== 93; this.blanks()) found.push(this.value(depth - 1));
    this.at++;
    return found;
  }

  dictionary(depth) {
    const found = new Map();
    for (this.at += 2, this.blanks(); this.bytes[this.at] !== 62; this.blanks()) {
      const key = this.value(depth - 1);
      if (!(key instanceof Name) || found.has(key.text)) throw new Fault(BROKEN);
      found.set(key.text, this.value(depth - 1));
    }
    if (this.bytes[this.at + 1] !== 62) throw new Fault(BROKEN);
    this.at += 2;
    return found;
  }
}
