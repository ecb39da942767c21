// A whole PDF: its cross-reference streams and tables, the objects they name, and the files attached.
const MOST_BYTES = 256 * 1024 * 1024, MOST_ATTACHED = 64;

class Pdf {
  constructor(bytes) {
    Object.assign(this, { bytes, places: new Map(), packs: new Map(), trailer: null });
  }

  static async open(bytes) {
    const pdf = new Pdf(bytes);
    const tail = latin(bytes.subarray(-2048));
    const found = [...tail.matchAll(/startxref\s+(\d+)\s+%%EOF/g)].pop();
    const read = new Set();
    for (let at = found ? Number(found[1]) : -1; at !== undefined; ) {
      if (!(at >= 0 && at < bytes.length) || read.has(at)) throw new Fault(BROKEN);
      read.add(at);
      at = await pdf.section(at);
    }
    return pdf;
  }

  // Reads one section of places; where the one before it begins, if there is one.
  async section(at) {
    const reader = new Reader(this.bytes, at);
    let facts;
    if (latin(this.bytes.subarray(at, at + 4)) === "xref") facts = this.table(reader);
    else facts = await this.packed(await this.object(at));
    this.trailer ??= facts;
    return facts.get("Prev");
  }

  table(reader) {
    reader.word();
    for (let word = reader.word(); word !== "trailer"; word = reader.word()) {
      const [first, count] = [Number(word), Number(reader.word())];
      if (!(first >= 0 && count >= 0)) throw new Fault(BROKEN);
      for (let n = first; n < first + count; n++) {
        const [at, , use] = [Number(reader.word()), reader.word(), reader.word()];
        if (!this.places.has(n)) this.places.set(n, use === "n" ? { at } : null);
      }
    }
    return reader.value();
  }

  async packed(stream) {
    if (!(stream instanceof Stream) || !isName(stream.facts.get("Type"), "XRef")) throw new Fault(BROKEN);
    const data = await this.content(stream);
    const widths = stream.facts.get("W");
    const listed = stream.facts.get("Index") ?? [0, stream.facts.get("Size")];
    let at = 0;
    const number = (size) => data.subarray(at, (at += size)).reduce((sum, byte) => sum * 256 + byte, 0);
    for (let n = 0; n < listed.length; n += 2) {
      for (let one = listed[n]; one < listed[n] + listed[n + 1]; one++) {
        if (at >= data.length) throw new Fault(BROKEN);
        const kind = widths[0] ? number(widths[0]) : 1;
        const [first, second] = [number(widths[1]), number(widths[2])];
        const place = { 1: { at: first }, 2: { pack: first, index: second } }[kind] ?? null;
        if (!this.places.has(one)) this.places.set(one, place);
      }
    }
    return stream.facts;
  }

  // The object written at a place in the file.
  async object(at) {
    const reader = new Reader(this.bytes, at);
    const head = [reader.word(), reader.word(), reader.word()];
    if (!/^\d+ \d+ obj$/.test(head.join(" "))) throw new Fault(BROKEN);
    const value = reader.value();
    reader.blanks();
    if (!(value instanceof Map) || latin(this.bytes.subarray(reader.at, reader.at + 6)) !== "stream") return value;
    let start = reader.at + 6;
    if (this.bytes[start] === 13) start++;
    if (this.bytes[start] === 10) start++;
    const size = await this.resolved(value.get("Length"));
    if (!Number.isInteger(size) || size < 0 || start + size > this.bytes.length) throw new Fault(BROKEN);
    return new Stream(value, this.bytes.subarray(start, start + size));
  }

  // What a reference leads to; any other value itself.
  async resolved(value) {
    if (!(value instanceof Reference)) return value ?? null;
    const place = this.places.get(value.number);
    if (!place) return null;
    if (place.at !== undefined) return this.object(place.at);
    if (!this.packs.has(place.pack)) {
      if (this.places.get(place.pack)?.at === undefined) throw new Fault(BROKEN);
      const stream = await this.object(this.places.get(place.pack).at);
      this.packs.set(place.pack, [stream.facts, await this.content(stream)]);
    }
    const [facts, data] = this.packs.get(place.pack);
    const reader = new Reader(data);
    const numbers = Array.from({ length: 2 * facts.get("N") }, () => Number(reader.word()));
    const offset = numbers[2 * place.index + 1];
    if (numbers[2 * place.index] !== value.number || !Number.isInteger(offset)) throw new Fault(BROKEN);
    return new Reader(data, facts.get("First") + offset).value();
  }

  async get(holder, ...keys) {
    let value = await this.resolved(holder);
    for (const key of keys) {
      const found = value instanceof Stream ? value.facts : value;
      if (!(found instanceof Map)) return null;
      value = await this.resolved(found.get(key));
    }
    return value;
  }

  // The unpacked content of a stream.
  async content(stream, limit = MOST_BYTES, name = "A part of the PDF") {
    let packing = await this.resolved(stream.facts.get("Filter"));
    if (Array.isArray(packing) && packing.length === 1) packing = packing[0];
    const columns = (await this.get(stream, "DecodeParms", "Columns")) ?? 0;
    if (packing === null) return stream.bytes;
    if (!isName(packing, "FlateDecode")) throw new Fault(`${name} is packed in a way this check does not read.`);
    const data = await inflated(stream.bytes, limit, name);
    return columns ? unfiltered(data, columns) : data;
  }

  // The attached files by name (ISO 32000-1 section 7.11.4).
  async attachments() {
    const files = new Map();
    const waiting = [await this.get(this.trailer, "Root", "Names", "EmbeddedFiles")];
    for (let read = 0; waiting.length; read++) {
      const node = await this.resolved(waiting.pop());
      if (read > 2 * MOST_ATTACHED) throw new Fault("The list of attached files leads back to itself.");
      const named = (await this.get(node, "Names")) ?? [];
      waiting.push(...((await this.get(node, "Kids")) ?? []));
      for (let n = 1; n < named.length; n += 2) {
        const [name, other] = [await this.get(named[n], "F"), await this.get(named[n], "UF")];
        const stream = await this.get(named[n], "EF", "F");
        if (!(name instanceof Uint8Array) || !(stream instanceof Stream) || (other && latin(other) !== latin(name))) {
          throw new Fault("An attached file has no name, two names, or no content.");
        }
        if (files.has(latin(name)) || files.size >= MOST_ATTACHED) throw new Fault(`The file "${latin(name)}" is attached twice.`);
        files.set(latin(name), await this.content(stream, MOST_BYTES, `The attached file "${latin(name)}"`));
      }
    }
    return files;
  }
}

// Undoes the line filters of a cross-reference stream (PNG, types 0 and 2, the only ones written there).
function unfiltered(data, columns) {
  const out = new Uint8Array((data.length / (columns + 1)) * columns);
  for (let row = 0; row * (columns + 1) < data.length; row++) {
    const kind = data[row * (columns + 1)];
    if (kind !== 0 && kind !== 2) throw new Fault(BROKEN);
    for (let n = 0; n < columns; n++) {
      const above = kind === 2 && row ? out[(row - 1) * columns + n] : 0;
      out[row * columns + n] = data[row * (columns + 1) + 1 + n] + above;
    }
  }
  return out;
}
