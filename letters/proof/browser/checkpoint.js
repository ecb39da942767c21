// Signed checkpoints (c2sp.org/tlog-checkpoint in a signed note) and Merkle trees (RFC 6962 section 2.1).
const LONGEST_NOTE = 16384;

// All levels of a tree, from the hashes of its leaves to the root; an odd last node is carried up.
async function merkleLevels(leaves) {
  let level = [];
  for (const leaf of leaves) level.push(await sha256(Uint8Array.of(0), leaf));
  const levels = [level];
  while (level.length > 1) {
    const above = [];
    for (let n = 0; n + 1 < level.length; n += 2) above.push(await sha256(Uint8Array.of(1), level[n], level[n + 1]));
    if (level.length % 2) above.push(level[level.length - 1]);
    levels.push((level = above));
  }
  return levels;
}

async function merkleRoot(leaves) {
  return leaves.length ? (await merkleLevels(leaves)).pop()[0] : sha256(new Uint8Array());
}

// The name of the key that signs for an origin: the site, which is what stands before its first slash.
// eslint-disable-next-line no-control-regex -- these are what a name may not hold
const SITE = /^[^\p{White_Space}+/\x00-\x1f\x7f]+$/u;

function keyName(origin) {
  const name = origin.split("/")[0];
  if (!SITE.test(name)) throw new Fault(`The origin "${origin}" does not begin with the name of a site.`);
  return name;
}

// The name, raw key and short hash in a verifier key line "<name>+<hash>+<key>" (c2sp.org/signed-note).
async function verifierKey(line) {
  const plain = line.replace(/^\n+|\n+$/g, "");
  const [start, , ...rest] = plain.split("+");
  const [name, blob] = [start.split("/")[0], fromBase64(rest.join("+"))];
  if (blob?.length !== 33 || blob[0] !== 1 || !SITE.test(name)) {
    throw new Fault("The checkpoint key is not a verifier key line.");
  }
  const short = (await sha256(encoded(`${name}\n`), blob)).subarray(0, 4);
  if (`${name}+${hexOf(short)}+${base64Of(blob)}` !== plain) {
    throw new Fault("The checkpoint key does not have the hash it states.");
  }
  return { name, raw: blob.subarray(1), short };
}

// What the text above the signature states.
function statedIn(body) {
  const lines = body.split("\n").slice(0, -1);
  if (lines.length < 3 || !/^(0|[1-9]\d{0,11})$/.test(lines[1])) {
    throw new Fault("The checkpoint does not name its origin, number of signatures and root.");
  }
  const root = fromBase64(lines[2]);
  if (!root) throw new Fault("The checkpoint is not written as a signed note.");
  const [origin, size, , ...extensions] = lines;
  // eslint-disable-next-line no-control-regex -- these are what a line may not hold
  if ([origin, ...extensions].some((one) => !one || /[\x00-\x1f\x7f]/.test(one) || one.startsWith("— "))) {
    throw new Fault("A line of the checkpoint is empty, holds a control, or begins as a signature does.");
  }
  if (root.length !== 32) throw new Fault("A checkpoint needs a number of leaves from 0 and a root of 32 bytes.");
  return { origin, size: Number(size), root, extensions };
}

// What the note states, once its one signature is proven with the key.
async function checkpointIn(note, line) {
  const key = await verifierKey(line);
  if ([...note].length > LONGEST_NOTE) throw new Fault("The checkpoint is longer than a checkpoint can be.");
  const cut = note.lastIndexOf("\n\n— ");
  if (cut < 0) throw new Fault("The checkpoint carries no signature.");
  const body = note.slice(0, cut + 1);
  const stated = statedIn(body);
  const [signer, ...coded] = note.slice(cut + 4).split(" ");
  const blob = fromBase64(coded.join(" ").replace(/\n$/, ""));
  if (!blob) throw new Fault("The checkpoint is not written as a signed note.");
  const exact = `${body}\n— ${key.name} ${base64Of(blob)}\n`;
  if (signer !== key.name || keyName(stated.origin) !== key.name || note !== exact) {
    throw new Fault("The checkpoint is signed under another name, or written in another form.");
  }
  if (!same(blob.subarray(0, 4), key.short)) {
    throw new Fault("The checkpoint is signed with another key than the one given with it.");
  }
  let holds;
  try {
    const held = await crypto.subtle.importKey("raw", key.raw, "Ed25519", false, ["verify"]);
    holds = await crypto.subtle.verify("Ed25519", held, blob.subarray(4), encoded(body));
  } catch {
    throw new Fault("This browser cannot check Ed25519 signatures; use a newer one, or the command-line verifier.");
  }
  if (!holds) throw new Fault("The signature of the checkpoint does not fit its text.");
  return { ...stated, key };
}
