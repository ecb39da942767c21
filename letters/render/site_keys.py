"""This installation's own keys and its time-stamp authority, loaded once per process; using them is left to seal."""

import functools
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from letters.render import authority, keys, token
from letters.render.validity import ending


@functools.cache
def site_keys() -> keys.SealKeys:
    """The seal key and the checkpoint key, from a token or file of the environment or the data folder.

    Raises OSError and keys.BadKeys; what cannot be used is looked at again the next time.
    """
    given = Path(settings.SEAL_P12).read_bytes() if settings.SEAL_P12 else None
    return keys.load(
        Path(settings.DATA) / "keys",
        p12=given,
        password=settings.SEAL_P12_PASSWORD or None,
        outside=_in_token() if settings.SEAL_PKCS11 else None,
        name=settings.SITE_NAME,
    )


def begun(since: datetime) -> None:
    """Make the key of the seal as one that is valid from `since` on, where the site makes its own and has none yet.

    For a letter that is told as past: its seal is not older than the certificate.
    """
    if not (settings.SEAL_P12 or settings.SEAL_PKCS11):
        keys.load(Path(settings.DATA) / "keys", name=settings.SITE_NAME, since=since)


@functools.cache
def site_checkpoint() -> Ed25519PrivateKey:
    """The checkpoint key alone: receipts are given whether or not the seal's key can be used."""
    return keys.load_checkpoint(Path(settings.DATA) / "keys")


def site_certificate() -> bytes:
    """The certificate of the seal as PEM, from its own file where there is one. Raises as site_keys does."""
    if settings.SEAL_PKCS11 and settings.SEAL_PKCS11_CERTIFICATE:
        return token.certificate_in(Path(settings.SEAL_PKCS11_CERTIFICATE))
    return site_keys().certificate


def _in_token() -> keys.Outside:
    place = token.TokenKey(
        settings.SEAL_PKCS11, settings.SEAL_PKCS11_TOKEN, settings.SEAL_PKCS11_KEY, settings.SEAL_PKCS11_PIN
    )
    given = settings.SEAL_PKCS11_CERTIFICATE
    return token.found(place, Path(given) if given else None)


@functools.cache
def site_authority() -> authority.Authority | None:
    """The time-stamp authority of the environment, or None. Raises BadKeys when its roots cannot be used."""
    if not settings.TSA_URL:
        return None
    try:
        roots = authority.roots(Path(settings.TSA_ROOTS).read_bytes())
    except OSError as error:
        raise keys.BadKeys(
            f"SIGNON_TSA_ROOTS names {settings.TSA_ROOTS}, which cannot be read: {error.strerror}."
        ) from error
    except ValueError as error:
        raise keys.BadKeys(f"SIGNON_TSA_ROOTS names {settings.TSA_ROOTS}. {error}") from error
    return authority.Authority(
        settings.TSA_URL, roots, settings.TSA_USER, settings.TSA_PASSWORD, max(settings.TSA_SECONDS, 1),
        validation=settings.SEAL_LEVEL in ("B-LT", "B-LTA"), archive=settings.SEAL_LEVEL == "B-LTA",
    )  # fmt: skip


def warning(now: datetime) -> str:
    """What is to be done soon about the key of the seal, as a sentence; empty while nothing is."""
    try:
        return ending(site_keys().certificate, now)
    except OSError as error:
        return f"The key that seals PDFs cannot be read: {error.strerror}."
    except keys.BadKeys as error:
        return str(error)


def trusted() -> list[bytes]:
    """What the site trusts besides its checkpoint key: its certificate and the roots of its authority, as PEM."""
    stamping = site_authority()
    roots = [root.public_bytes(Encoding.PEM) for root in stamping.roots] if stamping else []
    return [site_certificate(), *roots]
