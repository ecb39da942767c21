"""A letter with many signatories: its annex is whole, tagged, numbered, the same twice, and resumed."""

import io

import pikepdf
import pypdfium2
import pytest

from letters.proof.pages import missing, text_layer
from letters.render.annexrow import BESIDE, MM, SOCIETY
from letters.render.conformance import problems
from letters.render.order import Limits
from letters.render.parts import Shelf
from letters.render.pdf import LONG, Unprintable, paper
from tests.letters.render.sheets import BODY, NAMES, sheet, signatory

pytestmark = pytest.mark.slow

FILES = {"letter.txt": b"text", "roster.json": b"[]"}
LEFT, RIGHT = 31 * MM, (210 - 31) * MM


def crowd(number=1_200):
    """Societies of all scripts, each with a number of its own; every fiftieth has three officers, one of them far."""
    people = []
    for at in range(number):
        name = f"{NAMES[at % len(NAMES)]} {at}"
        people.append(
            signatory(name, country=("US", "GB")[at % 2], printed_name=f"Rút Łukasz {at}", office="Präsident")
        )
        if at % 50 == 0:
            people.append(signatory(name, country="US", printed_name=f"محمد العلي {at}", office="رئيس"))
            people.append(signatory(name, country="US", printed_name=f"山田太郎 {at}", office=""))
    return tuple(people)


@pytest.fixture(scope="module")
def people():
    return crowd()


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    return Shelf(tmp_path_factory.mktemp("parts"))


@pytest.fixture(scope="module")
def annexed(people, shelf):
    return paper(sheet(signatories=people), FILES, shelf=shelf)


@pytest.fixture(scope="module")
def pages(annexed):
    document = pypdfium2.PdfDocument(annexed)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def test_annexed_paper_is_built_to_both_standards(annexed):
    assert problems(annexed) == []


def test_annexed_paper_opens_without_repair(annexed):
    with pikepdf.open(io.BytesIO(annexed), attempt_recovery=False) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert len(pdf.pages) > 40
        assert {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()} == FILES


def test_annexed_text_is_the_roster_in_its_order(annexed, people):
    layer = text_layer(annexed)
    printed = [part for one in people for part in (one.printed_name, one.office) if part]
    societies = list(dict.fromkeys(one.society for one in people))
    assert missing(societies, layer) == []
    assert missing(printed, layer) == []
    assert missing(societies[::-1], layer) != []


def test_annexed_pages_are_numbered_to_the_last(pages):
    ends = [f"{number} of {len(pages)}" for number in range(1, len(pages) + 1)]
    assert [end for end, text in zip(ends, pages, strict=True) if f"Version 2 · Edition 1 · {end}" not in text] == []


def test_annexed_body_says_where_the_names_stand(pages):
    assert "Version 2 · Edition 1 · 1,200 societies" in pages[0]
    assert "Signed by 1,200 societies Their names stand in the annex at the end of this letter." in pages[0]
    assert pages[1].startswith("Annex: signed by 1,200 societies Society Officer and office Country ")


def test_annexed_bookmarks_lead_to_the_society_a_page_begins_with(annexed, pages):
    with pikepdf.open(io.BytesIO(annexed)) as pdf, pdf.open_outline() as outline:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        top = outline.root[0]
        assert [item.title for item in top.children[-2:]] == ["References", "Annex: signed by 1,200 societies"]
        inside = [(item.title, numbers[item.destination[0].objgen]) for item in top.children[-1].children]
        assert inside[0] == ("Society of Spine & Pain 0", 1)
        assert all(f"Country {title}" in pages[page] for title, page in inside if title.isascii() and len(title) < 30)
        assert 20 < len(inside) <= 40


def test_annexed_tables_have_heads_scopes_and_tongues(annexed):
    with pikepdf.open(io.BytesIO(annexed)) as pdf:
        section = pdf.Root.StructTreeRoot.K[0].K[-1]
        assert [str(kid.S) for kid in list(section.K)[:3]] == ["/H2", "/Table", "/Table"]
        assert len(section.K) == len(pdf.pages)  # a heading, and a table on each page but the body's
        heads = {tuple(str(cell.A.Scope) for cell in table.K[0].K) for table in list(section.K)[1:]}
        assert heads == {("/Column", "/Column", "/Column")}
        rows = [row for table in list(section.K)[1:] for row in list(table.K)[1:]]
        assert len(rows) == 1_200
        assert {(str(row.K[0].S), str(row.K[0].A.Scope), len(row.K)) for row in rows} == {("/TH", "/Row", 3)}
        assert [str(row.K[0].get("/Lang", "")) for row in rows[: len(NAMES)]] == [
            "", "", "", "el", "", "", "", "", "ko", "ja", "zh-Hans", "ar", "ar", "he", "",
        ]  # fmt: skip
        assert [str(kid.get("/Lang", "")) for kid in rows[0].K[1].K] == ["", "ar", "zh-Hans"]


def test_annexed_rows_stand_whole_on_one_page(annexed):
    with pikepdf.open(io.BytesIO(annexed)) as pdf:
        for table in list(pdf.Root.StructTreeRoot.K[0].K[-1].K)[1:]:
            marked = [
                cell for row in table.K for cell in row.K for cell in (list(cell.K) if "/Pg" not in cell else [cell])
            ]
            assert len({cell.Pg.objgen for cell in marked}) == 1


def test_annexed_tree_of_parents_leads_back_to_each_cell(annexed):
    with pikepdf.open(io.BytesIO(annexed)) as pdf:
        tree = pdf.Root.StructTreeRoot.ParentTree
        nums = [item for leaf in tree.Kids for item in leaf.Nums]
        parents = {int(key): value for key, value in zip(nums[::2], nums[1::2], strict=True)}
        for page in pdf.pages[1:]:
            elements = list(parents[int(page.obj.StructParents)])
            assert [int(element.K) for element in elements] == list(range(len(elements)))
            assert {element.Pg.objgen for element in elements} == {page.obj.objgen}


def test_annexed_fonts_are_there_once(annexed):
    with pikepdf.open(io.BytesIO(annexed)) as pdf:
        names = [str(item.BaseFont) for item in pdf.objects
                 if isinstance(item, pikepdf.Dictionary) and "/DescendantFonts" in item]  # fmt: skip
        assert len(names) == len(set(names)) < 14


def test_annexed_paper_is_the_same_twice_with_a_shelf_and_without(annexed, people):
    assert paper(sheet(signatories=people), FILES) == annexed


class Stopped(Exception):
    """Stands for the end of a worker."""


def test_annex_is_taken_up_where_it_stopped(annexed, people, tmp_path):
    shelf, heard = Shelf(tmp_path), []

    def stop(done, of):
        if done == 2:
            raise Stopped

    with pytest.raises(Stopped):
        paper(sheet(signatories=people), FILES, shelf=shelf, told=stop)
    kept = {file.name: file.stat().st_ino for file in tmp_path.iterdir()}
    assert len(kept) == 2
    assert (
        paper(sheet(signatories=people), FILES, shelf=shelf, told=lambda done, of: heard.append((done, of))) == annexed
    )
    of = heard[0][1]
    assert heard == [(done, of) for done in range(2, of + 1)]
    assert {name: (tmp_path / name).stat().st_ino for name in kept} == kept


def test_one_name_more_draws_one_part_and_the_body(people, shelf, annexed):
    heard = []
    more = (*people[:700], signatory("Newcomers", country="GB"), *people[700:])
    paper(sheet(signatories=more), FILES, shelf=shelf, told=lambda done, of: heard.append((done, of)))
    assert heard[0][1] - heard[0][0] == 2


def test_a_long_name_stays_in_its_column():
    names = ("W" * 200, "Wirbel" * 33, "国" * 200, "ש" * 200)
    people = [signatory(f"{name}{at}", printed_name=name, office=name) for at, name in enumerate(names * 80)]
    document = pypdfium2.PdfDocument(paper(sheet(signatories=tuple(people), letter_html="<p>Short.</p>"), {}))
    column = LEFT + SOCIETY
    for number in range(1, 4):
        for piece in document[number].get_objects(filter=[1]):
            left, bottom, right, _ = piece.get_bounds()
            assert bottom > 12 * MM
            assert left >= LEFT - 0.5 and right <= RIGHT + 0.5
            if left < column - BESIDE - 1 and bottom > 26 * MM:
                assert right <= column - BESIDE + 0.5


def test_officers_that_do_not_fit_on_a_page_stand_under_the_name_again():
    many = [signatory("Crowded", printed_name=f"Officer {at}") for at in range(90)]
    others = [signatory(f"Other {at}") for at in range(LONG)]
    layer = text_layer(paper(sheet(signatories=(*others, *many)), {}))
    assert missing([one.printed_name for one in many], layer) == []
    assert layer.count("CrowdedSSP") == 6


def test_each_kind_of_signatory_begins_on_a_page_with_its_own_head():
    people = [signatory(f"Society {at}") for at in range(LONG)]
    people += [signatory(f"Institute {at}", kind="organisation", interests="Sells needles.") for at in range(2)]
    people.append(signatory("Ruth Lindqvist", kind="person"))
    made = paper(sheet(signatories=tuple(people)), {})
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(made)]
    assert pages[1].startswith("Annex: signed by 300 societies, 2 organisations and 1 person Society Officer and")
    assert pages[-2].startswith("And by 2 organisations Organisation Officer and office Institute 0")
    assert pages[-1].startswith("And by 1 person Name Name and office as signed Ruth Lindqvist")
    assert "Institute 0: Sells needles." in pages[0]
    assert problems(made) == []


def test_annex_speaks_the_language_of_the_letter():
    people = tuple(signatory(f"Verein {at}") for at in range(1_100))
    made = paper(sheet(signatories=people, language="de", letter_html="<p>Kurz.</p>"), {})
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(made)]
    assert "Unterzeichnet von 1.100 Gesellschaften Die Namen stehen im Anhang am Ende dieses Briefes." in pages[0]
    assert pages[1].startswith("Anhang: unterzeichnet von 1.100 Gesellschaften Gesellschaft Person und Amt Verein 0")
    with pikepdf.open(io.BytesIO(made)) as pdf, pdf.open_outline() as outline:
        assert outline.root[0].children[-1].title == "Anhang: unterzeichnet von 1.100 Gesellschaften"
        assert str(pdf.Root.StructTreeRoot.K[0].K[-1].K[0].Lang) == "de"
    assert problems(made) == []


def test_names_are_text_and_nothing_else():
    names = ("<img src='file:///etc/passwd' alt='x'>", "</th>", "&amp; ﹪ %d %s (\\", "a\u200bb", "http://127.0.0.1/x")
    people = tuple(signatory(f"{name} {at}") for at, name in enumerate(names * 70))
    made = paper(sheet(signatories=people), {})
    assert missing([one.society for one in people], text_layer(made)) == []
    assert problems(made) == []


def test_annexed_body_reaches_for_nothing_outside_the_page(people):
    reaching = BODY.replace("<p id", '<img src="file:///etc/passwd" alt="x"><p id', 1)
    with pytest.raises(Unprintable, match="refers to file:///etc/passwd; nothing from outside"):
        paper(sheet(signatories=people, letter_html=reaching), FILES)


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (Limits(cpu=1), "took 1 seconds of computing and was not done"),
        (Limits(clock=0), "was not done in 0 seconds"),
    ],
)
def test_annex_stops_at_its_limits(limits, sentence, one_processor):
    with pytest.raises(Unprintable, match=sentence):
        paper(sheet(signatories=crowd(25_000)), FILES, limits=limits)
