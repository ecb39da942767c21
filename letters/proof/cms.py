"""The one exact form of a seal's CMS, so that no bit of it can change unseen; where it lies is left to seal.

A CMS signature (RFC 5652) has parts which its signature does not cover. Here the message is rebuilt from
what is covered – the signed attributes, the signature itself and the certificate – and must come out byte for
byte.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from asn1crypto import algos, cms, core, parser, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from letters.proof import der, ecdsa

# The one unsigned attribute a seal may carry, by asn1crypto's name: a time-stamp token, which is checked by stamp.
TOKEN = "signature_time_stamp_token"
TOKEN_TYPE, DATA, SIGNED_DATA = "1.2.840.113549.1.9.16.2.14", "1.2.840.113549.1.7.1", "1.2.840.113549.1.7.2"

MAX_CERTIFICATES = 6
HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


class BadSeal(ValueError):
    """The seal does not hold; the message is a sentence for people."""


@dataclass(frozen=True)
class Parts:
    """The parts of a CMS message that decide all the others; `token` is its time-stamp, or empty.

    `attributes` are the signed ones as the bytes that are signed: read ones may come out of asn1crypto tidied.
    """

    digest: str
    attributes: bytes
    signature: bytes
    signer: x509.Certificate
    others: tuple[x509.Certificate, ...]
    token: bytes = b""


def read(padded: bytes) -> Parts:
    """The deciding parts of the CMS at the head of a seal's zero-padded field. Raises BadSeal."""
    try:
        message = cms.ContentInfo.load(padded[: parser.peek(padded)], strict=True)
        if message["content_type"].native != "signed_data":
            raise BadSeal("The seal is not a signature in the CMS form.")
        return _parts(message["content"])
    except BadSeal:
        raise
    except (ValueError, TypeError, KeyError, IndexError, x509.InvalidVersion) as error:
        raise BadSeal("The seal is damaged: its signature cannot be read.") from error


def _parts(signed: cms.SignedData) -> Parts:
    if len(signed["signer_infos"]) != 1:
        raise BadSeal("The seal does not carry exactly one signature.")
    if not 1 <= len(signed["certificates"]) <= MAX_CERTIFICATES:
        raise BadSeal("The seal does not carry its certificate, or carries too many.")
    info = signed["signer_infos"][0]
    certificates = [x509.load_der_x509_certificate(der.whole(choice.chosen)) for choice in signed["certificates"]]
    serial = info["sid"].chosen["serial_number"].native
    signers = [found for found in certificates if found.serial_number == serial]
    if len(signers) != 1:
        raise BadSeal("The seal does not carry the certificate of the key that made it.")
    return Parts(
        digest=info["digest_algorithm"]["algorithm"].native,
        attributes=signed_bytes(info),
        signature=info["signature"].native,
        signer=signers[0],
        others=tuple(found for found in certificates if found is not signers[0]),
        token=_token(info),
    )


def signed_bytes(info: cms.SignerInfo) -> bytes:
    """RFC 5652 section 5.4: signed is the SET OF itself, not the implicit tag it has inside the message."""
    return der.written(der.SET, info["signed_attrs"].contents)


def _token(info: cms.SignerInfo) -> bytes:
    """The time-stamp token among the parts that the signature does not cover; nothing else may be there."""
    extra = list(info["unsigned_attrs"]) if info["unsigned_attrs"] else []
    if not extra:
        return b""
    if len(extra) != 1 or extra[0]["type"].native != TOKEN or len(extra[0]["values"]) != 1:
        raise BadSeal("The seal carries parts that it does not protect itself.")
    return der.whole(extra[0]["values"][0])


def rebuilt(parts: Parts) -> bytes:
    """The DER that a sealer writes for these parts. Raises BadSeal for an unknown method."""
    digest = algos.DigestAlgorithm({"algorithm": parts.digest}).dump()
    method = algos.SignedDigestAlgorithm({"algorithm": method_of(parts.signer, parts.digest)}).dump()
    unsigned = der.written(der.SEQUENCE, der.identifier(TOKEN_TYPE), der.written(der.SET, parts.token))
    return signed_message(
        1, digest, der.written(der.SEQUENCE, der.identifier(DATA)), (parts.signer, *parts.others), parts.attributes,
        method, parts.signature, unsigned if parts.token else b"",
    )  # fmt: skip


def signed_message(
    version: int, digest: bytes, content: bytes, certificates: Sequence[x509.Certificate], attributes: bytes,
    method: bytes, signature: bytes, unsigned: bytes = b"",
) -> bytes:  # fmt: skip
    """A CMS message of one signature (RFC 5652 section 5.1), by the first certificate; all parts but it are DER."""
    ders = [found.public_bytes(Encoding.DER) for found in certificates]
    told = asn1_x509.Certificate.load(ders[0])["tbs_certificate"]
    named = der.written(der.SEQUENCE, der.whole(told["issuer"].chosen), der.whole(told["serial_number"]))
    signed = der.written(der.context(0), cms.CMSAttributes.load(attributes).contents)
    beside = der.written(der.context(1), unsigned) if unsigned else b""
    octets = der.written(der.OCTETS, signature)
    info = der.written(der.SEQUENCE, der.small(1), named, digest, signed, method, octets, beside)
    inner = der.written(
        der.SEQUENCE, der.small(version), der.written(der.SET, digest), content, der.set_of(der.context(0), *ders),
        der.written(der.SET, info),
    )  # fmt: skip
    return der.written(der.SEQUENCE, der.identifier(SIGNED_DATA), der.written(der.context(0), inner))


def check(parts: Parts, digest: bytes) -> None:
    """Raises BadSeal unless the signature holds over this digest of the file, for the one certificate."""
    read = cms.CMSAttributes.load(parts.attributes, strict=True)
    wanted = {"content_type": "data", "message_digest": digest}
    for name, value in wanted.items():
        if _attribute(read, name).native != value:
            raise BadSeal("The file was changed after it was sealed: its content does not fit the seal.")
    # Importing asn1crypto.tsp is also what teaches asn1crypto this attribute (RFC 5035).
    naming = _attribute(read, "signing_certificate_v2")
    if not isinstance(naming, tsp.SigningCertificateV2):
        raise BadSeal("The seal does not name its certificate.")
    named = naming["certs"][0]
    certificate = parts.signer.public_bytes(Encoding.DER)
    if named["hash_algorithm"]["algorithm"].native != "sha256" or named["cert_hash"].native != _sha256(certificate):
        raise BadSeal("The certificate in the seal is not the one the seal was made for.")
    if not fits(parts.signer, parts.signature, parts.attributes, parts.digest):
        raise BadSeal("The signature of the seal does not fit: the seal was changed or forged.")
    _check_issuers(parts)


def check_form(parts: Parts) -> None:
    """Raises BadSeal where an ECDSA signature is the twin of the one that a seal takes."""
    key = parts.signer.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return
    if key.curve.name not in ecdsa.ORDERS:
        raise BadSeal("The seal uses a method of signing that this check does not know.")
    if not ecdsa.is_first(parts.signature, key.curve):
        raise BadSeal("The signature of the seal was written in another form: it was changed after it was made.")


def fits(signer: x509.Certificate, signature: bytes, covered: bytes, digest: str) -> bool:
    """Whether a signature over these bytes is one of this certificate's key, RSA (PKCS #1 v1.5) or ECDSA."""
    key, method = signer.public_key(), HASHES[digest]
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, covered, ec.ECDSA(method))
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, covered, padding.PKCS1v15(), method)
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _check_issuers(parts: Parts) -> None:
    """Other certificates must be the signer's chain of issuers and nothing else."""
    left, current = list(parts.others), parts.signer
    while left:
        above = [found for found in left if issued(current, found)]
        if len(above) != 1:
            raise BadSeal("The seal carries a certificate that has nothing to do with it.")
        left.remove(above[0])
        current = above[0]
    if parts.others and current.issuer == current.subject and not issued(current, current):
        raise BadSeal("The seal carries a certificate that was changed.")


def issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether a certificate is signed by the key of another, and names it as its issuer.

    The number of bits left over behind the signature is signed by nobody, and must be the 0 that it always is.
    """
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    left_over: bytes = asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))["signature_value"].contents
    return left_over.startswith(b"\0")


def _attribute(attributes: cms.CMSAttributes, name: str) -> core.Asn1Value:
    found = [item for item in attributes if item["type"].native == name]
    if len(found) != 1 or len(found[0]["values"]) != 1:
        raise BadSeal("The seal lacks a part that every seal has, or has it twice.")
    return found[0]["values"][0]


def method_of(signer: x509.Certificate, digest: str) -> str:
    """The method of signing with this certificate's key, by asn1crypto's name. Raises BadSeal for an unknown one."""
    key = signer.public_key()
    if digest not in HASHES or not isinstance(key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
        raise BadSeal("The seal uses a method of signing that this check does not know.")
    return f"{digest}_{'rsa' if isinstance(key, rsa.RSAPublicKey) else 'ecdsa'}"


def _sha256(data: bytes) -> bytes:
    digest = hashes.Hash(hashes.SHA256())
    digest.update(data)
    return digest.finalize()
