"""What a receipt witnesses besides the record: the roster that stood when it was given, and its own place in it.

The leaves are the commitments of the signatures that stood, in the order they were given. They are in the record of
the letter, so that anybody who holds the evidence can make the root anew; whose they are stays private until the seal.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from letters.proof import checkpoint, history, merkle
from letters.proof.records import canonical_json

HEAD = "signon/roster/v1"
Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Witness:
    """The roster so far: `place` (from 1) of this signature among `size`, and the text a receipt carries."""

    place: int
    size: int
    text: str


def roster(events: Sequence[Data], upto: int, version: int) -> dict[str, bytes]:
    """The leaves by receipt: signatures under `version` that stand after the event numbered `upto`."""
    standing = history.standing(events, upto)
    return {
        receipt: canonical_json({"receipt": receipt, "commitment": event.private})
        for receipt, event in standing.items()
        if event.data.get("version") == version
    }


def make(
    key: Ed25519PrivateKey, *, origin: str, events: Sequence[Data], upto: int, receipt: str, version: int
) -> Witness:  # fmt: skip
    """The witness for the signature with this receipt, right after the event numbered `upto`; the same each time.

    `events` are records of the letter up to there, at least those of kind "signed" and "withdrawn" and the last one.
    Raises KeyError when the receipt does not stand there.
    """
    leaves = roster(events, upto, version)
    index = list(leaves).index(receipt) if receipt in leaves else -1
    if index < 0:
        raise KeyError(f"The signature {receipt} did not stand after event {upto}.")
    path = merkle.inclusion(index, list(leaves.values()))
    head = next(event["hash"] for event in events if event["seq"] == upto)
    note = checkpoint.sign(
        key, origin=origin, size=len(leaves), root=merkle.root(list(leaves.values())),
        extensions=(f"version {version}", f"events {upto} {head}"),
    )  # fmt: skip
    lines = [HEAD, f"receipt {receipt}", f"index {index}", *(base64.b64encode(step).decode() for step in path)]
    return Witness(index + 1, len(leaves), "\n".join([*lines, "", note]))


def check(text: str, vkey: str, events: Sequence[Data]) -> list[str]:
    """What is wrong with a witness, held against the record of the letter; an empty list is a pass.

    `events` is the whole record, already checked as a chain, `vkey` the site's checkpoint key.
    """
    try:
        return _check(text.replace("\r\n", "\n"), vkey, events)
    except checkpoint.BadCheckpoint as error:
        return [str(error)]
    except (ValueError, LookupError):
        return ["The file is not the roster of a receipt: its lines are not written as they should be."]


def _check(text: str, vkey: str, events: Sequence[Data]) -> list[str]:
    front, _, note = text.partition("\n\n")
    head, receipt, index, *path = front.split("\n")
    if head != HEAD or not receipt.startswith("receipt ") or not index.startswith("index "):
        raise ValueError("not a witness")
    receipt = receipt.removeprefix("receipt ")
    stated = checkpoint.read(note.rstrip("\n") + "\n", vkey)
    version, (word, upto, hashed) = int(stated.extensions[0].removeprefix("version ")), stated.extensions[1].split()
    if word != "events" or not 0 < int(upto) <= len(events) or events[int(upto) - 1]["hash"] != hashed:
        return ["The receipt was given in another record than the one in this evidence."]
    leaves = roster(events, int(upto), version)
    if (len(leaves), merkle.root(list(leaves.values()))) != (stated.size, stated.root):
        return ["The roster of the receipt is not the one this record had then: a signature was added or left out."]
    steps = [base64.b64decode(step, validate=True) for step in path]
    leaf = leaves.get(receipt)
    if leaf is None or not merkle.included(leaf, int(index.removeprefix("index ")), stated.size, steps, stated.root):
        return [f"The signature {receipt} does not stand in the roster of the receipt."]
    return []
