"""The roster of a receipt: made from the record, held against the record, and refused when either was changed."""

import base64

import pytest

from letters.proof import checkpoint, witness
from letters.proof.__main__ import main
from tests.letters.proof.world import NOTE_KEY, honest

VKEY = checkpoint.vkey("signon.example", NOTE_KEY.public_key())
NAMES = tuple(f"Society {n}" for n in range(1, 8))


@pytest.fixture
def world():
    return honest(NAMES)


def upto(world, receipt: str) -> int:
    return next(e["seq"] for e in world.events if e["kind"] == "signed" and e["data"]["receipt"] == receipt)


def made(world, receipt="R-0005", **changes):
    values = {"origin": "signon.example/retraction/roster", "events": world.events, "upto": upto(world, receipt)}
    return witness.make(NOTE_KEY, **(values | {"receipt": receipt, "version": 2} | changes))


@pytest.mark.parametrize("number", range(1, 8))
def test_each_signature_is_the_last_of_the_roster_right_after_it(world, number):
    found = made(world, f"R-{number:04d}")
    standing = number + (number > 1)  # the second signature is one that was withdrawn later
    assert (found.place, found.size) == (standing, standing)
    assert witness.check(found.text, VKEY, world.events) == []


def test_a_signature_under_another_version_and_a_replaced_one_are_not_counted(world):
    assert list(witness.roster(world.events, upto(world, "R-0001"), 2)) == ["R-0001"]
    assert list(witness.roster(world.events, upto(world, "R-0001"), 1)) == []


def test_a_withdrawal_takes_a_leaf_away(world):
    assert "R-0091" in witness.roster(world.events, upto(world, "R-0007"), 2)
    assert "R-0091" not in witness.roster(world.events, len(world.events), 2)


def test_the_same_record_gives_the_same_text_and_needs_only_its_own_part(world):
    seq = upto(world, "R-0005")
    few = [e for e in world.events if e["seq"] <= seq and (e["kind"] in ("signed", "withdrawn") or e["seq"] == seq)]
    assert made(world, events=few) == made(world)


def test_who_does_not_stand_has_no_witness(world):
    with pytest.raises(KeyError, match="R-0006 did not stand"):
        made(world, "R-0006", upto=upto(world, "R-0005"))


def problems(world, text: str) -> list[str]:
    return witness.check(text, VKEY, world.events)


def test_a_record_from_which_a_signature_was_left_out_is_another_record(world):
    text = made(world).text
    index = next(n for n, e in enumerate(world.events) if e["data"].get("receipt") == "R-0003")
    del world.events[index]
    world.rechain()
    assert problems(world, text) == ["The receipt was given in another record than the one in this evidence."]


def test_a_root_over_other_leaves_is_found_even_where_its_maker_holds_the_key(world):
    seq = upto(world, "R-0005")
    note = checkpoint.sign(
        NOTE_KEY, origin="signon.example/retraction/roster", size=6, root=b"\0" * 32,
        extensions=("version 2", f"events {seq} {world.events[seq - 1]['hash']}"),
    )  # fmt: skip
    front = made(world).text.partition("\n\n")[0]
    assert problems(world, f"{front}\n\n{note}") == [
        "The roster of the receipt is not the one this record had then: a signature was added or left out."
    ]


@pytest.mark.parametrize(
    ("old", "new"), [("receipt R-0005", "receipt R-0004"), ("index 5", "index 4"), ("receipt R-0005", "receipt R-9")]
)
def test_a_receipt_that_claims_another_place_is_refused(world, old, new):
    (said,) = problems(world, made(world).text.replace(old, new))
    assert "does not stand in the roster of the receipt" in said


def test_a_changed_step_of_the_proof_is_refused(world):
    lines = made(world).text.split("\n")
    lines[3] = base64.b64encode(b"\1" * 32).decode()
    assert "does not stand in the roster" in problems(world, "\n".join(lines))[0]


@pytest.mark.parametrize("text", ["", "signon/roster/v1\n\n", "hello\nreceipt\nindex\n\nnote", "\0" * 9])
def test_anything_else_gets_a_sentence(world, text):
    assert len(problems(world, text)) == 1


def test_another_key_does_not_stand_for_the_site(world):
    assert problems(world, made(world).text.replace("— signon.example", "— other.example")) != []


def test_the_lines_may_come_out_of_a_mail(world):
    assert problems(world, made(world).text.replace("\n", "\r\n") + "\r\n") == []


def test_command_holds_a_receipt_against_the_evidence(world, tmp_path, capsys):
    (tmp_path / "evidence.zip").write_bytes(world.zip())
    (tmp_path / "roster.txt").write_text(made(world).text, encoding="utf-8")
    named = [str(tmp_path / "evidence.zip"), "--receipt"]
    assert main([*named, str(tmp_path / "roster.txt")]) == 0
    assert "its roster is the one the record had then" in capsys.readouterr().out
    assert main([*named, str(tmp_path / "evidence.zip")]) == 1
    assert main([*named, str(tmp_path / "nothing.txt")]) == 2
