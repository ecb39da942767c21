"""Files with the habits of Google Docs and Word: read with their structure, in pandoc's words, and written again."""

import shutil

import pytest

from letters.text.canonical import canonical_text
from letters.text.markdown_out import markdown
from letters.text.reading import read
from letters.text.word import clean_docx
from tests.letters.text.makers import google_docs, word
from tests.letters.text.test_pandoc import our_words, pandoc_words

MADE = {"google": google_docs(), "word": word()}
each = pytest.mark.parametrize("data", MADE.values(), ids=MADE)


def test_a_file_of_google_docs_is_read_with_its_structure():
    reading = read(MADE["google"], name="a.docx")
    assert [(b.kind, b.level, b.label, b.text) for b in reading.blocks] == [
        ("title", 0, "", "A letter on counting"),
        ("heading", 1, "", "Aims"),
        ("paragraph", 0, "", "We thank all for the data <https://example.org/data>¹ and wait."),
        ("item", 1, "1.", "First"),
        ("item", 2, "a.", "Deeper"),
        ("item", 1, "•", "A dot"),
        ("item", 1, "2.", "Second²"),
        ("paragraph", 0, "", "may ask the editors now [1]."),
        ("heading", 2, "", "References"),
        ("reference", 0, "1.", "Wang X. Counting."),
        ("footnote", 0, "1.", "Seen in March."),
        ("footnote", 0, "2.", "Twice."),
    ]
    assert [(c.author, c.text, c.quote, c.index) for c in reading.comments] == [
        ("Ann", "All of them?", "the editors", 7)
    ]
    assert [(t.kind, t.text) for t in reading.tracked] == [("deleted", "must "), ("inserted", "may ")]
    assert reading.dropped == []


def test_a_file_of_word_is_read_with_its_structure():
    reading = read(MADE["word"], name="a.docx")
    assert [(b.kind, b.level, b.label, b.text) for b in reading.blocks] == [
        ("title", 0, "", "A letter on counting"),
        ("heading", 1, "", "Aims"),
        (
            "paragraph", 0, "",
            "We thank all in Zürich, every one, for the data <https://example.org/data>¹ and wait [1].",
        ),
        ("paragraph", 0, "", "Sums of 10⁵ for ✓ sides\u2011all."),
        ("item", 1, "1.", "First"),
        ("item", 2, "•", "A dot"),
        ("item", 1, "2.", "Second"),
        ("table", 0, "", "Side | Sum\nleft | ten"),
        ("heading", 1, "", "References"),
        ("reference", 0, "1.", "Wang X. Counting."),
        ("footnote", 0, "1.", "Seen in March."),
    ]  # fmt: skip
    assert reading.dropped == []


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
@each
def test_pandoc_reads_the_same_words(data, tmp_path):
    for tracked in ("accept", "reject"):
        assert our_words(data, tracked) == pandoc_words(data, tmp_path, tracked)


@each
def test_it_is_written_again_with_the_same_text(data):
    blocks = read(data, name="a.docx").blocks
    text = canonical_text(blocks)
    assert canonical_text(read(clean_docx(blocks, title=""), name="a.docx").blocks) == text
    assert canonical_text(read(markdown(blocks).encode(), name="a.md").blocks) == text
