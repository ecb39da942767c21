"""Takes the proof of one signature out of a sealed file that holds, to be handed on; checking it is left to single."""

import difflib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from letters.proof import bundle, merkle
from letters.proof.pieces import File, whole
from letters.proof.records import canonical_json
from letters.proof.single import FORMAT
from letters.proof.verify import checked_evidence

MOST_NAMED = 10
NEEDED = (bundle.MANIFEST, "checkpoint.txt", "checkpoint-key.txt")  # besides the roster


def proof_of(sealed: bytes, name: str) -> bytes:
    """The proof of the society with this name, short name or receipt number, as the bytes of a file to hand on.

    `sealed` is a PDF or zip that holds (see verify.verify_file). Raises ValueError with one sentence when no signature
    is meant, or several.
    """
    files, found = checked_evidence(sealed)
    roster = list(found.roster)
    index = _place(roster, name)
    return handed_on(roster[index], index, [merkle.leaf(canonical_json(record)) for record in roster], files)


def handed_on(record: Mapping[str, Any], index: int, hashes: Sequence[bytes], files: Mapping[str, File]) -> bytes:
    """The same for the record at a place, counted from 0, of a roster with these leaf hashes (see merkle.leaf).

    `files` are those NEEDED of evidence that holds.
    """
    value = {
        "format": FORMAT,
        "index": index,
        "path": [step.hex() for step in merkle.path(hashes, index)],
        "record": record,
        "root": json.loads(whole(files[bundle.MANIFEST]))["merkle_root"],
        "size": len(hashes),
        "checkpoint": whole(files["checkpoint.txt"]).decode(),
        "checkpoint_key": whole(files["checkpoint-key.txt"]).decode(),
    }
    return canonical_json(value) + b"\n"


def _place(roster: Sequence[Mapping[str, Any]], name: str) -> int:
    wanted = _plain(name)
    kinds = ("society", "short_name", "receipt")
    found = [index for index, record in enumerate(roster) if wanted in {_plain(record[kind]) for kind in kinds}]
    if len(found) == 1:
        return found[0]
    if found:
        meant = [f"{roster[n]['receipt']} ({roster[n]['printed_name']}, {roster[n]['office']})" for n in found]
        rest = ["…"] if len(meant) > MOST_NAMED else []
        raise ValueError(
            f"“{name}” fits {len(found)} signatures; give the receipt of one instead: "
            f"{'; '.join(meant[:MOST_NAMED] + rest)}."
        )
    names = {_plain(record["society"]): record["society"] for record in roster}
    near = difflib.get_close_matches(wanted, names, 1)
    like = f" Do you mean “{names[near[0]]}”?" if near else ""
    raise ValueError(f"No society “{name}” stands in this roster: give the name as it is printed, or a receipt.{like}")


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
