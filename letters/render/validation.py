"""Fetches what a seal needs to last: for each certificate an answer on whether it was revoked, by OCSP or as a CRL.

Asked is what the certificates name themselves. What an answer proves is judged by proof, as a stranger would.
"""

import contextlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.ocsp import OCSPRequestBuilder
from cryptography.x509.oid import AuthorityInformationAccessOID

from letters.proof.appended import Held
from letters.proof.cms import BadSeal
from letters.proof.issuers import authority_of
from letters.proof.lasting import Chain, certificates, links
from letters.proof.revocation import Revoked, by_crl, by_ocsp, exact_ocsp
from letters.render.asking import Asked, Unanswered

MOST_OCSP = 65_536
MOST_CRL = 2_000_000  # bytes; the list lies in every paper


class Unconfirmed(Unanswered):
    """Nobody said that a certificate was not revoked, or somebody said that it was."""

    meanwhile = "Nothing is sealed until that is told."


async def held(chains: Sequence[Chain], *, since: datetime, seconds: int) -> Held:
    """The chains' certificates and one current answer on each but the roots. Raises Unconfirmed.

    `since` is the time of the seal's time-stamp; `seconds` is how long one answer may take.
    """
    ocsp, lists = list[bytes](), list[bytes]()
    for certificate, issuer in links(*chains):
        if any(_covers(der, certificate, issuer, since) for der in lists):
            continue
        kind, der = await _answer(certificate, issuer, since, seconds)
        (ocsp if kind == "OCSP" else lists).append(der)
    return Held(tuple(certificates(*chains)), tuple(ocsp), tuple(lists))


async def _answer(
    certificate: x509.Certificate, issuer: x509.Certificate, since: datetime, seconds: int
) -> tuple[str, bytes]:
    """The first answer that holds, of all the addresses a certificate names; "OCSP" or "CRL" and its DER."""
    name, failed = authority_of(certificate), list[str]()
    for kind, address in _addresses(certificate):
        try:
            der = await _asked(kind, address, certificate, issuer, seconds)
            word = (by_ocsp if kind == "OCSP" else by_crl)(der, certificate, issuer)
        except Revoked as error:
            raise Unconfirmed(f"{error} Put another in place.") from error
        except BadSeal as error:
            failed.append(f"{_host(kind, address)} answered wrong. {error}")
            continue
        except Unanswered as error:
            failed.append(str(error))
            continue
        if word is not None and word.covers(since):
            return kind, der
        failed.append(f"{_host(kind, address)} sent an answer that had run out, or one about something else.")
    if not failed:
        failed.append("It names neither an OCSP responder nor a list to be fetched by http.")
    raise Unconfirmed(f"Nobody says whether the certificate of “{name}” was revoked. {' '.join(failed)}")


def _addresses(certificate: x509.Certificate) -> Iterator[tuple[str, str]]:
    with contextlib.suppress(x509.ExtensionNotFound):
        for place in certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value:
            if place.access_method == AuthorityInformationAccessOID.OCSP:
                yield from _by_http("OCSP", [place.access_location])
    with contextlib.suppress(x509.ExtensionNotFound):
        for point in certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value:
            if not point.reasons and not point.crl_issuer:
                yield from _by_http("CRL", point.full_name or [])


def _by_http(kind: str, names: Sequence[x509.GeneralName]) -> Iterator[tuple[str, str]]:
    for name in names:
        if isinstance(name, x509.UniformResourceIdentifier) and name.value.startswith(("http://", "https://")):
            yield kind, name.value


async def _asked(
    kind: str, address: str, certificate: x509.Certificate, issuer: x509.Certificate, seconds: int
) -> bytes:
    if kind == "CRL":
        wants = "a list of revoked certificates"
        return await Asked(address, _host(kind, address), wants, seconds, MOST_CRL).answer(None)
    # SHA-1 names the certificate and protects nothing; many responders know no other (RFC 5019 section 2.1.1).
    question = OCSPRequestBuilder().add_certificate(certificate, issuer, hashes.SHA1()).build()
    asked = Asked(
        address, _host(kind, address), "an answer about revocation", seconds, MOST_OCSP,
        "application/ocsp-request", "application/ocsp-response",
    )  # fmt: skip
    return exact_ocsp(await asked.answer(question.public_bytes(Encoding.DER)))


def _covers(der: bytes, certificate: x509.Certificate, issuer: x509.Certificate, since: datetime) -> bool:
    with contextlib.suppress(BadSeal):
        word = by_crl(der, certificate, issuer)
        return word is not None and word.covers(since)
    return False


def _host(kind: str, address: str) -> str:
    what = "The OCSP responder" if kind == "OCSP" else "The list of revoked certificates"
    return f"{what} at {urlsplit(address).hostname}"
