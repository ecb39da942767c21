"""Tests of paragraphs that were joined or split: named as such, in the list of changes and in the sentence."""

from hypothesis import given
from hypothesis import strategies as st

from letters.text.blocks import carry_ids, changes, new_ids
from letters.text.diff import redline
from letters.text.inline import Run, block
from letters.text.regrouping import regrouped
from tests.examples import examples

ONE = "The review pools nineteen trials of home recordings."
TWO = "Attended nights are scarce, and a failed one costs most."
THREE = "Nobody asked those who could not apply the sensors."


def letter(*lines: str, kind: str = "paragraph"):
    return new_ids([block("heading", [Run("Aims")], level=1), *[block(kind, [Run(line)]) for line in lines]])


def test_joined_paragraphs_are_named():
    old = letter(ONE, TWO, "Stays as it was before.")
    new = carry_ids(old, letter(f"{ONE} {TWO}", "Stays as it was before."))
    found = changes(old, new)
    assert (found.joined, found.split, found.changed) == ([new[1].id], [], [new[1].id])
    made = redline(old, new)
    assert made.summary == "2 paragraphs joined in Aims; nothing else."
    assert [(c.place, c.kind) for c in made.changed] == [("paragraph 1 of Aims", "joined")]


def test_a_split_paragraph_is_named():
    old = letter("Stays as it was before.", f"{ONE} {TWO} {THREE}")
    new = carry_ids(old, letter("Stays as it was before.", ONE, TWO, THREE))
    assert changes(old, new).split == [old[2].id]
    made = redline(old, new)
    assert made.summary == "1 paragraph split in Aims; nothing else."
    assert [(c.place, c.kind) for c in made.changed] == [
        ("paragraph 2 of Aims", "split"),
        ("paragraph 3 of Aims", "split"),
        ("paragraph 4 of Aims", "split"),
    ]


def test_words_changed_while_joining_are_counted_as_sentences():
    old = letter(ONE, TWO)
    new = carry_ids(old, letter(f"{ONE} {TWO.replace('most', 'more')} {THREE}"))
    assert redline(old, new).summary == (
        "2 paragraphs joined in Aims; 1 sentence changed in Aims; 1 sentence added in Aims; nothing else."
    )


def test_a_paragraph_removed_beside_one_that_grew_is_not_joined():
    old = letter(ONE, TWO)
    new = carry_ids(old, letter(f"{ONE} {THREE}"))
    assert not changes(old, new).joined
    assert redline(old, new).summary == "1 sentence added in Aims; 1 paragraph removed in Aims; nothing else."


def test_a_paragraph_of_which_half_the_words_stayed_is_not_joined():
    half = "Attended nights are scarce, and other words end it."
    assert not regrouped([("paragraph", ONE), ("paragraph", TWO)], [("paragraph", f"{ONE} {half}")], {0: 0}).joined


def test_only_neighbours_of_one_kind_are_joined():
    old = [("paragraph", ONE), ("quote", TWO), ("paragraph", THREE)]
    assert not regrouped(old, [("paragraph", f"{ONE} {TWO} {THREE}")], {0: 0}).joined
    assert regrouped([old[0], old[2]], [("paragraph", f"{ONE} {THREE}")], {0: 0}).joined == {0: [0, 1]}


words = st.lists(st.sampled_from([f"word{n}" for n in range(400)]), min_size=8, max_size=20, unique=True)


@given(st.lists(words, min_size=2, max_size=6), st.data())
@examples(80)
def test_any_two_neighbours_joined_are_found_and_splitting_them_is_the_way_back(paragraphs, data):
    texts = [f"{' '.join(some)} p{n}a p{n}b." for n, some in enumerate(paragraphs)]
    at = data.draw(st.integers(0, len(texts) - 2))
    apart = new_ids([block("paragraph", [Run(text)]) for text in texts])
    together = [*texts[:at], f"{texts[at]} {texts[at + 1]}", *texts[at + 2 :]]
    joined = carry_ids(apart, [block("paragraph", [Run(text)]) for text in together])
    assert changes(apart, joined).joined == [joined[at].id]
    assert changes(joined, carry_ids(joined, apart)).split == [joined[at].id]
