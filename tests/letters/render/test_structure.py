"""The letter's HTML is mended where PDF/UA would refuse it, and only there."""

import io
import re

import pikepdf
import pytest

from letters.render import conformance
from letters.render.pdf import paper
from letters.render.structure import back_arrows, headed_tables, living_links, marked_links, mended, stepwise_headings
from letters.render.wording import wording
from tests.letters.render.sheets import BODY, sheet


def test_link_to_a_missing_reference_becomes_text():
    html = '<p id="b-1"><a href="#ref-9">9</a> <a href="#b-1">1</a> <a href="https://x.example/">x</a></p>'
    assert living_links(html) == html.replace('<a href="#ref-9">9</a>', "9")


def test_link_without_a_place_to_break_is_marked():
    html = f'<a href="x">{"y" * 61}</a> <a href="x">{"y" * 40}/{"y" * 40}</a>'
    assert marked_links(html) == html.replace("<a ", '<a class="unbroken" ', 1)


def test_table_without_a_head_gets_its_first_row():
    table = "<table><tbody><tr><td colspan=2>A</td></tr><tr><td>1</td></tr></tbody></table>"
    assert headed_tables(table) == (
        '<table><tbody><tr><th scope="col" colspan=2>A</th></tr><tr><td>1</td></tr></tbody></table>'
    )


@pytest.mark.parametrize(
    ("levels", "steps"), [("23323", "23323"), ("3343", "2232"), ("24423", "23323"), ("6", "2"), ("326", "223")]
)
def test_headings_skip_no_level(levels, steps):
    html = "".join(f'<h{level} id="b-{at}">x</h{level}>' for at, level in enumerate(levels))
    assert stepwise_headings(html) == "".join(f'<h{level} id="b-{at}">x</h{level}>' for at, level in enumerate(steps))


CITED = (
    '<p id="b-1">Seen <a href="#ref-1">1</a></p><p id="b-2">So <a href="#ref-1">1</a></p><h2 id="b-3">References</h2>'
    '<ol class="references"><li id="b-4"><span id="ref-1">One. <span class="cited" lang="en">Cited in '
    '<a href="#b-1">paragraph 1 of “A &amp; &lt;B&gt;”</a> and <a href="#b-2">paragraph 2</a></span></span></li></ol>'
)


def test_links_back_to_the_text_are_arrows_on_paper():
    assert (
        'One.&nbsp;<span class="cited"><a href="#b-1" title="Cited in paragraph 1 of “A &amp; &lt;B&gt;”">↑</a> <a'
        in back_arrows(CITED, wording("en"))
    )


@pytest.mark.slow
def test_links_to_references_and_back_are_described_in_the_pdf():
    pdf = paper(sheet(letter_html=CITED), {})
    assert conformance.problems(pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        notes = [note for page in opened.pages for note in page.get("/Annots", []) if "/Dest" in note]
    assert [(str(note.Dest), str(note.Contents)) for note in notes] == [
        ("ref-1", "Reference 1"),
        ("ref-1", "Reference 1"),
        ("b-1", "Cited in paragraph 1 of “A & <B>”"),
        ("b-2", "Cited in paragraph 2"),
    ]


def test_links_are_described_in_the_letter_s_language():
    made = mended(CITED, wording("de"))
    assert made.count('<a href="#ref-1" title="Literaturstelle 1">1</a>') == 2
    assert 'title="Zurück zur 1. Stelle im Text">↑</a> <a' in made and 'title="Zurück zur 2. Stelle im Text">' in made
    assert "Cited in" not in made


def test_sound_letter_is_left_alone():
    made = mended(BODY, wording("en")).replace('<a class="whole" ', "<a ")
    assert re.sub(r' title="Reference \d+"', "", made) == BODY


@pytest.mark.slow
def test_mended_letter_conforms():
    html = '<h4>x</h4><p><a href="#gone">1</a></p><table><tr><td>a</td></tr><tr><td>b</td></tr></table>'
    assert conformance.problems(paper(sheet(letter_html=html), {})) == []
