"""Declarations a letter makes, and what nobody filled in."""

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from letters.text.door import Unreadable
from letters.text.reading import read
from letters.text.statements import declared, left_open


def blocks(text: str):
    return read(text.encode(), name="letter.md").blocks


def kinds(text: str) -> set[str]:
    return set(declared(blocks(f"# A letter\n\nWords.\n\n{text}\n")))


@pytest.mark.parametrize(
    "text",
    [
        "Competing interests: members perform the procedures.",
        "**Competing interests.** None.",
        "Conflict of interest: none.",
        "Conflicts of Interest – none declared",
        "Declaration of interests: none",
        "Declaration of competing interest: none",
        "Disclosures: none.",
        "Financial disclosures: none.",
        "Interests: none.",
        "## Competing interests\n\nNone.",
        "## Declarations of interest\n\n- None.",
        "We declare no competing interests.",
        "The undersigned societies have no conflicts of interest.",
        "The authors declare no competing interests.",
        "None of us has a conflict of interest.",
        "Interessenkonflikt: keiner.",
        "Liens d’intérêts : aucun.",
    ],
)
def test_competing_interests_are_found_however_they_are_called(text):
    assert kinds(text) == {"interests"}


@pytest.mark.parametrize(
    "text",
    [
        "The panel failed to disclose its competing interests.",
        "The guideline authors declare no competing interests, yet two are paid.",
        "Interest in these procedures grows.",
        "Interests of patients come first.",
        "Conflict between methods and conclusions runs through the paper.",
        "## Competing interests\n\n## Thanks\n\nTo all.",
        "We are concerned. The authors have competing interests.",
        "Disclosures of the panel are missing.",
    ],
)
def test_that_somebody_elses_interests_are_spoken_of_is_no_declaration(text):
    assert kinds(text) == set()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Funding: none.", "funding"),
        ("## Sources of funding\n\nNone.", "funding"),
        ("We received no funding for this letter.", "funding"),
        ("Use of generative AI: none.", "ai"),
        ("## Statement on the use of artificial intelligence\n\nNone.", "ai"),
        ("We did not use generative tools.", "ai"),
    ],
)
def test_other_declarations_are_found(text, kind):
    assert kinds(text) == {kind}


def test_all_blocks_under_the_heading_belong_to_the_declaration():
    text = blocks("# A\n\nB.\n\n## Funding\n\nOne.\n\nTwo.\n\n## End\n\nThree.\n")
    assert [text[i].text for i in declared(text)["funding"]] == ["Funding", "One.", "Two."]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We met on [insert date] to decide.", "[insert date]"),
        ("Dear [Name of the editor],", "[Name of the editor]"),
        ("As [XX] of our members say", "[XX]"),
        ("See [ref] on this", "[ref]"),
        ("See [citation needed] on this", "[citation needed]"),
        ("About ?? patients", "??"),
        ("Signed: ____", "____"),
        ("TODO say more", "TODO"),
        ("By TBC of them", "TBC"),
        ("Lorem ipsum dolor", "Lorem ipsum"),
        ("Hello {{ name }}!", "{{ name }}"),
        ("As in Error! Reference source not found. we say", "Error! Reference source not found"),
    ],
)
def test_what_nobody_filled_in_is_told_with_its_place(text, found):
    (one,) = left_open(blocks(f"# A letter\n\nFirst.\n\n{text}\n"))
    assert one == (found, "paragraph 2")


@pytest.mark.parametrize(
    "text",
    [
        "A trial [1-3] and another [4,5].", "He “recieved” [sic] it.", "WHO handbook [Internet].",
        "[Insert society names]",
        "An interval [0.2, 0.9].", "Really?", "In [Named] style", "a tbc of todo", "MAXXX", "[Reference values]",
    ],
)  # fmt: skip
def test_what_is_meant_as_it_stands_is_left_alone(text):
    assert left_open(blocks(f"# A letter\n\n{text}\n")) == []


def test_a_placeholder_in_capitals_is_told_once():
    assert [text for text, _ in left_open(blocks("# A\n\nOn [TBC] and on TBC.\n"))] == ["[TBC]", "TBC"]


@given(st.text(max_size=200))
def test_any_text_can_be_looked_at(text):
    try:
        found = blocks(f"# A letter\n\nWords {text.replace(chr(0), '')!r}\n")
    except Unreadable:  # a character that is refused, such as an invisible one, never comes so far
        reject()
    assert all(isinstance(what, str) and where for what, where in left_open(found))
    assert set(declared(found)) <= {"interests", "funding", "ai"}
