// What an OCSP answer (RFC 6960) or a CRL (RFC 5280 section 5) says of one certificate, each in one exact form.
const OCSP_BASIC = "1.3.6.1.5.5.7.48.1.1", OCSP_SIGNING = "1.3.6.1.5.5.7.3.9", NO_CHECK = "1.3.6.1.5.5.7.48.1.5";
const KEY_USAGE = "2.5.29.15", DELTA = "2.5.29.27", POINT = "2.5.29.28";
const ENUMERATED = 10, SHA1 = "1.3.14.3.2.26";
const UNREADABLE = "An answer about revocation is damaged: it cannot be read.";
const ALTERED = "An answer about revocation is not written in its one exact form: a byte of it was changed.";

// Runs a reader; what it stumbles over is damage.
async function readable(read) {
  try {
    return await read();
  } catch (error) {
    throw error instanceof Fault && /revo|responder/.test(error.message) ? error : new Fault(UNREADABLE);
  }
}

const takenBack = (holder) => new Fault(`The certificate of “${authorityOf(holder)}” was revoked.`);
const bitString = (value) => tagged(BITS, Uint8Array.of(0), value);

// The name of a method of signing and its parameters, as a sealer writes them.
function methodNamed(dotted) {
  if (!Object.values(HASHES).includes(SIGNED_BY[dotted])) throw new Fault("An answer about revocation is signed by a method that this check does not know.");
  return tagged(SEQUENCE, identifier(dotted), dotted.startsWith("1.2.840.113549.1.1.") ? tagged(NULL) : new Uint8Array());
}

// Whether an answer names this certificate by its issuer's name, its issuer's key and its number.
async function isMeant(id, holder, issuer) {
  const [method, name, key, serial] = inside(expected(id, SEQUENCE));
  const dotted = dots(inside(method)[0]);
  const hash = dotted === SHA1 ? "SHA-1" : HASHES[dotted];
  if (!hash) throw new Fault(UNREADABLE);
  const bits = inside(only(issuer.key))[1].body.subarray(1);
  return same(serial.raw, holder.serial) && same(name.body, await hashed(hash, issuer.subject)) && same(key.body, await hashed(hash, bits));
}

// Whose key must have signed the answer: the issuer's, or that of a responder it named and never takes back.
async function responderOf(held, issuer, at) {
  const [responder] = held;
  if (!responder || (held.length === 1 && same(responder.der, issuer.der))) return issuer;
  const usage = extension(responder, USAGE);
  if (held.length !== 1 || !usage || !(await issued(responder, issuer))) {
    throw new Fault("An answer about revocation was not given by the issuer of the certificate.");
  }
  const uses = inside(expected(only(usage.value), SEQUENCE)).map(dots);
  if (!uses.includes(OCSP_SIGNING) || !extension(responder, NO_CHECK)) {
    throw new Fault("An answer about revocation was given by a responder that may itself be revoked.");
  }
  const [from, until] = inside(expected(responder.validity, SEQUENCE)).map(timeIn);
  if (at < from || at > until) throw new Fault("An answer about revocation was given by a responder whose certificate was not valid.");
  return responder;
}

// The word of an OCSP answer: who says so, of when and until when; null when it speaks of another certificate.
const byOcsp = (der, holder, issuer) => readable(async () => {
  const [status, wrapped] = inside(expected(only(der), SEQUENCE));
  if (status.tag !== ENUMERATED || status.body[0] !== 0) throw new Fault("An answer about revocation is not one about one certificate.");
  const basic = expected(only(inside(inside(wrapped)[0])[1].body), SEQUENCE);
  const [signed, method, bits, extra] = inside(basic);
  const facts = inside(expected(signed, SEQUENCE)).filter(({ tag }) => tag !== 0xa0);
  const [, produced, answers] = facts;
  const all = inside(expected(answers, SEQUENCE));
  if (all.length !== 1) throw new Fault("An answer about revocation is not one about one certificate.");
  const [id, state, from, ...more] = inside(all[0]);
  if (!(await isMeant(id, holder, issuer))) return null;
  const held = extra ? inside(inside(expected(extra, 0xa0))[0]).map((one) => certificate(one.raw)) : [];
  const signer = await responderOf(held, issuer, timeIn(produced));
  const dotted = dots(inside(method)[0]);
  const certs = held.length ? tagged(0xa0, tagged(SEQUENCE, ...held.map((one) => one.der))) : new Uint8Array();
  const exact = tagged(SEQUENCE, signed.raw, methodNamed(dotted), bitString(bits.body.subarray(1)), certs);
  const outer = tagged(SEQUENCE, identifier(OCSP_BASIC), tagged(OCTETS, exact));
  if (!same(tagged(SEQUENCE, Uint8Array.of(ENUMERATED, 1, 0), tagged(0xa0, outer)), der)) throw new Fault(ALTERED);
  if (!(await signedBy(signer, SIGNED_BY[dotted], bits.body.subarray(1), signed.raw))) {
    throw new Fault("The signature of an answer about revocation does not fit: it was changed or forged.");
  }
  if (state.tag === 0xa1) throw takenBack(holder);
  if (state.tag !== 0x80) throw new Fault("An answer about revocation says that it does not know the certificate.");
  const next = more.find(({ tag }) => tag === 0xa0);
  return { source: authorityOf(signer), at: timeIn(from), until: next ? timeIn(inside(next)[0]) : null };
});

// The word of a CRL; null when it is the list of another issuer.
const byCrl = (der, holder, issuer) => readable(async () => {
  const [signed, , bits] = inside(expected(only(der), SEQUENCE));
  const fields = inside(expected(signed, SEQUENCE));
  if (fields[0].tag === INTEGER) fields.shift();
  const [method, name, from, ...rest] = fields;
  if (!same(name.raw, issuer.subject)) return null;
  const dotted = dots(inside(method)[0]);
  methodNamed(dotted);
  if (!same(tagged(SEQUENCE, signed.raw, method.raw, bitString(bits.body.subarray(1))), der)) throw new Fault(ALTERED);
  const usage = extension(issuer, KEY_USAGE);
  const lists = !usage || (only(usage.value).body[1] & 2) !== 0;
  if (!lists || !(await signedBy(issuer, SIGNED_BY[dotted], bits.body.subarray(1), signed.raw))) {
    throw new Fault("The signature of a list of revoked certificates does not fit: it was changed or forged.");
  }
  const next = rest[0]?.tag === 23 || rest[0]?.tag === 24 ? rest.shift() : null;
  const entries = rest[0]?.tag === SEQUENCE ? inside(rest.shift()) : [];
  if (!isWhole(rest[0], holder)) throw new Fault("A list of revoked certificates does not speak of the certificate it is there for.");
  if (entries.some((entry) => same(inside(entry)[0].raw, holder.serial))) throw takenBack(holder);
  return { source: authorityOf(issuer), at: timeIn(from), until: next ? timeIn(next) : null };
});

// Whether a list leaves out nothing that could be said of this certificate (RFC 5280 sections 5.2.4 and 5.2.5).
function isWhole(listed, holder) {
  const basic = extension(holder, BASIC);
  const [first] = basic ? inside(expected(only(basic.value), SEQUENCE)) : [];
  const authority = first?.tag === BOOLEAN && first.body[0] !== 0;
  for (const [type, ...more] of (listed ? inside(inside(listed)[0]) : []).map(inside)) {
    const name = dots(type);
    const critical = more[0].tag === BOOLEAN && more[0].body[0] !== 0;
    if (name === DELTA) return false;
    if (name === POINT) {
      const flags = inside(expected(only(more.at(-1).body), SEQUENCE));
      const said = (number) => flags.some(({ tag, body }) => tag === 0x80 + number && body[0] !== 0);
      if (flags.some(({ tag }) => tag === 0x83) || said(4) || said(5) || said(authority ? 1 : 2)) return false;
    } else if (critical) return false;
  }
  return true;
}
