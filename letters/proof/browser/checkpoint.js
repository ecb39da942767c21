// Signed checkpoints (c2sp.org/tlog-checkpoint in a signed note) and Merkle roots (RFC 6962 section 2.1).
const LONGEST_NOTE = 16384;

async function merkleRoot(leaves) {
  if (!leaves.length) return sha256(new Uint8Array());
  let level = [];
  for (const leaf of leaves) level.push(await sha256(Uint8Array.of(0), leaf));
  while (level.length > 1) {
    const above = [];
    for (let n = 0; n + 1 < level.length; n += 2) above.push(await sha256(Uint8Array.of(1), level[n], level[n + 1]));
    if (level.length % 2) above.push(level[level.length - 1]);
    level = above;
  }
  return level[0];
}

const keyName = (origin) => origin.split("/")[0];

// The name, raw key and short hash in a verifier key line "<name>+<hash>+<key>" (c2sp.org/signed-note).
async function verifierKey(line) {
  const plain = line.replace(/^\n+|\n+$/g, "");
  const [name, hash, ...rest] = plain.split("+");
  const blob = fromBase64(rest.join("+"));
  if (!blob || blob.length !== 33 || blob[0] !== 1 || !/^[^\s+/\p{Cc}]+$/u.test(name)) {
    throw new Fault("The checkpoint key is not a verifier key line.");
  }
  const short = (await sha256(encoded(`${name}\n`), blob)).subarray(0, 4);
  if (hexOf(short) !== hash) throw new Fault("The checkpoint key does not have the hash it states.");
  return { name, raw: blob.subarray(1), short };
}

// What the note states, once its one signature is proven with the key.
async function checkpointIn(note, line) {
  const key = await verifierKey(line);
  const cut = note.lastIndexOf("\n\n— ");
  if (note.length > LONGEST_NOTE || cut < 0) throw new Fault("The checkpoint carries no signature, or is far too long.");
  const body = note.slice(0, cut + 1);
  const [signer, ...coded] = note.slice(cut + 4).split(" ");
  const blob = fromBase64(coded.join(" ").replace(/\n$/, ""));
  const lines = body.split("\n").slice(0, -1);
  const root = fromBase64(lines[2] ?? "");
  const sound = lines.length >= 3 && /^(0|[1-9]\d{0,11})$/.test(lines[1]) && root?.length === 32;
  // eslint-disable-next-line no-control-regex -- these are what a line may not hold
  if (!blob || !sound || lines.some((one) => !one || /[\x00-\x1f\x7f]/.test(one) || one.startsWith("— "))) {
    throw new Fault("The checkpoint is not written as a signed note.");
  }
  const exact = `${body}\n— ${key.name} ${base64Of(blob)}\n`;
  if (signer !== key.name || keyName(lines[0]) !== key.name || note !== exact) {
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
  return { origin: lines[0], size: Number(lines[1]), root, extensions: lines.slice(3), key };
}
