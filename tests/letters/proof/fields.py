"""Mutants of evidence by field: each value of each record altered, under a manifest that fits again."""

import copy
import itertools
import json
from collections.abc import Iterator

from letters.proof import bundle, proofs
from letters.proof.records import canonical_json, sha256_hex

JSON_FILES = ("roster.json", "events.json", proofs.NAME, bundle.MANIFEST)


def field_mutants(files: dict[str, bytes]) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Files of a bundle with one field altered, and the hashes in the manifest made to fit again."""
    yield f"{proofs.NAME}: taken out", refitted({name: data for name, data in files.items() if name != proofs.NAME})
    for name in JSON_FILES:
        value = json.loads(files[name])
        for what, mutant in altered(value):
            changed = files | {name: canonical_json(mutant)}
            yield f"{name}: {what}", changed if name == bundle.MANIFEST else refitted(changed)
    for name in ("README.txt", "letter.txt", "checkpoint.txt", "checkpoint-key.txt", "certificate.pem"):
        lines = files[name].splitlines(keepends=True)
        for number in range(len(lines)):
            line = lines[number]
            for what, instead in (("dropped", b""), ("doubled", line * 2), ("longer", b" " + line)):
                made = b"".join([*lines[:number], instead, *lines[number + 1 :]])
                yield f"{name}: line {number} {what}", refitted(files | {name: made})


def proofs_mutants(files: dict[str, bytes]) -> Iterator[tuple[str, dict[str, bytes]]]:
    """The same for the proofs alone: every field and every pair of them, for a checkpoint that does not cover them."""
    stated = json.loads(files[proofs.NAME])
    for what, mutant in altered(stated):
        yield f"{proofs.NAME}: {what}", refitted(files | {proofs.NAME: canonical_json(mutant)})
    for one, other in itertools.combinations(range(len(stated["proofs"])), 2):
        for key in ("receipt", "index", "path"):
            swapped = copy.deepcopy(stated)
            held = swapped["proofs"]
            held[one][key], held[other][key] = held[other][key], held[one][key]
            yield f"{proofs.NAME}: {key} of {one} and {other}", refitted(files | {proofs.NAME: canonical_json(swapped)})


def refitted(files: dict[str, bytes]) -> dict[str, bytes]:
    manifest = json.loads(files[bundle.MANIFEST])
    manifest["files"] = {name: sha256_hex(data) for name, data in files.items() if name != bundle.MANIFEST}
    return files | {bundle.MANIFEST: canonical_json(manifest)}


def altered(value, path="") -> Iterator[tuple[str, object]]:
    """Every copy of a JSON value in which one thing differs."""
    if isinstance(value, dict):
        for key in value:
            yield f"{path}/{key} dropped", {k: v for k, v in value.items() if k != key}
            yield f"{path}/{key} renamed", {(k + "x" if k == key else k): v for k, v in value.items()}
            for what, mutant in altered(value[key], f"{path}/{key}"):
                yield what, value | {key: mutant}
    elif isinstance(value, list):
        for place, item in enumerate(value):
            if place + 1 < len(value):
                yield f"{path}/{place} moved", [*value[:place], *value[place + 1 :], item]
            yield f"{path}/{place} dropped", value[:place] + value[place + 1 :]
            yield f"{path}/{place} doubled", [*value[: place + 1], copy.deepcopy(item), *value[place + 1 :]]
            for what, mutant in altered(item, f"{path}/{place}"):
                yield what, [*value[:place], mutant, *value[place + 1 :]]
    elif isinstance(value, str):
        for other in {value + " ", value[1:], value.swapcase(), "x", None, 0} - {value}:
            yield f"{path} = {other!r}", other
    else:
        for other in (value + 1, -1, str(value), bool(value), None) if value is not None else (0, "", False):
            if other is not value and not (type(other) is type(value) and other == value):
                yield f"{path} = {other!r}", other
