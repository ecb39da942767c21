// From a file to a verdict in plain words; nothing leaves the browser.
const OWN_CLOCK = "The time: it is the site's own clock; no time-stamp authority confirms it.";
const STAMPED_CLOCK = "The times in the record and that of the close: they are the site's own clock, before the time-stamp.";
const NEVER_PROVEN = [
  "That the persons had the authority they stated: the mandate is what each of them declared.",
  "Who held the mailbox or passkey a person signed in with.",
  OWN_CLOCK,
  "That nobody was shown another record: a society finds out by looking for its receipt's hash among the events.",
  "That this is the latest edition, or that nothing happened to the letter afterwards.",
  "Anything the law attaches to advanced or qualified signatures: these are simple electronic signatures.",
];
const UNREAD = "That the pages show the names and the words that are in the evidence: this page does not read the print. Read letter.txt beside it, or use the command-line verifier.";

const EACH_PROVEN = "Each signature comes with a proof of its own that it stands in this roster: a society may hand on its record and that proof without the others.";

const failed = (problems, facts = []) => ({
  ok: false, headline: "This file does not hold: do not rely on it.", facts, proven: [], notProven: [], problems,
});

function factsOf(found, sealed) {
  const { manifest, roster } = found;
  const societies = new Set(roster.map(({ society }) => society)).size;
  return [
    ["Letter", manifest.letter.title], ["Convener", manifest.letter.convener], ["Version", manifest.version],
    ["Edition", manifest.edition], ["Societies", societies], ["Signatures", manifest.signatures],
    ["Closed", manifest.letter.closed_at], ["Sealed", sealed?.at],
    ["Time-stamp", sealed?.stamp?.at], ["Time-stamp authority", sealed?.stamp?.authority],
    ["Time-stamp root SHA-256", sealed?.stamp?.root], ["Archive time-stamp", sealed?.lasting?.archive?.at],
    ["Content hash", manifest.content_hash],
    ["Merkle root", manifest.merkle_root], ["Certificate SHA-256", found.certificate],
    ["Checkpoint key SHA-256", found.noteKey], ["Verify address", manifest.letter.verify_address],
  ].filter(([, value]) => value || value === 0).map(([name, value]) => [name, String(value)]);
}

// Adds what a time-stamp proves, and what it does not while nobody trusts its authority.
function stamped(stamp, trusted, proven, open) {
  const at = inWords(stamp.at);
  if (trusted.includes(stamp.fingerprint) || trusted.includes(stamp.root)) {
    proven.push(`The seal existed on ${at}: ${stamp.authority}, a time-stamp authority you trust, signed that time.`);
    return;
  }
  proven.push(`The seal existed on ${at}, as far as you trust the authority that signed that time: “${stamp.authority}”.`);
  open.push(`Who “${stamp.authority}” is: the time-stamp proves a key, not its owner. Trust in it rests on the root certificate with the SHA-256 ${stamp.root}: compare that with what the authority publishes.`);
}

// What the answers about revocation prove, and the time-stamp over them.
function lastingSentences({ words, archive }, trusted) {
  const told = words.map(([name, { source, at }]) => `“${source}” of “${name}” on ${inWords(at).split(",")[0]}`);
  const said = [
    words.length
      ? `No certificate was revoked when the seal was made. So said ${told.join("; ")}.`
      : "The certificates of the seal and of its time-stamp sign themselves: there is nobody who revokes them.",
  ];
  if (!archive) return said;
  const known = trusted.includes(archive.fingerprint) || trusted.includes(archive.root);
  const whom = known ? `${archive.authority}, a time-stamp authority you trust,` : `“${archive.authority}”`;
  return [...said, `The file was whole on ${inWords(archive.at)}, with these answers in it: ${whom} signed that time.`];
}

function verdictOn(found, sealed, trusted) {
  const problems = [...found.problems];
  const key = sealed ? found.certificate : found.noteKey;
  if (sealed && sealed.fingerprint !== found.certificate) {
    problems.push("The PDF is sealed with another certificate than the one in its evidence.");
  }
  if (!problems.length && trusted.length && !trusted.includes(key)) {
    problems.push(
      sealed
        ? `The PDF is sealed with a key that is not among those you trust: its certificate has the SHA-256 ${key}.`
        : `The checkpoint is signed with a key that is not among those you trust (Ed25519 key SHA-256 ${key}). Evidence outside the PDF is signed by the checkpoint key, not by the seal: give that key, or check the sealed PDF.`,
    );
  }
  if (problems.length) return failed(problems.slice(0, 20), factsOf(found, sealed));
  const count = found.roster.length;
  const societies = [...new Set(found.roster.map(({ society }) => society))];
  const proven = [
    sealed ? "No byte of the PDF was changed, added or taken away since it was sealed." : "The files are exactly those that were packed.",
    `All signatures, ${count} of them, name this version and this text, and none is missing, added or moved.`,
    "Each statement has the hash it was signed with.",
    "The record of the letter is an unbroken chain: it holds each signature, no later withdrawal of one, and a close with this roster and this text.",
    "The signed checkpoint states this roster.",
    ...(found.proofs ? [EACH_PROVEN] : []),
  ];
  const open = [
    sealed
      ? UNREAD
      : "That a sealed PDF of this letter shows the same: check the PDF itself.",
  ];
  if (trusted.length) proven.push("The signature was made with a key you trust.");
  else open.unshift(`Whose key it is: the file proves the key, not its owner. Compare ${key} with what the site publishes.`);
  if (sealed?.stamp) stamped(sealed.stamp, trusted, proven, open);
  if (sealed?.lasting) proven.push(...lastingSentences(sealed.lasting, trusted));
  if (!sealed && !found.bound) open.push("The title, convener, times and the record of events: the signature covers the roster and the text only.");
  const never = sealed?.stamp ? NEVER_PROVEN.map((point) => (point === OWN_CLOCK ? STAMPED_CLOCK : point)) : NEVER_PROVEN;
  const start = `${sealed ? "This sealed letter" : "This evidence"} holds: version ${found.manifest.version}, ${count} signature${count === 1 ? "" : "s"}.`;
  const tail = trusted.length ? "" : " Compare the key below with the one the site publishes.";
  return { ok: true, headline: start + tail, facts: factsOf(found, sealed), proven, notProven: [...open, ...never], problems: [], societies, found };
}

// The verdict on the bytes of a PDF or zip; `trusted` are SHA-256 fingerprints in hex. Never throws.
async function verify(bytes, trusted = []) {
  try {
    const head = latin(bytes.subarray(0, 5));
    if (head === "%PDF-") {
      const end = await endOf(bytes, await Pdf.open(bytes));
      // What stands behind the sealed part has a say in nothing but the seal, so all else is read without it.
      const part = bytes.subarray(0, end), pdf = await Pdf.open(part);
      const sealed = await sealOf(part, pdf, bytes.subarray(end));
      return verdictOn(await evidenceIn(await pdf.attachments()), sealed, trusted);
    }
    if (!head.startsWith("PK")) return failed(["The file is neither a PDF nor a zip of evidence."]);
    const files = unzipped(bytes);
    const found = await evidenceIn(files);
    if (!found.problems.length && !same(zipped(files), bytes)) {
      found.problems.push("The files inside agree, but the zip around them is not the one that was made: it was repacked or altered. Ask for the original file.");
    }
    return verdictOn(found, null, trusted);
  } catch (error) {
    return failed([error instanceof Fault ? error.message : "The file is damaged or built to mislead: it cannot be read."]);
  }
}
