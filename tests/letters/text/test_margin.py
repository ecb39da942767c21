"""What is put beside blocks adds nothing to the words and lands in its block."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from letters.text.blocks import new_ids
from letters.text.margin import with_margin
from letters.text.markup import letter_html
from letters.text.reading import read
from tests import factories

TABLE = "\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> Quoted words.\n\n- one\n  - inside one\n- two\n"
BLOCKS = new_ids(read((factories.TEXT + TABLE).encode(), name="x.md").blocks)
LETTER = letter_html(BLOCKS)
IDS = [block.id for block in BLOCKS if block.kind not in ("title", "signatories")]
MARK, SLOT = '<a class="m" href="/x">+</a>', '<div class="s"></div>'


def words(markup: str) -> str:
    return html.fragment_fromstring(markup, create_parent="div").text_content()


@given(st.sets(st.sampled_from(IDS)))
def test_the_words_stay_and_each_mark_is_there_once(chosen):
    made = with_margin(LETTER, dict.fromkeys(chosen, MARK), dict.fromkeys(chosen, SLOT))
    root = html.fragment_fromstring(made, create_parent="div")
    assert len(root.findall(".//a[@class='m']")) == len(root.findall(".//div[@class='s']")) == len(chosen)
    for mark in root.findall(".//a[@class='m']"):
        tail, parent = mark.tail or "", mark.getparent()
        before = mark.getprevious()
        if before is None:
            parent.text = (parent.text or "") + tail
        else:
            before.tail = (before.tail or "") + tail
        parent.remove(mark)
    assert "".join(root.text_content().split()) == "".join(words(LETTER).split())


def test_a_list_item_keeps_its_list_below_its_mark():
    outer = next(block for block in BLOCKS if block.text == "one")
    root = html.fragment_fromstring(with_margin(LETTER, {outer.id: MARK}, {outer.id: SLOT}), create_parent="div")
    item = root.find(f".//li[@id='b-{outer.id}']")
    assert [child.tag for child in item] == ["a", "div", "ul"]


def test_a_table_has_its_mark_below_and_not_inside():
    table = next(block for block in BLOCKS if block.kind == "table")
    root = html.fragment_fromstring(with_margin(LETTER, {table.id: MARK}, {}), create_parent="div")
    after = root.find(f".//table[@id='b-{table.id}']").getnext()
    assert (after.tag, after[0].get("class")) == ("p", "m")


def test_nothing_to_add_changes_no_words():
    assert words(with_margin(LETTER, {}, {})) == words(LETTER)
