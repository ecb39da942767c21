"""The table of comments as a file: an Excel sheet and a Word document."""

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from letters.comment.table import HEADINGS, Row, in_words
from letters.text.inline import Run, block
from letters.text.tables import Cell, table_block
from letters.text.tables import Row as Line
from letters.text.word import clean_docx

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WIDTHS = (24, 28, 50, 50, 28, 16, 40)  # characters


def excel(rows: list[Row], *, title: str) -> bytes:
    """An .xlsx file; every cell is text, so that no comment can be a formula."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Comments"
    for at, line in enumerate([HEADINGS, *(in_words(row) for row in rows)], start=1):
        for column, words in enumerate(line, start=1):
            cell = sheet.cell(at, column)
            cell.value, cell.data_type = _clean(words), "s"
            cell.quotePrefix = True
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.font = Font(bold=at == 1)
    for letter, width in zip("ABCDEFG", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    book.properties.title = title
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def word(rows: list[Row], *, title: str) -> bytes:
    """A .docx file with one table."""
    lines = [HEADINGS, *(in_words(row) for row in rows)]
    cells = [Line([Cell([Run(words)]) for words in line], head=at == 0) for at, line in enumerate(lines)]
    return clean_docx([block("title", [Run(title)]), table_block(cells)], title=title)


def _clean(words: str) -> str:
    return "".join(char for char in words if char.isprintable() or char == "\n")


KINDS = {"excel": (excel, SHEET, "xlsx"), "word": (word, WORD, "docx")}
