"""The fixed words of a paper in the four languages a letter may have, and what else page 1 may carry."""

import dataclasses
import io

import pikepdf
import pytest

from letters.draft.forms import LANGUAGES
from letters.render.page import page_html
from letters.render.pdf import Unprintable, paper
from letters.render.sheet import Sheet
from letters.render.structure import marked_links
from letters.render.wording import wording
from tests.letters.render.sheets import sheet, signatory

TARGETS = (("Doe J. A guideline & a review. J Pain 2025.", "10.1000/182"), ("", "10.1000/183"))


@pytest.mark.parametrize("language", [tag for tag, _ in LANGUAGES])
def test_each_language_of_a_letter_has_all_words_of_its_own(language):
    found, english = wording(language), wording("en")
    assert found.language == language
    for field in dataclasses.fields(found):
        told = getattr(found, field.name)
        if isinstance(told, str):
            assert told and told.count("{") == getattr(english, field.name).count("{"), field.name
        else:
            assert told.keys() == getattr(english, field.name).keys() and all(told.values()), field.name


def test_language_without_words_of_its_own_gets_the_english_ones():
    assert wording("nl") == wording("en") and wording("de-AT").language == "de"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Version 2 · Edition 1", "2 societies", "Signed by 2 societies", "Society", 'data-of=" of "']),
        ("fr", ["Version 2 · Édition 1", "2 sociétés", "Signé par 2 sociétés", "Société", 'data-of=" sur "']),
        ("de", ["Fassung 2 · Ausgabe 1", "Unterzeichnet von 2 Gesellschaften", "Gesellschaft", 'data-of=" von "']),
        ("es", ["Versión 2 · Edición 1", "Firmado por 2 sociedades", "Sociedad", 'data-of=" de "']),
    ],
)
def test_page_speaks_the_language_of_the_letter(language, said):
    page = page_html(sheet(language=language))
    assert [words for words in said if words not in page] == []
    assert f'<h2 id="signatories" lang="{language}">' in page


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Signed by 1,200 societies", "Their names stand in the annex at the end of this letter."]),
        ("fr", ["Signé par 1\N{NO-BREAK SPACE}200 sociétés", "Leurs noms figurent dans l’annexe,"]),
        ("de", ["Unterzeichnet von 1.200 Gesellschaften", "Die Namen stehen im Anhang am Ende dieses Briefes."]),
        ("es", ["Firmado por 1\N{NO-BREAK SPACE}200 sociedades", "Sus nombres figuran en el anexo,"]),
    ],
)
def test_a_letter_with_an_annex_says_so_in_its_language(language, said):
    people = tuple(signatory(f"Society {number}") for number in range(1_200))
    page = page_html(sheet(language=language, signatories=people), annexed=True)
    assert [words for words in said if words not in page] == []
    assert 'lang="en">Their' not in page or language == "en"


def test_officers_of_one_society_are_counted_as_such():
    one = (signatory("A"), signatory("A", printed_name="Second"))
    assert "Signé par 2 responsables d’une même société" in page_html(sheet(signatories=one, language="fr"))
    assert "Signed by 2 officers of one society" in page_html(sheet(signatories=one))


def test_kinds_of_signers_are_counted_and_headed_in_the_language_of_the_letter():
    signers = (signatory("A"), signatory("B", kind="organisation"), signatory("C", kind="person", interests="Shares"))
    page = page_html(sheet(signatories=signers, language="de"))
    said = ["1 Gesellschaft, 1 Organisation und 1 Person", "Unterzeichnet von 1 Gesellschaft", "Und von 1 Organisation"]
    said += ["Name und Amt wie unterzeichnet", "Keine Interessen erklärten: 1 Gesellschaft und 1 Organisation."]
    assert [words for words in said if words not in page] == []


@pytest.mark.slow
def test_page_names_the_papers_it_answers_and_the_file_says_it_to_libraries():
    made = sheet(targets=TARGETS, letterhead="1 Main Street\nTown", paper="letter")
    page = page_html(made)
    assert page.count('class="subject"') == 2 and page.count("Concerning") == 1
    assert "A guideline &amp; a review." in page and "1 Main Street<br>Town" in page
    with pikepdf.open(io.BytesIO(paper(made, {}))) as pdf:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            assert xmp["dc:relation"] == {"https://doi.org/10.1000/182", "https://doi.org/10.1000/183"}
        assert [round(float(side)) for side in pdf.pages[0].MediaBox] == [0, 0, 612, 792]


def test_page_without_targets_or_address_shows_nothing_of_them():
    page = page_html(sheet())
    assert 'class="subject"' not in page and 'class="letterhead-address"' not in page


def test_citation_that_cannot_be_printed_is_named():
    with pytest.raises(Unprintable, match=r"The citation of 10\.1/x has what cannot be printed"):
        paper(sheet(targets=(("\U0001f600", "10.1/x"),)), {})


def test_sheet_with_targets_survives_its_json():
    made = sheet(targets=TARGETS, paper="letter", letterhead="a")
    assert Sheet.from_json(made.to_json()) == made


def test_short_address_stays_in_one_piece_and_a_long_one_may_break():
    short, long = '<a href="x">10.1136/bmj-2024-079970</a>', f'<a href="x">https://a.example/{"b/" * 40}</a>'
    assert marked_links(short) == '<a class="whole" href="x">10.1136/bmj-2024-079970</a>'
    assert marked_links(long) == long
