// The evidence zip has a single possible byte form: read it by that form, write it again, compare.
const MOST_FILES = 64;
const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});

const crc32 = (bytes) => {
  let crc = ~0;
  for (const byte of bytes) crc = CRC[(crc ^ byte) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
};

// The files by name, in the order of the zip.
function unzipped(data) {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const files = new Map();
  let at = 0;
  while (at + 30 <= data.length && view.getUint32(at, true) === 0x04034b50) {
    const [packing, size] = [view.getUint16(at + 8, true), view.getUint32(at + 18, true)];
    const begin = at + 30 + view.getUint16(at + 26, true);
    const start = begin + view.getUint16(at + 28, true);
    const name = decoded(data.subarray(at + 30, begin), "A file name in the zip");
    if (packing !== 0) throw new Fault("The zip was packed anew: ask for the original file.");
    if (start + size > data.length) throw new Fault("The zip file is damaged: it is cut off.");
    if (files.has(name)) throw new Fault(`The zip file holds "${name}" twice.`);
    if (files.size >= MOST_FILES) throw new Fault("The zip file holds far more files than evidence does.");
    files.set(name, data.subarray(start, start + size));
    at = start + size;
  }
  if (!files.size) throw new Fault("The zip file is damaged: it holds no file.");
  return files;
}

const words = (...values) =>
  joined(...values.map(([value, size]) => Uint8Array.from({ length: size }, (_, n) => (value / 2 ** (8 * n)) & 255)));

// The files as the one zip there is of them: sorted by name, stored, with fixed times and modes.
function zipped(files) {
  const heads = [];
  const list = [];
  let at = 0;
  for (const name of [...files.keys()].sort()) {
    const [content, title] = [files.get(name), encoded(name)];
    const flags = title.length === name.length ? 0 : 0x800;
    const facts = [[20, 2], [flags, 2], [0, 2], [0, 2], [33, 2], [crc32(content), 4]];
    const sizes = [[content.length, 4], [content.length, 4], [title.length, 2], [0, 2]];
    heads.push(words([0x04034b50, 4], ...facts, ...sizes), title, content);
    const place = [[0, 2], [0, 2], [0, 2], [0o100644 * 65536, 4], [at, 4]];
    list.push(words([0x02014b50, 4], [20, 1], [3, 1], ...facts, ...sizes, ...place), title);
    at += 30 + title.length + content.length;
  }
  const directory = joined(...list);
  const count = [files.size, 2];
  const end = [[0x06054b50, 4], [0, 2], [0, 2], count, count, [directory.length, 4], [at, 4], [0, 2]];
  return joined(...heads, directory, words(...end));
}
