// The proof of one signature by itself, without the others; taking it out of a sealed file is left to taken.js.
const SINGLE_FORM = "signon/proof/v1", LONGEST_PROOF = 2 ** 20;
const LEADS_TO_ROOT = "The roster has the Merkle root that was given.";
const OF_SEALED = "The sealed file that it was held against holds, and has this roster.";
const BY_TRUSTED = "The signature was made with a key you trust.";
const WHICH_WORDS = "Which words were signed: the record names the hash of the text; hold the letter against that.";

// As the command tells a proof from a PDF and a zip.
const isProof = (bytes) => bytes[0] === 0x7b;

// The verdict on the bytes of any file this page takes. `root` and `against` are for a proof; see verifySingle.
async function checked(bytes, { trusted = [], against = null, root = "" } = {}) {
  return isProof(bytes) ? verifySingle(bytes, { trusted, against, root }) : verify(bytes, trusted);
}

// The verdict on such a file. It must lead to `root` (64 hex digits) where one is given, and belong to the PDF or zip
// `against`; `trusted` are SHA-256 fingerprints in hex. Never throws.
async function verifySingle(bytes, { trusted = [], against = null, root = "" } = {}) {
  try {
    const proof = proofIn(bytes);
    const stated = await checkpointIn(proof.checkpoint, proof.checkpoint_key);
    const key = await sha256Hex(stated.key.raw);
    const problems = await singleProblems(proof, stated);
    if (root && proof.root !== root.toLowerCase()) {
      problems.push(`The proof leads to the root ${proof.root}, not to the one given.`);
    }
    if (against && !problems.length) problems.push(...(await strangerTo(against, stated, key, trusted)));
    else if (trusted.length && !trusted.includes(key) && !problems.length) {
      problems.push(`The checkpoint is signed with a key that is not among those you trust: it has the SHA-256 ${key}. A proof is signed by the checkpoint key, not by the seal: give that key, or hold the proof against the sealed PDF.`);
    }
    const facts = singleFacts(proof, stated.origin, key);
    if (problems.length) return failed(problems, facts);
    const more = [[LEADS_TO_ROOT, root], [OF_SEALED, against], [BY_TRUSTED, trusted.length]];
    const open = [WHICH_WORDS];
    // The command reads the print of a PDF that a proof is held against; this page cannot.
    if (against && !latin(against.subarray(0, 2)).startsWith("PK")) open.push(UNREAD);
    return holding(facts, key, more.filter(([, so]) => so).map(([said]) => said), open, trusted.length > 0);
  } catch (error) {
    return failed([error instanceof Fault ? error.message : "The proof is damaged."]);
  }
}

// The proof in a file written in its one exact form; a line feed at the end may be missing.
function proofIn(bytes) {
  if (bytes.length > LONGEST_PROOF) throw new Fault("The file is larger than 1 MB: the proof of a signature never is.");
  let value, exact;
  try {
    const text = decoded(bytes, "The proof");
    value = JSON.parse(text);
    // A browser reads 1.0 and 1e0 as the whole number 1; no record holds them.
    if (/\.|\d[eE]/.test(text.replace(/"(?:[^"\\]+|\\.)*"/g, ""))) throw new Fault("A number is not whole.");
    exact = canonical(value) === text.replace(/\n$/, "");
  } catch {
    throw new Fault("The file is not the proof of a signature: it is not canonical JSON.");
  }
  if (!exact) throw new Fault("The proof is not written in its one exact form.");
  refuse("The proof", value, SHAPES.single);
  refuse("The record in the proof", value.record, SHAPES.roster);
  if (value.format !== SINGLE_FORM) throw new Fault("The proof has a form that this check does not know.");
  return value;
}

async function singleProblems(proof, stated) {
  const { record, size, root, checkpoint_key: line } = proof;
  if (stated.size !== size || hexOf(stated.root) !== root) {
    return ["The checkpoint in the proof is of another roster: its number of signatures or its root differs."];
  }
  if (!(await leads(record, proof.index, size, proof.path, root))) {
    return [`The proof of ${whose(record)} does not lead from its record to the root of the roster.`];
  }
  if (`${line.replace(/^\n+|\n+$/g, "")}\n` !== line) {
    return ["The checkpoint key in the proof is not written in its one exact form."];
  }
  return [];
}

// Why the proof does not belong to a sealed file.
async function strangerTo(sealed, stated, key, trusted) {
  const { ok, problems, found } = await verify(sealed, trusted);
  if (!ok) return problems.map((problem) => `The file that the proof is held against does not hold. ${problem}`);
  const [root, size] = [found.manifest.merkle_root, found.roster.length];
  if (hexOf(stated.root) === root && stated.size === size && key === found.noteKey) return [];
  return ["The proof is of another roster than the file that it is held against, or signed with another key."];
}

function singleFacts({ record, index, size, root }, origin, key) {
  return [
    ["Society", record.society], ["Signed by", `${record.printed_name}, ${record.office}`],
    ["Signed", record.signed_at], ["Receipt", record.receipt], ["Place", `${index + 1} of ${size}`],
    ["Roster", origin], ["Version", String(record.version)], ["Content hash", record.content_hash],
    ["Merkle root", root], ["Checkpoint key SHA-256", key],
  ];
}

function holding(facts, key, more, open, known) {
  const { Society: society, Place: place, Roster: roster } = Object.fromEntries(facts);
  const tail = known ? "" : " Compare the key below with the one the site publishes.";
  if (!known) {
    open.unshift(`Whose key made the checkpoint: the file proves the key, not its owner. Compare the Ed25519 key's SHA-256 ${key} with the one the site publishes.`);
  }
  return {
    ok: true, headline: `This proof holds: ${society} stands in the signed roster, at place ${place}.${tail}`, facts,
    proven: [`The signed checkpoint of ${roster} covers this record of ${society}, at place ${place}.`, ...more],
    notProven: [...open, ...NEVER_PROVEN], problems: [],
  };
}
