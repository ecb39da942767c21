"""Tests of reading printed references into CSL-JSON, and of not reading what is not understood."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.text.pack.authors import read_names
from letters.text.pack.citation import full_pages, read_reference

PRINTED = (Path(__file__).resolve().parents[3] / "fixtures" / "references" / "printed.txt").read_text().splitlines()


def read(n: int):
    return read_reference(PRINTED[n - 1], n)


def test_all_references_of_the_founding_letter_are_understood():
    found = [read(n) for n in range(1, 24)]
    assert [one.why for one in found] == [""] * 23
    assert [one.number for one in found if one.broken_off] == [1, 2, 4, 5, 8, 11, 15, 16, 23]
    assert {one.number: one.csl["type"] for one in found if one.csl["type"] != "article-journal"} == {
        6: "chapter", 19: "book", 20: "book",
    }  # fmt: skip


def test_an_article_with_pages_dates_and_numbers():
    assert read(12).csl == {
        "type": "article-journal",
        "author": [
            {"family": "Smith", "given": "C. C."}, {"family": "McCormick", "given": "Z. L."},
            {"family": "Mattie", "given": "R."}, {"family": "MacVicar", "given": "J."},
            {"family": "Duszynski", "given": "B."}, {"family": "Stojanovic", "given": "M. P."},
        ],
        "title": "The effectiveness of lumbar transforaminal injection of steroid for the treatment of radicular pain: "
        "a comprehensive review of the published data",
        "container-title": "Pain Med", "issued": {"date-parts": [[2020, 3, 1]]}, "volume": "21", "issue": "3",
        "page": "472-487", "DOI": "10.1093/pm/pnz160", "PMID": "31343693",
    }  # fmt: skip


def test_a_group_among_the_authors_is_a_group():
    group = {"literal": "Standards Division of the International Spine Intervention Society"}
    assert read(7).csl["author"][3] == group


def test_a_chapter_and_an_edited_book():
    chapter, book = read(6).csl, read(19).csl
    assert chapter["editor"][:2] == [{"family": "Higgins", "given": "J. P. T."}, {"family": "Thomas", "given": "J."}]
    assert chapter["title"] == "Chapter 11: Undertaking network meta-analyses [last updated October 2019]"
    wanted = ("Cochrane Handbook for Systematic Reviews of Interventions version 6.5", "Cochrane")
    assert (chapter["container-title"], chapter["publisher"]) == wanted
    assert chapter["URL"] == "http://www.training.cochrane.org/handbook"
    assert book == {
        "type": "book", "title": "Practice Guidelines for Spinal Diagnostic and Treatment Procedures",
        "editor": [{"family": "Bogduk", "given": "N."}], "edition": "2", "publisher-place": "San Francisco",
        "publisher": "International Spine Intervention Society", "issued": {"date-parts": [[2013]]},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "doi"),
    [
        ("BMJ 2025;388:r179 doi:10.1136/bmj.r179", "10.1136/bmj.r179"),
        ("doi: http://dx.doi.org/10.1111/pme.12928 658-669 First published online: 2 May 2016.", "10.1111/pme.12928"),
        ("https://doi.org/10.1016/j.inpm.2022.100149.", "10.1016/j.inpm.2022.100149"),
        ("doi:10.1056/NEJM199612053352302", "10.1056/NEJM199612053352302"),
        ("no DOI at all", ""),
    ],
)  # fmt: skip
def test_a_doi_is_found_in_any_form_and_in_any_entry(printed, doi):
    assert read_reference(printed).doi == doi


@pytest.mark.parametrize(
    ("printed", "why"),
    [
        ("Data on file.", "it is no article, book or chapter in the usual order"),
        ("Wang X. Pain vs. care. A trial. BMJ 2025;388:1-2.", "authors, title and journal could not be told apart"),
        ("Smith J. B., Doe. A title. BMJ 2025;388:1-2.", "authors, title and journal could not be told apart"),
        ("Wang X. A title. BMJ 2025;388:1-2. PMID: 1. Retracted in 2026", "“Retracted in 2026” was not understood"),
        ("Wang X. " + "A " * 1_000 + "title. BMJ 2025;388:1-2.", "it is too long to be one reference"),
        ("Title, 2nd edition. Bogduk N, ed.San Francisco: ISIS; 2013.",
         "it is no article, book or chapter in the usual order"),
        ("Everybody we know. A title. In: nobody much (eds). A book. Oxford: OUP; 2013.",
         "its authors or editors could not be read"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_kept_and_says_why(printed, why):
    found = read_reference(f"  {printed} ")
    assert (found.printed, found.csl) == (printed, {})
    assert found.why == why


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Busse J W, et al.", [{"family": "Busse", "given": "J. W."}]),
        ("Gonzalez Cota A, Li N.", [{"family": "Gonzalez Cota", "given": "A."}, {"family": "Li", "given": "N."}]),
        ("van der Berg JP, O'Neil K Jr", [
            {"family": "van der Berg", "given": "J. P."}, {"family": "O'Neil", "given": "K.", "suffix": "Jr"}]),
        ("Sartre J-P", [{"family": "Sartre", "given": "J.-P."}]),
        ("A very long name that is none X", None),
        ("John Smith", None),
        ("Wang X, something", None),
    ],
)  # fmt: skip
def test_names_are_read_or_not_at_all(text, names):
    found = read_names(text)
    assert (list(found.names) if found else None) == names


def test_pages_are_written_in_full():
    assert [full_pages(page) for page in ("1149-68", "10-5", "424-467", "e079971", "r1-2")] == [
        "1149-1168", "10-15", "424-467", "e079971", "r1-2",
    ]  # fmt: skip


@given(st.text(max_size=120), st.sampled_from(PRINTED))
@settings(deadline=None)
def test_no_words_are_ever_lost(noise, printed):
    at = len(noise) % len(printed)
    found = read_reference(printed[:at] + noise + printed[at:])
    assert found.printed == " ".join((printed[:at] + noise + printed[at:]).split())
    assert bool(found.csl) != bool(found.why)
