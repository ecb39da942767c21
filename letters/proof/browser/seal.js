// The seal of a PDF: one certification that permits no change, over every byte but its own hex text.
const LONGEST_FIELD = 262144;
const NO_SEAL = "The PDF carries no seal.";

async function onlySignature(pdf) {
  const fields = await pdf.get(pdf.trailer, "Root", "AcroForm", "Fields");
  if (!Array.isArray(fields) || !fields.length) throw new Fault(NO_SEAL);
  if (fields.length > 1) {
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

// Start and end of the only bytes the signature leaves out.
async function gapOf(pdf, signature, size) {
  const spans = await pdf.get(signature, "ByteRange");
  if (!Array.isArray(spans) || spans.length !== 4 || !spans.every(Number.isInteger)) {
    throw new Fault("The seal does not say which bytes it covers.");
  }
  const [first, start, end, length] = spans;
  if (first !== 0 || !(start > 0 && start < end - 2 && end - 2 < size)) {
    throw new Fault("The seal does not cover the file from its first byte.");
  }
  if (end + length < size) throw new Fault(`${size - end - length} bytes were added to the file after it was sealed.`);
  if (end + length > size) throw new Fault("The file is cut off: it is shorter than what was sealed.");
  return [start, end];
}

// The certificate and the stated time of a seal that holds; a Fault says why another does not.
async function sealOf(bytes, pdf) {
  const signature = await onlySignature(pdf);
  const [start, end] = await gapOf(pdf, signature, bytes.length);
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
  if (hexOf(rebuilt(parts)).toUpperCase().padEnd(written.length, "0") !== written) {
    throw new Fault("The signature in the file is not written in its one exact form: a byte of it was changed.");
  }
  await checkSeal(parts, joined(bytes.subarray(0, start), bytes.subarray(end)));
  const moment = await pdf.get(signature, "M");
  const found = moment instanceof Uint8Array && latin(moment).match(/^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|\+00'00'?)$/);
  const at = found ? `${found.slice(1, 4).join("-")}T${found.slice(4).join(":")}Z` : "";
  return { fingerprint: await sha256Hex(parts.signer.der), at };
}
