// proofs.json: for each signature of the roster the proof that it stands there.
const PROOFS = "proofs.json", PROOFS_FORM = "signon/proofs/v1";

// Whether a path in hex leads from a record, at its place among `size`, to the root (RFC 9162 section 2.1.3.2).
async function leads(record, index, size, path, root) {
  if (index < 0 || index >= size) return false;
  if (![...path, root].every((step) => typeof step === "string" && /^[0-9a-f]{64}$/.test(step))) return false;
  let [place, last, found] = [index, size - 1, await sha256(Uint8Array.of(0), canonicalBytes(record))];
  for (const step of path.map(fromHex)) {
    if (last === 0) return false;
    if (place % 2 || place === last) {
      found = await sha256(Uint8Array.of(1), step, found);
      // A last node without a sibling is carried up unchanged: such levels have no step in the path.
      for (; place && place % 2 === 0; place /= 2) last = Math.floor(last / 2);
    } else {
      found = await sha256(Uint8Array.of(1), found, step);
    }
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 && hexOf(found) === root;
}

// The signature of a record, as problem sentences name it.
const whose = (record) => `${record.society} (receipt ${record.receipt})`;

// What is wrong with the content of the file, held against the roster and its stated root.
async function proofsProblems(stated, roster, root) {
  refuse(PROOFS, stated, SHAPES.proofs);
  stated.proofs.forEach((proof, at) => refuse(`Proof ${at + 1} in ${PROOFS}`, proof, SHAPES.proof));
  if (stated.format !== PROOFS_FORM) return [`${PROOFS} has a form that this check does not know.`];
  if (stated.size !== roster.length || stated.root !== root) {
    return [`${PROOFS} is of another roster: its number of signatures or its root differs.`];
  }
  if (stated.proofs.length !== roster.length) {
    return [`${PROOFS} does not hold one proof for each signature: ${stated.proofs.length} for ${roster.length}.`];
  }
  const problems = [];
  for (const [at, record] of roster.entries()) {
    const proof = stated.proofs[at];
    const who = whose(record);
    if (proof.receipt !== record.receipt || proof.index !== at) {
      problems.push(`Proof ${at + 1} in ${PROOFS} is not that of ${who}: its receipt or its place differs.`);
    } else if (!(await leads(record, at, roster.length, proof.path, root))) {
      problems.push(`The proof of ${who} does not lead from its record to the root of the roster.`);
    }
  }
  return problems;
}
