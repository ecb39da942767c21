"""Tests of block ids: made, carried and compared."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given

from letters.text.blocks import Block, carry_ids, changes, new_ids
from letters.text.similarity import alike, out_of_order
from tests.examples import examples
from tests.letters.text.letters import letters, pairs


def block(text, kind="paragraph", label=""):
    return Block("", kind, 0, label, text, text)


def test_blocks_survive_storage_as_json():
    made = Block("b1", "item", 2, "a.", "<em>x</em>", "x")
    assert Block.from_dict(made.as_dict()) == made
    with pytest.raises(ValueError, match="Unknown kind of block: 'poem'"):
        Block.from_dict(made.as_dict() | {"kind": "poem"})


def test_new_ids_are_short_stable_and_different():
    blocks = new_ids([block("a"), block("a"), block("b"), block("a", "quote")])
    assert len({b.id for b in blocks}) == 4
    assert [b.id for b in new_ids(blocks)] == [b.id for b in blocks]
    assert all(len(b.id) == 8 and b.id[0] == "b" and int(b.id[1:], 16) >= 0 for b in blocks)


@given(pairs())
@examples(150)
def test_carry_ids_keeps_the_id_of_every_unchanged_block(both):
    old, edited = both
    new = carry_ids(old, edited)
    assert len({b.id for b in new}) == len(new)
    assert [replace(b, id="") for b in new] == [replace(b, id="") for b in edited]
    shared = Counter((b.kind, b.text) for b in old) & Counter((b.kind, b.text) for b in new)
    before = {b.id: (b.kind, b.text) for b in old}
    kept = Counter((b.kind, b.text) for b in new if before.get(b.id) == (b.kind, b.text))
    assert kept == shared


@given(letters)
@examples(50)
def test_carry_ids_to_itself_changes_nothing(blocks):
    assert carry_ids(blocks, blocks) == blocks
    assert not changes(blocks, blocks)


def test_carry_ids_follows_an_edited_block_to_another_place():
    old = new_ids([block(f"Paragraph {n} speaks about the thing called {n * 7}.") for n in range(5)])
    edited = [old[4], *old[:2], block("Paragraph 2 speaks about another thing called 14."), old[3]]
    new = carry_ids(old, edited)
    assert [b.id for b in new] == [old[i].id for i in (4, 0, 1, 2, 3)]
    found = changes(old, new)
    assert (found.changed, found.added, found.removed) == ([old[2].id], [], [])
    assert found.moved == [old[4].id]


def test_changes_names_added_removed_and_relabelled_blocks():
    old = new_ids([block("One thing", "item", "1."), block("Other words", "item", "2."), block("Gone for good")])
    new = carry_ids(old, [block("Quite new"), block("Other words", "item", "1.")])
    found = changes(old, new)
    assert (found.added, found.removed) == ([new[0].id], [old[0].id, old[2].id])
    assert (found.changed, found.moved, found.relabelled) == ([], [], [old[1].id])


def test_carry_ids_prefers_the_same_kind_among_equal_words():
    old = new_ids([block("Aims", "quote"), block("Aims"), block("One thing"), block("Other words")])
    new = carry_ids(old, [block("One thing"), block("Other words"), block("Aims")])
    assert [b.id for b in new] == [old[i].id for i in (2, 3, 1)]


def test_a_block_that_becomes_a_heading_keeps_its_id():
    old = new_ids([block("Aims"), block("Text")])
    new = carry_ids(old, [block("Aims", "heading"), block("Text")])
    assert [b.id for b in new] == [b.id for b in old]
    assert changes(old, new).changed == [old[0].id]


def test_out_of_order_is_the_fewest_moves():
    assert out_of_order([]) == []
    assert out_of_order([0, 1, 2]) == []
    assert out_of_order([3, 0, 1, 2]) == [0]
    assert out_of_order([1, 2, 3, 0]) == [3]


def test_alike_is_the_share_of_common_words():
    assert alike("a b c", "a b d") == pytest.approx(2 / 3)
    assert alike("", "") == 1.0
    assert alike("a", "b") == 0.0
