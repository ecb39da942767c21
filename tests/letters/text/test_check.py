"""Tests of the import check: its sentences and what stops publishing."""

import json

import pytest

from letters.text.canonical import canonical_text
from letters.text.check import import_check
from letters.text.reading import read
from tests.letters.text.files import abstract, docx, level, num, p

GOOD = """# A letter

Shown [1,2].

## Aims

1. One
2. Two

[Insert society names]

## References

1. Wang X.
2. Busse JW.
"""


def lines(text: str) -> list[tuple[str, str]]:
    return import_check(read(text.encode(), name="a.md")).lines()


def test_check_of_a_good_letter_has_only_good_news():
    assert lines(GOOD) == [
        ("ok", "The title is “A letter”."),
        ("ok", "15 words (11 without the references)."),
        ("ok", "2 headings: Aims, References."),
        ("ok", "2 references, all cited, none missing."),
        ("ok", "List numbers are complete."),
        ("ok", "The signatories go where it says “[Insert society names]”."),
        ("ok", "No tracked changes."),
        ("ok", "No comments in the file."),
        ("ok", "Nothing was left out."),
    ]


def test_check_says_what_is_not_there():
    found = {sentence: state for state, sentence in lines("Just text.\n\n**Aims**\n\n**More**")}
    assert found["No title was found: give the first line the style Title, or type the title here."] == "warn"
    line = "2 bold lines look like headings, “Aims” and “More”: take them as headings, or leave them."
    assert found[line] == "warn"
    assert found["No headings."] == "ok"
    assert found["No reference list."] == "ok"
    assert [state for sentence, state in found.items() if "No place for the signatories" in sentence] == ["warn"]


def test_check_names_gaps_in_list_numbers():
    numbering = abstract(1, level(0, "decimal", "%1.")) + num(1, 1)
    body = p("x", num=(1, 0)) + p("", num=(1, 0)) + p("y", num=(1, 0))
    found = import_check(read(docx(body, numbering=numbering), name="a.docx")).lines()
    assert ("warn", "After number 1 comes item 3: check the numbers of this list.") in found


def test_check_warns_of_two_places_for_signatories():
    found = lines(GOOD.replace("Shown", "[Names of signatories]\n\nShown"))
    assert ("warn", "2 places for the signatories were found: keep one of them.") in found


def test_check_is_json():
    check = import_check(read(GOOD.encode(), name="a.md"))
    made = json.loads(json.dumps(check.as_dict()))
    assert made["references"] == {"count": 2, "cited": [1, 2], "missing": [], "uncited": []}
    assert made["publishable"] is True
    assert made["lines"][0] == {"state": "ok", "sentence": "The title is “A letter”."}


BOLD = b"# A letter\n\nShown.\n\n**Aims**\n\nTo ask.\n\n**More**\n\nAnd **more** of it."


@pytest.mark.parametrize(
    ("bold", "kinds", "line"),
    [
        (
            "ask",
            0,
            ("warn", "2 bold lines look like headings, “Aims” and “More”: take them as headings, or leave them."),
        ),
        ("leave", 0, ("ok", "2 bold lines were left as they are: “Aims” and “More”.")),
        ("take", 2, ("ok", "2 bold lines were taken as headings: “Aims” and “More”.")),
    ],
)
def test_bold_lines_are_taken_as_headings_or_left(bold, kinds, line):
    reading = read(BOLD, name="a.md", bold=bold)
    assert [(b.text, b.level, b.html) for b in reading.blocks if b.kind == "heading"] == [
        ("Aims", 1, "Aims"), ("More", 1, "More"),
    ][:kinds]  # fmt: skip
    assert line in import_check(reading).lines()


def test_bold_lines_taken_as_headings_change_neither_ids_nor_the_hashed_text():
    asked, taken = (read(BOLD, name="a.md", bold=bold).blocks for bold in ("ask", "take"))
    assert canonical_text(asked) == canonical_text(taken)
    assert [block.id for block in asked] == [block.id for block in taken]


def test_the_first_bold_line_is_the_title_of_a_letter_without_one():
    reading = read(b"19 March 2025\n\n**A letter**\n\nShown.\n\n**Aims**\n\nTo ask.", name="a.md", bold="take")
    assert reading.title == "A letter"
    assert [b.kind for b in reading.blocks] == ["paragraph", "title", "paragraph", "heading", "paragraph"]
    reading = read(b"**To the Editor**\n\nShown.", name="a.md", bold="take")
    assert [b.kind for b in reading.blocks] == ["heading", "paragraph"]


def test_reading_knows_three_ways_with_bold_lines():
    with pytest.raises(ValueError, match="ask, take or leave"):
        read(BOLD, name="a.md", bold="maybe")
