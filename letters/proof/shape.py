"""The shapes of the records in a bundle, and one plain sentence for a record that has another."""

from collections.abc import Mapping
from typing import Any

from letters.proof import chain


class Absent:
    """Stands in a shape for a part that a record may do without."""


Kind = type | tuple[type, ...] | Mapping[str, Any]

LETTER: Mapping[str, Kind] = {
    "slug": str,
    "title": str,
    "convener": str,
    "edition": int,
    "version": int,
    "content_hash": str,
    "closed_at": str,
    "verify_address": str,
}
ROSTER: Mapping[str, Kind] = {
    "receipt": str,
    "society": str,
    "short_name": str,
    "country": str,
    "printed_name": str,
    "office": str,
    "mandate": {
        "body": (str, type(None)),
        "date": (str, type(None)),
        "minute": (str, type(None)),
        "file": (str, Absent),
    },
    "interests": str,
    "statement": str,
    "statement_hash": str,
    "version": int,
    "content_hash": str,
    "signed_at": str,
    "authenticated": str,
    "seat": (str, Absent),
    "logo": (str, Absent),
    "kind": (str, Absent),
    "slot": int,
    "position": int,
    "salt": (str, Absent),
}
EVENT: Mapping[str, Kind] = {**chain.SHAPE, "hash": str}
MANIFEST: Mapping[str, Kind] = {
    "format": str,
    "letter": {"slug": str, "title": str, "convener": str, "closed_at": str, "verify_address": str},
    "edition": int,
    "version": int,
    "content_hash": str,
    "signatures": int,
    "merkle_root": str,
    "files": dict,
}
PROOFS: Mapping[str, Kind] = {"format": str, "proofs": list, "root": str, "size": int}
PROOF: Mapping[str, Kind] = {"receipt": str, "index": int, "path": list}
SINGLE: Mapping[str, Kind] = {
    "format": str,
    "index": int,
    "path": list,
    "record": dict,
    "root": str,
    "size": int,
    "checkpoint": str,
    "checkpoint_key": str,
}


def fault(value: Any, shape: Mapping[str, Kind]) -> str:
    """What keeps a value from having a shape, as the end of a sentence ("" when nothing does)."""
    if type(value) is not dict:
        return "is not an object"
    if value.keys() != shape.keys():
        missing = [key for key, kind in shape.items() if key not in value and not _may_lack(kind)]
        extra = sorted(str(key) for key in value if key not in shape)
        if missing or extra:
            return f'lacks "{missing[0]}"' if missing else f'has an unknown part "{extra[0]}"'
    for key in value:
        kind = shape[key]
        if type(value[key]) is kind:  # by far the most
            continue
        if isinstance(kind, Mapping):
            inner = fault(value[key], kind)
            if inner:
                return f'has a "{key}" that {inner}'
        elif type(value[key]) not in (kind if isinstance(kind, tuple) else (kind,)):
            return f'has a "{key}" of the wrong kind'
    return ""


def _may_lack(kind: Kind) -> bool:
    return isinstance(kind, tuple) and Absent in kind


def refuse(what: str, value: Any, shape: Mapping[str, Kind]) -> None:
    """Raises ValueError "<what> lacks …" when a value does not have the shape."""
    problem = fault(value, shape)
    if problem:
        raise ValueError(f"{what} {problem}.")
