// The files of an evidence bundle, checked against each other.
const FORMAT = "signon/evidence/v1";
const FILES = [
  "README.txt", "certificate.pem", "checkpoint-key.txt", "checkpoint.txt", "events.json", "letter.txt",
  "manifest.json", "roster.json",
];
const MAY_MISS = [PROOFS]; // left out of a long roster's evidence, and not there in evidence made earlier

function jsonOf(name, files) {
  const text = decoded(files.get(name), name);
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Fault(`${name} is damaged: it is not JSON.`);
  }
  if (canonical(value) !== text) throw new Fault(`${name} is not written in its one exact form.`);
  return value;
}

function listOf(name, files, shape, what) {
  const found = jsonOf(name, files);
  if (!Array.isArray(found)) throw new Fault(`${name} is damaged: it is not a list.`);
  found.forEach((item, at) => refuse(`${what} ${at + 1} in ${name}`, item, shape));
  return found;
}

async function manifestOf(files) {
  const missing = FILES.find((name) => !files.has(name));
  const extra = [...files.keys()].sort().find((name) => ![...FILES, ...MAY_MISS].includes(name));
  if (missing) throw new Fault(`The evidence is not complete: ${missing} is missing.`);
  if (extra !== undefined) throw new Fault(`The evidence holds a file that does not belong to it: "${extra}".`);
  const manifest = jsonOf("manifest.json", files);
  refuse("manifest.json", manifest, SHAPES.manifest);
  if (manifest.format !== FORMAT) throw new Fault(`The evidence has the form "${manifest.format}", which this page does not know.`);
  const hashes = {};
  for (const name of [...files.keys()].filter((one) => one !== "manifest.json").sort()) {
    hashes[name] = await sha256Hex(files.get(name));
    if (!has(manifest.files, name) || manifest.files[name] !== hashes[name]) {
      throw new Fault(`${name} was changed: it does not have the hash stated in manifest.json.`);
    }
  }
  if (canonical(manifest.files) !== canonical(hashes)) throw new Fault("manifest.json names files that are not there.");
  return manifest;
}

async function rosterProblems(roster, manifest) {
  const problems = [];
  for (const record of roster) {
    const who = `${record.society} (receipt ${record.receipt})`;
    if (record.version !== manifest.version || record.content_hash !== manifest.content_hash) {
      problems.push(`The signature of ${who} names another version or text than this letter's.`);
    }
    if ((await prefixed("signon/statement/v1\n", encoded(record.statement))) !== record.statement_hash) {
      problems.push(`The statement of ${who} does not have the hash it was signed with.`);
    }
  }
  const receipts = roster.map(({ receipt }) => receipt);
  const places = roster.map(({ society, slot }) => canonical([society, slot]));
  for (const [values, what] of [[receipts, "receipt"], [places, "society and place"]]) {
    if (new Set(values).size !== values.length) problems.push(`The roster gives the same ${what} to two signatures.`);
  }
  if (roster.length !== manifest.signatures) {
    problems.push(`The roster holds ${roster.length} signatures, not ${manifest.signatures} as stated.`);
  }
  if (hexOf(await merkleRoot(roster.map(canonicalBytes))) !== manifest.merkle_root) {
    problems.push("The roster was changed: it does not have the stated Merkle root.");
  }
  return problems;
}

// The fingerprint of the one certificate in a PEM file in its one exact form.
async function fingerprintOf(pem) {
  const inner = pem.match(/^-----BEGIN CERTIFICATE-----\n([A-Za-z0-9+/=\n]+)\n-----END CERTIFICATE-----\n$/);
  const der = inner && fromBase64(inner[1].replaceAll("\n", ""));
  if (!der || inner[1].split("\n").some((line, at, all) => at < all.length - 1 && line.length !== 64)) {
    throw new Fault("certificate.pem is damaged: it is not one certificate in its one exact form.");
  }
  if (inner[1].split("\n").some((line) => line.length > 64 || !line)) throw new Fault("certificate.pem is damaged.");
  certificate(der);
  return sha256Hex(der);
}

// The lines by which a checkpoint covers the letter's facts, the record, the certificate, the README and the proofs.
async function boundLines(files, manifest, events) {
  const facts = { ...manifest.letter };
  for (const key of ["edition", "version", "content_hash"]) facts[key] = manifest[key];
  const head = events.length ? events[events.length - 1].hash : GENESIS;
  const proven = files.has(PROOFS) ? [`proofs ${await sha256Hex(files.get(PROOFS))}`] : [];
  return [
    `letter ${await sha256Hex(canonicalBytes(facts))}`, `events ${events.length} ${head}`,
    `certificate ${await sha256Hex(files.get("certificate.pem"))}`, `readme ${await sha256Hex(files.get("README.txt"))}`,
    ...proven,
  ];
}

async function checkpointProblems(files, found) {
  const { manifest, events } = found;
  const line = decoded(files.get("checkpoint-key.txt"), "checkpoint-key.txt");
  const note = decoded(files.get("checkpoint.txt"), "checkpoint.txt");
  const stated = await checkpointIn(note, line);
  Object.assign(found, { note, line });
  found.noteKey = await sha256Hex(stated.key.raw);
  found.bound = stated.extensions.length > 0;
  const problems = [];
  const origin = `${keyName(stated.origin)}/${manifest.letter.slug}/edition/${manifest.edition}`;
  if (stated.origin !== origin) problems.push(`The checkpoint is of ${stated.origin}, not of ${origin}.`);
  if (stated.size !== manifest.signatures || hexOf(stated.root) !== manifest.merkle_root) {
    problems.push("The checkpoint is of another roster: its number of signatures or its root differs.");
  }
  if (found.bound && stated.extensions.join("\n") !== (await boundLines(files, manifest, events)).join("\n")) {
    problems.push("The checkpoint was made for other facts, another record, other proofs or another certificate.");
  }
  if (`${line.replace(/^\n+|\n+$/g, "")}\n` !== line) problems.push("checkpoint-key.txt is not written in its one exact form.");
  return problems;
}

// What the files say, and what is wrong with them.
async function evidenceIn(files) {
  const found = { problems: [], manifest: null, roster: [], events: [] };
  found.manifest = await manifestOf(files);
  found.roster = listOf("roster.json", files, SHAPES.roster, "Roster record");
  found.events = listOf("events.json", files, SHAPES.event, "Event");
  const text = files.get("letter.txt");
  decoded(text, "letter.txt");
  if ((await prefixed("signon/letter/v1\n", text)) !== found.manifest.content_hash) {
    found.problems.push("letter.txt is not the text that was signed: it does not have the stated content hash.");
  }
  found.problems.push(...(await rosterProblems(found.roster, found.manifest)));
  found.proofs = files.has(PROOFS);
  if (found.proofs && !found.problems.length) {
    const stated = found.manifest.merkle_root;
    found.problems.push(...(await proofsProblems(jsonOf(PROOFS, files), found.roster, stated)));
  }
  found.problems.push(...(await chainProblems(found.events)));
  found.problems.push(...(await historyProblems(found.roster, found.events, found.manifest)));
  found.certificate = await fingerprintOf(decoded(files.get("certificate.pem"), "certificate.pem"));
  found.problems.push(...(await checkpointProblems(files, found)));
  return found;
}
