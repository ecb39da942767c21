"""The grid of a Word table (merged cells, header rows) as rows; the words of a cell are read by the body
given."""

from typing import Protocol

from lxml import etree

from letters.text.inline import Run
from letters.text.ooxml import ON, W, child, number, switch, value
from letters.text.revisions import KINDS
from letters.text.runs import Context
from letters.text.tables import Cell, Row, table_text

_FIRST_ROW = 0x0020  # 17.4.55, tblLook


class Paragraphs(Protocol):
    """What reads the paragraphs of a cell."""

    context: Context

    def lines(self, node: etree._Element) -> list[Run]:
        """The words of one `w:p` with its list label."""
        ...


def read_rows(table: etree._Element, body: Paragraphs) -> list[Row]:
    """The rows of a `w:tbl` that are shown, with spans; header rows are those marked as such, else a styled
    first row."""
    rows: list[Row] = []
    above: dict[int, Cell] = {}
    for node in _children(table, "tr"):
        properties = child(node, "w:trPr")
        if _gone(properties, body.context):
            body.context.comments.passed(node, body.context.index)
            continue
        head = bool(switch(child(properties, "w:tblHeader"))) and all(row.head for row in rows)
        rows.append(Row(_cells(node, properties, above, body), head))
    if rows and not rows[0].head and len(rows) > 1 and _styled_first_row(table):
        rows[0].head = True
    # A header cell may not reach into the body of the table.
    for i, row in enumerate(rows):
        for cell in row.cells if row.head else ():
            for below in rows[i + 1 : i + cell.rowspan]:
                below.head = True
    return [row for row in rows if row.cells]


def _cells(
    node: etree._Element, properties: etree._Element | None, above: dict[int, Cell], body: Paragraphs
) -> list[Cell]:
    cells = []
    column = number(value(properties, "w:gridBefore")) or 0
    for tc in _children(node, "tc"):
        span = max(1, number(value(tc, "w:tcPr/w:gridSpan")) or 1)
        merge = child(tc, "w:tcPr/w:vMerge")
        goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
        if goes_on and column in above:
            above[column].rowspan += 1
        else:
            cell = Cell(_words(tc, body), span)
            cells.append(cell)
            above.pop(column, None)
            if merge is not None:
                above[column] = cell
        column += span
    return cells


def _words(tc: etree._Element, body: Paragraphs) -> list[Run]:
    runs: list[Run] = []
    for node in tc.iter(f"{W}p", f"{W}tbl"):
        if any(str(up.tag) in (f"{W}tbl", f"{W}txbxContent") for up in _between(node, tc)):
            continue
        if node.tag == f"{W}tbl":
            text = table_text(read_rows(node, body))
            body.context.losses.append("the grid of a table inside a table (its words are kept)")
            runs += [Run(text), Run("\n")]
        else:
            runs += [*body.lines(node), Run("\n")]
    return runs


def _between(node: etree._Element, top: etree._Element) -> list[etree._Element]:
    found = []
    up = node.getparent()
    while up is not None and up is not top:
        found.append(up)
        up = up.getparent()
    return found


def _children(node: etree._Element, name: str) -> list[etree._Element]:
    found: list[etree._Element] = []
    for below in node:
        if below.tag == W + name:
            found.append(below)
        elif below.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            found += _children(below, name)
    return found


def _gone(properties: etree._Element | None, context: Context) -> bool:
    marks = [mark for mark in properties if str(mark.tag) in KINDS] if properties is not None else []
    for mark in marks:
        context.revisions.add(mark, " (table row)")
    return any(context.revisions.hides(KINDS[str(mark.tag)]) for mark in marks)


def _styled_first_row(table: etree._Element) -> bool:
    look = child(table, "w:tblPr/w:tblLook")
    if look is None:
        return False
    if (first := look.get(f"{W}firstRow")) is not None:
        return first in ON
    code = look.get(f"{W}val", "")
    return bool(int(code, 16) & _FIRST_ROW) if code and set(code) <= set("0123456789abcdefABCDEF") else False
