"""Tests on the real letters beside a development checkout."""

import re

import pytest

from letters.text.blocks import carry_ids, changes
from letters.text.canonical import canonical_text, content_hash, normalise
from letters.text.check import import_check
from letters.text.diff import redline
from letters.text.markup import letter_html, sanitise
from letters.text.reading import read
from letters.text.references import references


@pytest.fixture
def letter(inputs):
    return lambda name: read((inputs / name).read_bytes(), name=name)


ALL = ["multisociety-letter-v1", "multisociety-letter-v2", "multisociety-letter-v3", "presidents-statement"]
ALL += ["summary-rapid-response"]


def test_version_2_differs_from_version_1_in_exactly_four_blocks(letter):
    old, new = letter("multisociety-letter-v1.docx").blocks, letter("multisociety-letter-v2.docx").blocks
    carried = carry_ids(old, new)
    found = changes(old, carried)
    assert [b.id for b in carried] == [b.id for b in old]
    assert (len(found.changed), found.added, found.removed, found.moved, found.relabelled) == (
        4,
        [],
        [],
        [],
        [],
    )
    made = redline(old, carried)
    assert [(c.place, c.kind) for c in made.changed] == [
        ("paragraph 1 of the opening", "changed"),
        ("paragraph 2 of Omission and inaccuracy of extraction", "changed"),
        ("item 5 of Our Recommendations", "changed"),
        ("paragraph 1 of Conclusion", "changed"),
    ]
    assert made.summary == (
        "3 sentences changed, in the opening, Our Recommendations and Conclusion; "
        "1 sentence added in Omission and inaccuracy of extraction; nothing else."
    )


def test_version_3_corrects_three_references(letter):
    old, new = letter("multisociety-letter-v2.docx").blocks, letter("multisociety-letter-v3.docx").blocks
    assert redline(old, carry_ids(old, new)).summary == "3 references corrected; nothing else."


@pytest.mark.parametrize("suffix", [".docx", ".md"])
def test_import_check_of_the_founding_letter(letter, suffix):
    reading = letter("multisociety-letter-v2" + suffix)
    check = import_check(reading)
    assert all(state == "ok" for state, _ in check.lines())
    assert check.title.startswith("Multisociety Response to BMJ Publications")
    assert (2150 < check.words < 2250, len(check.headings), check.placeholder_text) == (
        True,
        7,
        "[Insert society names]",
    )
    assert references(reading.blocks).cited == list(range(1, 24))
    labels = [block.label for block in reading.blocks if block.kind == "item"]
    assert labels == ["1.", "2.", "•", "•", "3.", "4.", "5."]


def test_presidents_statement_has_a_bold_line_and_no_place_for_signatories(letter):
    check = import_check(letter("presidents-statement.docx"))
    assert check.bold_headings == ["And we want to hear from you!"]
    assert not check.placeholder


@pytest.mark.parametrize("name", ALL)
def test_word_and_markdown_forms_say_the_same(letter, name):
    one, other = (canonical_text(letter(name + suffix).blocks) for suffix in (".docx", ".md"))

    def plain(text):
        return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).translate(str.maketrans("‘’“”–—", "''\"\"--"))

    assert re.sub(r"-+", "-", plain(one)) == re.sub(r"-+", "-", plain(other))


@pytest.mark.parametrize("name", ALL)
def test_canonical_text_and_html_are_stable(letter, name):
    blocks = letter(name + ".docx").blocks
    text = canonical_text(blocks)
    assert normalise(text) == text
    assert content_hash(text) == content_hash(canonical_text(letter(name + ".docx").blocks))
    assert sanitise(letter_html(blocks)) == letter_html(blocks)
