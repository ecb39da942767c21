"""Checks the files of an evidence bundle against each other; the seal around them is left to seal."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from letters.proof import bundle, chain, checkpoint, history, shape
from letters.proof.records import canonical_json, content_hash, sha256_hex, statement_hash


@dataclass
class Evidence:
    """What the files say, and what is wrong with them. Only a bundle without problems may be believed.

    `certificate` and `note_key` are SHA-256 fingerprints in hex; `bound` tells whether the checkpoint covers
    the letter's facts and the record as well as the roster.
    """

    problems: list[str] = field(default_factory=list)
    manifest: dict[str, Any] = field(default_factory=dict)
    roster: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    certificate: str = ""
    note_key: str = ""
    bound: bool = False

    @property
    def societies(self) -> list[str]:
        """Names as printed, one for each run of signatures of the same society."""
        names = [record["society"] for record in self.roster]
        return [name for i, name in enumerate(names) if i == 0 or name != names[i - 1]]


def check(files: Mapping[str, bytes]) -> Evidence:
    """Reads and checks all files of a bundle. Never raises for what the files hold."""
    found = Evidence()
    try:
        _check(files, found)
    except (ValueError, RecursionError) as error:
        found.problems.append(str(error) if isinstance(error, ValueError) else "A file of the evidence is damaged.")
    return found


def _check(files: Mapping[str, bytes], found: Evidence) -> None:
    _names(files)
    found.manifest = _manifest(files)
    text = _text("letter.txt", files)
    found.roster = _list("roster.json", files, shape.ROSTER, "Roster record")
    found.events = _list("events.json", files, shape.EVENT, "Event")
    found.problems += _letter(text, found.manifest)
    found.problems += _roster(found.roster, found.manifest)
    found.problems += chain.check(found.events)
    found.problems += history.check(found.roster, found.events, found.manifest)
    found.certificate = _certificate(files["certificate.pem"])
    _checkpoint(files, found)


def _names(files: Mapping[str, bytes]) -> None:
    missing = [name for name in bundle.NAMES if name not in files]
    extra = sorted(name for name in files if name not in bundle.NAMES)
    if missing:
        raise ValueError(f"The evidence is not complete: {missing[0]} is missing.")
    if extra:
        raise ValueError(f'The evidence holds a file that does not belong to it: "{extra[0]}".')


def _manifest(files: Mapping[str, bytes]) -> dict[str, Any]:
    manifest = _json(bundle.MANIFEST, files)
    shape.refuse(bundle.MANIFEST, manifest, shape.MANIFEST)
    if manifest["format"] != bundle.FORMAT:
        raise ValueError(f"The evidence has the form {manifest['format']!r}, which this check does not know.")
    others = {name: sha256_hex(data) for name, data in files.items() if name != bundle.MANIFEST}
    changed = sorted(name for name in others if manifest["files"].get(name) != others[name])
    if changed:
        raise ValueError(f"{changed[0]} was changed: it does not have the hash stated in {bundle.MANIFEST}.")
    if manifest["files"] != others:
        raise ValueError(f"{bundle.MANIFEST} names files that are not there.")
    return dict(manifest)


def _text(name: str, files: Mapping[str, bytes]) -> str:
    try:
        return files[name].decode()
    except UnicodeDecodeError as error:
        raise ValueError(f"{name} is damaged: it is not UTF-8 text.") from error


def _json(name: str, files: Mapping[str, bytes]) -> Any:
    """The value of a JSON file that is written in its canonical form, byte for byte."""
    try:
        value = json.loads(_text(name, files))
        exact = canonical_json(value) == files[name]
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{name} is damaged: it is not canonical JSON.") from error
    if not exact:
        raise ValueError(f"{name} is not written in its one exact form.")
    return value


def _list(name: str, files: Mapping[str, bytes], kind: Mapping[str, shape.Kind], what: str) -> list[dict[str, Any]]:
    value = _json(name, files)
    if type(value) is not list:
        raise ValueError(f"{name} is damaged: it is not a list.")
    for number, item in enumerate(value, start=1):
        shape.refuse(f"{what} {number} in {name}", item, kind)
    return value


def _letter(text: str, manifest: Mapping[str, Any]) -> list[str]:
    if content_hash(text) == manifest["content_hash"]:
        return []
    return ["letter.txt is not the text that was signed: it does not have the stated content hash."]


def _roster(roster: Sequence[Mapping[str, Any]], manifest: Mapping[str, Any]) -> list[str]:
    problems = []
    for record in roster:
        who = f"{record['society']} (receipt {record['receipt']})"
        if (record["version"], record["content_hash"]) != (manifest["version"], manifest["content_hash"]):
            problems.append(f"The signature of {who} names another version or text than this letter's.")
        if statement_hash(record["statement"]) != record["statement_hash"]:
            problems.append(f"The statement of {who} does not have the hash it was signed with.")
    for key, what in ((("receipt",), "receipt"), (("society", "slot"), "society and place")):
        values = [tuple(record[part] for part in key) for record in roster]
        if len(set(values)) != len(values):
            problems.append(f"The roster gives the same {what} to two signatures.")
    if len(roster) != manifest["signatures"]:
        problems.append(f"The roster holds {len(roster)} signatures, not {manifest['signatures']} as stated.")
    if bundle.root(roster).hex() != manifest["merkle_root"]:
        problems.append("The roster was changed: it does not have the stated Merkle root.")
    return problems


def _certificate(pem: bytes) -> str:
    try:
        certificate = x509.load_pem_x509_certificate(pem)
    except ValueError as error:
        raise ValueError("certificate.pem is damaged: it is not a certificate.") from error
    if certificate.public_bytes(Encoding.PEM) != pem:
        raise ValueError("certificate.pem holds more than one certificate in its one exact form.")
    return certificate.fingerprint(hashes.SHA256()).hex()


def _checkpoint(files: Mapping[str, bytes], found: Evidence) -> None:
    key, manifest = _text("checkpoint-key.txt", files), found.manifest
    stated = checkpoint.read(_text("checkpoint.txt", files), key)
    found.note_key = checkpoint.fingerprint(key)
    origin = f"{checkpoint.key_name(stated.origin)}/{manifest['letter']['slug']}/edition/{manifest['edition']}"
    if stated.origin != origin:
        found.problems.append(f"The checkpoint is of {stated.origin}, not of {origin}.")
    if (stated.size, stated.root.hex()) != (manifest["signatures"], manifest["merkle_root"]):
        found.problems.append("The checkpoint is of another roster: its number of signatures or its root differs.")
    facts = manifest["letter"] | {key: manifest[key] for key in ("edition", "version", "content_hash")}
    lines = bundle.bound(facts, found.events, files["certificate.pem"], files["README.txt"])
    found.bound = bool(stated.extensions)
    if stated.extensions and list(stated.extensions) != lines:
        found.problems.append("The checkpoint was made for other facts, another record or another certificate.")
    if key.strip("\n") + "\n" != key:
        found.problems.append("checkpoint-key.txt is not written in its one exact form.")
