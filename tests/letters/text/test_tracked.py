"""Tests of the redline as Word document: accepted it is the new version, rejected the old one, for pandoc too."""

import datetime
import re
import shutil
import zipfile
from io import BytesIO

import pytest
from hypothesis import given

from letters.text.blocks import carry_ids, new_ids
from letters.text.canonical import canonical_text
from letters.text.inline import Run, block
from letters.text.reading import Tracked, read
from letters.text.tables import Cell, Row, table_block
from letters.text.tracked import redline_docx
from tests.examples import examples
from tests.letters.text.drafts import edited_pairs
from tests.letters.text.test_pandoc import our_words, pandoc_words

WHEN = datetime.datetime(2025, 3, 18, 11, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=1)))


def made(old, new) -> bytes:
    return redline_docx(old, new, author="Ann", when=WHEN)


def sides(data: bytes) -> list[str]:
    return [canonical_text(read(data, name="a.docx", tracked=tracked).blocks) for tracked in ("accept", "reject")]


def document(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode()


@given(edited_pairs())
@examples(150)
@pytest.mark.slow
def test_accepting_all_is_the_new_version_and_rejecting_all_the_old(both):
    old, new = both[0], carry_ids(*both)
    assert sides(made(old, new)) == [canonical_text(new), canonical_text(old)]


def letter(*lines: str):
    return new_ids([block("paragraph", [Run(line)]) for line in lines])


def test_changed_words_are_marked_with_author_and_date():
    old = letter("We must ask you.", "Stays.")
    data = made(old, carry_ids(old, letter("We may ask you.", "Stays.")))
    assert read(data, name="a.docx").tracked == [
        Tracked("deleted", "Ann", "2025-03-18T10:00:00Z", "must"),
        Tracked("inserted", "Ann", "2025-03-18T10:00:00Z", "may"),
    ]
    assert data == made(old, carry_ids(old, letter("We may ask you.", "Stays.")))


def test_the_same_text_has_no_marks():
    blocks = letter("One.", "Two.")
    assert not re.search("<w:(ins|del)", document(made(blocks, blocks)))


def item(text: str, label: str):
    return block("item", [Run(text)], level=1, label=label)


def test_an_item_put_into_a_list_moves_the_numbers_of_those_after_it_without_marks():
    old = new_ids([item("First of all", "1."), item("Last of all", "2.")])
    new = carry_ids(old, [item("First of all", "1."), item("Quite another", "2."), item("Last of all", "3.")])
    data = made(old, new)
    assert sides(data) == [canonical_text(new), canonical_text(old)]
    assert [change.text for change in read(data, name="a.docx").tracked] == ["Quite another¶"]


def test_a_list_that_begins_elsewhere_is_written_twice():
    old, new = new_ids([item("One thing", "1.")]), new_ids([item("One thing", "4.")])
    assert sides(made(old, new)) == ["4. One thing\n", "1. One thing\n"]


def noted(lines, notes):
    blocks = [
        block("paragraph", [Run(text), *([Run(n, frozenset({"sup"}), f"#fn-{n}")] if n else [])]) for text, n in lines
    ]
    return new_ids(blocks + [block("footnote", [Run(text)], label=f"{i}.") for i, text in enumerate(notes, 1)])


def test_a_note_between_others_counts_in_one_version_only():
    old = noted(
        [("One thing", "1"), ("Other words", ""), ("Third of them all", "2")],
        ["First note here.", "Last note, really."],
    )
    edited = noted(
        [("One thing", "1"), ("Other words", "2"), ("Third of them all", "3")],
        ["First note there.", "Quite another.", "Last note, really."],
    )
    new = carry_ids(old, edited)
    data = made(old, new)
    assert sides(data) == [canonical_text(new), canonical_text(old)]
    # The note put in and the mark that leads to it, and one word of the first note; the last one only counts on.
    changes = [(c.kind, c.text) for c in read(data, name="a.docx").tracked]
    assert changes == [("inserted", "2"), ("deleted", "here"), ("inserted", "there"), ("inserted", "Quite another.")]


def grid(*rows: str):
    return table_block([Row([Cell([Run(text)]) for text in row.split("|")]) for row in rows])


@pytest.mark.parametrize("after", [("a|b c", "d|e"), ("a|b", "x y|e", "new|row"), ("a", "d")])
def test_tables_read_both_ways(after):
    old, new = new_ids([*letter("Before."), grid("a|b", "d|e")]), new_ids([*letter("Before."), grid(*after)])
    assert sides(made(old, new)) == [canonical_text(new), canonical_text(old)]


def test_a_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="aware"):
        redline_docx([], [], author="Ann", when=WHEN.replace(tzinfo=None))


PAIRS = [("multisociety-letter-v1", "multisociety-letter-v2"), ("multisociety-letter-v2", "multisociety-letter-v3")]


@pytest.mark.parametrize(("before", "after"), [*PAIRS, ("presidents-statement", "multisociety-letter-v1")])
def test_real_letters_read_both_ways(inputs, before, after):
    old, new = (read((inputs / f"{name}.docx").read_bytes(), name=name).blocks for name in (before, after))
    data = made(old, carry_ids(old, new))
    assert sides(data) == [canonical_text(new), canonical_text(old)]


needs_pandoc = pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
LETTER = """# T

We {} you[^a].

{}1. One thing
2. {}

| a | b |
|---|---|
| c | {} |

[^a]: {}.
"""
OLD = LETTER.format("must ask", "", "Gone for good\n3. Last of all", "d", "Below")
NEW = LETTER.format("may ask all of", "Added words.\n\n", "Last of it all", "e", "Above")


@needs_pandoc
def test_pandoc_reads_both_versions_out_of_a_redline(tmp_path):
    old, edited = (read(text.encode(), name="a.md").blocks for text in (OLD, NEW))
    data = made(old, carry_ids(old, edited))
    for tracked in ("accept", "reject"):
        assert our_words(data, tracked) == pandoc_words(data, tmp_path, tracked)


@pytest.mark.slow
@needs_pandoc
@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_pandoc_reads_both_versions_out_of_real_redlines(inputs, tmp_path, before, after):
    old, edited = (read((inputs / f"{name}.docx").read_bytes(), name=name).blocks for name in (before, after))
    data = made(old, carry_ids(old, edited))
    for tracked in ("accept", "reject"):
        assert our_words(data, tracked) == pandoc_words(data, tmp_path, tracked)


def test_rows_of_a_table_in_one_version_only_are_marked_so_that_word_takes_them_out():
    xml = document(made(new_ids([grid("a|b"), *letter("Stays.")]), new_ids([*letter("Stays."), grid("x"), grid("y")])))
    assert re.findall(r"<w:trPr><w:(ins|del) ", xml) == ["del", "ins", "ins"]
