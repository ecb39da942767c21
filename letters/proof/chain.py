"""The hash chain over a letter's events; who appends them, and under which lock, is left to the models."""

from collections.abc import Iterable, Mapping
from typing import Any

from letters.proof.records import canonical_json, sha256_hex

EVENT_PREFIX = b"signon/event/v1\n"
GENESIS = "0" * 64

# An event record, key by key. In a bundle each carries one more key, "hash".
SHAPE: Mapping[str, type] = {
    "seq": int,
    "at": str,
    "kind": str,
    "actor": str,
    "data": dict,
    "private": str,
    "prev": str,
}


def event_hash(record: Mapping[str, Any]) -> str:
    """SHA-256 over a prefix and the canonical record, as 64 hex digits.

    Raises ValueError when the record has other keys or other types than SHAPE.
    """
    problem = misshapen(record)
    if problem:
        raise ValueError(f"An event cannot be hashed: it {problem}.")
    return sha256_hex(EVENT_PREFIX + canonical_json(dict(record)))


def misshapen(record: Mapping[str, Any]) -> str:
    """What keeps a value from being an event record, as the end of a sentence ("" when nothing does)."""
    missing = [key for key in SHAPE if key not in record]
    extra = sorted(str(key) for key in record if key not in SHAPE)
    if missing:
        return f'lacks "{missing[0]}"'
    if extra:
        return f'has an unknown part "{extra[0]}"'
    for key, kind in SHAPE.items():
        if type(record[key]) is not kind:
            return f'has a "{key}" of the wrong kind'
    return ""


def check(records_with_hash: Iterable[Mapping[str, Any]]) -> list[str]:
    """Problem sentences of a whole chain; an empty list means that it is unbroken from its first event.

    Each entry is the record plus "hash". Sequence numbers run from 1 without a gap, and "prev" of the first
    event is GENESIS.
    """
    problems: list[str] = []
    prev = GENESIS
    for number, entry in enumerate(records_with_hash, start=1):
        if not isinstance(entry, Mapping):
            problems.append(f"Event {number} of the record is not an object.")
            continue
        problems += [f"Event {number} of the record {what}." for what in _faults(entry, number, prev)]
        prev = str(entry.get("hash", ""))
    return problems


def _faults(entry: Mapping[str, Any], number: int, prev: str) -> list[str]:
    record = {key: value for key, value in entry.items() if key != "hash"}
    shape = misshapen(record)
    if shape:
        return [shape]
    faults = []
    if record["seq"] != number:
        faults.append(f"carries the number {record['seq']}: an event was left out, added or moved")
    if record["prev"] != prev:
        faults.append("does not follow from the event before it: the chain is broken here")
    try:
        right = entry.get("hash") == event_hash(record)
    except ValueError:
        right = False
    if not right:
        faults.append("does not have the hash it states: it was changed after it was recorded")
    return faults
