"""Two papers of one letter: the later extends the earlier, or one of them says who told two stories."""

import copy

import pytest

from letters.proof.__main__ import main
from letters.proof.extends import compare
from letters.proof.history import COMMITTED
from letters.proof.records import private_digest
from tests.letters.proof import world


def second_edition(one: world.World) -> world.World:
    """The same letter with one society more, closed again as edition 2."""
    later = one.copy()
    record = world.roster_record(4, "Late Society")
    later.roster = [*later.roster, record]
    later.letter |= {"edition": 2}
    at = later.events[-1]["at"]
    digest = private_digest({key: record[key] for key in COMMITTED}, record["salt"])
    signed = {"receipt": record["receipt"], "version": 2, "content_hash": record["content_hash"]}
    close = copy.deepcopy([event for event in later.events if event["kind"] == "closed"][-1])
    close["data"] |= {"edition": 2, "root": world.bundle.root(later.roster).hex(), "count": len(later.roster)}
    later.events += [
        {"at": at, "kind": "signed", "actor": "officer", "data": signed, "private": digest},
        {**close, "at": at, "kind": "frozen"},
    ]
    later.rechain()
    return later


@pytest.fixture(scope="module")
def later(honest):
    return second_edition(honest)


def test_a_second_edition_extends_the_first(honest, honest_pdf, honest_zip, later):
    for new in (later.zip(), later.pdf()):
        for old in (honest_zip, honest_pdf):
            found = compare(new, old)
            assert found.problems == []
            assert found.headline == "The later file extends the earlier one: both come from one record."
            assert "2 events came after them." in found.proven
            assert "Only in the later roster: Late Society." in found.proven


def test_a_file_extends_itself(honest_pdf, honest_zip):
    assert "Nothing was recorded since." in compare(honest_pdf, honest_zip).proven


def test_the_wrong_way_round_is_named(honest_zip, later):
    assert compare(honest_zip, later.zip()).problems == [
        "They were given the wrong way round: the second has 2 events more."
    ]


def test_two_stories_part_where_they_part(honest_zip, later):
    other = later.copy()
    other.events[1]["at"] = other.events[0]["at"]
    other.rechain()
    found = compare(other.zip(), honest_zip)
    assert not found.ok
    assert found.problems[0].startswith("Two records of one letter: they part at event 2 of")


def test_another_letter_or_key_is_named(honest, honest_zip):
    other = honest.copy()
    other.letter["slug"] = "another"
    assert compare(other.zip(), honest_zip).problems == ["They are evidence of two different letters."]
    forger = honest.copy()
    forger.note_key = world.Ed25519PrivateKey.generate()
    assert "signed with two keys" in compare(forger.zip(), honest_zip).problems[0]


def test_a_file_that_does_not_hold_is_not_compared(honest_zip):
    found = compare(honest_zip, honest_zip[:-1])
    assert found.problems[0].startswith("The earlier file does not hold by itself. ")
    assert compare(b"x", honest_zip).problems[0].startswith("The later file does not hold by itself. ")


def test_on_the_command_line(honest_zip, later, tmp_path, capsys):
    (tmp_path / "one.zip").write_bytes(honest_zip)
    (tmp_path / "two.zip").write_bytes(later.zip())
    assert main([str(tmp_path / "two.zip"), "--earlier", str(tmp_path / "one.zip")]) == 0
    assert "extends the earlier one" in capsys.readouterr().out
    assert main([str(tmp_path / "one.zip"), "--earlier", str(tmp_path / "two.zip")]) == 1
    assert main([str(tmp_path / "one.zip"), "--earlier", str(tmp_path / "none.zip")]) == 2
