"""A table of a letter as `w:tbl` with merged cells and header rows; the words of its cells come from word_runs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml import etree

from letters.text.tables import Row
from letters.text.word_styles import GRID
from letters.text.word_xml import w
from letters.text.words import SAME, Part

_WIDTH = 9000


@dataclass(frozen=True, slots=True)
class _Slot:
    """A cell of Word's grid: index of the letter's cell (None where one from above goes on), columns, merge."""

    cell: int | None
    columns: int
    merge: str = ""


def table(
    rows: Sequence[Row],
    parts: Sequence[Sequence[Sequence[Part]]],
    *,
    side: str,
    words: Callable[[Sequence[Part]], list[etree._Element]],
    mark: Callable[[str], etree._Element],
) -> etree._Element:
    """The `w:tbl`; `parts` are those of each cell, `side` says whether the whole table is in one version only."""
    grid = _grid(rows)
    width = max((sum(slot.columns for slot in line) for line in grid), default=1)
    column = str(_WIDTH // max(width, 1))
    look = w("tblLook", val="0020" if rows and rows[0].head else "0000", firstRow=str(int(bool(rows) and rows[0].head)))
    node = w("tbl", w("tblPr", w("tblStyle", val=GRID), w("tblW", w="0", type="auto"), look))
    node.append(w("tblGrid", *[w("gridCol", w=column) for _ in range(width)]))
    for row, line, contents in zip(rows, grid, parts, strict=True):
        properties = w("trPr", w("tblHeader") if row.head else None, None if side == SAME else mark(side))
        tr = w("tr", properties if len(properties) else None)
        tr.extend([_cell(slot, [] if slot.cell is None else words(contents[slot.cell])) for slot in line])
        node.append(tr)
    return node


def _cell(slot: _Slot, inner: Sequence[etree._Element]) -> etree._Element:
    span = w("gridSpan", val=str(slot.columns)) if slot.columns > 1 else None
    merge = w("vMerge", val=slot.merge) if slot.merge else None
    return w("tc", w("tcPr", w("tcW", w="0", type="auto"), span, merge), w("p", *inner))


def _grid(rows: Sequence[Row]) -> list[list[_Slot]]:
    open_cells: dict[int, tuple[int, int]] = {}
    grid = []
    for row in rows:
        line: list[_Slot] = []
        column = 0
        for i, cell in enumerate(row.cells):
            column = _go_on(line, column, open_cells)
            columns = max(1, cell.colspan)
            line.append(_Slot(i, columns, "restart" if cell.rowspan > 1 else ""))
            if cell.rowspan > 1:
                open_cells[column] = (cell.rowspan, columns)
            column += columns
        _go_on(line, column, open_cells)
        grid.append(line)
        open_cells = {at: (left - 1, columns) for at, (left, columns) in open_cells.items() if left > 1}
    return grid


def _go_on(line: list[_Slot], column: int, open_cells: dict[int, tuple[int, int]]) -> int:
    """The next free column after those a cell from above takes up."""
    while column in open_cells:
        columns = open_cells[column][1]
        line.append(_Slot(None, columns, "continue"))
        column += columns
    return column
