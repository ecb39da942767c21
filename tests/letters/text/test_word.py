"""Tests of the letter as Word document: it reads back as the same letter, with real lists, notes and links."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from lxml import etree

from letters.text.blocks import new_ids
from letters.text.canonical import Refused, canonical_text
from letters.text.inline import Run, block
from letters.text.ooxml import W
from letters.text.reading import read
from letters.text.tables import Cell, Row, table_block
from letters.text.word import clean_docx
from tests.examples import examples
from tests.letters.text.drafts import letters
from tests.letters.text.files import HEADINGS, abstract, docx, level, num, p


def again(blocks):
    return read(clean_docx(blocks, title="A letter"), name="again.docx").blocks


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


@given(letters)
@examples(120)
def test_a_letter_written_and_read_again_has_the_same_canonical_text(blocks):
    assert canonical_text(again(blocks)) == canonical_text(blocks)


def test_a_letter_written_and_read_again_is_the_same_letter():
    made = new_ids(
        [
            block("title", [Run("A letter")]),
            block("heading", [Run("Aims")], level=1, label="A."),
            block("heading", [Run("In detail")], level=2),
            block("paragraph", [Run("We "), Run("ask", frozenset({"strong", "em"})), Run("2", frozenset({"sup"}))]),
            block("item", [Run("One")], level=1, label="1."),
            block("item", [Run("Dot")], level=2, label="•"),
            block("item", [Run("Two")], level=1, label="2."),
            block("quote", [Run("They said so."), Run("\nTwice.")]),
            table_block([
                Row([Cell([Run("a")], 2), Cell([Run("b")], 1, 2)], head=True),
                Row([Cell([Run("c")]), Cell()], head=True),
            ]),
            block("signatories", [Run("[Insert society names]")]),
            block("paragraph", [Run("See"), Run("1", frozenset({"sup"}), "#fn-1"), Run(" it", href="https://a.org/?x&y")]),
            block("footnote", [Run("Below.")], label="1."),
        ]
    )  # fmt: skip
    assert again(made) == made


def test_equal_letters_are_equal_bytes_and_the_title_is_in_the_properties():
    blocks = new_ids([block("paragraph", [Run("Text")])])
    data = clean_docx(blocks, title="A & B")
    assert data == clean_docx(blocks, title="A & B")
    assert part(data, "docProps/core.xml").findtext("{http://purl.org/dc/elements/1.1/}title") == "A & B"


def test_list_numbers_are_counted_by_word_and_go_on_after_bullets():
    labels = ["1.", "2.", "•", "3.", "a.", "b.", "i.", "ii.", "7)", "8)", "1.1"]
    blocks = new_ids([block("item", [Run(f"x{i}")], level=1, label=label) for i, label in enumerate(labels)])
    data = clean_docx(blocks, title="")
    ids = [node.get(f"{W}val") for node in part(data, "word/document.xml").iter(f"{W}numId")]
    assert ids == ["2", "2", "1", "2", "3", "3", "4", "4", "5", "5", "6"]
    assert [b.label for b in read(data, name="a.docx").blocks] == labels


def test_signatories_stand_in_place_of_the_placeholder_or_at_the_end():
    place = block("signatories", [Run("[Insert society names]")])
    blocks = new_ids([block("paragraph", [Run("Yours,")]), place, block("paragraph", [Run("Interests: none.")])])
    names = ["Society of Sleep", "Forum für Schlaf"]

    def texts(given):
        return [b.text for b in read(clean_docx(given, title="", signatories=names), name="a.docx").blocks]

    assert texts(blocks) == ["Yours,", *names, "Interests: none."]
    assert texts([blocks[0], blocks[2]]) == ["Yours,", "Interests: none.", *names]


def test_citations_lead_to_their_reference():
    reading = read(b"Shown [1].\n\n## References\n\n1. Wang X. doi:10.1136/bmj.r179", name="a.md")
    root = part(clean_docx(reading.blocks, title=""), "word/document.xml")
    assert [node.get(f"{W}anchor") for node in root.iter(f"{W}hyperlink")] == ["ref-1", None]
    assert [node.get(f"{W}name") for node in root.iter(f"{W}bookmarkStart")] == ["ref-1"]
    assert again(reading.blocks) == reading.blocks


def test_notes_with_marks_of_their_own_and_endnotes_come_back():
    mark = '<w:r><w:footnoteReference w:id="2" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    body = p("One", inner=mark) + p("Two", inner='<w:r><w:endnoteReference w:id="3"/></w:r>')
    body += p("Three", inner='<w:r><w:footnoteReference w:id="4"/></w:r>')
    notes = "".join(f'<w:footnote w:id="{i}">{p(text)}</w:footnote>' for i, text in ((2, "Starred."), (4, "First.")))
    file = docx(body, footnotes=notes, endnotes=f'<w:endnote w:id="3">{p("End.")}</w:endnote>')
    blocks = read(file, name="a.docx").blocks
    assert [(b.label, b.text) for b in blocks[3:]] == [("*", "Starred."), ("1.", "First."), ("i.", "End.")]
    assert blocks[0].html == 'One<a href="#fn-1">*</a>'
    assert again(blocks) == blocks


def test_a_note_referred_to_twice_is_one_note():
    mark = Run("1", frozenset({"sup"}), "#fn-1")
    paragraphs = [block("paragraph", [Run(text), mark]) for text in ("One", "Two")]
    blocks = new_ids([*paragraphs, block("footnote", [Run("Below.")], label="1.")])
    assert [b.text for b in again(blocks)] == ["One¹", "Two¹", "Below."]


def test_a_letter_without_title_gets_none_when_it_is_read_again():
    blocks = read(docx(p("Aims", style="Heading2") + p("Text"), styles=HEADINGS), name="a.docx").blocks
    assert again(blocks) == blocks


def test_numbers_on_headings_come_back():
    numbering = abstract(1, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2")) + num(1, 1)
    body = p("T", style="Title") + p("A", style="Heading1", num=(1, 0)) + p("B", style="Heading2", num=(1, 1))
    blocks = read(docx(body, styles=HEADINGS, numbering=numbering), name="a.docx").blocks
    assert [b.label for b in again(blocks)] == ["", "I.", "I.1"]


def test_a_character_no_letter_may_hold_is_refused():
    with pytest.raises(Refused, match="Paragraph 1, character 2"):
        clean_docx(new_ids([block("paragraph", [Run("a\u202eb")])]), title="")


NAMES = ["multisociety-letter-v1", "multisociety-letter-v2", "multisociety-letter-v3", "presidents-statement"]


@pytest.mark.parametrize("suffix", [".docx", ".md"])
@pytest.mark.parametrize("name", [*NAMES, "summary-rapid-response"])
def test_real_letters_come_back_block_by_block(inputs, name, suffix):
    blocks = read((inputs / (name + suffix)).read_bytes(), name=name + suffix).blocks
    assert again(blocks) == blocks
