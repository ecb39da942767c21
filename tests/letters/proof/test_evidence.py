"""Evidence a forger altered and packed, hashed and sealed again: each alteration is caught and named."""

import json

import pytest

from letters.proof import bundle, evidence
from letters.proof.records import canonical_json, sha256_hex
from letters.proof.verify import verify_bundle, verify_pdf
from tests.letters.proof import world

FORGERS_KEY = world.ec.generate_private_key(world.ec.SECP256R1())
OLD = world.content_hash(world.OLD_TEXT)


def closed(w):
    return next(event for event in w.events if event["kind"] == "closed")["data"]


def signed(w, receipt):
    return next(e for e in w.events if e["kind"] == "signed" and e["data"]["receipt"] == receipt)["data"]


def in_roster_and_root(w):
    closed(w).update(root=bundle.root(w.roster).hex(), count=len(w.roster))


def other_text(w):
    w.text = w.text.replace("retract", "praise")


def signature_of_old_version(w):
    w.roster[1].update(version=1, content_hash=OLD)
    signed(w, "R-0002").update(version=1, content_hash=OLD)
    in_roster_and_root(w)


def old_version_in_the_record_only(w):
    signed(w, "R-0002").update(version=1, content_hash=OLD)


def changed_statement(w):
    w.roster[1]["statement"] += " And more."
    in_roster_and_root(w)


def invented_signature(w):
    w.roster.append(world.roster_record(77, "Society of Nobody"))
    in_roster_and_root(w)


def left_out(w):
    w.roster.pop()
    in_roster_and_root(w)


def kept_though_withdrawn(w):
    w.roster.append(world.roster_record(91, "Society That Withdrew"))
    in_roster_and_root(w)


def kept_though_replaced(w):
    w.roster[0]["receipt"] = "R-0090"
    in_roster_and_root(w)


def withdrawn_after_the_close(w):
    w.events.append(world.event("withdrawn", 70, receipt="R-0003"))


def other_society(w):
    w.roster[2]["society"] = "Some Other Society"
    in_roster_and_root(w)


def same_receipt(w):
    w.roster[2]["receipt"] = "R-0002"
    in_roster_and_root(w)


def same_seat(w):
    w.roster[2]["society"] = w.roster[1]["society"]
    signed(w, "R-0003")["society"] = w.roster[1]["society"]
    in_roster_and_root(w)


def receipt_recorded_twice(w):
    w.events.insert(4, world.signed(world.roster_record(2, world.NAMES[1]), 2))


def no_close(w):
    w.events.pop()


def close_of_another_edition(w):
    closed(w)["edition"] = 2


def signed_without_receipt(w):
    del signed(w, "R-0091")["receipt"]


@pytest.mark.parametrize(
    ("alter", "problem"),
    [
        (other_text, "letter.txt is not the text that was signed"),
        (signature_of_old_version, "names another version or text than this letter's"),
        (old_version_in_the_record_only, "do not agree on version for Société de la Douleur"),
        (changed_statement, "The statement of Société de la Douleur (receipt R-0002) does not have the hash"),
        (invented_signature, "names Society of Nobody (receipt R-0077), but by the record"),
        (left_out, "Spine & Pain signed this version (receipt R-0003), but the roster leaves it out"),
        (kept_though_withdrawn, "names Society That Withdrew (receipt R-0091), but by the record"),
        (kept_though_replaced, "(receipt R-0090), but by the record that signature was not standing"),
        (
            withdrawn_after_the_close,
            "names Spine & Pain (receipt R-0003), but the record says it was withdrawn",
        ),
        (other_society, "do not agree on society for Some Other Society"),
        (same_receipt, "gives the same receipt to two signatures"),
        (same_seat, "gives the same society and place to two signatures"),
        (receipt_recorded_twice, "gives the receipt R-0002 to two signatures"),
        (no_close, "has no close of edition 1"),
        (close_of_another_edition, "has no close of edition 1"),
        (signed_without_receipt, "does not name its receipt"),
    ],
)
def test_verify_names_what_a_forger_altered(honest, alter, problem):
    forged = honest.copy()
    forged.seal_key = FORGERS_KEY
    alter(forged)
    forged.rechain()
    for verdict in (verify_bundle(forged.zip()), verify_pdf(forged.pdf())):
        assert not verdict.ok
        assert any(problem in found for found in verdict.problems), verdict.problems


@pytest.mark.parametrize("key", ["version", "content_hash", "root", "count"])
@pytest.mark.parametrize("value", [None, True, "x", 7, [], {}])
def test_verify_names_a_close_that_says_something_else(honest, key, value):
    forged = honest.copy()
    closed(forged)[key] = value
    forged.rechain()
    assert any("closed this edition with another" in p for p in verify_bundle(forged.zip()).problems)


def test_verify_takes_an_honest_letter_under_any_key(honest):
    other = honest.copy()
    other.seal_key = FORGERS_KEY
    assert verify_pdf(other.pdf()).problems == []


def repack(files, **changed) -> bytes:
    """A zip with files changed and a manifest that fits them, as a forger would make it."""
    files = files | {name.replace("__", "-").replace("_", "."): data for name, data in changed.items()}
    manifest = json.loads(files[bundle.MANIFEST])
    manifest["files"] = {name: sha256_hex(data) for name, data in files.items() if name != bundle.MANIFEST}
    files[bundle.MANIFEST] = canonical_json(manifest)
    return bundle.to_zip(files)


def test_verify_bundle_refuses_records_swapped_inside_the_roster(honest):
    files = honest.files()
    roster = json.loads(files["roster.json"])
    roster.reverse()
    verdict = verify_bundle(repack(files, roster_json=canonical_json(roster)))
    assert verdict.problems == ["The roster was changed: it does not have the stated Merkle root."]


@pytest.mark.parametrize("name", ["roster.json", "events.json"])
@pytest.mark.parametrize(
    "alter",
    [
        lambda b: b + b"\n",
        lambda b: b.replace(b'":', b'": ', 1),
        lambda b: b"{}",
        lambda b: b"[1]",
        lambda b: b"\xff",
        lambda b: b"[" * 100_000,
        lambda b: b"",
        lambda b: b.replace(b'":1', b'":1e0', 1),
        lambda b: b"[" + b"9" * 6_000 + b"]",
    ],
)
def test_verify_bundle_refuses_json_in_another_form(honest, name, alter):
    files = honest.files()
    verdict = verify_bundle(repack(files, **{name.replace(".", "_"): alter(files[name])}))
    assert not verdict.ok and name in verdict.problems[0]


def test_verify_bundle_refuses_each_file_changed_without_its_manifest(honest):
    files = honest.files()
    for name in bundle.NAMES:
        verdict = verify_bundle(bundle.to_zip(files | {name: files[name] + b" "}))
        assert not verdict.ok and verdict.problems[0].startswith(name)


def test_verify_bundle_refuses_missing_and_further_files(honest):
    files = honest.files()
    for name in bundle.NAMES:
        left = {key: data for key, data in files.items() if key != name}
        assert verify_bundle(bundle.to_zip(left)).problems == [f"The evidence is not complete: {name} is missing."]
    verdict = verify_bundle(repack(files, more_txt=b"x"))
    assert verdict.problems == ['The evidence holds a file that does not belong to it: "more.txt".']


@pytest.mark.parametrize("key", ["title", "convener", "closed_at", "verify_address", "slug"])
def test_verify_bundle_refuses_other_facts_when_the_checkpoint_binds_them(honest, key):
    files = honest.files()
    manifest = json.loads(files[bundle.MANIFEST])
    manifest["letter"][key] = "other"
    assert not verify_bundle(repack(files | {bundle.MANIFEST: canonical_json(manifest)})).ok


def test_verify_bundle_says_what_an_unbound_checkpoint_leaves_open(honest):
    loose = honest.copy()
    loose.bound = False
    assert any("title, convener" in line for line in verify_bundle(loose.zip()).not_proven)
    assert not any("title, convener" in line for line in verify_bundle(honest.zip()).not_proven)


def test_verify_bundle_refuses_another_roster_under_an_old_checkpoint(honest):
    forged = honest.copy()
    forged.roster[0]["office"] = "Treasurer"
    in_roster_and_root(forged)
    forged.rechain()
    files = forged.files() | {"checkpoint.txt": honest.files()["checkpoint.txt"]}
    problems = verify_bundle(repack(files)).problems
    assert "The checkpoint is of another roster: its number of signatures or its root differs." in problems


def test_check_names_the_first_missing_file():
    assert evidence.check({}).problems == ["The evidence is not complete: README.txt is missing."]
