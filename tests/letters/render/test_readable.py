"""The text layer: every name can be copied out as it was signed, in the order of the roster."""

import csv
import io
import unicodedata

import pikepdf
import pypdfium2
import pytest

from letters.proof.pages import missing, text_layer
from letters.render.pdf import paper
from letters.render.readable import NOTHING, clusters, meanings
from tests.letters.render.sheets import NAMES, sheet, signatory

pytestmark = pytest.mark.slow


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    whole = " ".join(page.get_textpage().get_text_range() for page in document)
    return unicodedata.normalize("NFC", " ".join(whole.split()))


def test_every_name_stands_in_the_text_exactly(letter):
    text = text_of(letter)
    assert [name for name in NAMES if name not in text] == []


def test_names_are_found_in_their_order(letter):
    layer = text_layer(letter)
    assert missing(NAMES, layer) == []
    assert missing(NAMES[::-1], layer) != []


def test_brackets_of_a_right_to_left_name_leave_the_others_alone():
    people = (signatory("جمعية (القاهرة)"), signatory("Society (North) [x]"))
    text = text_of(paper(sheet(signatories=people, letter_html="<p>Plain</p>"), {}))
    assert "جمعية (القاهرة)" in text
    assert "Society (North) [x]" in text


def test_cells_say_their_language_and_scope(letter):
    with pikepdf.open(io.BytesIO(letter)) as pdf:
        cells = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/TH"]
        assert {str(cell.A.Scope) for cell in cells} == {"/Row", "/Column"}
        rows = [str(cell.get("/Lang", "")) for cell in cells if cell.A.Scope == "/Row"]
        assert [tag for tag in rows if tag] == ["el", "ko", "ja", "zh-Hans", "ar", "ar", "he"]


def test_every_name_of_the_real_list_stands_in_the_text(inputs):
    with (inputs / "societies-34.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    people = tuple(
        signatory(row["society"], short_name=row["short_name"], country=row["country"],
                  printed_name=f"{row['contact_name']}, {row['credentials']}", office=row["office"])
        for row in rows
    )  # fmt: skip
    pdf = paper(sheet(signatories=people), {})
    text, names = text_of(pdf), list(dict.fromkeys(row["society"] for row in rows))
    assert len(names) == 34
    assert [name for name in names if name not in text] == []
    assert missing(names, text_layer(pdf)) == []


@pytest.mark.parametrize(
    ("pieces", "known", "meaning"),
    [
        ([([7], "ffi")], {7: ["ﬃ"]}, {7: "ffi"}),
        ([([7], "(")], {7: [")"]}, {7: ")"}),
        ([([7], "\u00a0")], {7: [" ", "\u00a0"]}, {7: "\u00a0"}),
        ([([7, 8], "ẹ\u0301")], {7: ["ẹ"], 8: ["\u0301"]}, {7: "ẹ", 8: "\u0301"}),
        ([([7, 8, 9], "ẹ\u0301")], {7: ["e"], 8: ["\u0323"], 9: ["\u0301"]}, {7: "e", 8: "\u0323", 9: "\u0301"}),
        ([([7, 8], "بّ")], {8: ["\u0651"]}, {7: "ب", 8: "\u0651"}),
        ([([7, 8], "بِّ")], {}, {7: "ب", 8: "\u0650\u0651"}),
        ([([7, 8], "گ"), ([7, 9], "كِ"), ([7], "ك")], {9: ["\u0650"]}, {7: "ك", 8: NOTHING, 9: "\u0650"}),
        ([([7, 8], "j\u0308")], {7: ["j", "ȷ"], 8: ["\u0308"]}, {7: "j", 8: "\u0308"}),
        ([([7], "م")], {}, {7: "م"}),
    ],
)
def test_meaning_of_glyphs(pieces, known, meaning):
    assert meanings(pieces, known) == meaning


def test_pieces_are_put_together_in_both_directions():
    drawn = [(1, ""), (2, "ẹ\u0301"), (3, "x"), (4, "بّ"), (5, ""), (6, "م"), (7, "y")]
    assert list(clusters(drawn)) == [([1, 2], "ẹ\u0301"), ([3], "x"), ([5, 4], "بّ"), ([6], "م"), ([7], "y")]
