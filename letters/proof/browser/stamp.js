// The time-stamp on a seal (RFC 3161): one exact form of a token, and what it proves.
const STATEMENT = "1.2.840.113549.1.9.16.1.4"; // id-ct-TSTInfo
const SIGNING_CERTIFICATE_SHA1 = "1.2.840.113549.1.9.16.2.12"; // RFC 5816 section 2.2
const PROTECTION = "1.2.840.113549.1.9.52"; // RFC 6211
const USAGE = "2.5.29.37", BASIC = "2.5.29.19", TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
const COMMON_NAME = "2.5.4.3", ORGANIZATION = "2.5.4.10";
const BOOLEAN = 1, MOST_CERTIFICATES = 6;
const LACKING = "The time-stamp lacks a part that every time-stamp has, or has it twice.";

// What a token proves of the bytes it covers; a Fault says why another does not.
async function stampOf(token, covered, of = "this seal") {
  let parts;
  try {
    parts = await tokenIn(token);
  } catch (error) {
    if (error instanceof Fault && error.message.startsWith("The time-stamp")) throw error;
    throw new Fault("The time-stamp is damaged: it cannot be read.");
  }
  if (!same(rebuiltToken(parts), token)) {
    throw new Fault("The time-stamp in the seal is not written in its one exact form: a byte of it was changed.");
  }
  return provenBy(parts, covered, of);
}

// The parts of a token that decide all the others, with the chain from its signer upwards.
async function tokenIn(token) {
  const [type, content] = inside(expected(only(token), SEQUENCE));
  if (dots(type) !== SIGNED_DATA) throw new Fault("The time-stamp is not a signature in the CMS form.");
  const [, , kept, certificates, infos] = inside(expected(inside(content)[0], SEQUENCE));
  const [kind, wrapped] = inside(expected(kept, SEQUENCE));
  const signers = inside(expected(infos, SET));
  if (dots(kind) !== STATEMENT || signers.length !== 1) {
    throw new Fault("The time-stamp is not the statement of one authority about a time.");
  }
  const held = inside(expected(certificates, 0xa0)).map((one) => certificate(one.raw));
  if (held.length > MOST_CERTIFICATES) {
    throw new Fault("The time-stamp does not carry the certificate of its authority, or carries too many.");
  }
  const [, who, digest, attributes, , signature] = inside(expected(signers[0], SEQUENCE));
  const [issuer, serial] = inside(expected(who, SEQUENCE));
  const found = held.filter((one) => same(one.issuer, issuer.raw) && same(one.serial, serial.raw));
  if (found.length !== 1) throw new Fault("The time-stamp does not carry the certificate of its authority.");
  const info = expected(inside(expected(wrapped, 0xa0))[0], OCTETS).body;
  return {
    info, facts: factsIn(info), attributes: expected(attributes, 0xa0), hash: HASHES[dots(inside(digest)[0])],
    signature: expected(signature, OCTETS).body, chain: await chained(found[0], held),
  };
}

// What the authority states (RFC 3161 section 2.4.2), as far as it matters here.
function factsIn(info) {
  const [, , imprint, , at] = inside(expected(only(info), SEQUENCE));
  const [method, hashed] = inside(expected(imprint, SEQUENCE));
  return { hash: HASHES[dots(inside(method)[0])], hashed: expected(hashed, OCTETS).body, at: timeIn(at) };
}

// A time of a certificate or token as RFC 3339 with microseconds, so that texts compare as the times do.
function timeIn(value) {
  const text = latin(value.body);
  const whole = value.tag === 23 ? `${Number(text.slice(0, 2)) < 50 ? 20 : 19}${text}` : text;
  const found = whole.match(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,6})\d*)?Z$/);
  const at = found && `${found.slice(1, 4).join("-")}T${found.slice(4, 7).join(":")}.${(found[7] ?? "").padEnd(6, "0")}Z`;
  if (!at || Number.isNaN(Date.parse(at))) throw new Fault("The time-stamp is damaged: it cannot be read.");
  return at;
}

async function chained(signer, others) {
  const chain = [signer];
  for (let last = signer; !same(last.issuer, last.subject) && chain.length < MOST_CERTIFICATES; last = chain.at(-1)) {
    let above;
    for (const one of others) if (!above && !chain.includes(one) && (await issued(last, one))) above = one;
    if (!above) break;
    chain.push(above);
  }
  return chain;
}

// The bytes of a token with these parts and nothing else.
function rebuiltToken(parts) {
  const [signer] = parts.chain;
  const [digest, method] = methodsOf(parts);
  const who = tagged(SEQUENCE, signer.issuer, signer.serial);
  const one = tagged(INTEGER, Uint8Array.of(1));
  const info = tagged(SEQUENCE, one, who, digest, parts.attributes.raw, method, tagged(OCTETS, parts.signature));
  const kept = tagged(SEQUENCE, identifier(STATEMENT), tagged(0xa0, tagged(OCTETS, parts.info)));
  // Version 3, since its content is not plain data (RFC 5652 section 5.1).
  const three = tagged(INTEGER, Uint8Array.of(3));
  const held = tagged(0xa0, ...inOrder(parts.chain));
  const signed = tagged(SEQUENCE, three, tagged(SET, digest), kept, held, tagged(SET, info));
  return tagged(SEQUENCE, identifier(SIGNED_DATA), tagged(0xa0, signed));
}

// The two methods as the authority protected them, else each written in one way.
function methodsOf(parts) {
  const [signer] = parts.chain;
  const rsa = signer.kind === RSA_KEY;
  const nothing = tagged(NULL);
  const family = rsa ? "1.2.840.113549.1.1." : "1.2.840.10045.4.3.";
  const name = Object.keys(SIGNED_BY).find((key) => key.startsWith(family) && SIGNED_BY[key] === parts.hash);
  const hash = Object.keys(HASHES).find((key) => HASHES[key] === parts.hash);
  if (!name || !hash) throw new Fault("The time-stamp uses a method of signing that this check does not know.");
  const listed = inside(parts.attributes).filter((item) => dots(inside(item)[0]) === PROTECTION);
  if (!listed.length) {
    const tail = rsa ? nothing : new Uint8Array();
    return [tagged(SEQUENCE, identifier(hash), nothing), tagged(SEQUENCE, identifier(name), tail)];
  }
  const [digest, method] = inside(inside(inside(listed[0])[1])[0]);
  const plain = joined(Uint8Array.of(SEQUENCE), method.raw.subarray(1));
  if (dots(inside(digest)[0]) !== hash || ![name, RSA_KEY].includes(dots(inside(only(plain))[0]))) {
    throw new Fault("The time-stamp names two different methods of signing.");
  }
  return [digest.raw, plain];
}

// The imprint is the hash of what is covered, the certificate is meant for time-stamps, and the authority signed it all.
async function provenBy(parts, content, of) {
  const { facts } = parts;
  const [signer] = parts.chain;
  if (!facts.hash || !same(await hashed(facts.hash, content), facts.hashed)) {
    throw new Fault(`The time-stamp was made for something else than ${of}.`);
  }
  if (dots(attribute(parts, CONTENT_TYPE, LACKING)) !== STATEMENT) {
    throw new Fault("The time-stamp is not the statement of an authority about a time.");
  }
  if (!same(expected(attribute(parts, MESSAGE_DIGEST, LACKING), OCTETS).body, await hashed(parts.hash, parts.info))) {
    throw new Fault("The time in the time-stamp is not the one its authority signed.");
  }
  if (!(await names(parts, signer))) {
    throw new Fault("The certificate in the time-stamp is not the one it was made with.");
  }
  const covered = joined(Uint8Array.of(SET), parts.attributes.raw.subarray(1));
  if (!(await signedBy(signer, parts.hash, parts.signature, covered))) {
    throw new Fault("The signature of the time-stamp does not fit: it was changed or forged.");
  }
  await checkChain(parts.chain, facts.at);
  const prints = [await sha256Hex(signer.der), await sha256Hex(parts.chain.at(-1).der)];
  return { at: facts.at, authority: authorityOf(signer), fingerprint: prints[0], root: prints[1], chain: parts.chain };
}

const hashed = async (hash, bytes) => new Uint8Array(await crypto.subtle.digest(hash, bytes));

// Whether the signed attributes name this certificate: by its hash, or by SHA-1 in the older form.
async function names(parts, signer) {
  for (const form of [SIGNING_CERTIFICATE, SIGNING_CERTIFICATE_SHA1]) {
    const found = inside(parts.attributes).find((item) => dots(inside(item)[0]) === form);
    if (!found) continue;
    const named = inside(inside(inside(inside(inside(found)[1])[0])[0])[0]);
    const told = named[0].tag === SEQUENCE ? HASHES[dots(inside(named[0])[0])] : "SHA-256";
    const value = named.find((part) => part.tag === OCTETS);
    const hash = form === SIGNING_CERTIFICATE ? told : "SHA-1";
    return Boolean(hash && value && same(value.body, await hashed(hash, signer.der)));
  }
  return false;
}

async function checkChain(chain, at) {
  const usage = extension(chain[0], USAGE);
  const uses = usage ? inside(expected(only(usage.value), SEQUENCE)).map(dots) : [];
  if (!usage?.critical || uses.length !== 1 || uses[0] !== TIME_STAMPING) {
    throw new Fault("The certificate in the time-stamp is not one of a time-stamp authority.");
  }
  for (const [n, above] of chain.slice(1).entries()) {
    const basic = extension(above, BASIC);
    const [first] = basic ? inside(expected(only(basic.value), SEQUENCE)) : [];
    const issues = first?.tag === BOOLEAN && first.body[0] !== 0;
    if (!issues || !(await issued(chain[n], above))) {
      throw new Fault("The time-stamp carries a certificate that did not issue the one before it.");
    }
  }
  if (!(await issued(chain.at(-1), chain.at(-1)))) {
    throw new Fault("The certificates in the time-stamp do not lead to a root.");
  }
  for (const one of chain) {
    const [from, until] = inside(expected(one.validity, SEQUENCE)).map(timeIn);
    if (at < from || at > until) {
      throw new Fault("A certificate in the time-stamp was not valid at the time it states.");
    }
  }
}

// An extension of a certificate (RFC 5280 section 4.2), or null.
function extension(holder, name) {
  const listed = holder.further.find((part) => part.tag === 0xa3);
  const found = (listed ? inside(inside(listed)[0]) : []).map(inside).filter(([type]) => dots(type) === name);
  if (found.length !== 1) return null;
  const [, second] = found[0];
  return { critical: second.tag === BOOLEAN && second.body[0] !== 0, value: expected(found[0].at(-1), OCTETS).body };
}

// The name an authority gives itself.
function authorityOf(holder) {
  const given = inside(only(holder.subject)).flatMap(inside).map(inside);
  for (const kind of [COMMON_NAME, ORGANIZATION]) {
    const found = given.find(([type]) => dots(type) === kind);
    if (found) return textIn(found[1]);
  }
  return "an authority without a name";
}

// A text of a name: as UTF-8, in two bytes a character, or in one.
function textIn(value) {
  if (value.tag === 12) return decoded(value.body, "The name of the time-stamp authority");
  if (value.tag === 30) return new TextDecoder("utf-16be").decode(value.body);
  return latin(value.body);
}
