"""Certificates above and beside each other: the chain of issuers, the name one goes by, what its extensions say."""

from collections.abc import Sequence
from typing import TypeVar

from cryptography import x509
from cryptography.x509.oid import NameOID

from letters.proof.cms import MAX_CERTIFICATES, issued

Kind = TypeVar("Kind", bound=x509.ExtensionType)


def chained(signer: x509.Certificate, others: Sequence[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """The signer with its issuers as far as they are among the others, up to one that signed itself."""
    chain = [signer]
    while chain[-1].issuer != chain[-1].subject and len(chain) < MAX_CERTIFICATES:
        above = next((found for found in others if found not in chain and issued(chain[-1], found)), None)
        if above is None:
            break
        chain.append(above)
    return tuple(chain)


def authority_of(certificate: x509.Certificate) -> str:
    """The name an authority gives itself: its common name, else its organisation."""
    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        found = certificate.subject.get_attributes_for_oid(kind)
        if found:
            return str(found[0].value)
    return "an authority without a name"


def extension(certificate: x509.Certificate, kind: type[Kind]) -> x509.Extension[Kind] | None:
    """An extension of a certificate (RFC 5280 section 4.2) with whether it is critical; None without one."""
    try:
        return certificate.extensions.get_extension_for_class(kind)
    except (x509.ExtensionNotFound, ValueError):
        return None
