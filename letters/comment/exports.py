"""The table of comments as a file: an Excel sheet and a Word document."""

from letters.comment.table import HEADINGS, Row, in_words
from letters.text import workbook
from letters.text.inline import Run, block
from letters.text.tables import Cell, table_block
from letters.text.tables import Row as Line
from letters.text.word import clean_docx

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WIDTHS = (24, 28, 50, 50, 28, 16, 40)  # characters


def excel(rows: list[Row], *, title: str) -> bytes:
    """An .xlsx file in which no comment can be a formula."""
    return workbook.excel(HEADINGS, map(in_words, rows), title=title, sheet="Comments", widths=WIDTHS)


def word(rows: list[Row], *, title: str) -> bytes:
    """A .docx file with one table."""
    lines = [HEADINGS, *(in_words(row) for row in rows)]
    cells = [Line([Cell([Run(words)]) for words in line], head=at == 0) for at, line in enumerate(lines)]
    return clean_docx([block("title", [Run(title)]), table_block(cells)], title=title)


KINDS = {"excel": (excel, workbook.EXCEL, "xlsx"), "word": (word, WORD, "docx")}
