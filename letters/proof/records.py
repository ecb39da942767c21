"""Canonical records and the hashes taken over them; chains, trees and signatures are left elsewhere."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import rfc8785

LETTER_PREFIX = b"signon/letter/v1\n"
STATEMENT_PREFIX = b"signon/statement/v1\n"
PRIVATE_PREFIX = b"signon/private/v1\n"

# Records are shallow; a limit of depth keeps a hostile file from exhausting the stack.
MAX_DEPTH = 32

_PLAIN = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False)
_LARGEST = 2**53 - 1


def canonical_json(value: Any) -> bytes:
    """The one byte form of a record, by RFC 8785 (JSON Canonicalization Scheme).

    Takes str, int, bool, None, and lists and dicts (with str keys) of these. Raises ValueError for anything
    else: a float would not survive a round trip through every JSON reader, so times and amounts are strings
    or whole numbers below 2**53.
    """
    plain = _refuse_foreign(value, MAX_DEPTH)
    try:
        if plain:
            # What Python's own encoder writes is the same there, and 100,000 records take seconds, not minutes.
            return _PLAIN.encode(value).encode()
        return rfc8785.dumps(value)
    except (UnicodeEncodeError, rfc8785.CanonicalizationError) as error:
        raise ValueError(f"A record cannot be written as canonical JSON: {error}") from error


def _refuse_foreign(value: Any, depth: int) -> bool:
    """Raises ValueError for what a record may not hold. False where the order of keys (by UTF-16) or the size of a
    number needs more than Python's own encoder knows."""
    if depth < 0:
        raise ValueError(f"A record may be nested {MAX_DEPTH} levels deep at most.")
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return True
    if kind is int:
        return bool(-_LARGEST <= value <= _LARGEST)
    plain = True
    if kind is list:
        for item in value:
            plain = _refuse_foreign(item, depth - 1) and plain
    elif kind is dict:
        for key, item in value.items():
            if type(key) is not str:
                raise ValueError(f"A record's keys must be text; {key!r} is not.")
            simple = (depth > 0 and type(item) is str) or _refuse_foreign(item, depth - 1)
            plain = plain and simple and key.isascii()
    else:
        raise ValueError(
            f"A record may hold text, whole numbers, true, false, null, lists and objects; "
            f"{value!r} is a {kind.__name__}."
        )
    return plain


def instant(dt: datetime) -> str:
    """A moment as RFC 3339 in UTC with six decimals and "Z", e.g. "2025-03-18T09:30:00.000000Z".

    Microseconds always: a database that stores microseconds must give back the text that was hashed.
    Raises ValueError for a time without a zone.
    """
    if dt.tzinfo is None or dt.utcoffset() is None:
        raise ValueError(f"The time {dt.isoformat()} has no time zone; give it one before it goes on record.")
    return dt.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def sha256_hex(data: bytes) -> str:
    """SHA-256 as 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def content_hash(text: str) -> str:
    """The content hash of a version: SHA-256 over a prefix and the canonical text as UTF-8."""
    return sha256_hex(LETTER_PREFIX + text.encode())


def statement_hash(text: str) -> str:
    """The hash of the statement an officer agreed to, exactly as it was shown."""
    return sha256_hex(STATEMENT_PREFIX + text.encode())


def private_digest(value: Mapping[str, Any], salt: str) -> str:
    """A commitment to details of an event which must not become public.

    SHA-256 over a prefix, the salt, a line feed and the canonical details. Give a fresh random salt of at
    least 128 bits each time: without it, a short detail such as an address could be guessed from its digest.
    """
    return sha256_hex(PRIVATE_PREFIX + salt.encode() + b"\n" + canonical_json(dict(value)))
