"""The text layer: names of every script are found as printed, and a missing or misplaced one is noticed."""

import csv
import html

import pytest
from weasyprint import HTML

from letters.proof import pages

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


def test_missing_stops_after_many():
    assert len(pages.missing([f"Lost {n}" for n in range(500)], "nothing")) == pages.MAX_LOST


def test_text_layer_refuses_what_is_no_pdf():
    with pytest.raises(pages.Unreadable):
        pages.text_layer(b"%PDF-1.7\nnothing")
