"""proofs.json: for each signature of a roster the proof that it stands there, made and checked against the roster.

Whoever has one record and its proof can follow it to the root alone (see single); no other record is needed for that.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from letters.proof import merkle, shape
from letters.proof.records import canonical_json

NAME = "proofs.json"
FORMAT = "signon/proofs/v1"
# A path takes 67 bytes for each doubling of the roster, and hashes do not pack. For 34 the file adds 3 KB to the PDF,
# for 2,000 it adds 180 KB and 1.6 MB to the zip, as much as the records; for 100,000 it would be 120 MB. Beyond the
# limit README.txt says how a proof is made from the records, which are all there.
LIMIT = 2_000
_HASH = re.compile(r"[0-9a-f]{64}")


def written(roster: Sequence[Mapping[str, Any]]) -> bytes | None:
    """The file for a roster, in canonical JSON; None for a roster beyond LIMIT."""
    if len(roster) > LIMIT:
        return None
    leaves = [merkle.leaf(canonical_json(dict(record))) for record in roster]
    proofs = [
        {"receipt": record["receipt"], "index": index, "path": [step.hex() for step in path]}
        for index, (record, path) in enumerate(zip(roster, merkle.paths(leaves), strict=True))
    ]
    root = merkle.root_over(leaves).hex()
    return canonical_json({"format": FORMAT, "proofs": proofs, "root": root, "size": len(roster)})


def check(value: Any, roster: Sequence[Mapping[str, Any]], leaves: Sequence[bytes], root: str) -> list[str]:
    """What is wrong with the content of the file; an empty list is a pass.

    `leaves` are the leaf hashes of the roster, `root` the stated root as hex. Raises ValueError for another shape.
    """
    shape.refuse(NAME, value, shape.PROOFS)
    for number, proof in enumerate(value["proofs"], start=1):
        shape.refuse(f"Proof {number} in {NAME}", proof, shape.PROOF)
    if value["format"] != FORMAT:
        return [f"{NAME} has a form that this check does not know."]
    if (value["size"], value["root"]) != (len(roster), root):
        return [f"{NAME} is of another roster: its number of signatures or its root differs."]
    if len(value["proofs"]) != len(roster):
        return [f"{NAME} does not hold one proof for each signature: {len(value['proofs'])} for {len(roster)}."]
    problems = []
    for index, (proof, record, leaf) in enumerate(zip(value["proofs"], roster, leaves, strict=True)):
        who = whose(record)
        if (proof["receipt"], proof["index"]) != (record["receipt"], index):
            problems.append(f"Proof {index + 1} in {NAME} is not that of {who}: its receipt or its place differs.")
        elif not leads(leaf, index, len(roster), proof["path"], root):
            problems.append(f"The proof of {who} does not lead from its record to the root of the roster.")
    return problems


def whose(record: Mapping[str, Any]) -> str:
    """The signature of a record, as problem sentences name it."""
    return f"{record['society']} (receipt {record['receipt']})"


def leads(leaf: bytes, index: int, size: int, path: Sequence[Any], root: str) -> bool:
    """Whether a path written as hex leads from this leaf hash to this root; in any other writing it does not."""
    if not all(type(step) is str and _HASH.fullmatch(step) for step in (*path, root)):
        return False
    return merkle.leads(leaf, index, size, [bytes.fromhex(step) for step in path], bytes.fromhex(root))
