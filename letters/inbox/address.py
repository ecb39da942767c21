"""The address to which a journal's answer to one submission comes, and how it is found in what came."""

import re

from django.conf import settings

# The key stands behind a plus sign, as mail servers deliver sub-addresses (RFC 5233).
_KEY = r"([0-9a-f]{20})"


def base() -> str:
    """The address all answers share, such as answers@letters.example; "" where mail is not taken in."""
    return str(getattr(settings, "INBOUND_ADDRESS", ""))


def address_of(key: str) -> str:
    """answers+KEY@letters.example; "" where mail is not taken in."""
    name, _, domain = base().rpartition("@")
    return f"{name}+{key}@{domain}" if name else ""


def keys_in(addressed: str) -> list[str]:
    """The keys named in headers, in order and each once; those of other addresses are not looked at."""
    name, _, domain = base().rpartition("@")
    if not name:
        return []
    found = re.findall(
        rf"(?<![\w.+-]){re.escape(name)}\+{_KEY}@{re.escape(domain)}(?![\w.-])", addressed, re.IGNORECASE
    )
    return list(dict.fromkeys(key.lower() for key in found))
