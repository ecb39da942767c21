"""This installation's own keys and its time-stamp authority, loaded once per process; using them is left to seal."""

import functools
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from letters.render import authority, keys
from letters.render.validity import ending


@functools.cache
def site_keys() -> keys.SealKeys:
    """The seal key and the checkpoint key, from the PKCS#12 file of the environment or the data folder."""
    given = Path(settings.SEAL_P12).read_bytes() if settings.SEAL_P12 else None
    return keys.load(
        Path(settings.DATA) / "keys",
        p12=given,
        password=settings.SEAL_P12_PASSWORD or None,
        name=settings.SITE_NAME,
    )


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
        settings.TSA_URL, roots, settings.TSA_USER, settings.TSA_PASSWORD, max(settings.TSA_SECONDS, 1)
    )


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
    return [site_keys().certificate, *roots]
