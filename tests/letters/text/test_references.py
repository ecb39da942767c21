"""Tests of the reference list, citations and the links between them."""

import pytest

from letters.text.addresses import found_links
from letters.text.check import import_check
from letters.text.reading import read
from letters.text.references import References, cited, references
from tests.letters.text.files import HEADINGS, docx, p, r


def letter(*lines: str):
    return read("\n\n".join(lines).encode(), name="a.md")


LIST = ("## References", "1. Wang X.\n2. Busse JW.\n3. Cohen SP.")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("a [1-3] b", [1, 2, 3]),
        ("a [1–3] b", [1, 2, 3]),
        ("a [1,3] b", [1, 3]),
        ("a [1, 2; 3] b", [1, 2, 3]),
        ("a [1][3]", [1, 3]),
        ("a [1,5-7]", [1, 5, 6, 7]),
        ("95% CI [2, 3]", []),
        ("(Wang 2025) [see there] [a1] [2025]", []),
    ],
)
def test_citations_in_brackets(text, numbers):
    assert cited(letter(text).blocks) == numbers


def test_citations_are_compared_with_the_list():
    found = references(letter("Shown [1,3-4].", *LIST).blocks)
    assert found == References(count=3, cited=[1, 3], missing=[4], uncited=[2])
    assert import_check(letter("Shown [1,3-4].", *LIST)).lines()[3:5] == [
        ("warn", "3 references; cited but not listed: [4]."),
        ("warn", "3 references; listed but not cited: [2]."),
    ]
    assert ("ok", "3 references, all cited, none missing.") in import_check(letter("[1-3]", *LIST)).lines()


def test_citations_without_a_list_are_named():
    lines = import_check(letter("Shown [2].")).lines()
    assert ("warn", "The text cites [2] but no reference list was found.") in lines


def sup(text: str) -> str:
    return r(text, '<w:vertAlign w:val="superscript"/>')


def raised(inner: str) -> list[int]:
    body = p("", inner=inner) + p("References", style="Heading1") + p("1. Wang X.") + p("2. Busse JW.")
    return cited(read(docx(body, styles=HEADINGS), name="a.docx").blocks)


def test_citations_in_superscript_unless_powers_or_units():
    assert raised(r("Shown") + sup("1,2")) == [1, 2]
    assert raised(r("Shown.") + sup("1–2")) == [1, 2]
    assert raised(r("10") + sup("2") + r(" of 5 m") + sup("2") + r(" with R") + sup("2")) == []
    assert raised(r("Shown [1], 3") + sup("2")) == [1]


def test_citations_link_to_their_reference():
    blocks = letter("Shown [1-3, 9].", *LIST).blocks
    assert blocks[0].html == 'Shown [<a href="#ref-1">1</a>-<a href="#ref-3">3</a>, 9].'
    assert blocks[0].text == "Shown [1-3, 9]."
    body = p("", inner=r("Shown") + sup("1")) + p("References", style="Heading1") + p("1. Wang X.")
    block = read(docx(body, styles=HEADINGS), name="a.docx").blocks[0]
    assert (block.html, block.text) == ('Shown<sup><a href="#ref-1">1</a></sup>', "Shown¹")


def test_references_typed_by_hand_are_recognised():
    blocks = letter("Shown [1,2].", "References:", "[1] Wang X.", "[2] *Busse* JW.").blocks
    assert [(b.kind, b.label, b.html) for b in blocks[1:]] == [
        ("heading", "", "References:"),
        ("reference", "1.", "Wang X."),
        ("reference", "2.", "<em>Busse</em> JW."),
    ]


def test_references_whose_numbers_were_lost_are_counted_anew():
    reading = letter("Shown [1-3].", "# References", "Wang X.", "Busse JW.", "Cohen SP.")
    assert [block.label for block in reading.blocks if block.kind == "reference"] == ["1.", "2.", "3."]
    assert (
        "warn",
        "The numbers of the reference list were lost and counted anew: compare them.",
    ) in import_check(reading).lines()
    assert [b.kind for b in letter("No numbers.", "# References", "Wang X.").blocks][-1] == "paragraph"


def test_references_end_where_the_next_section_begins():
    blocks = letter("[1]", "## Bibliography", "1. Wang X.", "## Appendix", "1. Not one.").blocks
    assert [block.kind for block in blocks] == ["paragraph", "heading", "reference", "heading", "item"]


def test_a_section_called_literature_without_entries_is_no_list():
    assert [b.kind for b in letter("Text", "## Literature", "There is little of it.").blocks][-1] == "paragraph"


@pytest.mark.parametrize(
    ("text", "shown", "href"),
    [
        ("doi: 10.1093/pm/pnw131. Epub", "10.1093/pm/pnw131", "https://doi.org/10.1093/pm/pnw131"),
        ("https://doi.org/10.1016/j.x.2022.1.", "https://doi.org/10.1016/j.x.2022.1", "https://doi.org/10.1016/j.x.2022.1"),
        ("http://dx.doi.org/10.1111/pme.1 658", "http://dx.doi.org/10.1111/pme.1", "https://doi.org/10.1111/pme.1"),
        ("(doi:10.1002/(SICI)1:1)", "10.1002/(SICI)1:1", "https://doi.org/10.1002/(SICI)1:1"),
        ("PMID: 32245841; PMCID", "32245841", "https://pubmed.ncbi.nlm.nih.gov/32245841/"),
        ("at (https://a.org/b?c=d).", "https://a.org/b?c=d", "https://a.org/b?c=d"),
    ],
)  # fmt: skip
def test_addresses_are_found_without_the_stop_after_them(text, shown, href):
    ((start, end, found),) = found_links(text)
    assert (text[start:end], found) == (shown, href)


def test_addresses_in_references_are_links_and_text_stays():
    block = letter("[1]", "# References", "1. Wang X. doi:10.1136/bmj.r179").blocks[-1]
    assert block.html == 'Wang X. doi:<a href="https://doi.org/10.1136/bmj.r179">10.1136/bmj.r179</a>'
    assert block.text == "Wang X. doi:10.1136/bmj.r179"
