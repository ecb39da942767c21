"""Checks the proof of one signature by itself, without the others; taking it out of a sealed file is left to taken.

It carries the signed checkpoint, so that whoever knows the site's key needs nothing else.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from letters.proof import checkpoint, merkle, proofs, shape
from letters.proof.records import canonical_json
from letters.proof.sentences import NEVER_PROVEN, unknown_key
from letters.proof.trust import Trusted
from letters.proof.verdict import Verdict, failed
from letters.proof.verify import checked_evidence, verify_file

FORMAT = "signon/proof/v1"
MOST_BYTES = 2**20  # a proof has some 2 KB; what is far longer is not even parsed
UNTRUSTED = (
    "The checkpoint is signed with a key that is not among those you trust: it has the SHA-256 {}. A proof is signed "
    "by the checkpoint key, not by the seal: give that key, or hold the proof against the sealed PDF."
)
ROOT = "The roster has the Merkle root that was given."
SEALED = "The sealed file that it was held against holds, and has this roster."
TRUSTED = "The signature was made with a key you trust."


def verify_single(
    data: bytes, *, root: str = "", against: bytes | None = None, trusted: Sequence[bytes] = ()
) -> Verdict:  # fmt: skip
    """The verdict on such a file. Never raises for what it holds; `trusted` as in verify.verify_file.

    It must lead to `root` (64 hex digits) where one is given, and belong to the sealed PDF or evidence `against`.
    """
    keys = Trusted(trusted)
    try:
        proof = _read(data)
        stated = checkpoint.read(proof["checkpoint"], proof["checkpoint_key"])
        problems = _problems(proof, stated)
        if root and proof["root"] != root.lower():
            problems.append(f"The proof leads to the root {proof['root']}, not to the one given.")
    except (ValueError, RecursionError) as error:
        return failed([str(error) if isinstance(error, ValueError) else "The proof is damaged."])
    key = checkpoint.fingerprint(proof["checkpoint_key"])
    if against is not None and not problems:
        problems = _stranger(stated, key, against, trusted)
    elif keys and key not in keys and not problems:
        problems = [UNTRUSTED.format(key)]
    facts = _facts(proof, stated.origin, key)
    if problems:
        return failed(problems, facts=facts)
    more = [(ROOT, bool(root)), (SEALED, against is not None), (TRUSTED, bool(keys))]
    return _holding(facts, key, [said for said, so in more if so], known=bool(keys))


def _read(data: bytes) -> dict[str, Any]:
    """The proof in a file written in its one exact form; a line feed at the end may be missing."""
    if len(data) > MOST_BYTES:
        raise ValueError("The file is larger than 1 MB: the proof of a signature never is.")
    try:
        value = json.loads(data.decode())
        exact = canonical_json(value) == data.removesuffix(b"\n")
    except (ValueError, RecursionError) as error:
        raise ValueError("The file is not the proof of a signature: it is not canonical JSON.") from error
    if not exact:
        raise ValueError("The proof is not written in its one exact form.")
    shape.refuse("The proof", value, shape.SINGLE)
    shape.refuse("The record in the proof", value["record"], shape.ROSTER)
    if value["format"] != FORMAT:
        raise ValueError("The proof has a form that this check does not know.")
    return dict(value)


def _problems(proof: Mapping[str, Any], stated: checkpoint.Checkpoint) -> list[str]:
    record, size, root = proof["record"], proof["size"], proof["root"]
    if (stated.size, stated.root.hex()) != (size, root):
        return ["The checkpoint in the proof is of another roster: its number of signatures or its root differs."]
    if not proofs.leads(merkle.leaf(canonical_json(record)), proof["index"], size, proof["path"], root):
        return [f"The proof of {proofs.whose(record)} does not lead from its record to the root of the roster."]
    if proof["checkpoint_key"] != proof["checkpoint_key"].strip("\n") + "\n":
        return ["The checkpoint key in the proof is not written in its one exact form."]
    return []


def _stranger(stated: checkpoint.Checkpoint, key: str, sealed: bytes, trusted: Sequence[bytes]) -> list[str]:
    """Why the proof does not belong to a sealed file."""
    verdict = verify_file(sealed, trusted=trusted)
    if not verdict.ok:
        return [f"The file that the proof is held against does not hold. {problem}" for problem in verdict.problems]
    found = checked_evidence(sealed)[1]
    if (stated.root.hex(), stated.size, key) != (found.manifest["merkle_root"], len(found.roster), found.note_key):
        return ["The proof is of another roster than the file that it is held against, or signed with another key."]
    return []


def _facts(proof: Mapping[str, Any], origin: str, key: str) -> list[tuple[str, str]]:
    record = proof["record"]
    return [
        ("Society", record["society"]),
        ("Signed by", f"{record['printed_name']}, {record['office']}"),
        ("Signed", record["signed_at"]),
        ("Receipt", record["receipt"]),
        ("Place", f"{proof['index'] + 1} of {proof['size']}"),
        ("Roster", origin),
        ("Version", str(record["version"])),
        ("Content hash", record["content_hash"]),
        ("Merkle root", proof["root"]),
        ("Checkpoint key SHA-256", key),
    ]


def _holding(facts: list[tuple[str, str]], key: str, more: list[str], *, known: bool) -> Verdict:
    said = dict(facts)
    society, place = said["Society"], f"place {said['Place']}"
    open_points = ["Which words were signed: the record names the hash of the text; hold the letter against that."]
    if not known:
        open_points.insert(0, unknown_key("checkpoint", "Ed25519 key", key))
    tail = "" if known else " Compare the key below with the one the site publishes."
    return Verdict(
        ok=True,
        headline=f"This proof holds: {society} stands in the signed roster, at {place}.{tail}",
        facts=facts,
        proven=[f"The signed checkpoint of {said['Roster']} covers this record of {society}, at {place}.", *more],
        not_proven=[*open_points, *NEVER_PROVEN],
    )
