"""Tests of the redline: both texts can be read out of it exactly, and it marks what changed and no more."""

import random
import re
from dataclasses import replace

import pytest
from hypothesis import given
from lxml import html as lxml_html

from letters.text.blocks import Block, carry_ids, new_ids
from letters.text.diff import ChangedBlock, redline
from letters.text.inline import Run, block, from_html, tidy, to_text
from letters.text.markup import sanitise
from letters.text.tables import Cell, Row, rows_of, table_block, table_text
from tests.examples import examples
from tests.letters.text.letters import pairs

BLOCKS = "//*[self::p or self::li or self::h2 or self::h3 or self::h4 or self::h5 or self::h6 or self::table]"


def side(html: str, gone: str) -> list[str]:
    """The texts of the blocks that are left when the other version's words are taken out, in order."""
    tree = lxml_html.fragment_fromstring(html, create_parent="main")
    for label in tree.xpath('//span[@class="visually-hidden" or @class="label"]'):
        label.drop_tree()
    for element in tree.xpath(f"//{gone}"):
        element.drop_tree()
    for kept in tree.xpath("//ins | //del"):
        kept.drop_tag()
    return [text for element in tree.xpath(BLOCKS) if (text := words(element))]


def words(element) -> str:
    for child in element.xpath("./ol | ./ul"):
        element.remove(child)
    inner = lxml_html.tostring(element, encoding="unicode", with_tail=False)
    if element.tag == "table":
        return table_text(rows_of(inner))
    return to_text(tidy(from_html(re.sub(r"^<[^>]+>|</\w+>$", "", inner.strip()))))


def looks(blocks: list[Block]) -> list[Block]:
    return [replace(block, id="") for block in blocks]


def texts(blocks: list[Block]) -> list[str]:
    return [block.text for block in blocks]


@given(pairs())
@examples(120)
def test_redline_holds_both_texts_exactly(both):
    old, new = both[0], carry_ids(*both)
    made = redline(old, new)
    assert side(made.html, "ins") == texts(old)
    assert side(made.html, "del") == texts(new)
    assert sanitise(made.html) == made.html
    assert (made.summary == "Nothing changed.") == (looks(old) == looks(new))


def letter(*lines: str, kind: str = "paragraph") -> list[Block]:
    return new_ids([block(kind, [Run(line)]) for line in lines])


def test_redline_marks_single_words():
    old = letter("However, we must disagree that the field does not consider it.")
    new = carry_ids(old, letter("We disagree that the field does consider it, too."))
    made = redline(old, new)
    assert made.html == (
        f'<p id="b-{new[0].id}" class="changed">'
        '<del><span class="visually-hidden">deleted </span>However, we must</del>'
        '<ins><span class="visually-hidden">inserted </span>We</ins> disagree that the field does'
        '<del><span class="visually-hidden">deleted </span> not</del> consider it'
        '<ins><span class="visually-hidden">inserted </span>, too</ins>.</p>'
    )
    assert made.marked_words == 6
    assert made.changed == [ChangedBlock(new[0].id, "paragraph 1", "changed")]
    assert made.summary == "1 sentence changed; nothing else."


def test_redline_of_the_same_text_marks_nothing():
    blocks = letter("One.", "Two.")
    made = redline(blocks, blocks)
    assert not re.search("<(ins|del)>", made.html)
    assert (made.summary, made.changed, made.marked_words) == ("Nothing changed.", [], 0)


def test_redline_shows_moved_added_and_removed_blocks():
    old = letter("Alpha alpha one.", "Beta beta two.", "Gamma gamma three.", "Delta delta four.")
    new = carry_ids(old, letter("Delta delta four.", "Alpha alpha one.", "Gamma gamma three.", "Quite new words."))
    made = redline(old, new)
    found = re.findall(r'<p(?: id="b-(\w+)")?(?: class="(\w+)")?>', made.html)
    assert found == [
        (new[0].id, "moved"),
        (old[0].id, ""),
        ("", "removed"),
        (old[2].id, ""),
        ("", "moved"),
        (new[3].id, "added"),
    ]
    assert [(c.place, c.kind) for c in made.changed] == [
        ("paragraph 1", "moved"),
        ("paragraph 2", "removed"),
        ("paragraph 4", "added"),
    ]
    assert made.summary == "1 paragraph moved; 1 paragraph removed; 1 paragraph added; nothing else."
    assert made.marked_words == 6


def test_redline_keeps_emphasis_and_links_of_words_that_stay():
    old = new_ids([block("item", [Run("Lead:", frozenset({"strong"})), Run(" one thing.")], level=1, label="1.")])
    new = [
        replace(
            block("item", [Run("Lead:", frozenset({"strong"})), Run(" two thing.")], level=1, label="1."),
            id=old[0].id,
        )
    ]
    assert "<strong>Lead:</strong> <del>" in redline(old, new).html


def test_redline_says_when_only_emphasis_or_numbers_differ():
    old = new_ids([block("item", [Run("One")], level=1, label="1."), block("paragraph", [Run("Two")])])
    new = [replace(old[0], label="2."), replace(old[1], html="<em>Two</em>")]
    made = redline(old, new)
    assert made.summary == "1 list item number changed; emphasis or links changed; nothing else."
    assert (made.changed, made.marked_words) == ([], 0)


def test_redline_pairs_blocks_without_common_ids_by_likeness():
    made = redline(letter("We ask the journal to retract."), letter("We urge the journal to retract."))
    assert made.marked_words == 2


def table(*rows: str) -> Block:
    return new_ids([table_block([Row([Cell([Run(text)]) for text in row.split("|")]) for row in rows])])[0]


@pytest.mark.parametrize("after", [("a|b c", "d|e"), ("a|b", "x y|e", "new|row"), ("a", "d")])
def test_redline_of_tables_holds_both_texts(after):
    old, new = [table("a|b", "d|e")], [replace(table(*after), id="b0")]
    old = [replace(old[0], id="b0")]
    made = redline(old, new)
    removed, added = side(made.html, "ins"), side(made.html, "del")
    assert [re.sub(r"[ |]+", " ", text.replace("\n", " ")) for text in removed] == [
        re.sub(r"[ |\n]+", " ", old[0].text)
    ]
    assert [re.sub(r"[ |]+", " ", text.replace("\n", " ")) for text in added] == [re.sub(r"[ |\n]+", " ", new[0].text)]


def test_summary_names_sections_and_kinds():
    old = new_ids(
        [
            block("heading", [Run("Aims")], level=1),
            block("paragraph", [Run("One is here. Two is here. Three is here.")]),
            block("reference", [Run("Busse J W. A guideline.")], label="1."),
            block("title", [Run("A letter to the journal")]),
        ]
    )
    new = new_ids(
        [
            block("heading", [Run("Aims")], level=1),
            block("paragraph", [Run("One is there. Two is here. Three is here. Four came.")]),
            block("reference", [Run("Busse JW. A guideline.")], label="1."),
            block("title", [Run("The letter to the journal")]),
        ]
    )
    assert redline(old, carry_ids(old, new)).summary == (
        "1 sentence changed in Aims; 1 sentence added in Aims; 1 reference corrected; the title changed; nothing else."
    )


def long_letter(words_in_all: int, seed: int) -> list[Block]:
    source = random.Random(seed)
    vocabulary = ["".join(source.choices("abcdefghijklmnopqrstuvwxyz", k=source.randint(2, 9))) for _ in range(3000)]
    vocabulary += ["the", "of", "and", "to", "in"] * 400
    return new_ids(
        [block("paragraph", [Run(" ".join(source.choices(vocabulary, k=40)) + ".")]) for _ in range(words_in_all // 40)]
    )


def test_redline_marks_within_a_tenth_of_what_changed():
    old = long_letter(2200, 1)
    source, new, edits = random.Random(2), [], 0
    for b in old:
        words = b.text.split()
        for at in source.sample(range(len(words) - 1), 3):
            words[at] = f"edited{edits}"
            edits += 1
        new.append(block("paragraph", [Run(" ".join(words))]))
    made = redline(old, carry_ids(old, new_ids(new)))
    assert abs(made.marked_words - 2 * edits) <= 0.1 * 2 * edits


@pytest.mark.slow
@pytest.mark.parametrize("same", [0.0, 0.5, 0.9])
def test_redline_of_one_endless_paragraph_reads_both_ways(same):
    source = random.Random(5)
    words = [f"w{source.randint(0, 500)}" for _ in range(20_000)]
    other = [word if source.random() < same else f"w{source.randint(0, 500)}" for word in words]
    old, new = letter(" ".join(words)), letter(" ".join(other))
    made = redline(old, carry_ids(old, new))
    assert side(made.html, "ins") == texts(old)
    assert side(made.html, "del") == texts(new)
