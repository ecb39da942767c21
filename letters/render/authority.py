"""Asks a time-stamp authority (RFC 3161) for the token of a seal; what a token proves is judged by proof.stamp."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from asn1crypto import algos, cms, core, tsp
from cryptography import x509
from pyhanko.sign.timestamps import TimeStamper

from letters.proof import der, stamp
from letters.proof.cms import BadSeal
from letters.render.asking import Asked, Unanswered

# Bytes kept free in a seal for its token: three certificates with RSA-4096 keys and what was signed.
ROOM = 9_000
MAX_ANSWER = 65_536
# How far an authority's clock may be from ours (or ours from its): beyond it one of them is wrong.
APART = timedelta(minutes=5)


class Unstamped(Unanswered):
    """No time-stamp came, or a wrong one."""

    meanwhile = "Nothing is sealed without its time-stamp."


@dataclass(frozen=True)
class Authority:
    """Where time-stamps come from, which roots they must lead to, and how many seconds one answer may take.

    `validation` asks for the answers on whether a certificate was revoked behind the seal (B-LT), `archive` for a
    second time-stamp over these as well (B-LTA).
    """

    address: str
    roots: tuple[x509.Certificate, ...]
    user: str = ""
    password: str = ""
    seconds: int = 20
    validation: bool = False
    archive: bool = False

    @property
    def name(self) -> str:
        """The authority as it is named to people: by its host, never by what stands behind it in the address."""
        return f"The time-stamp authority at {urlsplit(self.address).hostname}"

    async def token(self, digest: bytes, method: str, *, when: datetime) -> bytes:
        """The token over a digest, in its exact form and checked as a stranger would. Raises Unstamped.

        `method` is the hash that made the digest, `when` (with a time zone) the time here.
        """
        nonce = secrets.randbits(63)
        answer = _granted(await self._answer(_request(digest, method, nonce)), self.name)
        try:
            parts = stamp.completed(stamp.read(answer), self.roots)
            found, facts = stamp.proven(parts, {method: digest}), parts.facts
            if facts["nonce"].native != nonce:
                raise Unstamped(f"{self.name} answered another request than the one it was sent.")
            if abs(found.time - when) > APART:
                told = found.time.strftime("%Y-%m-%d %H:%M UTC")
                raise Unstamped(f"{self.name} states {told}, far from this server's clock: one of the two is wrong.")
            exact = stamp.rebuilt(parts)
        except BadSeal as error:
            raise Unstamped(f"{self.name} answered wrong. {error}") from error
        if len(exact) > ROOM:
            raise Unstamped(f"{self.name} sent {len(exact):,} bytes; a seal has room for {ROOM:,}.")
        return exact

    async def _answer(self, request: bytes) -> bytes:
        """What the authority sends back. Raises Unstamped."""
        asked = Asked(
            self.address, self.name, "a time-stamp", self.seconds, MAX_ANSWER, "application/timestamp-query",
            "application/timestamp-reply", self.user, self.password,
        )  # fmt: skip
        try:
            return await asked.answer(request)
        except Unanswered as error:
            raise Unstamped(str(error)) from error


class Stamper(TimeStamper):
    """An authority in the form in which pyHanko asks one while it signs; keeps the token it gave."""

    def __init__(self, authority: Authority, when: datetime) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.authority, self.when, self.token = authority, when, b""

    async def async_dummy_response(self, md_algorithm: str) -> cms.ContentInfo:
        """Something of the size to keep free; pyHanko would ask the authority twice for one seal."""
        return cms.ContentInfo({"content_type": "data", "content": bytes(ROOM)})

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """The token of a seal. Raises Unstamped."""
        self.token = await self.authority.token(message_digest, md_algorithm, when=self.when)
        return cms.ContentInfo.load(self.token)


def _request(digest: bytes, method: str, nonce: int) -> bytes:
    imprint = {"hash_algorithm": algos.DigestAlgorithm({"algorithm": method}), "hashed_message": digest}
    values = {"version": "v1", "message_imprint": tsp.MessageImprint(imprint), "nonce": nonce, "cert_req": True}
    out: bytes = tsp.TimeStampReq(values).dump()
    return out


class _Answer(core.Sequence):  # type: ignore[misc]
    """An answer with or without a token; asn1crypto's own lacks the form in which a request is refused."""

    _fields = [("status", tsp.PKIStatusInfo), ("token", cms.ContentInfo, {"optional": True})]


def _granted(answer: bytes, name: str) -> bytes:
    """The token in an answer (RFC 3161 section 2.4.2). Raises Unstamped when there is none."""
    try:
        read = _Answer.load(answer, strict=True)
        status, why = read["status"]["status"].native, read["status"]["fail_info"].native or ()
        there = status.startswith("granted") and not isinstance(read["token"], core.Void)
        token = der.whole(read["token"]) if there else b""
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unstamped(f"{name} sent something that is not a time-stamp.") from error
    if not token:
        raise Unstamped(f"{name} refused to make a time-stamp: {', '.join((status, *why)).replace('_', ' ')}.")
    return token


def roots(pem: bytes) -> tuple[x509.Certificate, ...]:
    """The certificates of a PEM file. Raises ValueError with a sentence when there is none that signed itself."""
    try:
        found = tuple(x509.load_pem_x509_certificates(pem))
    except ValueError as error:
        raise ValueError("It holds no certificates in the PEM form.") from error
    own = tuple(one for one in found if one.issuer == one.subject)
    if not own:
        raise ValueError("It holds no root: give the certificate at the top of the authority's chain.")
    return own
