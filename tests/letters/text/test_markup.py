"""Tests of the letter's HTML: allowlist, nesting, and numbers that are those of the letter."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.text.blocks import Block, new_ids
from letters.text.canonical import canonical_text
from letters.text.inline import Run, block, from_html, linked, tidy, to_html, to_text
from letters.text.markup import letter_html, sanitise
from letters.text.reading import read
from tests.examples import examples
from tests.letters.text.letters import letters, runs


def item(label, level=1, text="x"):
    return Block(f"b{label}{level}", "item", level, label, text, text)


def bare(html):
    return re.sub(r' id="[^"]*"', "", html)


TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<b>",
        "<a href='javascript:x'>",
        '<a href="#ref-1">',
        "</a>",
        "<img src=x onerror=y>",
        "<script>",
        "</script>",
        "<style>",
        "&nbsp;",
        "&amp",
        "<",
        ">",
        '"',
        "<table>",
        "<td>",
        "<ins>",
        "<sup>",
        "\u0338",
        "<!--",
        "-->",
        "<svg>",
        "<li value=3>",
        '<p class="a b">',
        '<p class="x<y">',
        "<math>",
        "<noscript>",
        "\u00a0",
        "\x00",
    ]
)


@given(st.lists(st.one_of(TAGS, st.text(max_size=6)), max_size=15).map("".join))
@examples(300)
def test_sanitise_twice_is_sanitise_once(html):
    once = sanitise(html)
    assert sanitise(once) == once
    assert not re.search(r"<(script|style|img|svg|iframe)|javascript:|onerror=", " ".join(re.findall("<[^>]*>", once)))


@given(letters)
@examples(100)
def test_letter_html_is_what_the_sanitiser_writes(blocks):
    html = letter_html(blocks)
    assert sanitise(html) == html
    assert [b.id for b in blocks] == re.findall(r'id="b-(b[0-9a-f]{7})"', html)


@given(runs)
@examples(200)
def test_inline_html_says_the_words_of_the_text(made):
    neat = tidy(made)
    html = to_html(neat)
    assert sanitise(html) == html
    assert tidy(from_html(html)) == neat
    assert tidy(neat) == neat
    assert to_text(tidy(from_html(html))) == to_text(neat)


@pytest.mark.parametrize(
    ("given_html", "clean"),
    [
        ('<p style="color:red" onclick="x()">a</p>', "<p>a</p>"),
        ('<img src="https://t.org/x.gif">a', "a"),
        ("<script>alert(1)</script>a", "a"),
        ('<a href="javascript:alert(1)">a</a>', "<a>a</a>"),
        ('<a href="/logout">a</a><a href="//b.org">b</a>', "<a>a</a><a>b</a>"),
        ('<a href="#ref-1">1</a>', '<a href="#ref-1">1</a>'),
        ('<a href="mailto:a@b.org" target="_blank">a</a>', '<a href="mailto:a@b.org">a</a>'),
        ('<iframe src="x"></iframe><svg><a>b</a></svg>c', "c"),
    ],
)
def test_sanitise_keeps_only_the_allowlist(given_html, clean):
    assert sanitise(given_html) == clean


def test_lists_nest_and_go_on_counting():
    blocks = [
        item("1."),
        item("•", 2),
        item("•", 2, "y"),
        item("2."),
        Block("p", "paragraph", 0, "", "z", "z"),
        item("3."),
    ]
    assert bare(letter_html(blocks)) == (
        "<ol><li>x<ul><li>x</li><li>y</li></ul></li><li>x</li></ol>\n<p>z</p>\n" + '<ol start="3"><li>x</li></ol>'
    )


@pytest.mark.parametrize(
    ("labels", "html"),
    [
        (["a.", "b."], '<ol type="a"><li>x</li><li>x</li></ol>'),
        (["i.", "ii."], '<ol type="i"><li>x</li><li>x</li></ol>'),
        (["h.", "i."], '<ol start="8" type="a"><li>x</li><li>x</li></ol>'),
        (["IV.", "V."], '<ol start="4" type="I"><li>x</li><li>x</li></ol>'),
        (["1.", "3."], '<ol><li>x</li><li value="3">x</li></ol>'),
        (["1)"], '<ul class="own-labels"><li><span class="label">1)</span> x</li></ul>'),
        (["aa."], '<ul class="own-labels"><li><span class="label">aa.</span> x</li></ul>'),
        (["01."], '<ul class="own-labels"><li><span class="label">01.</span> x</li></ul>'),
        (["•", "1."], "<ul><li>x</li></ul><ol><li>x</li></ol>"),
        (["0.", "1."], '<ol start="0"><li>x</li><li>x</li></ol>'),
    ],
)
def test_lists_show_the_labels_of_the_letter(labels, html):
    assert bare(letter_html([item(label) for label in labels])) == html


def test_lists_that_begin_deep_or_come_back_up_stay_valid():
    blocks = [item("•", 3), item("•", 2), item("•", 1), item("•", 3), item("•", 2)]
    html = bare(letter_html(blocks))
    assert html.count("<li>") == 5
    assert html.count("<ul>") == html.count("</ul>")
    assert sanitise(html) == html


def test_letter_html_of_each_kind():
    blocks = [
        Block("t", "title", 0, "", "T", "T"),
        Block("h", "heading", 1, "", "A", "A"),
        Block("q", "quote", 0, "", "q", "q"),
        Block("s", "signatories", 0, "", "[Insert]", "[Insert]"),
        Block("r", "reference", 0, "2.", "R", "R"),
        Block("f", "footnote", 0, "*", "F", "F"),
    ]
    assert letter_html(blocks).split("\n") == [
        '<h2 id="b-h">A</h2>',
        '<blockquote id="b-q"><p>q</p></blockquote>',
        '<div id="b-s" class="signatories-place"></div>',
        '<ol class="references" start="2"><li id="b-r"><span id="ref-2">R</span></li></ol>',
        '<ul class="footnotes own-labels"><li id="b-f"><span class="label">*</span> <span id="fn-1">F</span></li></ul>',
    ]


def test_headings_stop_at_h6():
    assert letter_html([Block("h", "heading", 9, "", "A", "A")]) == '<h6 id="b-h">A</h6>'


def test_linked_cuts_runs_where_links_begin_and_end():
    made = [Run("see ["), Run("1", frozenset({"strong"})), Run("-3]")]
    assert to_html(linked(made, [(5, 6, "#ref-1"), (7, 8, "#ref-3")])) == (
        'see [<strong><a href="#ref-1">1</a></strong>-<a href="#ref-3">3</a>]'
    )


def test_blocks_hold_escaped_html_and_plain_text():
    made = new_ids([block("paragraph", [Run("a < b & c > d\u00a0e")])])[0]
    assert (made.html, made.text) == ("a &lt; b &amp; c &gt; d&nbsp;e", "a < b & c > d\u00a0e")


CITING = """# A letter of [1]

First [1,3].

## Aims

Then [1-3] and [1].

- A point [2]

## References

1. One.
2. Two.
3. Three.
4. Four.
"""


def test_references_lead_back_to_what_cites_them():
    blocks = read(CITING.encode(), name="a.md").blocks
    opening, aims, point = (f'<a href="#b-{blocks[i].id}">{{}}</a>' for i in (1, 3, 4))
    opening, aims = opening.format("paragraph 1 of the opening"), aims.format("paragraph 1 of Aims")
    html = letter_html(blocks)
    assert re.findall(r'<span class="cited" lang="en">.*?</span>', html) == [
        f'<span class="cited" lang="en">Cited in {opening} and {aims}</span>',
        f'<span class="cited" lang="en">Cited in {aims} and {point.format("bullet 1 of Aims")}</span>',
        f'<span class="cited" lang="en">Cited in {opening} and {aims}</span>',
    ]
    targets = re.findall('href="#([^"]+)"', html)
    assert set(targets) <= set(re.findall('id="([^"]+)"', html))


def test_links_back_are_not_in_the_hashed_text_nor_in_the_blocks():
    blocks = read(CITING.encode(), name="a.md").blocks
    assert "Cited in" in letter_html(blocks)
    assert "Cited in" not in canonical_text(blocks) + "".join(block.html for block in blocks)


def test_links_back_are_few_however_often_a_reference_is_cited():
    text = "First [1].\n\n" * 30 + "## References\n\n1. One.\n"
    html = letter_html(read(text.encode(), name="a.md").blocks)
    assert html.count('<a href="#b-') == 20
    assert "paragraph 20 of the opening</a> and 10 more places</span>" in html


def test_only_english_may_be_named_as_a_language():
    assert sanitise('<span lang="en">a</span><span lang="x">b</span><p lang="en">c</p>') == (
        '<span lang="en">a</span><span>b</span><p>c</p>'
    )
