"""Tables as people send them and as we give them out: encodings, delimiters, workbooks, formulas."""

import csv
import datetime
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from letters.text.cells import armed, defused
from letters.text.encodings import guess
from letters.text.tabular import BadTable, read_text
from letters.text.workbook import comma_separated, excel, read_workbook
from tests.examples import examples

FRENCH = "Société d’Essai,Zoë,Présidente\nÖsterreichische Gesellschaft für Schmerz\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"), (FRENCH, "cp1252"), (FRENCH, "mac_roman"), (FRENCH, "utf-16"), (FRENCH, "utf-16-le"),
        (FRENCH, "utf-16-be"), ("Общество боли,Иван Петров\nРоссийское", "cp1251"),
        ("Ελληνική Εταιρεία Πόνου,Μαρία", "cp1253"), ("日本計数学会,佐藤 陽子,理事長\nにほんの学会", "cp932"),
        ("대한통증학회,김철수,회장", "cp949"), ("中国疼痛学会,王小明,会长\n中华医学会", "gb18030"),
        ("Sociedad Española del Dolor,José Núñez\n", "mac_roman"),
    ],
)  # fmt: skip
def test_the_encoding_is_guessed_and_said(text, encoding):
    assert guess(text.encode(encoding)) == encoding
    read = read_text(text.encode(encoding), name="a.csv")
    assert read.lines[0][1][0] == text.split(",")[0]
    assert bool(read.remarks) is not encoding.startswith("utf")


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_cuts_evenly(mark):
    text = mark.join(["society", "note"]) + "\n" + mark.join(["S", '"a, b; c"']) + "\n" + mark.join(["T", "d, e, f"])
    lines = read_text(text.encode(), name="a.csv").lines
    assert [cells[0] for _, cells in lines] == ["society", "S", "T"]
    assert lines[1][1][1] == "a, b; c"


def test_excels_own_delimiter_line_is_no_row_and_keeps_the_numbers():
    read = read_text(b"sep=;\r\na;b\r\n\r\n1;2\r\n", name="a.csv")
    assert read.lines == ((2, ("a", "b")), (4, ("1", "2")))


def workbook(rows, change=lambda sheet: None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    change(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_numbers_dates_and_noughts_are_read_as_they_are_seen():
    def change(sheet):
        sheet["A1"].number_format = "00000"

    data = workbook([[42, 7.0, 1.5, datetime.date(2026, 5, 4), True, "+47 22", "007", None]], change)
    ((_, cells),) = read_workbook(data, name="a.xlsx").lines
    assert cells == ("00042", "7", "1.5", "2026-05-04", "TRUE", "+47 22", "007")


def test_merged_cells_count_for_each_row_and_hidden_rows_are_named():
    def change(sheet):
        sheet.merge_cells("A1:A2")
        sheet.row_dimensions[3].hidden = True

    read = read_workbook(workbook([["S", "a"], [None, "b"], ["T", "c"]], change), name="a.xlsx")
    assert read.lines == ((1, ("S", "a")), (2, ("S", "b")), (3, ("T", "c")))
    assert read.hidden == {3}
    assert read.remarks == ("Merged cells count for each row they reach over.",)


def test_a_formula_counts_by_what_it_last_showed():
    data = workbook([["=1+1", "x"]])
    read = read_workbook(data, name="a.xlsx")
    assert read.lines == ((1, ("", "x")),)  # never opened in Excel, so it never showed anything
    assert read.remarks == ("Cells with a formula: 1. What they last showed was read.",)


def test_of_several_sheets_the_first_that_is_shown_or_the_one_chosen_is_read():
    book = Workbook()
    book.active.title, book.active.sheet_state = "Secret", "hidden"
    for title in ("Old", "New"):
        book.create_sheet(title).append([title])
    out = io.BytesIO()
    book.save(out)
    first, second = read_workbook(out.getvalue(), name="a.xlsx"), read_workbook(out.getvalue(), name="a", sheet="New")
    assert (first.sheet, first.sheets, first.lines) == ("Old", ("Old", "New"), ((1, ("Old",)),))
    assert second.lines == ((1, ("New",)),)


def bomb(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for part, data in parts.items():
            box.writestr(part, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"PK\x03\x04rest", "damaged"),
        (bomb({"word/document.xml": b"<a/>"}), "not an Excel workbook"),
        (bomb({"xl/workbook.xml": b"0" * 50_000_000}), "unpacks to far more"),
        (bomb({"xl/workbook.xml": b"<a/>", **{f"x{n}": b"" for n in range(600)}}), "unpacks to far more"),
        (bomb({"xl/workbook.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "document type declaration"),
        (bomb({"xl/workbook.xml": b"<a/>"}), "damaged"),
        (workbook([["x"]])[:-40], "damaged"),
    ],
)
def test_what_is_no_honest_workbook_is_refused_in_one_sentence(data, sentence):
    with pytest.raises(BadTable, match=sentence):
        read_workbook(data, name="a.xlsx")


def test_a_sheet_that_says_it_is_huge_is_read_as_far_as_a_list_goes():
    data = workbook([["a", "b"]], lambda sheet: sheet.cell(1, 16_000, "far"))
    assert read_workbook(data, name="a.xlsx").lines == ((1, ("a", "b")),)


@pytest.mark.parametrize("words", ["=1+1", "+47 1", "-x", "@x", "\t=x", "'=x", "''=x", "＝x", " =x", "\rx"])
def test_a_formula_is_defused_where_it_can_be_seen_and_comes_back_as_it_was(words):
    made = defused(words)
    assert made == f"'{words}"
    assert armed(made) == words


@given(st.text(max_size=8))
def test_every_cell_comes_back_as_it_was(words):
    assert armed(defused(words)) == words
    assert not defused(words).startswith(("=", "+", "-", "@", "\t", "\r"))


@examples(25)
@given(st.text(st.characters(categories=("L", "N", "P", "S")), max_size=12))
def test_every_cell_survives_both_files(words):
    for read in (
        read_text(comma_separated(["x", "y"], [[words, "end"]]), name="a.csv"),
        read_workbook(excel(["x", "y"], [[words, "end"]], title="T"), name="a.xlsx"),
    ):
        assert read.lines[1][1] == (words, "end")


def test_in_a_workbook_every_cell_is_text():
    sheet = load_workbook(io.BytesIO(excel(["x"], [["=1+1"], ["a\x00b\nc"]], title="T"))).active
    assert [(cell.data_type, cell.quotePrefix, cell.value) for (cell,) in sheet.iter_rows()] == [
        ("s", True, "x"), ("s", True, "=1+1"), ("s", True, "ab\nc"),
    ]  # fmt: skip


def test_a_csv_file_begins_with_the_mark_excel_needs():
    data = comma_separated(["Société"], [["a, b"]])
    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig")))) == [["Société"], ["a, b"]]
