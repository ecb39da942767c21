"""Judges what stands behind a seal: that no certificate was revoked, and the time-stamp over all of it (B-LT, B-LTA).

ETSI EN 319 142-1 sections 5.4 and 6. How it is written is left to appended, what one answer says to revocation.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from asn1crypto import parser
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from letters.proof import appended, stamp
from letters.proof.appended import Held, Places
from letters.proof.cms import BadSeal, issued
from letters.proof.issuers import authority_of, chained
from letters.proof.revocation import Word, by_crl, by_ocsp
from letters.proof.stamp import Stamp

Chain = Sequence[x509.Certificate]
APART = timedelta(minutes=5)  # how far the clocks of an authority and of a responder may be from each other


@dataclass(frozen=True)
class Lasting:
    """That no certificate was revoked when the seal was made, one word on each, and the archive time-stamp if any."""

    words: tuple[tuple[str, Word], ...]
    archive: Stamp | None = None


def check(sealed: bytes, added: bytes, at: Places, chain: Chain, stamped: Stamp) -> Lasting:
    """What is proven by the bytes `added` behind the sealed part, which is `sealed` and announces them at `at`.

    `chain` is that of the seal as far as the seal itself carries it. Raises BadSeal unless all of it holds, all of it
    is needed and nothing is missing.
    """
    held, token = appended.read(at, added)
    chain = complete(chain, [x509.load_der_x509_certificate(der) for der in held.certificates])
    if list(held.certificates) != certificates(chain, stamped.chain):
        raise BadSeal("Behind the seal stand other certificates than those of the seal and its time-stamp.")
    words = tuple(said(held, (chain, stamped.chain), stamped))
    if not token:
        return Lasting(words)
    return Lasting(words, _archived(sealed, at, held, token, stamped, words))


def complete(chain: Chain, others: Chain) -> Chain:
    """The chain up to a certificate that signed itself. Raises BadSeal when the others do not lead there."""
    whole = chained(chain[0], [*chain[1:], *others])
    if not issued(whole[-1], whole[-1]):
        raise BadSeal("The certificates of the seal do not lead to a root.")
    return whole


def certificates(*chains: Chain) -> list[bytes]:
    """Each certificate of the chains once, in DER, in the order in which a file holds them."""
    return list(dict.fromkeys(one.public_bytes(Encoding.DER) for chain in chains for one in chain))


def links(*chains: Chain) -> list[tuple[x509.Certificate, x509.Certificate]]:
    """Each certificate that its issuer can revoke, with that issuer; a root has nobody above it."""
    return list(dict.fromkeys(pair for chain in chains for pair in itertools.pairwise(chain)))


def said(held: Held, chains: Sequence[Chain], stamped: Stamp) -> Iterator[tuple[str, Word]]:
    """For each certificate its name and the first answer that speaks of it. Raises BadSeal for a lack or a surplus."""
    answers = [(by_ocsp, der) for der in held.ocsp] + [(by_crl, der) for der in held.crl]
    used = set()
    for certificate, issuer in links(*chains):
        found = ((place, read(der, certificate, issuer)) for place, (read, der) in enumerate(answers))
        place, word = next(((place, word) for place, word in found if word is not None), (0, None))
        name = authority_of(certificate)
        if word is None:
            raise BadSeal(f"Nothing behind the seal says that the certificate of “{name}” was not revoked.")
        if not word.covers(stamped.time):
            raise BadSeal(f"The answer on whether “{name}” was revoked had run out before the seal was made.")
        used.add(place)
        yield name, word
    if len(used) != len(answers):
        raise BadSeal("Behind the seal stands an answer that speaks of none of its certificates.")


def _archived(
    sealed: bytes, at: Places, held: Held, token: bytes, stamped: Stamp, words: Sequence[tuple[str, Word]]
) -> Stamp:
    size = parser.peek(token)
    if any(token[size:]):
        raise BadSeal("The archive time-stamp is damaged: something stands behind it.")
    made = appended.validation(at, held)
    head, _, tail = appended.archive(appended.behind(at, made), token)
    archive = stamp.check(token[:size], (sealed, made, head, tail), of="this file")
    latest = max((word.at for _, word in words), default=stamped.time)
    if archive.time < stamped.time or archive.time + APART < latest:
        raise BadSeal("The archive time-stamp is older than what it was made for.")
    return archive
