// The chain of events, and the roster held against it: who signed, replaced, withdrew, and what the close fixed.
const GENESIS = "0".repeat(64);
const FIXING = ["closed", "frozen"];
const COMMITTED = [
  "society", "printed_name", "office", "mandate", "interests", "statement_hash", "signed_at", "authenticated",
];
const COMMITTED_SINCE = ["seat", "logo"];

const prefixed = (prefix, ...parts) => sha256Hex(encoded(prefix), ...parts);
const without = (value, key) => Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));

// Problem sentences of a whole chain; none means that it is unbroken from its first event.
async function chainProblems(events) {
  const problems = [];
  let before = GENESIS;
  for (const [at, event] of events.entries()) {
    const who = `Event ${at + 1} of the record`;
    if (event.seq !== at + 1) problems.push(`${who} carries the number ${event.seq}: an event was left out, added or moved.`);
    if (event.prev !== before) problems.push(`${who} does not follow from the event before it: the chain is broken here.`);
    if (event.hash !== (await prefixed("signon/event/v1\n", canonicalBytes(without(event, "hash"))))) {
      problems.push(`${who} does not have the hash it states: it was changed after it was recorded.`);
    }
    before = event.hash;
  }
  return problems;
}

// The events of signatures that stand at the close, by receipt, and the receipts withdrawn after it.
function standingAt(events, close, problems) {
  const [standing, known, later] = [new Map(), new Set(), new Set()];
  for (const event of events.filter(({ kind }) => kind === "signed" || kind === "withdrawn")) {
    const receipt = has(event.data, "receipt") ? event.data.receipt : null;
    const replaced = has(event.data, "replaces") ? event.data.replaces : "";
    if (typeof receipt !== "string" || typeof replaced !== "string") {
      problems.push(`Event ${event.seq} of the record does not name its receipt.`);
    } else if (event.seq > close) {
      if (event.kind === "withdrawn") later.add(receipt);
    } else if (event.kind === "withdrawn") {
      standing.delete(receipt);
    } else {
      if (known.has(receipt)) problems.push(`The record gives the receipt ${receipt} to two signatures.`);
      known.add(receipt);
      standing.delete(replaced);
      standing.set(receipt, event);
    }
  }
  return [standing, later];
}

const alike = (one, other) => one === other && one !== undefined;

async function agreement(record, standing, later) {
  const who = `${record.society} (receipt ${record.receipt})`;
  const event = standing.get(record.receipt);
  if (!event) return [`The roster names ${who}, but by the record that signature was not standing at the close.`];
  if (later.has(record.receipt)) return [`The roster names ${who}, but the record says it was withdrawn.`];
  const open = ["society", "version", "content_hash"].filter((key) => key !== "society" || has(event.data, key));
  const problems = open
    .filter((key) => !alike(event.data[key], record[key]))
    .map((key) => `The roster and the record do not agree on ${key.replace("_", " ")} for ${who}.`);
  if (has(record, "salt") || !open.includes("society")) {
    const kept = [...COMMITTED, ...COMMITTED_SINCE.filter((key) => has(record, key))];
    const facts = Object.fromEntries(kept.map((key) => [key, record[key]]));
    const salt = encoded(`${has(record, "salt") ? record.salt : ""}\n`);
    if ((await prefixed("signon/private/v1\n", salt, canonicalBytes(facts))) !== event.private) {
      problems.push(`What the roster says of ${who} is not what the record committed to when it was signed.`);
    }
  }
  return problems;
}

// Problem sentences; none when the roster is exactly what the events leave standing at the close.
async function historyProblems(roster, events, manifest) {
  const close = events.filter((e) => FIXING.includes(e.kind) && alike(e.data.edition, manifest.edition)).pop();
  if (!close) return [`The record has no close of edition ${manifest.edition}.`];
  const fixed = [["version", "version"], ["content_hash", "content_hash"], ["root", "merkle_root"], ["count", "signatures"]];
  const problems = fixed
    .filter(([key, stated]) => !alike(close.data[key], manifest[stated]))
    .map(([key]) => `The record closed this edition with another ${key.replace("_", " ")} than the one given here.`);
  const [standing, later] = standingAt(events, close.seq, problems);
  for (const record of roster) problems.push(...(await agreement(record, standing, later)));
  const printed = new Set(roster.map(({ receipt }) => receipt));
  for (const [receipt, { data }] of standing) {
    if (!printed.has(receipt) && data.version === manifest.version && data.content_hash === manifest.content_hash) {
      problems.push(`By the record a signature of this version (receipt ${receipt}) is left out of the roster.`);
    }
  }
  return problems;
}
