"""This installation's own keys, loaded once per process; how keys are made and read is keys.py's."""

import functools
from pathlib import Path

from django.conf import settings

from letters.render import keys


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
