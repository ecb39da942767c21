"""Words proposed for one block change that block and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.text.blocks import new_ids
from letters.text.canonical import canonical_text
from letters.text.proposal import FIXED, NoSuchBlock, editable, edited, with_words
from letters.text.reading import read

TEXT = """# A letter

Plain words with *emphasis*, **weight**, a [link](https://x.example/a) and a note.[^1]

## Part 1

1. H~2~O is 5 < 6 & \\*not\\* starred.
2. Second.

> A quoted line.

| a | b |
|---|---|
| 1 | 2 |

[Insert society names]

[^1]: The note.
"""
BLOCKS = new_ids(read(TEXT.encode(), name="x.md").blocks)
OPEN = [block for block in BLOCKS if block.kind not in FIXED]


@pytest.mark.parametrize("block", OPEN, ids=lambda block: block.text[:20])
def test_the_editable_words_are_the_block_again(block):
    again = edited(block, editable(block))
    assert (again.id, again.kind, again.level, again.label) == (block.id, block.kind, block.level, block.label)
    assert (again.text, again.html) == (block.text, block.html)


@pytest.mark.parametrize("block", OPEN, ids=lambda block: block.text[:20])
def test_only_the_chosen_block_changes(block):
    made = with_words(BLOCKS, block.id, "Quite **other** words.")
    assert [b.id for b in made] == [b.id for b in BLOCKS]
    assert {b.id for b, old in zip(made, BLOCKS, strict=True) if b != old} == {block.id}
    assert next(b for b in made if b.id == block.id).html == "Quite <strong>other</strong> words."


@pytest.mark.parametrize("words", ["# Not a heading", "1. not a list", "- nor this", "> nor that", "    nor code"])
def test_what_looks_like_another_block_is_words(words):
    assert edited(OPEN[0], words).text == words.strip()


@given(st.text(max_size=200))
def test_any_words_give_a_block_without_active_html(words):
    made = edited(OPEN[0], words)
    assert "<script" not in made.html.lower()
    assert made.kind == OPEN[0].kind


@pytest.mark.parametrize("kind", sorted(FIXED))
def test_a_table_the_title_and_the_signatories_are_not_edited(kind):
    fixed = next(block for block in BLOCKS if block.kind == kind)
    assert editable(fixed) == ""
    with pytest.raises(NoSuchBlock):
        with_words(BLOCKS, fixed.id, "x")


def test_a_block_that_is_gone_is_named_in_a_sentence():
    with pytest.raises(NoSuchBlock, match=r"put the words in by hand in Word\.$"):
        with_words(BLOCKS, "b0", "x")


def test_the_proposal_is_in_the_canonical_text():
    made = with_words(BLOCKS, OPEN[0].id, "Other words.")
    assert "Other words." in canonical_text(made)
