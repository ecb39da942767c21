"""The text layer: names of every script are found as printed, and a missing or misplaced one is noticed."""

import csv
import html

import pytest
from weasyprint import HTML

from letters.proof import pages
from letters.proof.pieces import OnDisk

HARD = [
    "Society of Spine & Pain",
    "Ελληνική Εταιρεία Πόνου",
    "Українська асоціація терапії болю",
    "Image-Guided Interventional-Neuro-Modulation Society",
    "العربية الجمعية الخليجية للعمود الفقري والألم",
    "האגודה הישראלית (ISSI) להתערבות 2020",
    "Hội Đau Việt Nam ở Huế",
    "האגודה 𝔘𝔙𝔚 (𝔘) לכאב",
]


def table(names, width="60mm") -> bytes:
    rows = "".join(f"<tr><th>{html.escape(name)}</th><td>Some Officer</td><td>President</td></tr>" for name in names)
    style = (
        f"table{{table-layout:fixed;width:100%}} tr{{break-inside:avoid}}th{{width:{width};font-family:'DejaVu Sans'}}"
    )
    page = f"<html lang=en><title>t</title><style>{style}</style><table>{rows}</table>"
    return HTML(string=page).write_pdf()


@pytest.mark.parametrize("width", ["35mm", "60mm", "120mm"])
def test_missing_finds_names_of_all_scripts_in_wide_and_narrow_cells(width):
    assert pages.missing(HARD, pages.text_layer(table(HARD, width))) == []


@pytest.mark.parametrize("width", ["30mm", "60mm", "120mm"])
def test_missing_finds_the_names_of_the_real_list(inputs, width):
    with (inputs / "societies-34.csv").open(encoding="utf-8", newline="") as lines:
        names = list(dict.fromkeys(row["society"] for row in csv.DictReader(lines)))
    assert len(names) == 34
    assert pages.missing(names, pages.text_layer(table(names, width))) == []


@pytest.mark.parametrize("gone", range(len(HARD)))
def test_missing_names_the_one_that_is_not_printed(gone):
    printed = [name for place, name in enumerate(HARD) if place != gone]
    assert pages.missing(HARD, pages.text_layer(table(printed))) == [HARD[gone]]


def test_missing_does_not_take_a_name_for_part_of_a_longer_one():
    layer = pages.text_layer(table(["Pain Society of the North", "Spine Society"]))
    assert pages.missing(["Pain Society of the North", "Spine Society"], layer) == []
    assert pages.missing(["Pain Society", "Pain Society of the North"], layer) == ["Pain Society of the North"]


def test_missing_notices_another_order():
    layer = pages.text_layer(table(["B Society", "A Society"]))
    assert pages.missing(["A Society", "B Society"], layer) == ["B Society"]


@pytest.mark.parametrize("wrong", ["Société de la Doulour", "societe de la douleur", "Société de la Douleurs"])
def test_missing_is_exact_about_letters(wrong):
    layer = pages.text_layer(table(["Société de la Douleur"]))
    assert pages.missing(["Société de la Douleur"], layer) == []
    assert pages.missing([wrong], layer) == [wrong]


@pytest.mark.parametrize("wrong", ["האגודה הישראלית לכאב", "الجمعية الخليجية للعمود"])
def test_missing_is_exact_about_the_letters_of_right_to_left_names(wrong):
    assert pages.missing([wrong], pages.text_layer(table(HARD[:5] if "א" in wrong else HARD[5:]))) == [wrong]


@pytest.mark.parametrize("gone", [None, *range(len(HARD))])
def test_missing_is_the_same_page_by_page_and_character_by_character(gone):
    layer = pages.text_layer(table([name for place, name in enumerate(HARD) if place != gone]))
    for size in (1, 7, 50, len(layer)):
        parts = [layer[at : at + size] for at in range(0, len(layer), size)]
        assert pages.missing(HARD, parts) == ([] if gone is None else [HARD[gone]])


def test_missing_holds_no_more_than_lies_between_two_names(monkeypatch):
    names, held = [f"Society number {at}" for at in range(3_000)], []
    more = pages._Reader._more

    def watched(reader):
        found = more(reader)
        held.append(len(reader._text))
        return found

    monkeypatch.setattr(pages._Reader, "_more", watched)
    assert pages.missing(names, (pages.squeeze(name) + "and an office" for name in names)) == []
    assert max(held) < 200
    assert pages.missing([*names[:5], "Lost", *names[5:]], map(pages.squeeze, names)) == ["Lost"]


def test_a_name_whose_letters_are_turned_around_is_taken_where_it_comes_first():
    turned, other = "אבג דהו", "Other Society"
    parts = [pages.squeeze(turned)[::-1], "Other", "Society", pages.squeeze(turned)]
    assert pages.missing([turned, other, turned], parts) == []
    assert pages.missing([turned, other, turned, turned], parts) == [turned]


@pytest.mark.parametrize("name", ["Lost Society", "אבגדהו"])
def test_pages_without_text_are_passed_and_end_the_search(name):
    assert pages.missing(["Society", name], ["", "Society", "and what follows", "", ""]) == [name]
    assert pages.missing([name], ["", "", pages.squeeze(name), ""]) == []


@pytest.mark.parametrize("parts", [["abc", "def"], ["a", "b", "", "cdef"], ["abcdef"], ["xxabcd", "ef"]])
def test_a_word_is_seen_while_others_read(parts):
    for word, there in (("bcde", True), ("bcdf", False), ("f", True)):
        seen = pages.Sought(iter(parts), word)
        next(iter(seen))
        assert seen.found() is there


@pytest.mark.parametrize("piece", [1, 2, 500])
def test_pages_are_the_same_however_often_the_file_is_opened(monkeypatch, tmp_path, piece):
    data = HTML(string="".join(f"<p style='break-after:page'>Page {at}</p>" for at in range(5))).write_pdf()
    (tmp_path / "file.pdf").write_bytes(data)
    monkeypatch.setattr(pages, "SLICE", piece)
    for source in (data, OnDisk(tmp_path / "file.pdf")):
        assert [text for text in pages.texts(source) if text] == [f"Page{at}" for at in range(5)]


def test_missing_stops_after_many():
    assert len(pages.missing([f"Lost {n}" for n in range(500)], "nothing")) == pages.MAX_LOST


def test_text_layer_refuses_what_is_no_pdf():
    with pytest.raises(pages.Unreadable):
        pages.text_layer(b"%PDF-1.7\nnothing")
