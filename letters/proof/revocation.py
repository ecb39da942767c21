"""What an OCSP answer or a CRL says of one certificate, each in one exact form; which are needed is left to lasting."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import algos, crl
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp as answers
from cryptography.x509.oid import ExtendedKeyUsageOID

from letters.proof import der
from letters.proof.cms import HASHES, BadSeal, fits, issued
from letters.proof.issuers import authority_of, extension

BASIC = "1.3.6.1.5.5.7.48.1.1"  # id-pkix-ocsp-basic, the one form of an answer (RFC 6960 section 4.2.1)
KINDS = {"1.2.840.113549.1.1": "rsa", "1.2.840.10045.4.3": "ecdsa"}  # methods of signing by the head of their name
Said = answers.OCSPResponse | x509.CertificateRevocationList
DAMAGED = "An answer about revocation is damaged: it cannot be read."
CHANGED = "An answer about revocation is not written in its one exact form: a byte of it was changed."


class Revoked(BadSeal):
    """The certificate was taken back by its issuer."""


@dataclass(frozen=True)
class Word:
    """That a certificate was not revoked: who says so, of which time, and until when that was meant to be current."""

    source: str
    at: datetime
    until: datetime | None

    def covers(self, time: datetime) -> bool:
        """Whether it was given after this time, or was still current then."""
        return self.at >= time or (self.until is not None and self.until >= time)


def by_ocsp(data: bytes, certificate: x509.Certificate, issuer: x509.Certificate) -> Word | None:
    """What an OCSP answer (RFC 6960) says of a certificate; None when it speaks of another one.

    It must be signed by the issuer, or by a responder whose certificate the issuer gave for that and never takes back.
    Raises BadSeal for an answer that does not hold, and Revoked.
    """
    try:
        said = answers.load_der_ocsp_response(data)
        if said.response_status != answers.OCSPResponseStatus.SUCCESSFUL or len(list(said.responses)) != 1:
            raise BadSeal("An answer about revocation is not one about one certificate.")
        if not _same(said, certificate, issuer):
            return None
        signer = _responder(said, issuer)
        if exact_ocsp(data) != data:
            raise BadSeal(CHANGED)
        if not _signed(signer, said, said.tbs_response_bytes):
            raise BadSeal("The signature of an answer about revocation does not fit: it was changed or forged.")
        if said.certificate_status == answers.OCSPCertStatus.REVOKED:
            raise Revoked(_taken_back(certificate, said.revocation_time_utc))
        if said.certificate_status != answers.OCSPCertStatus.GOOD:
            raise BadSeal("An answer about revocation says that it does not know the certificate.")
        return Word(authority_of(signer), said.this_update_utc, said.next_update_utc)
    except (ValueError, TypeError, KeyError, IndexError, x509.InvalidVersion) as error:
        raise error if isinstance(error, BadSeal) else BadSeal(DAMAGED) from error


def by_crl(data: bytes, certificate: x509.Certificate, issuer: x509.Certificate) -> Word | None:
    """What a CRL (RFC 5280 section 5) says of a certificate; None when it is the list of another issuer.

    Only the whole list of the issuer itself counts. Raises BadSeal for one that does not hold, and Revoked.
    """
    try:
        listed = x509.load_der_x509_crl(data)
        if listed.issuer != issuer.subject:
            return None
        if _exact_crl(listed, data) != data:
            raise BadSeal(CHANGED)
        if not _may_list(issuer) or not _signed(issuer, listed, listed.tbs_certlist_bytes):
            raise BadSeal("The signature of a list of revoked certificates does not fit: it was changed or forged.")
        if not _whole(listed, certificate):
            raise BadSeal("A list of revoked certificates does not speak of the certificate it is there for.")
        entry = listed.get_revoked_certificate_by_serial_number(certificate.serial_number)
        if entry is not None:
            raise Revoked(_taken_back(certificate, entry.revocation_date_utc))
        return Word(authority_of(issuer), listed.last_update_utc, listed.next_update_utc)
    except (ValueError, TypeError, KeyError, IndexError, x509.InvalidVersion) as error:
        raise error if isinstance(error, BadSeal) else BadSeal(DAMAGED) from error


def _signed(signer: x509.Certificate, said: Said, covered: bytes) -> bool:
    method = said.signature_hash_algorithm
    return method is not None and method.name in HASHES and fits(signer, said.signature, covered, method.name)


def _same(said: answers.OCSPResponse, certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether the answer names this certificate by its issuer's name, its issuer's key and its number."""
    told = asn1_x509.Certificate.load(issuer.public_bytes(Encoding.DER))
    key: bytes = told["tbs_certificate"]["subject_public_key_info"]["public_key"].contents[1:]
    method = said.hash_algorithm.name
    return (
        said.serial_number == certificate.serial_number
        and said.issuer_name_hash == hashlib.new(method, der.whole(told.subject.chosen), usedforsecurity=False).digest()
        and said.issuer_key_hash == hashlib.new(method, key, usedforsecurity=False).digest()
    )


def _responder(said: answers.OCSPResponse, issuer: x509.Certificate) -> x509.Certificate:
    """Whose key must have signed the answer (RFC 6960 section 4.2.2.2)."""
    if said.certificates in ([], [issuer]):
        return issuer
    responder = said.certificates[0]
    usage = extension(responder, x509.ExtendedKeyUsage)
    lasting = extension(responder, x509.OCSPNoCheck)
    if len(said.certificates) != 1 or not issued(responder, issuer) or usage is None:
        raise BadSeal("An answer about revocation was not given by the issuer of the certificate.")
    if ExtendedKeyUsageOID.OCSP_SIGNING not in usage.value or lasting is None:
        raise BadSeal("An answer about revocation was given by a responder that may itself be revoked.")
    if not responder.not_valid_before_utc <= said.produced_at_utc <= responder.not_valid_after_utc:
        raise BadSeal("An answer about revocation was given by a responder whose certificate was not valid.")
    return responder


def exact_ocsp(data: bytes) -> bytes:
    """An OCSP answer with what is signed in this one, its signature and responder, and nothing else. Raises BadSeal.

    Many responders send the certificates above their own along; nothing is proven by these.
    """
    try:
        said = answers.load_der_ocsp_response(data)
        method, named = said.signature_hash_algorithm, said.signature_algorithm_oid.dotted_string
        kind = KINDS.get(named.rpartition(".")[0])
        if method is None or method.name not in HASHES or kind is None:
            raise BadSeal("An answer about revocation is signed by a method that this check does not know.")
        algorithm = algos.SignedDigestAlgorithm({"algorithm": f"{method.name}_{kind}"})
        held = [one.public_bytes(Encoding.DER) for one in said.certificates[:1]]
        basic = [said.tbs_response_bytes, algorithm.dump(), der.bits(said.signature)]
        basic += [der.written(der.context(0), der.written(der.SEQUENCE, *held))] if held else []
    except (ValueError, TypeError, KeyError) as error:
        raise error if isinstance(error, BadSeal) else BadSeal(DAMAGED) from error
    octets = der.written(der.OCTETS, der.written(der.SEQUENCE, *basic))
    wrapped = der.written(der.SEQUENCE, der.identifier(BASIC), octets)
    return der.written(der.SEQUENCE, b"\x0a\x01\x00", der.written(der.context(0), wrapped))


def _exact_crl(listed: x509.CertificateRevocationList, data: bytes) -> bytes:
    """A CRL with its one signature; the method is named twice, and only the first mention is signed."""
    signed = listed.tbs_certlist_bytes
    method = der.whole(crl.CertificateList.load(data, strict=True)["tbs_cert_list"]["signature"])
    return der.written(der.SEQUENCE, signed, method, der.bits(listed.signature))


def _may_list(issuer: x509.Certificate) -> bool:
    usage = extension(issuer, x509.KeyUsage)
    return usage is None or usage.value.crl_sign


def _whole(listed: x509.CertificateRevocationList, certificate: x509.Certificate) -> bool:
    """Whether a list leaves out nothing that could be said of this certificate (RFC 5280 sections 5.2.4 and 5.2.5)."""
    basic = extension(certificate, x509.BasicConstraints)
    authority = basic is not None and basic.value.ca
    for told in listed.extensions:
        if isinstance(told.value, x509.DeltaCRLIndicator):
            return False
        if isinstance(told.value, x509.IssuingDistributionPoint):
            point = told.value
            if point.indirect_crl or point.only_some_reasons or point.only_contains_attribute_certs:
                return False
            if point.only_contains_user_certs if authority else point.only_contains_ca_certs:
                return False
        elif told.critical:
            return False
    return True


def _taken_back(certificate: x509.Certificate, at: datetime | None) -> str:
    day = f" on {at.day} {at:%B %Y}" if at else ""
    return f"The certificate of “{authority_of(certificate)}” was revoked{day}."
