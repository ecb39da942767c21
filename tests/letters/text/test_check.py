"""Tests of the import check: its sentences and what stops publishing."""

import json

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
    assert found["“Aims” and “More” are bold lines: if they are meant as headings, make them headings."] == "warn"
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
