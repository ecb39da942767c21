"""Tests of the letter as Markdown and as plain text for web forms."""

import pytest
from hypothesis import given

from letters.text.blocks import new_ids
from letters.text.canonical import canonical_text, content_hash
from letters.text.inline import Run, block
from letters.text.markdown_out import markdown
from letters.text.plain import plain_text
from letters.text.reading import read
from letters.text.tables import Cell, Row, table_block
from tests.examples import examples
from tests.letters.text.drafts import letters

BOLD = frozenset({"strong"})


def again(blocks):
    return read(markdown(blocks).encode(), name="again.md").blocks


@given(letters)
@examples(150)
def test_markdown_imports_with_the_same_content_hash(blocks):
    assert canonical_text(again(blocks)) == canonical_text(blocks)


def test_markdown_keeps_structure_and_reads_like_markdown():
    made = new_ids(
        [
            block("title", [Run("A letter")]),
            block("heading", [Run("Aims")], level=1),
            block("paragraph", [Run("We "), Run("ask", BOLD), Run(" you"), Run("1", frozenset({"sup"}), "#fn-1")]),
            block("item", [Run("One:")], level=1, label="1."),
            block("item", [Run("dot")], level=2, label="•"),
            block("item", [Run("Two")], level=1, label="2."),
            block("item", [Run("letter")], level=2, label="a."),
            block("quote", [Run("Said "), Run("so", href="https://a.org/?x=1&y=2"), Run(".\nTwice.")]),
            table_block([
                Row([Cell([Run("a|b")]), Cell([Run("c")])], head=True),
                Row([Cell([Run("1")]), Cell([Run("2")])]),
            ]),
            block("heading", [Run("References")], level=1),
            block("reference", [Run("Wang X.")], label="1."),
            block("footnote", [Run("Below.")], label="1."),
        ]
    )  # fmt: skip
    assert markdown(made) == (
        "# A letter\n\n## Aims\n\nWe **ask** you[^note-1]\n\n1. One:\n\n   - dot\n\n2. Two\n\n"
        '   - <span class="label">a.</span> letter\n\n> Said [so](<https://a.org/?x=1&amp;y=2>).<br>Twice.\n\n'
        "| a\\|b | c |\n|---|---|\n| 1 | 2 |\n\n## References\n\n1. Wang X.\n\n[^note-1]: Below.\n"
    )
    assert again(made) == made


def item(label: str, level: int = 1):
    return block("item", [Run("words here")], level=level, label=label)


@pytest.mark.parametrize(
    "labels",
    [
        [("1.", 1), ("3.", 1), ("4.", 1)],
        [("2.", 1), ("1.", 1), ("2.", 1)],
        [("•", 3), ("•", 2), ("1.", 2), ("•", 1)],
        [("i.", 1), ("ii.", 2), ("(1)", 2)],
        [("1.", 1), ("1)", 1), ("2)", 1), ("01.", 1), ("0.", 1)],
        [("1.", 1), ("•", 1), ("2.", 1), ("10.", 2), ("11.", 2), ("•", 3)],
    ],
)
def test_markdown_lists_come_back_with_every_label(labels):
    blocks = new_ids([item(label, level) for label, level in labels])
    assert [(b.label, b.level) for b in again(blocks)] == labels


def test_markdown_of_notes_it_cannot_count_to_has_the_same_hash():
    mark = Run("*", frozenset({"sup"}), "#fn-1")
    blocks = new_ids([block("paragraph", [Run("One"), mark]), block("footnote", [Run("Below.")], label="*")])
    assert content_hash(canonical_text(again(blocks))) == content_hash(canonical_text(blocks))


@pytest.mark.parametrize("after", ["(2019) shows", ": so", "[1](x)", "^2"])
def test_markdown_after_a_note_is_no_link_and_no_definition(after):
    mark = Run("1", frozenset({"sup"}), "#fn-1")
    blocks = new_ids([block("paragraph", [mark, Run(after)]), block("footnote", [Run("Below.")], label="1.")])
    assert again(blocks) == blocks


def test_markdown_with_signatories_in_place_of_the_placeholder():
    place = block("signatories", [Run("[Insert society names]")])
    blocks = new_ids([block("paragraph", [Run("Yours,")]), place])
    assert markdown(blocks, signatories=["A_b Society", "1. Forum"]) == "Yours,\n\nA\\_b Society<br>\n1\\. Forum\n"
    assert markdown(blocks[:1], signatories=["Forum"]) == "Yours,\n\nForum\n"


def test_plain_text_has_each_reference_on_one_line_and_no_special_blanks():
    letter = "# T\n\nWe ask\u00a0you [1].\n\n1. One\n    - dot\n\n[Insert society names]\n\n## References\n\n"
    letter += "1. Wang X.<br>A very long one.\n2. Busse J\u2011W.\n"
    blocks = read(letter.encode(), name="a.md").blocks
    assert plain_text(blocks, signatories=["Society A", "Society B"]) == (
        "T\n\nWe ask you [1].\n\n1. One\n\n  - dot\n\nSociety A\nSociety B\n\nReferences\n\n"
        "1. Wang X. A very long one.\n2. Busse J-W.\n"
    )
    assert "[Insert society names]" in plain_text(blocks)
    assert plain_text(blocks[:2], signatories=["Society A"]).endswith("\n\nSociety A\n")


NAMES = ["multisociety-letter-v1", "multisociety-letter-v2", "multisociety-letter-v3", "presidents-statement"]


@pytest.mark.parametrize("name", [*NAMES, "summary-rapid-response"])
def test_real_letters_come_back_from_markdown_block_by_block(inputs, name):
    blocks = read((inputs / f"{name}.docx").read_bytes(), name=name).blocks
    assert again(blocks) == blocks


@pytest.mark.parametrize("name", [*NAMES, "summary-rapid-response"])
def test_plain_text_of_real_letters_has_the_words_of_the_letter(inputs, name):
    blocks = read((inputs / f"{name}.docx").read_bytes(), name=name).blocks
    simple = canonical_text(blocks).replace("\u00a0", " ").replace("\u2011", "-").replace("• ", "- ")
    assert plain_text(blocks).split() == simple.split()
