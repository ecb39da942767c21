// The one exact form of a seal's CMS (RFC 5652): rebuilt from what is signed, it must come out byte for byte.
const SIGNED_DATA = "1.2.840.113549.1.7.2", DATA = "1.2.840.113549.1.7.1";
const CONTENT_TYPE = "1.2.840.113549.1.9.3", MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
const SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.47"; // RFC 5035
const TOKEN = "1.2.840.113549.1.9.16.2.14"; // RFC 3161 appendix A
const DAMAGED = "The seal is damaged: its signature cannot be read.";

// The parts that decide all others, from the message at the head of a zero-padded field.
function read(padded) {
  const [type, content] = inside(expected(element(padded), SEQUENCE));
  if (dots(type) !== SIGNED_DATA) throw new Fault("The seal is not a signature in the CMS form.");
  const [, , , certificates, infos, ...more] = inside(expected(inside(content)[0], SEQUENCE));
  const signers = inside(expected(infos, SET));
  if (signers.length !== 1 || more.length) throw new Fault("The seal does not carry exactly one signature.");
  const held = inside(expected(certificates, 0xa0)).map((one) => certificate(one.raw));
  const [, who, digest, attributes, , signature, ...unsigned] = inside(expected(signers[0], SEQUENCE));
  const serial = inside(expected(who, SEQUENCE))[1].raw;
  const found = held.filter((one) => same(one.serial, serial));
  if (found.length !== 1) throw new Fault("The seal does not carry the certificate of the key that made it.");
  const hash = HASHES[dots(inside(digest)[0])];
  if (!hash) throw new Fault("The seal uses a method of signing that this check does not know.");
  return {
    hash, attributes: expected(attributes, 0xa0), signature: expected(signature, OCTETS).body,
    signer: found[0], others: held.filter((one) => one !== found[0]), token: tokenAmong(unsigned),
  };
}

// The time-stamp among the parts that the signature does not cover, or null; nothing else may be there.
function tokenAmong(unsigned) {
  if (!unsigned.length) return null;
  const extra = unsigned.length === 1 ? inside(expected(unsigned[0], 0xa1)) : [];
  const [type, values] = extra.length === 1 ? inside(expected(extra[0], SEQUENCE)) : [];
  const held = type && dots(type) === TOKEN ? inside(expected(values, SET)) : [];
  if (held.length !== 1) throw new Fault("The seal carries parts that it does not protect itself.");
  return held[0].raw;
}

function rebuilt(parts) {
  const one = tagged(INTEGER, Uint8Array.of(1));
  const nothing = tagged(NULL);
  const digest = tagged(SEQUENCE, identifier(Object.keys(HASHES).find((name) => HASHES[name] === parts.hash)), nothing);
  const family = parts.signer.kind === RSA_KEY ? "1.2.840.113549.1.1." : "1.2.840.10045.4.3.";
  const name = Object.keys(SIGNED_BY).find((key) => key.startsWith(family) && SIGNED_BY[key] === parts.hash);
  const method = tagged(SEQUENCE, identifier(name), parts.signer.kind === RSA_KEY ? nothing : new Uint8Array());
  const who = tagged(SEQUENCE, parts.signer.issuer, parts.signer.serial);
  const stamped = parts.token
    ? tagged(0xa1, tagged(SEQUENCE, identifier(TOKEN), tagged(SET, parts.token)))
    : new Uint8Array();
  const info = tagged(
    SEQUENCE, one, who, digest, parts.attributes.raw, method, tagged(OCTETS, parts.signature), stamped,
  );
  const held = inOrder([parts.signer, ...parts.others]);
  const kind = tagged(SEQUENCE, identifier(DATA));
  const signed = tagged(SEQUENCE, one, tagged(SET, digest), kind, tagged(0xa0, ...held), tagged(SET, info));
  return tagged(SEQUENCE, identifier(SIGNED_DATA), tagged(0xa0, signed));
}

// DER writes the members of a set in ascending order of their bytes.
function inOrder(certificates) {
  return certificates.map(({ der }) => der).sort((a, b) => (hexOf(a) < hexOf(b) ? -1 : 1));
}

function attribute(parts, name, what = "The seal lacks a part that every seal has, or has it twice.") {
  const found = inside(parts.attributes).filter((item) => dots(inside(item)[0]) === name);
  const values = found.length === 1 ? inside(expected(inside(found[0])[1], SET)) : [];
  if (values.length !== 1) throw new Fault(what);
  return values[0];
}

// Throws unless the signature holds over the file around the gap, for the one certificate.
async function checkSeal(parts, covered) {
  const digest = new Uint8Array(await crypto.subtle.digest(parts.hash, covered));
  const type = attribute(parts, CONTENT_TYPE);
  if (dots(type) !== DATA || !same(expected(attribute(parts, MESSAGE_DIGEST), OCTETS).body, digest)) {
    throw new Fault("The file was changed after it was sealed: its content does not fit the seal.");
  }
  const named = inside(inside(inside(attribute(parts, SIGNING_CERTIFICATE))[0])[0]);
  const hash = named.find((part) => part.tag === OCTETS);
  if (named[0].tag !== OCTETS || !same(hash.body, await sha256(parts.signer.der))) {
    throw new Fault("The certificate in the seal is not the one the seal was made for.");
  }
  // RFC 5652 section 5.4: signed is the SET OF itself, not the implicit tag it has inside the message.
  const signed = joined(Uint8Array.of(SET), parts.attributes.raw.subarray(1));
  if (!(await signedBy(parts.signer, parts.hash, parts.signature, signed))) {
    throw new Fault("The signature of the seal does not fit: the seal was changed or forged.");
  }
  let [left, current] = [parts.others, parts.signer];
  while (left.length) {
    const above = [];
    for (const one of left) if (await issued(current, one)) above.push(one);
    if (above.length !== 1) throw new Fault("The seal carries a certificate that has nothing to do with it.");
    left = left.filter((one) => one !== above[0]);
    current = above[0];
  }
}
