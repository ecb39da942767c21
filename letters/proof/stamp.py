"""The time-stamp on a seal: one exact form of an RFC 3161 token, and what it proves; asking for one is render's.

A token stands where the seal's own signature does not reach. So it is kept in one form alone, rebuilt from what its
authority signed and from the chain up to a certificate that signed itself; the name and key of the authority prove
nothing until somebody trusts them.
"""

import hashlib
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from letters.proof import der
from letters.proof.cms import HASHES, MAX_CERTIFICATES, BadSeal, fits, issued, method_of, signed_bytes, signed_message
from letters.proof.issuers import authority_of, chained, extension

TST_INFO = "1.2.840.113549.1.9.16.1.4"


@dataclass(frozen=True)
class Stamp:
    """A time-stamp that holds: when the seal existed, who says so in their own name, with the chain up to a root."""

    time: datetime
    authority: str
    chain: tuple[x509.Certificate, ...]

    @property
    def fingerprints(self) -> tuple[str, str]:
        """SHA-256 of the authority's certificate and of its root, as hexadecimal digits."""
        first, last = (one.fingerprint(hashes.SHA256()).hex() for one in (self.chain[0], self.chain[-1]))
        return first, last


@dataclass(frozen=True)
class Parts:
    """The parts of a token that decide all the others: what was signed, how, and the chain from signer to root.

    `attributes` are the signed ones as the bytes that are signed (see cms.Parts).
    """

    info: bytes
    attributes: bytes
    digest: str
    signature: bytes
    chain: tuple[x509.Certificate, ...]

    @property
    def facts(self) -> tsp.TSTInfo:
        """What the authority states (RFC 3161 section 2.4.2)."""
        return tsp.TSTInfo.load(self.info, strict=True)

    @property
    def signed(self) -> cms.CMSAttributes:
        """The signed attributes, one by one."""
        return cms.CMSAttributes.load(self.attributes, strict=True)


def check(token: bytes, covered: Iterable[bytes], *, of: str = "this seal") -> Stamp:
    """What a token proves of the bytes it covers, in pieces. Raises BadSeal unless it holds, in its exact form."""
    parts = read(token)
    if rebuilt(parts) != token:
        raise BadSeal("The time-stamp in the seal is not written in its one exact form: a byte of it was changed.")
    digests = {name: hashlib.new(name) for name in HASHES}
    for piece, digest in itertools.product(covered, digests.values()):
        digest.update(piece)
    return proven(parts, {name: digest.digest() for name, digest in digests.items()}, of=of)


def read(token: bytes) -> Parts:
    """The deciding parts of a token, whatever form it has. Raises BadSeal when it is none."""
    try:
        message = cms.ContentInfo.load(token, strict=True)
        if message["content_type"].native != "signed_data":
            raise BadSeal("The time-stamp is not a signature in the CMS form.")
        parts = _parts(message["content"])
        parts.facts.native  # noqa: B018  - reads all of it, so that what is damaged is found here
    except BadSeal:
        raise
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, x509.InvalidVersion) as error:
        raise BadSeal("The time-stamp is damaged: it cannot be read.") from error
    return parts


def _parts(signed: cms.SignedData) -> Parts:
    content, infos = signed["encap_content_info"], signed["signer_infos"]
    if content["content_type"].native != "tst_info" or len(infos) != 1:
        raise BadSeal("The time-stamp is not the statement of one authority about a time.")
    certificates = [x509.load_der_x509_certificate(der.whole(choice.chosen)) for choice in signed["certificates"]]
    if not 1 <= len(certificates) <= MAX_CERTIFICATES:
        raise BadSeal("The time-stamp does not carry the certificate of its authority, or carries too many.")
    info = infos[0]
    signers = [found for found in certificates if _meant(info["sid"], found)]
    if len(signers) != 1:
        raise BadSeal("The time-stamp does not carry the certificate of its authority.")
    return Parts(
        info=content["content"].native if isinstance(content["content"].native, bytes) else content["content"].contents,
        attributes=signed_bytes(info),
        digest=info["digest_algorithm"]["algorithm"].native,
        signature=info["signature"].native,
        chain=chained(signers[0], certificates),
    )


def _meant(sid: cms.SignerIdentifier, certificate: x509.Certificate) -> bool:
    """Whether a signer is named by this certificate's issuer and number, or by the identifier of its key."""
    told = asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    if sid.name == "issuer_and_serial_number":
        named = sid.chosen
        same_issuer = der.whole(named["issuer"].chosen) == der.whole(told.issuer.chosen)
        return bool(same_issuer and named["serial_number"].native == told.serial_number)
    return told.key_identifier is not None and sid.chosen.native == told.key_identifier


def completed(parts: Parts, roots: Sequence[x509.Certificate]) -> Parts:
    """The parts with the shortest chain that ends at one of these roots. Raises BadSeal when none leads there."""
    for length in range(1, len(parts.chain) + 1):
        part = parts.chain[:length]
        if part[-1] in roots:
            return replace(parts, chain=part)
        above = next((root for root in roots if issued(part[-1], root)), None)
        if above is not None:
            return replace(parts, chain=(*part, above))
    raise BadSeal("Its certificate does not lead to a root that is trusted here.")


def rebuilt(parts: Parts) -> bytes:
    """The DER of a token with these parts and nothing else. Raises BadSeal for an unknown method."""
    digest, method = _algorithms(parts)
    held = der.written(der.context(0), der.written(der.OCTETS, parts.info))
    content = der.written(der.SEQUENCE, der.identifier(TST_INFO), held)
    # RFC 5652 section 5.1: version 3, as its content is not plain data.
    return signed_message(3, digest, content, parts.chain, parts.attributes, method, parts.signature)


def _algorithms(parts: Parts) -> tuple[bytes, bytes]:
    """The two methods as the authority protected them (RFC 6211), else each written in one way."""
    method = method_of(parts.chain[0], parts.digest)
    kept = [item["values"][0] for item in parts.signed if item["type"].native == "cms_algorithm_protection"]
    if not kept:
        digest: bytes = algos.DigestAlgorithm({"algorithm": parts.digest}).dump()
        return digest, algos.SignedDigestAlgorithm({"algorithm": method}).dump()
    told = kept[0]["digest_algorithm"], kept[0]["signature_algorithm"]
    if told[0]["algorithm"].native != parts.digest or told[1]["algorithm"].native not in (method, "rsassa_pkcs1v15"):
        raise BadSeal("The time-stamp names two different methods of signing.")
    return der.written(der.SEQUENCE, told[0].contents), der.written(der.SEQUENCE, told[1].contents)


def proven(parts: Parts, digests: Mapping[str, bytes], *, of: str = "this seal") -> Stamp:
    """What these parts prove of something, given as its hashes. Raises BadSeal for what does not hold.

    RFC 3161 section 2.2 and appendix A: the imprint is the hash of a signature or of a file, the certificate is meant
    for time-stamps and nothing else, and the authority signed all of it.
    """
    facts, signer = parts.facts, parts.chain[0]
    imprint = facts["message_imprint"]
    method = imprint["hash_algorithm"]["algorithm"].native
    if method not in digests or digests[method] != imprint["hashed_message"].native:
        raise BadSeal(f"The time-stamp was made for something else than {of}.")
    if _attribute(parts, "content_type").native != "tst_info" or parts.digest not in HASHES:
        raise BadSeal("The time-stamp is not the statement of an authority about a time.")
    if _attribute(parts, "message_digest").native != hashlib.new(parts.digest, parts.info).digest():
        raise BadSeal("The time in the time-stamp is not the one its authority signed.")
    if not _names(parts, signer):
        raise BadSeal("The certificate in the time-stamp is not the one it was made with.")
    if not fits(signer, parts.signature, parts.attributes, parts.digest):
        raise BadSeal("The signature of the time-stamp does not fit: it was changed or forged.")
    at = facts["gen_time"].native.astimezone(UTC)
    _check_chain(parts.chain, at)
    return Stamp(at, authority_of(signer), parts.chain)


def _check_chain(chain: Sequence[x509.Certificate], at: datetime) -> None:
    usage = extension(chain[0], x509.ExtendedKeyUsage)
    if usage is None or not usage.critical or list(usage.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise BadSeal("The certificate in the time-stamp is not one of a time-stamp authority.")
    for below, above in itertools.pairwise(chain):
        basic = extension(above, x509.BasicConstraints)
        if not issued(below, above) or basic is None or not basic.value.ca:
            raise BadSeal("The time-stamp carries a certificate that did not issue the one before it.")
    if not issued(chain[-1], chain[-1]):
        raise BadSeal("The certificates in the time-stamp do not lead to a root.")
    for found in chain:
        if not found.not_valid_before_utc <= at <= found.not_valid_after_utc:
            raise BadSeal("A certificate in the time-stamp was not valid at the time it states.")


def _names(parts: Parts, signer: x509.Certificate) -> bool:
    """Whether the signed attributes name this certificate (RFC 5816: by SHA-1 in the older form, else by its hash)."""
    data = signer.public_bytes(Encoding.DER)
    for name in ("signing_certificate_v2", "signing_certificate"):
        found = [item for item in parts.signed if item["type"].native == name]
        if found:
            named = found[0]["values"][0]["certs"][0]
            method = named["hash_algorithm"]["algorithm"].native if name.endswith("v2") else "sha1"
            told: bytes = named["cert_hash"].native
            return method in (*HASHES, "sha1") and told == hashlib.new(method, data, usedforsecurity=False).digest()
    return False


def _attribute(parts: Parts, name: str) -> core.Asn1Value:
    found = [item for item in parts.signed if item["type"].native == name]
    if len(found) != 1 or len(found[0]["values"]) != 1:
        raise BadSeal("The time-stamp lacks a part that every time-stamp has, or has it twice.")
    return found[0]["values"][0]
