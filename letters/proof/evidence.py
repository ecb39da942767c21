"""Checks the files of an evidence bundle against each other; the seal around them is left to seal."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from letters.proof import bundle, chain, checkpoint, history, listed, proofs, shape
from letters.proof.listed import Listed
from letters.proof.passing import Chained, Passed
from letters.proof.pieces import File, sha256_of, whole
from letters.proof.records import canonical_json, content_hash


@dataclass
class Evidence:
    """What the files say, and what is wrong with them. Only a bundle without problems may be believed.

    `societies` are the names as printed, one for each run of signatures of the same society. `certificate` and
    `note_key` are SHA-256 fingerprints in hex; `bound` tells whether the checkpoint covers the letter's facts and the
    record as well as the roster, `proofs` whether there is one for each signature.
    """

    problems: list[str] = field(default_factory=list)
    manifest: dict[str, Any] = field(default_factory=dict)
    roster: Listed = field(default_factory=lambda: Listed(b"[]", 0))
    societies: list[str] = field(default_factory=list)
    events: Listed = field(default_factory=lambda: Listed(b"[]", 0))
    certificate: str = ""
    note_key: str = ""
    bound: bool = False
    proofs: bool = False


def check(files: Mapping[str, File]) -> Evidence:
    """Reads and checks all files of a bundle. Never raises for what the files hold.

    The records of a long letter pass one by one and are not held: what must be is a few hundred bytes for each.
    """
    found = Evidence()
    try:
        _check(files, found)
    except (ValueError, RecursionError) as error:
        found.problems.append(str(error) if isinstance(error, ValueError) else "A file of the evidence is damaged.")
    return found


def _check(files: Mapping[str, File], found: Evidence) -> None:
    _names(files)
    found.manifest = _manifest(files)
    text = _text("letter.txt", files)
    found.proofs = proofs.NAME in files
    passed, chained = Passed(found.manifest), Chained(found.manifest)
    leaves: list[bytes] = []
    for record, written in _records("roster.json", files, shape.ROSTER, "Roster record"):
        leaf = passed.take(record, written)
        leaves += [leaf] if found.proofs else []
    found.roster, found.societies = Listed(files["roster.json"], passed.number), passed.societies
    broken = chain.check(chained.noted(_records("events.json", files, shape.EVENT, "Event")))
    found.events = Listed(files["events.json"], chained.recorded.number)
    found.problems += _letter(text, found.manifest)
    found.problems += passed.problems()
    if found.proofs and not found.problems:
        stated = found.manifest["merkle_root"]
        found.problems += proofs.check(_json(proofs.NAME, files), found.roster, leaves, stated)
    del passed, leaves
    found.problems += broken
    found.problems += history.check(found.roster, found.events, found.manifest, chained.closed)
    found.certificate = _certificate(whole(files["certificate.pem"]))
    _checkpoint(files, found, chained.recorded)


def _names(files: Mapping[str, File]) -> None:
    missing = [name for name in bundle.NAMES if name not in files]
    extra = sorted(name for name in files if name not in (*bundle.NAMES, *bundle.MAY_LACK))
    if missing:
        raise ValueError(f"The evidence is not complete: {missing[0]} is missing.")
    if extra:
        raise ValueError(f'The evidence holds a file that does not belong to it: "{extra[0]}".')


def _manifest(files: Mapping[str, File]) -> dict[str, Any]:
    manifest = _json(bundle.MANIFEST, files)
    shape.refuse(bundle.MANIFEST, manifest, shape.MANIFEST)
    if manifest["format"] != bundle.FORMAT:
        raise ValueError(f"The evidence has the form {manifest['format']!r}, which this check does not know.")
    others = {name: sha256_of(data) for name, data in files.items() if name != bundle.MANIFEST}
    changed = sorted(name for name in others if manifest["files"].get(name) != others[name])
    if changed:
        raise ValueError(f"{changed[0]} was changed: it does not have the hash stated in {bundle.MANIFEST}.")
    if manifest["files"] != others:
        raise ValueError(f"{bundle.MANIFEST} names files that are not there.")
    return dict(manifest)


def _text(name: str, files: Mapping[str, File]) -> str:
    try:
        return whole(files[name]).decode()
    except UnicodeDecodeError as error:
        raise ValueError(f"{name} is damaged: it is not UTF-8 text.") from error


def _json(name: str, files: Mapping[str, File]) -> Any:
    """The value of a JSON file that is written in its canonical form, byte for byte."""
    try:
        value = json.loads(_text(name, files))
        exact = canonical_json(value) == whole(files[name])
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{name} is damaged: it is not canonical JSON.") from error
    if not exact:
        raise ValueError(f"{name} is not written in its one exact form.")
    return value


def _records(
    name: str, files: Mapping[str, File], kind: Mapping[str, shape.Kind], what: str
) -> Iterator[tuple[dict[str, Any], bytes]]:
    """The records of a file one by one, each with its own bytes."""
    try:
        for number, (item, written) in enumerate(listed.records(files[name]), start=1):
            shape.refuse(f"{what} {number} in {name}", item, kind)
            yield item, written
    except listed.OtherForm as error:
        _misfit(name, files, kind, what)
        raise ValueError(f"{name} is damaged: it cannot be read record by record.") from error


def _misfit(name: str, files: Mapping[str, File], kind: Mapping[str, shape.Kind], what: str) -> None:
    """Raises ValueError that says what keeps a file from being a list of records."""
    value = _json(name, files)
    if type(value) is not list:
        raise ValueError(f"{name} is damaged: it is not a list.")
    for number, item in enumerate(value, start=1):
        shape.refuse(f"{what} {number} in {name}", item, kind)


def _letter(text: str, manifest: Mapping[str, Any]) -> list[str]:
    if content_hash(text) == manifest["content_hash"]:
        return []
    return ["letter.txt is not the text that was signed: it does not have the stated content hash."]


def _certificate(pem: bytes) -> str:
    try:
        certificate = x509.load_pem_x509_certificate(pem)
    except ValueError as error:
        raise ValueError("certificate.pem is damaged: it is not a certificate.") from error
    if certificate.public_bytes(Encoding.PEM) != pem:
        raise ValueError("certificate.pem holds more than one certificate in its one exact form.")
    return certificate.fingerprint(hashes.SHA256()).hex()


def _checkpoint(files: Mapping[str, File], found: Evidence, recorded: bundle.Recorded) -> None:
    key, manifest = _text("checkpoint-key.txt", files), found.manifest
    stated = checkpoint.read(_text("checkpoint.txt", files), key)
    found.note_key = checkpoint.fingerprint(key)
    origin = f"{checkpoint.key_name(stated.origin)}/{manifest['letter']['slug']}/edition/{manifest['edition']}"
    if stated.origin != origin:
        found.problems.append(f"The checkpoint is of {stated.origin}, not of {origin}.")
    if (stated.size, stated.root.hex()) != (manifest["signatures"], manifest["merkle_root"]):
        found.problems.append("The checkpoint is of another roster: its number of signatures or its root differs.")
    facts = manifest["letter"] | {key: manifest[key] for key in ("edition", "version", "content_hash")}
    proven = whole(files[proofs.NAME]) if found.proofs else None
    said, certificate = whole(files["README.txt"]), whole(files["certificate.pem"])
    lines = bundle.bound(facts, recorded, certificate, said=said, proven=proven)
    found.bound = bool(stated.extensions)
    if stated.extensions and list(stated.extensions) != lines:
        found.problems.append(
            "The checkpoint was made for other facts, another record, other proofs or another certificate."
        )
    if key.strip("\n") + "\n" != key:
        found.problems.append("checkpoint-key.txt is not written in its one exact form.")
