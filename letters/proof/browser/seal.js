// The seal of a PDF: one certification that permits no change, over every byte but its own hex text.
const LONGEST_FIELD = 262144;
// Hexadecimal zeros behind a seal without a time-stamp. A token would leave thousands when it is taken out.
const MOST_PADDING = 256;
// Seals that state an earlier time were made before a sealer chose between the two forms of an ECDSA signature.
const ONE_FORM_SINCE = "2026-12-01T00:00:00Z";
const NO_SEAL = "The PDF carries no seal.";

// The signature of a file, checked to be a certification that permits no change; `beside` it there may be the field
// that an archive time-stamp is to fill.
async function onlySignature(pdf, beside) {
  const fields = await pdf.get(pdf.trailer, "Root", "AcroForm", "Fields");
  if (!Array.isArray(fields) || !fields.length) throw new Fault(NO_SEAL);
  const kept = beside && fields.length === 2 && latin((await pdf.get(fields[1], "T")) ?? new Uint8Array()) === FIELD;
  if (fields.length > (kept ? 2 : 1)) {
    throw new Fault("The PDF carries more than one signature or form field; a sealed letter has one seal only.");
  }
  const field = await pdf.resolved(fields[0]);
  const signature = await pdf.get(field, "V");
  if (!(signature instanceof Map) || !isName(await pdf.get(field, "FT"), "Sig") || field.has("Kids")) throw new Fault(NO_SEAL);
  if (!isName(await pdf.get(signature, "SubFilter"), "ETSI.CAdES.detached")) {
    throw new Fault("The PDF is signed in another form than a sealed letter; it is not one of ours.");
  }
  const rights = await pdf.get(pdf.trailer, "Root", "Perms");
  const certified = rights instanceof Map ? rights.get("DocMDP") : null;
  const here = field.get("V");
  if (!(certified instanceof Reference) || !(here instanceof Reference) || certified.number !== here.number) {
    throw new Fault("The signature is not a seal: it does not certify the document.");
  }
  const references = await pdf.get(signature, "Reference");
  const reference = Array.isArray(references) && references.length === 1 ? references[0] : null;
  const method = await pdf.get(reference, "TransformMethod");
  if (rights.size !== 1 || !isName(method, "DocMDP") || (await pdf.get(reference, "TransformParams", "P")) !== 1) {
    throw new Fault("The seal permits later changes; that of a sealed letter permits none.");
  }
  return signature;
}

// Start and end of the only bytes the signature leaves out, and the end of those it covers.
async function gapOf(pdf, signature, size) {
  const spans = await pdf.get(signature, "ByteRange");
  if (!Array.isArray(spans) || spans.length !== 4 || !spans.every(Number.isInteger)) {
    throw new Fault("The seal does not say which bytes it covers.");
  }
  const [first, start, end, length] = spans;
  if (first !== 0 || !(start > 0 && start < end - 2 && end - 2 < size)) {
    throw new Fault("The seal does not cover the file from its first byte.");
  }
  if (end + length > size) throw new Fault("The file is cut off: it is shorter than what was sealed.");
  return [start, end, end + length];
}

// Where the sealed part ends, as the file itself states; nothing is proven by that.
const endOf = async (bytes, pdf) => (await gapOf(pdf, await onlySignature(pdf, true), bytes.length))[2];

// What is proven by that which the sealed part announces; null when it announces nothing and nothing is there.
async function keptBy(bytes, pdf, added, parts, stamp) {
  const { store, field } = await announcedIn(pdf);
  if (field && !store) throw new Fault("The seal announces an archive time-stamp, but not what that is to cover.");
  if (!store && added.length) throw new Fault(`${added.length} bytes were added to the file after it was sealed.`);
  if (!store) return null;
  if (!added.length) throw new Fault("What the seal announces is not there: the answers on whether its certificates were revoked.");
  if (!stamp) throw new Fault("The seal announces answers about revocation, but no time-stamp says for when they count.");
  return lastingOf(bytes, added, await placesIn(bytes, pdf), [parts.signer, ...parts.others], stamp);
}

function statedTime(moment) {
  const found = moment instanceof Uint8Array && latin(moment).match(/^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|\+00'00'?)$/);
  return found ? `${found.slice(1, 4).join("-")}T${found.slice(4).join(":")}Z` : "";
}

// The certificate, the stated time and what confirms them, of a seal that holds; a Fault says why another does not.
// `bytes` are the sealed part of a file, `added` is what stands behind it.
async function sealOf(bytes, pdf, added) {
  const signature = await onlySignature(pdf, (await announcedIn(pdf)).field > 0);
  const [start, end, last] = await gapOf(pdf, signature, bytes.length);
  if (last !== bytes.length) throw new Fault("The seal does not cover the whole of the part that it seals.");
  const written = latin(bytes.subarray(start + 1, end - 1));
  if (bytes[start] !== 60 || bytes[end - 1] !== 62 || !/^[0-9A-F]+$/.test(written)) {
    throw new Fault("The place of the signature in the file is damaged: it is not the hex text of a seal.");
  }
  if (written.length % 2 || written.length > LONGEST_FIELD) {
    throw new Fault("The signature in the file is cut off, or far too long.");
  }
  const padded = fromHex(written);
  const contents = await pdf.get(signature, "Contents");
  if (!(contents instanceof Uint8Array) || !same(contents, padded)) {
    throw new Fault("The seal leaves out another part of the file than its own signature.");
  }
  const parts = read(padded);
  const exact = hexOf(rebuilt(parts)).toUpperCase();
  if (exact.padEnd(written.length, "0") !== written) {
    throw new Fault("The signature in the file is not written in its one exact form: a byte of it was changed.");
  }
  await checkSeal(parts, joined(bytes.subarray(0, start), bytes.subarray(end)));
  const at = statedTime(await pdf.get(signature, "M"));
  if (at >= ONE_FORM_SINCE && !inOneForm(parts.signer, parts.signature)) {
    throw new Fault("The signature of the seal was written in another form: it was changed after it was made.");
  }
  if (!parts.token && written.length - exact.length > MOST_PADDING) {
    throw new Fault("A part of the seal was taken out: its place in the file is far too large for what is there.");
  }
  const stamp = parts.token ? await stampOf(parts.token, parts.signature) : null;
  const lasting = await keptBy(bytes, pdf, added, parts, stamp);
  return { fingerprint: await sha256Hex(parts.signer.der), at, stamp, lasting };
}
