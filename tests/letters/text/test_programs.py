"""Files made by LibreOffice and pandoc: read with their structure, in pandoc's words, and written again alike."""

import shutil
from pathlib import Path

import pytest

from letters.text.blocks import carry_ids
from letters.text.canonical import canonical_text
from letters.text.markdown_out import markdown
from letters.text.reading import read
from letters.text.word import clean_docx
from tests.letters.text.test_pandoc import our_words, pandoc_words

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "tests" / "fixtures" / "word"
FILES = sorted(FOLDER.glob("*.docx"), key=lambda path: path.name)
DEMO = ROOT / "letters" / "management" / "demo"
NOTES = ["libreoffice-notes-lists", "libreoffice-saved-again", "pandoc-notes-lists"]

every_file = pytest.mark.parametrize("file", FILES, ids=[path.stem for path in FILES])


def blocks_of(path: Path, tracked: str = "ask"):
    return read(path.read_bytes(), name=path.name, tracked=tracked).blocks


def test_there_are_files_of_both_programs():
    assert {path.stem.split("-")[0] for path in FILES} == {"libreoffice", "pandoc"}


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
@every_file
def test_pandoc_reads_the_same_words(file, tmp_path):
    data = file.read_bytes()
    for tracked in ("accept", "reject"):
        assert our_words(data, tracked) == pandoc_words(data, tmp_path, tracked)


@every_file
def test_nothing_is_left_out_and_it_is_written_again_with_the_same_text(file):
    reading = read(file.read_bytes(), name=file.name)
    text = canonical_text(reading.blocks)
    assert reading.dropped == []
    written = clean_docx(reading.blocks, title="")
    assert canonical_text(read(written, name="a.docx").blocks) == text
    assert canonical_text(read(markdown(reading.blocks).encode(), name="a.md").blocks) == text


def test_a_letter_that_went_through_libreoffice_says_the_same():
    letter = canonical_text(blocks_of(DEMO / "letter-v1.md"))
    straight = letter.replace("'", "’")
    assert canonical_text(blocks_of(FOLDER / "libreoffice-letter.docx")).replace("–", "-") == straight


def test_a_redline_saved_by_libreoffice_still_holds_both_versions():
    old, new = blocks_of(DEMO / "letter-v1.md"), blocks_of(DEMO / "letter-v2.md")
    file = FOLDER / "libreoffice-redline.docx"
    assert canonical_text(blocks_of(file, "accept")) == canonical_text(carry_ids(old, new))
    assert canonical_text(blocks_of(file, "reject")) == canonical_text(old)


@pytest.mark.parametrize("name", NOTES)
def test_notes_nested_lists_and_references_are_read(name):
    blocks = blocks_of(FOLDER / f"{name}.docx")
    labels = [(b.level, b.label) for b in blocks if b.kind == "item"]
    assert labels == [(1, "3."), (1, "4."), (2, "a."), (2, "b."), (3, "i."), (3, "ii."), (2, "•"), (1, "5.")]
    assert [(b.label, b.text) for b in blocks if b.kind == "footnote"] == [
        ("1.", "It was published in March, with an appendix."),
        ("2.", "None were found."),
    ]
    assert [b.label for b in blocks if b.kind == "reference"] == ["1.", "2."]
    assert blocks[2].text == (
        "We, who wear step counters, thank you for the review¹ and its clear tables. At 10⁵ steps H₂O is needed [1,2]. "
        "See the data <https://example.org/data?set=1&part=2> for more."
    )


def test_merged_cells_and_shifted_words_of_a_web_page_are_read():
    blocks = blocks_of(FOLDER / "libreoffice-web-page.docx")
    table = next(b for b in blocks if b.kind == "table")
    assert table.text == "Both sexes | All\nWomen | Men\n12 | 13 | 25\n7 | 8 | 15\n9 | 16"
    assert 'colspan="2"' in table.html
    assert table.html.count('rowspan="2"') == 2
    assert blocks[4].html == "<s>Struck words</s> and <u>underlined</u> ones, <sup>raised</sup> and <sub>lowered</sub>."
    assert [b.label for b in blocks if b.kind == "item"] == ["I.", "II.", "•"]
