// Certificates and the signatures their keys make, as far as a seal needs them.
const CURVES = { "1.2.840.10045.3.1.7": ["P-256", 32], "1.3.132.0.34": ["P-384", 48], "1.3.132.0.35": ["P-521", 66] };
// SEC 2 sections 2.4.2, 2.5.1 and 2.6.1.
const ORDERS = {
  "P-256": 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  "P-384": 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  "P-521": 0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
};
const EC_KEY = "1.2.840.10045.2.1", RSA_KEY = "1.2.840.113549.1.1.1";
const HASHES = { "2.16.840.1.101.3.4.2.1": "SHA-256", "2.16.840.1.101.3.4.2.2": "SHA-384", "2.16.840.1.101.3.4.2.3": "SHA-512" };
const SIGNED_BY = {
  "1.2.840.10045.4.3.2": "SHA-256", "1.2.840.10045.4.3.3": "SHA-384", "1.2.840.10045.4.3.4": "SHA-512",
  "1.2.840.113549.1.1.5": "SHA-1", // in old certificates of authorities alone; no seal is made with it
  "1.2.840.113549.1.1.11": "SHA-256", "1.2.840.113549.1.1.12": "SHA-384", "1.2.840.113549.1.1.13": "SHA-512",
};

// The parts of a certificate (RFC 5280 section 4.1).
function certificate(der) {
  const [body, method, signature] = inside(expected(only(der), SEQUENCE));
  const parts = inside(expected(body, SEQUENCE));
  if (parts[0].tag === 0xa0) parts.shift();
  const [serial, inner, issuer, validity, subject, key, ...further] = parts;
  const [algorithm, curve] = inside(inside(expected(key, SEQUENCE))[0]);
  const bits = expected(signature, BITS).body;
  // Neither is signed: the method's second mention, and the number of bits left over at the end.
  if (!same(inner.raw, method.raw) || bits[0] !== 0) throw new Fault("A certificate in the seal is damaged.");
  return {
    der, body: body.raw, serial: expected(serial, INTEGER).raw, issuer: issuer.raw, subject: subject.raw, key: key.raw,
    kind: dots(algorithm), curve: curve?.tag === OID ? CURVES[dots(curve)] : undefined,
    validity, further, hash: SIGNED_BY[dots(inside(method)[0])], signature: bits.subarray(1),
  };
}

// An ECDSA signature as two numbers of the curve's size, which is how browsers take it.
function fixed(signature, size) {
  const numbers = inside(expected(only(signature), SEQUENCE)).map((part) => {
    const digits = expected(part, INTEGER).body;
    if (digits[0] >= 128 || (digits.length > 1 && digits[0] === 0 && digits[1] < 128)) throw new Fault("The signature of the seal is damaged.");
    const plain = digits.subarray(digits.length > 1 && digits[0] === 0 ? 1 : 0);
    if (plain.length > size) throw new Fault("The signature of the seal is damaged.");
    return joined(new Uint8Array(size - plain.length), plain);
  });
  if (numbers.length !== 2) throw new Fault("The signature of the seal is damaged.");
  return joined(...numbers);
}

// Whether an ECDSA signature is the smaller of s and n − s, which hold alike: the other is written without the key.
function inOneForm(holder, signature) {
  if (holder.kind !== EC_KEY) return true;
  const [curve, size] = holder.curve;
  return BigInt(`0x${hexOf(fixed(signature, size).subarray(size))}`) <= ORDERS[curve] / 2n;
}

// Whether the certificate's key made this signature over these bytes.
async function signedBy(holder, hash, signature, bytes) {
  if (holder.kind === EC_KEY && holder.curve) {
    const [curve, size] = holder.curve;
    const key = await crypto.subtle.importKey("spki", holder.key, { name: "ECDSA", namedCurve: curve }, false, ["verify"]);
    return crypto.subtle.verify({ name: "ECDSA", hash }, key, fixed(signature, size), bytes);
  }
  if (holder.kind !== RSA_KEY) throw new Fault("The seal uses a method of signing that this check does not know.");
  const key = await crypto.subtle.importKey("spki", holder.key, { name: "RSASSA-PKCS1-v1_5", hash }, false, ["verify"]);
  return crypto.subtle.verify("RSASSA-PKCS1-v1_5", key, signature, bytes);
}

async function issued(below, above) {
  if (!same(below.issuer, above.subject) || !below.hash) return false;
  try {
    return await signedBy(above, below.hash, below.signature, below.body);
  } catch {
    return false;
  }
}
