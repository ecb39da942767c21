"""Reads the lines of a sheet from .xlsx, and writes tables as .xlsx and .csv in which no cell can be a formula."""

import codecs
import csv
import datetime
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter, range_boundaries

from letters.text.cells import defused, printable
from letters.text.tabular import MOST_COLUMNS, MOST_LINES, BadTable, Lines, kept

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
MB = 1_000_000
MAX_UNZIPPED, MAX_PARTS, MAX_RATIO, RATIO_FROM = 40 * MB, 500, 100, 5 * MB
_AGAIN = "open it in a spreadsheet program and save it again as .xlsx"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_workbook(data: bytes, *, name: str, sheet: str = "") -> Lines:
    """Read the sheet of that name, else the only or first one that is shown; raises BadTable.

    Formulas count by their last saved value, merged cells by the value in their first. Rows that are hidden are named.
    """
    _guard(data, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that hold no words
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            shown = [one for one in book.worksheets if one.sheet_state == "visible"]
            titles = tuple(one.title for one in shown)
            if not shown:
                raise BadTable(f"{name} has no sheet that is shown; {_AGAIN}.")
            chosen = shown[titles.index(sheet) if sheet in titles else 0]
            chosen.reset_dimensions()
            rows = [
                [_words(cell) for cell in row] for row in chosen.iter_rows(max_row=MOST_LINES + 1, max_col=MOST_COLUMNS)
            ]
            with chosen._get_source() as part:  # what openpyxl leaves out when it reads row by row
                hidden, merged, formulas = _beside(part)
    except BadTable:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part makes Python raise
        raise BadTable(f"{name} is damaged: {_AGAIN}.") from error
    remarks = _remarks(titles, chosen.title, merged, formulas)
    lines = kept(_filled(rows, merged), name=name)
    return Lines(lines, tuple(remarks), frozenset(hidden), titles, chosen.title)


def _guard(data: bytes, name: str) -> None:
    """Refuse what is no workbook or unpacks to more than a list has; zipfile never unpacks more than is declared."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            infos = box.infolist()
            unzipped = sum(info.file_size for info in infos)
            packed = sum(info.compress_size for info in infos)
            large = unzipped > MAX_UNZIPPED or (unzipped > RATIO_FROM and unzipped > MAX_RATIO * max(packed, 1))
            if large or len(infos) > MAX_PARTS:
                raise BadTable(f"{name} unpacks to far more than a list has: {_AGAIN}.")
            if "xl/workbook.xml" not in box.namelist():
                raise BadTable(f"{name} is not an Excel workbook: {_AGAIN}.")
            for info in infos:
                if info.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in box.read(info):
                    raise BadTable(f"{name} holds a document type declaration, which no workbook needs: {_AGAIN}.")
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
        if isinstance(error, BadTable):
            raise
        raise BadTable(f"{name} is damaged or protected by a password: {_AGAIN}.") from error


def _words(cell: Any) -> str:
    """The value as a person sees it: whole numbers without “.0”, leading noughts of the format, dates as ISO 8601."""
    value = cell.value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value).upper()
    if isinstance(value, int):
        form = str(cell.number_format)
        return str(value).zfill(len(form)) if form and set(form) == {"0"} else str(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else str(value)


def _beside(part: Any) -> tuple[set[int], list[str], int]:
    """Numbers of hidden rows, ranges of merged cells, and how many cells are formulas."""
    hidden: set[int] = set()
    merged: list[str] = []
    formulas = number = 0
    tags = (f"{_MAIN}row", f"{_MAIN}mergeCell", f"{_MAIN}f")
    for _, node in etree.iterparse(part, tag=tags, resolve_entities=False, no_network=True, load_dtd=False):
        if node.tag == tags[0]:
            number = int(node.get("r") or number + 1)
            if node.get("hidden") in ("1", "true"):
                hidden.add(number)
            node.clear()
        elif node.tag == tags[1]:
            merged.append(node.get("ref", ""))
        else:
            formulas += 1
    return hidden, merged, formulas


def _filled(rows: list[list[str]], merged: list[str]) -> list[list[str]]:
    """The rows in which every cell of a column merged over several rows holds the value of its first."""
    for ref in merged[:MOST_LINES]:
        left, top, _, bottom = range_boundaries(ref)
        if top is None or left is None or top > len(rows) or left > len(rows[top - 1]):
            continue
        for row in rows[top : min(bottom, len(rows))]:
            row += [""] * (left - len(row))
            row[left - 1] = rows[top - 1][left - 1]
    return rows


def _remarks(titles: Sequence[str], read: str, merged: list[str], formulas: int) -> Iterator[str]:
    if len(titles) > 1:
        yield f"The workbook has {len(titles)} sheets; “{read}” was read."
    if merged:
        yield "Merged cells count for each row they reach over."
    if formulas:
        yield f"Cells with a formula: {formulas}. What they last showed was read."


def excel(
    heading: Sequence[str],
    lines: Iterable[Sequence[str]],
    *,
    title: str,
    sheet: str = "List",
    widths: Sequence[int] = (),
) -> bytes:
    """An .xlsx file; every cell is text, so that no words can be a formula. `widths` are in characters."""
    book = Workbook()
    page = book.active
    page.title = sheet
    top, bold = Alignment(vertical="top", wrap_text=True), Font(bold=True)
    for at, line in enumerate([heading, *lines], start=1):
        for column, words in enumerate(line, start=1):
            cell = page.cell(at, column)
            cell.value, cell.data_type = printable(words), "s"
            cell.quotePrefix, cell.alignment = True, top
            if at == 1:
                cell.font = bold
    for column in range(1, len(heading) + 1):
        page.column_dimensions[get_column_letter(column)].width = widths[column - 1] if widths else 24
    page.freeze_panes = "A2"
    book.properties.title = title
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def comma_separated(heading: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    """A .csv file in UTF-8 with a byte order mark, without which Excel reads names wrongly; formulas are defused."""
    return b"".join(comma_separated_lines(heading, lines))


def comma_separated_lines(heading: Sequence[str], lines: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The same file line by line, for one that may be long."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    yield codecs.BOM_UTF8
    for line in chain([heading], lines):
        writer.writerow([defused(printable(words)) for words in line])
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()


def table_file(kind: str, heading: Sequence[str], lines: Iterable[Sequence[str]], *, title: str) -> tuple[bytes, str]:
    """The table as "csv" or "xlsx" with its media type; raises KeyError for another kind."""
    if kind == "csv":
        return comma_separated(heading, lines), CSV
    if kind == "xlsx":
        return excel(heading, lines, title=title), EXCEL
    raise KeyError(kind)
