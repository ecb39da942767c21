"""Tests of the suggested change label: editorial only where nothing that is said can have changed."""

import pytest

from letters.text.blocks import carry_ids, new_ids
from letters.text.inline import Run, block
from letters.text.reading import read
from letters.text.suggestion import suggest


def letter(*lines: str, kind: str = "paragraph", label: str = ""):
    return new_ids([block(kind, [Run(line)], label=label) for line in lines])


def label(before: str, after: str, kind: str = "paragraph") -> tuple[str, str]:
    more = "Occurred and receive are written rightly here, and so is independent."
    old = letter(before, more, kind=kind, label="1." if kind == "reference" else "")
    edited = letter(after, more, kind=kind, label="1." if kind == "reference" else "")
    return suggest(old, carry_ids(old, edited))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("We ask, the journal to act", "We ask the journal to act."),
        ("However we ask the journal", "however, we ask the journal"),
        ("He said 'no' to the well-known journal", "He said ‘no’ to the well–known journal"),
        ("Shown in the trials [1-3] here", "Shown in the trials (1–3) here"),
        ("See the table (below) for it", "See the table below for it"),
    ],
)
def test_stops_capitals_and_blanks_are_editorial(before, after):
    assert label(before, after) == ("editorial", "Only punctuation, capitals or spacing changed.")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("We recognise the randomised trials", "We recognize the randomized trials"),
        ("It occured in the trials of the review", "It occurred in the trials of the review"),
        ("Those who recieve the treatment now", "Those who receive the treatment now"),
        ("Behaviour of the tumour in trials", "Behavior of the tumor in trials"),
    ],
)
def test_spelling_is_editorial(before, after):
    assert label(before, after) == ("editorial", "Only spelling changed.")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("We may ask the journal now", "We must ask the journal now"),
        ("This is not the causal effect", "This is not the casual effect"),
        ("We ask the journal to act", "We do not ask the journal to act"),
        ("In 1.5 of the cases found", "In 15 of the cases found"),
        ("A change of -5 in the score", "A change of 5 in the score"),
        ("A rise of 5 in the score", "A rise of 5% in the score"),
        ("The trial was in the US then", "The trial was in us then"),
        ("Values with p < 5 in trials", "Values with p > 5 in trials"),
        ("The forms were filled in trials", "The forms were filed in trials"),
        ("The latter trials are cited here", "The later trials are cited here"),
        ("The trials support this view", "The trial supports this view"),
        ("Is this what the journal wants?", "This is what the journal wants."),
        ("The evidence is weak in adults", 'The "evidence" is weak in adults'),
        ("Shown in the trials [1,2] here", "Shown in the trials [1,3] here"),
        ("Shown in the trials [1-3] here", "Shown in the trials [1,3] here"),
        ("Values of .05 in the trials", "Values of 05 in the trials"),
        ("Dose 10⁵ was used in trials", "Dose 10⁶ was used in trials"),
    ],
)
def test_words_figures_and_signs_are_substantive(before, after):
    assert label(before, after)[0] == "substantive"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Busse J W, Wang X. A trial. BMJ 2025;1:2-3", "Busse JW, Wang X: A trial; BMJ 2025;1:2–3.", "editorial"),
        ("Wang X. BMJ 2025. https://doi.org/10.1136/x", "Wang X. BMJ 2025. doi:10.1136/x", "editorial"),
        ("Wang X. BMJ 2025;12:1", "Wang X. BMJ 2025;1:21", "substantive"),
        ("Wang X. BMJ 2025;12:1", "Wang X. BMJ 2024;12:1", "substantive"),
        ("Wang X. BMJ 2025;12:1", "Wang X, Busse JW. BMJ 2025;12:1", "substantive"),
    ],
)
def test_the_form_of_references_is_editorial_what_they_name_is_not(before, after, expected):
    made = label(before, after, kind="reference")
    assert made[0] == expected
    assert made[0] == "substantive" or made[1] == "Only the form of references changed."


def test_parts_added_removed_moved_or_renumbered_are_substantive():
    old = letter("Alpha alpha one.", "Beta beta two.", "Gamma gamma three.")
    assert suggest(old, old[:2]) == ("substantive", "A part of the letter was removed.")
    assert suggest(old[:2], old) == ("substantive", "A part of the letter was added.")
    assert suggest(old, [old[2], *old[:2]]) == ("substantive", "A part of the letter moved.")
    first, second = letter("One", kind="item", label="1."), letter("One", kind="item", label="2.")
    assert suggest(first, second) == ("substantive", "The numbers of a list or of the references changed.")
    assert suggest(letter("Aims here"), letter("Aims here", kind="heading"))[0] == "substantive"


def test_emphasis_alone_is_editorial_and_reasons_are_listed():
    old = letter("We ask you", "Text, here it is")
    new = [block("paragraph", [Run("We "), Run("ask", frozenset({"em"})), Run(" you")]), *letter("Text here it is")]
    expected = ("editorial", "Only emphasis or links and punctuation, capitals or spacing changed.")
    assert suggest(old, carry_ids(old, new)) == expected
    assert suggest(old, old) == ("editorial", "Nothing changed.")


def test_real_versions(inputs):
    one, two, three = (
        read((inputs / f"multisociety-letter-v{n}.docx").read_bytes(), name="a.docx").blocks for n in (1, 2, 3)
    )
    assert suggest(one, carry_ids(one, two)) == ("substantive", "Words or figures changed.")
    assert suggest(two, carry_ids(two, three)) == ("editorial", "Only the form of references changed.")
