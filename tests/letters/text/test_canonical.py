"""Tests of the canonical text, its hash and the characters it refuses."""

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.text.blocks import Block
from letters.text.canonical import Refused, canonical_text, content_hash, normalise
from letters.text.reading import Unreadable, read
from tests.examples import examples
from tests.letters.text.files import docx, p


def block(text, kind="paragraph", level=0, label=""):
    return Block("b", kind, level, label, text, text)


BLANKS = st.sampled_from(
    [" ", "\t", "\u00a0", "\n", "\r", "\r\n", "\u2028", "\u2029", "e\u0301", "\u0301", "\u0338", ">"]
)


@given(st.lists(st.one_of(st.text(max_size=5), BLANKS), max_size=30).map("".join))
@examples(400)
def test_normalise_twice_is_normalise_once(text):
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once
    assert "\n\n\n" not in once
    assert once == "" or (once.endswith("\n") and not once.endswith("\n\n") and not once.startswith("\n"))


def test_normalise_makes_one_text_of_equal_looking_ones():
    assert normalise("Zu\u0308rich  \r\n\r\n\r\n\r\nBern\u2028Basel\t") == "Zürich\n\nBern\nBasel\n"
    assert normalise(" \n \n") == ""
    assert normalise("a\u00a0b") == "a\u00a0b\n"


def test_canonical_text_holds_labels_headings_and_blank_lines():
    blocks = [
        block("Title", "title"),
        block("Aims", "heading", 1, "A."),
        block("One", "item", 1, "1."),
        block("dot", "item", 2, "•"),
        block("Wang X.", "reference", 0, "1."),
    ]
    assert canonical_text(blocks) == "Title\n\nA. Aims\n\n1. One\n\n  • dot\n\n1. Wang X.\n"


def test_content_hash_is_sha256_of_prefix_and_text():
    assert content_hash("Über\n") == hashlib.sha256("signon/letter/v1\nÜber\n".encode()).hexdigest()


@pytest.mark.parametrize(
    ("char", "why"),
    [
        ("\u202e", "turns the reading direction"),
        ("\u2066", "turns the reading direction"),
        ("\x07", "control character"),
        ("\x85", "control character"),
        ("\u0378", "not a character of Unicode yet"),
        ("\ufffe", "not a character of Unicode yet"),
        ("\ue000", "only one font"),
        ("\U000e0041", "invisible"),
    ],
)
def test_canonical_text_refuses_and_names_the_place(char, why):
    blocks = [block("Title", "title"), block("First."), block(f"Second, ab{char}c.")]
    with pytest.raises(Refused) as caught:
        canonical_text(blocks)
    sentence = str(caught.value)
    assert sentence.startswith(f"Paragraph 2, character 11 (‘U+{ord(char):04X}’), is ")
    assert why in sentence
    assert sentence.endswith(": remove it in the file and upload again.")


@pytest.mark.parametrize("char", ["\u00ad", "\u200d", "\u200c", "\u00a0", "\u200f", "\u2011", "\n", "😀"])
def test_canonical_text_keeps_harmless_marks(char):
    assert char in canonical_text([block(f"a{char}b")])


def test_reading_refuses_bidi_controls_with_file_and_place():
    with pytest.raises(Unreadable, match=r"^a\.docx: Paragraph 1, character 2 \(‘U\+202E’\)"):
        read(docx(p("x\u202ey")), name="a.docx")
    with pytest.raises(Unreadable, match=r"^a\.md: Paragraph 1 of Aims, character 5 \(‘U\+0007’\)"):
        read(b"# Title\n\n## Aims\n\nbell\x07\n", name="a.md")
