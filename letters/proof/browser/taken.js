// Takes the proof of one signature out of a file that holds, to be handed on; checking it is left to single.js.

// The audit path of the leaf at a place, lowest level first (RFC 6962 section 2.1.1).
async function pathTo(place, leaves) {
  const levels = await merkleLevels(leaves);
  return levels.slice(0, -1).flatMap((level, up) => {
    const beside = Math.floor(place / 2 ** up) ^ 1;
    return beside < level.length ? [hexOf(level[beside])] : [];
  });
}

// The proof of the signature at a place of the roster, as the bytes of a file to hand on: those the command writes.
async function proofOf({ manifest, roster, note, line }, index) {
  const path = await pathTo(index, roster.map(canonicalBytes));
  const value = {
    format: SINGLE_FORM, index, path, record: roster[index], root: manifest.merkle_root, size: roster.length,
    checkpoint: note, checkpoint_key: line,
  };
  return encoded(`${canonical(value)}\n`);
}

// What it is called; a receipt comes from the file and may hold anything.
function proofName({ manifest, roster }, index) {
  const plain = (text) => text.replace(/[^A-Za-z0-9-]+/g, "-").slice(0, 80);
  return `${plain(manifest.letter.slug)}-edition-${manifest.edition}-proof-${plain(roster[index].receipt)}.json`;
}

// How a signature is named in a list to choose from: by its society, and by receipt and officer where one has several.
function choicesIn(roster) {
  const times = new Map();
  for (const { society } of roster) times.set(society, (times.get(society) ?? 0) + 1);
  return roster.map((one) =>
    times.get(one.society) === 1 ? one.society : `${one.society} – ${one.printed_name}, ${one.office} (${one.receipt})`,
  );
}

// Hands bytes to the reader as a file; nothing is sent.
function handOut(bytes, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
