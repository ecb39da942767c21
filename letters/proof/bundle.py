"""The evidence bundle of one edition: its files and their form; checking is left to evidence and verify."""

import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from letters.proof import archive, chain, merkle, proofs, shape
from letters.proof.pieces import sha256_of
from letters.proof.readme import readme
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
# Left out of a long roster's evidence, and not there in evidence made earlier.
MAY_LACK = (proofs.NAME,)


class Recorded(NamedTuple):
    """The events of a letter as they are attached: their number, and the hash of the last."""

    number: int
    head: str


class Enrolled(NamedTuple):
    """A roster as it is attached: the number of its records, and the 32-byte Merkle root over them."""

    number: int
    root: bytes


to_zip = archive.to_zip
from_zip = archive.from_zip


def record(file: BinaryIO, events: Iterable[Mapping[str, Any]]) -> Recorded:
    """Write events.json event by event, so that those of a long letter need not be held. Raises ValueError as build."""
    number, head = 0, chain.GENESIS
    file.write(b"[")
    for number, event in enumerate(events, start=1):
        shape.refuse(f"Event {number}", event, shape.EVENT)
        file.write((b"," if number > 1 else b"") + canonical_json(event))
        head = event["hash"]
    file.write(b"]")
    return Recorded(number, head)


def enrol(file: BinaryIO, roster: Iterable[Mapping[str, Any]]) -> Enrolled:
    """Write roster.json record by record in the same way."""
    number, tree = 0, merkle.Growing()
    file.write(b"[")
    for number, signature in enumerate(roster, start=1):
        shape.refuse(f"Roster record {number}", signature, shape.ROSTER)
        written = canonical_json(signature)
        tree.add(merkle.leaf(written))
        file.write((b"," if number > 1 else b"") + written)
    file.write(b"]")
    return Enrolled(number, tree.root())


def build(
    *,
    letter: dict[str, Any],
    text: str,
    roster: Sequence[Mapping[str, Any]],
    events: Sequence[Mapping[str, Any]],
    checkpoint: str,
    vkey: str,
    certificate: bytes,
    proven: bytes | None = None,
) -> dict[str, bytes]:
    """The files of a bundle by name.

    `letter` holds the keys of shape.LETTER, each roster record those of shape.ROSTER in the order printed,
    each event those of chain.SHAPE and "hash"; `text` is the canonical text, `certificate` one certificate as
    PEM, `proven` what proofs.written gives for the roster. Raises ValueError naming the record when one has another
    shape. Whether the parts agree is not checked here: the caller verifies the finished file, as anybody else would.
    """
    shape.refuse("The letter's facts", letter, shape.LETTER)
    records, recorded = io.BytesIO(), io.BytesIO()
    enrolled = enrol(records, roster)
    record(recorded, events)
    files = _small(text, checkpoint, vkey, certificate, proven)
    files |= {"roster.json": records.getvalue(), "events.json": recorded.getvalue()}
    hashes = {name: sha256_of(data) for name, data in sorted(files.items())}
    return files | {MANIFEST: canonical_json(_manifest(letter, enrolled, hashes))}


def lay(
    folder: Path,
    *,
    letter: dict[str, Any],
    text: str,
    enrolled: Enrolled,
    checkpoint: str,
    vkey: str,
    certificate: bytes,
    proven: bytes | None = None,
) -> dict[str, Path]:
    """The same files in a folder where roster.json and events.json were written already (see enrol and record).

    They are never held: those of a long letter are more than a hundred megabytes.
    """
    shape.refuse("The letter's facts", letter, shape.LETTER)
    for name, data in _small(text, checkpoint, vkey, certificate, proven).items():
        (folder / name).write_bytes(data)
    hashes = {file.name: sha256_of(file) for file in sorted(folder.iterdir())}
    (folder / MANIFEST).write_bytes(canonical_json(_manifest(letter, enrolled, hashes)))
    return {file.name: file for file in sorted(folder.iterdir())}


def _small(text: str, checkpoint: str, vkey: str, certificate: bytes, proven: bytes | None) -> dict[str, bytes]:
    """The files that are small however long the letter is."""
    files = {
        "README.txt": readme(proofs=proven is not None).encode(),
        "certificate.pem": certificate,
        "checkpoint-key.txt": vkey.strip("\n").encode() + b"\n",
        "checkpoint.txt": checkpoint.encode(),
        "letter.txt": text.encode(),
    }
    return files if proven is None else files | {proofs.NAME: proven}


def _manifest(letter: Mapping[str, Any], enrolled: Enrolled, hashes: Mapping[str, str]) -> dict[str, Any]:
    """The manifest over all other files of a bundle."""
    return {
        "format": FORMAT,
        "letter": {key: letter[key] for key in ("slug", "title", "convener", "closed_at", "verify_address")},
        "edition": letter["edition"],
        "version": letter["version"],
        "content_hash": letter["content_hash"],
        "signatures": enrolled.number,
        "merkle_root": enrolled.root.hex(),
        "files": dict(hashes),
    }


def root(roster: Sequence[Mapping[str, Any]]) -> bytes:
    """The 32-byte Merkle root of a roster: one leaf per record, in the order printed."""
    return merkle.root([canonical_json(dict(record)) for record in roster])


def bound(
    letter: Mapping[str, Any],
    events: Sequence[Mapping[str, Any]] | Recorded,
    certificate: bytes,
    *,
    proven: bytes | None = None,
    said: bytes | None = None,
) -> list[str]:
    """Extension lines for the checkpoint that put the rest of a bundle under its signature.

    The roster, and through it the text, is under the root already. These lines add the letter's title,
    convener and times, the head of the event chain, the certificate, the README (`said`, where it is not the one that
    build writes) and the file of proofs. Give the same values to build. A bundle without these lines still verifies
    as a zip, with a sentence on what its signature leaves open.
    """
    if isinstance(events, Recorded):
        number, head = events.number, events.head
    else:
        number, head = len(events), events[-1]["hash"] if events else chain.GENESIS
    facts = {key: letter[key] for key in shape.LETTER}
    said = readme(proofs=proven is not None).encode() if said is None else said
    return [
        f"letter {sha256_hex(canonical_json(facts))}",
        f"events {number} {head}",
        f"certificate {sha256_hex(certificate)}",
        f"readme {sha256_hex(said)}",
        *([] if proven is None else [f"proofs {sha256_hex(proven)}"]),
    ]
