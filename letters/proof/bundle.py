"""The evidence bundle of one edition: its files and their form; checking is left to evidence and verify."""

from collections.abc import Mapping, Sequence
from typing import Any

from letters.proof import archive, chain, merkle, shape
from letters.proof.readme import README
from letters.proof.records import canonical_json, sha256_hex

FORMAT = "signon/evidence/v1"
MANIFEST = "manifest.json"
NAMES = (
    "README.txt",
    "certificate.pem",
    "checkpoint-key.txt",
    "checkpoint.txt",
    "events.json",
    "letter.txt",
    MANIFEST,
    "roster.json",
)

to_zip = archive.to_zip
from_zip = archive.from_zip


def build(
    *,
    letter: dict[str, Any],
    text: str,
    roster: list[dict[str, Any]],
    events: list[dict[str, Any]],
    checkpoint: str,
    vkey: str,
    certificate: bytes,
) -> dict[str, bytes]:
    """The files of a bundle by name.

    `letter` holds the keys of shape.LETTER, each roster record those of shape.ROSTER in the order printed,
    each event those of chain.SHAPE and "hash"; `text` is the canonical text, `certificate` one certificate as
    PEM. Raises ValueError naming the record when one has another shape. Whether the parts agree is not
    checked here: the caller verifies the finished file, as anybody else would.
    """
    shape.refuse("The letter's facts", letter, shape.LETTER)
    for number, record in enumerate(roster, start=1):
        shape.refuse(f"Roster record {number}", record, shape.ROSTER)
    for number, event in enumerate(events, start=1):
        shape.refuse(f"Event {number}", event, shape.EVENT)
    files = {
        "README.txt": README.encode(),
        "certificate.pem": certificate,
        "checkpoint-key.txt": vkey.strip("\n").encode() + b"\n",
        "checkpoint.txt": checkpoint.encode(),
        "events.json": canonical_json(events),
        "letter.txt": text.encode(),
        "roster.json": canonical_json(roster),
    }
    files[MANIFEST] = canonical_json(manifest(letter, roster, files))
    return files


def manifest(
    letter: Mapping[str, Any], roster: Sequence[Mapping[str, Any]], files: Mapping[str, bytes]
) -> dict[str, Any]:
    """The manifest over all other files of a bundle."""
    return {
        "format": FORMAT,
        "letter": {key: letter[key] for key in ("slug", "title", "convener", "closed_at", "verify_address")},
        "edition": letter["edition"],
        "version": letter["version"],
        "content_hash": letter["content_hash"],
        "signatures": len(roster),
        "merkle_root": root(roster).hex(),
        "files": {name: sha256_hex(data) for name, data in files.items() if name != MANIFEST},
    }


def root(roster: Sequence[Mapping[str, Any]]) -> bytes:
    """The 32-byte Merkle root of a roster: one leaf per record, in the order printed."""
    return merkle.root([canonical_json(dict(record)) for record in roster])


def bound(
    letter: Mapping[str, Any],
    events: Sequence[Mapping[str, Any]],
    certificate: bytes,
    readme: bytes = README.encode(),
) -> list[str]:
    """Extension lines for the checkpoint that put the rest of a bundle under its signature.

    The roster, and through it the text, is under the root already. These lines add the letter's title,
    convener and times, the head of the event chain, the certificate and the README. Give the same values to
    build. A bundle without these lines still verifies as a zip, with a sentence on what its signature leaves
    open.
    """
    head = events[-1]["hash"] if events else chain.GENESIS
    facts = {key: letter[key] for key in shape.LETTER}
    return [
        f"letter {sha256_hex(canonical_json(facts))}",
        f"events {len(events)} {head}",
        f"certificate {sha256_hex(certificate)}",
        f"readme {sha256_hex(readme)}",
    ]
