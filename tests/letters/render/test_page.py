"""The HTML page: where the signatories stand, how they are grouped, what it says of itself."""

import re

import pytest

from letters.render.page import page_html, placed, rows_of, shortened, spelled
from tests.letters.render.sheets import BODY, sheet, signatory


def test_signatories_stand_at_the_place_of_the_letter():
    before, after = placed('<p>a</p><div class="signatories-place" id="b-2"></div><p>b</p>')
    assert (before, after) == ("<p>a</p>", "<p>b</p>")


def test_signatories_stand_before_the_heading_of_the_references():
    html = '<p>a</p><h2 id="b-2">Notes</h2>\n<ol id="x" class="references"><li>r</li></ol>'
    assert placed(html) == ("<p>a</p>", html[8:])


def test_signatories_stand_at_the_end_without_references():
    assert placed("<p>a</p>") == ("<p>a</p>", "")


def test_second_place_for_signatories_is_left_empty():
    place = '<div id="x" class="signatories-place"></div>'
    assert placed(f"a{place}b{place}c") == ("a", "bc")


def test_officers_of_one_society_share_a_row():
    people = (signatory("A", printed_name="First"), signatory("A", printed_name="Second"), signatory("B"))
    rows = rows_of(sheet(signatories=people))
    assert [(row.society, [one.printed_name for one, _ in row.officers]) for row in rows] == [
        ("A", ["First", "Second"]),
        ("B", ["Ruth Lindqvist, MD"]),
    ]


def test_short_name_is_not_repeated_when_the_name_holds_it():
    rows = rows_of(sheet(signatories=(signatory('Fellows ("FOS")', short_name="FOS"), signatory("Other"))))
    assert [row.short_name for row in rows] == ["", "SSP"]


@pytest.mark.parametrize(
    ("language", "date"),
    [
        ("en", "18 March 2025"),
        ("en-US", "18 March 2025"),
        ("de", "18. März 2025"),
        ("fr", "18 mars 2025"),
        ("es", "18 de marzo de 2025"),
        ("tlh", "18 March 2025"),
    ],
)
def test_date_is_spelled_in_the_language_of_the_letter(language, date):
    assert spelled(sheet().day, language) == date


def test_long_title_is_cut_at_a_word_for_the_foot():
    title = "Response to publications on interventional spine procedures for chronic back and neck pain"
    assert shortened(title) == "Response to publications on interventional spine procedures for…"
    assert shortened("Short") == "Short"


def test_page_escapes_what_people_wrote():
    page = page_html(sheet(title="<script>", convener='"><b>', signatories=(signatory("<i>A</i> & B"),)))
    assert "<script>" not in page
    assert "<i>A</i>" not in page
    assert "&lt;i&gt;A&lt;/i&gt; &amp; B" in page
    assert 'content="&quot;&gt;&lt;b&gt;"' in page


def test_page_hides_officers_and_a_single_country():
    page = page_html(sheet(show_officers=False, signatories=(signatory("A"), signatory("B"))))
    assert re.findall(r'<th scope="col"[^>]*>(.*?)</th>', page) == ["Society"]
    page = page_html(sheet())
    assert re.findall(r'<th scope="col"[^>]*>(.*?)</th>', page) == [
        "Society",
        "Officer and office",
        "Country",
    ]


def test_each_kind_stands_under_a_heading_of_its_own():
    people = (signatory("A"), signatory("F", kind="organisation"), signatory("Ruth", kind="person"))
    page = page_html(sheet(signatories=people))
    assert re.findall(r"<h2[^>]*>((?:Signed|And) by [^<]*)", page) == [
        "Signed by 1 society", "And by 1 organisation", "And by 1 person",
    ]  # fmt: skip
    assert "Version 2 · Edition 1 · 1 society, 1 organisation and 1 person" in page


def test_declared_interests_are_printed_once_and_who_declared_none_is_counted():
    people = (
        signatory("A", interests="A grant.\nA patent."), signatory("A", interests="A grant.\nA patent."), signatory("B")
    )  # fmt: skip
    page = page_html(sheet(signatories=people))
    assert page.count("A grant.<br>A patent.") == 1
    assert "The other 1 society declared none." in page
    assert "<p>None were declared.</p>" in page_html(sheet())


def test_page_refers_to_nothing_outside_itself():
    page = page_html(sheet(letter_html=BODY))
    assert re.findall(r'(?:src|srcset|data)="(?!data:)', page) == []
    assert re.findall(r"url\(|@import|<link", page) == []
