// What stands behind the sealed part of a PDF, in one exact form: validation data and an archive time-stamp.
const ROOM = 9000, MOST_ADDED = 40, STORED = ["Certs", "OCSPs", "CRLs"];
const FIELD = "Archive", FIELD_KEYS = "F,FT,P,Rect,Subtype,T,Type";
const AFTER = "\nendstream\nendobj\n";
const STORE = /^\d{1,9} 0 obj\n<< \/Type \/DSS((?: \/(?:Certs|OCSPs|CRLs) \[(?: \d{1,9} 0 R)+ \])+) >>\nendobj\n/;

// The numbers of the empty store, of the empty field and of its page in a sealed part; 0 for what is missing.
async function announcedIn(pdf) {
  const root = await pdf.get(pdf.trailer, "Root");
  const here = root?.get("DSS"), store = await pdf.resolved(here);
  const fields = await pdf.get(root, "AcroForm", "Fields");
  const second = Array.isArray(fields) && fields.length === 2 ? await pdf.resolved(fields[1]) : null;
  const keys = second instanceof Map ? [...second.keys()].sort().join() : "";
  const free = keys === FIELD_KEYS && latin(second.get("T")) === FIELD;
  const empty = store instanceof Map && store.size === 1 && isName(store.get("Type"), "DSS");
  return {
    store: empty ? here.number : 0, field: free ? fields[1].number : 0, page: free ? second.get("P").number : 0,
  };
}

// Where a sealed part ends, and what a section behind it refers to.
async function placesIn(bytes, pdf) {
  const found = latin(bytes.subarray(-64)).match(/startxref\n(\d{1,10})\n%%EOF\n$/);
  const { trailer } = pdf;
  const [root, info, ids] = [trailer.get("Root"), trailer.get("Info"), trailer.get("ID")];
  if (!found || !(root instanceof Reference) || !(info instanceof Reference) || ids?.length !== 2) {
    throw new Fault("The sealed part of the file does not end as a sealer of ours ends it.");
  }
  return {
    ...(await announcedIn(pdf)), length: bytes.length, start: Number(found[1]), size: trailer.get("Size"),
    root: `${root.number} 0 R`, info: `${info.number} 0 R`,
    id: `[ ${ids.map((one) => `<${hexOf(one).toUpperCase()}>`).join(" ")} ]`,
  };
}

// A cross-reference stream as object `number` at byte `here`, and the end of the file.
function section(at, number, offsets, here) {
  const listed = [...offsets, [number, here]].sort(([a], [b]) => a - b);
  const entries = listed.flatMap(([, offset]) => [1, ...fromHex(offset.toString(16).padStart(16, "0")), 0]);
  const index = listed.map(([one]) => `${one} 1`).join(" ");
  const facts = `/Type /XRef /W [ 1 8 1 ] /Index [ ${index} ] /Size ${number + 1} /Prev ${at.start} /Root ${at.root} /Info ${at.info} /ID ${at.id} /Length ${entries.length}`;
  return joined(
    ascii(`${number} 0 obj\n<< ${facts} >>\nstream\n`), Uint8Array.from(entries),
    ascii(`${AFTER}startxref\n${here}\n%%EOF\n`),
  );
}

// The revision with the validation data, and where the file then ends.
function validation(at, held) {
  const parts = [], offsets = [];
  let [number, here, listed] = [at.size, at.length, ""];
  for (const kind of STORED) {
    let refs = "";
    for (const der of held[kind]) {
      const part = joined(ascii(`${number} 0 obj\n<< /Length ${der.length} >>\nstream\n`), der, ascii(AFTER));
      offsets.push([number, here]);
      parts.push(part);
      here += part.length;
      refs += ` ${number++} 0 R`;
    }
    if (refs) listed += ` /${kind} [${refs} ]`;
  }
  offsets.push([at.store, here]);
  const store = ascii(`${at.store} 0 obj\n<< /Type /DSS${listed} >>\nendobj\n`);
  const start = here + store.length;
  const bytes = joined(...parts, store, section(at, number, offsets, start));
  return { bytes, behind: { ...at, length: at.length + bytes.length, start, size: number + 1 } };
}

// The revision with the archive time-stamp in three pieces; the middle one is the token's hex with its brackets.
function archived(at, hex) {
  const field = `${at.field} 0 obj\n<< /FT /Sig /T (Archive) /Type /Annot /Subtype /Widget /F 132 /Rect [ 0 0 0 0 ] /P ${at.page} 0 R /V ${at.size} 0 R >>\nendobj\n`;
  const stamp = `${at.size} 0 obj\n<< /Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161\n/Contents `;
  const written = `<${hex.padEnd(2 * ROOM, "0")}>`;
  const opening = at.length + field.length + stamp.length, closing = opening + written.length;
  const covers = (text) => `\n/ByteRange [ ${text.padEnd(40)}] >>\nendobj\n`;
  const kept = covers("").length;
  const offsets = [[at.field, at.length], [at.size, at.length + field.length]];
  const table = section(at, at.size + 1, offsets, closing + kept);
  const tail = covers(`0 ${opening} ${closing} ${kept + table.length}`);
  return [ascii(field + stamp), ascii(written), joined(ascii(tail), table)];
}

// The validation data that was added, by kind.
function heldIn(added) {
  const found = [];
  let place = 0;
  for (;;) {
    const head = latin(added.subarray(place, place + 64)).match(/^\d{1,9} 0 obj\n<< \/Length (\d{1,7}) >>\nstream\n/);
    if (!head) break;
    const start = place + head[0].length;
    found.push(added.subarray(start, start + Number(head[1])));
    place = start + Number(head[1]) + AFTER.length;
    if (found.length > MOST_ADDED) throw new Fault(`More than ${MOST_ADDED} certificates and answers were added behind the seal.`);
  }
  const store = latin(added.subarray(place, place + 4096)).match(STORE);
  const held = {};
  let used = 0;
  for (const kind of STORED) {
    const refs = store?.[1].match(new RegExp(`/${kind} \\[([^\\]]*)\\]`));
    const count = refs ? refs[1].split("R").length - 1 : 0;
    held[kind] = found.slice(used, (used += count));
  }
  if (!store || used !== found.length) throw new Fault("The validation data that the seal announces is not there, or is damaged.");
  return held;
}

// What was added, written again: it must come out byte for byte. The pieces, and the token of the archive or null.
function addedIn(at, added) {
  const held = heldIn(added);
  const { bytes, behind } = validation(at, held);
  const pieces = [bytes];
  let token = null;
  if (at.field) {
    const found = latin(added.subarray(bytes.length)).match(new RegExp(`/Contents <([0-9A-F]{${2 * ROOM}})>`));
    if (!found) throw new Fault("The archive time-stamp that the seal announces is not there.");
    token = fromHex(found[1]);
    pieces.push(...archived(behind, found[1]));
  }
  if (!same(joined(...pieces), added)) {
    throw new Fault("What was added behind the seal is not written in its one exact form: a byte of it was changed.");
  }
  return { held, token, pieces };
}
