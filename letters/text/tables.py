"""Tables as rows of cells: to a block, and back from its HTML; reading Word's grid is in grid."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import groupby

from letters.text.blocks import Block
from letters.text.inline import Run, from_html, tidy, to_html, to_text

BETWEEN = " | "


@dataclass(slots=True)
class Cell:
    """The runs of one cell and how many columns and rows it takes up."""

    runs: list[Run] = field(default_factory=list)
    colspan: int = 1
    rowspan: int = 1


@dataclass(slots=True)
class Row:
    """The cells that begin in one row; `head` when it is a header row."""

    cells: list[Cell] = field(default_factory=list)
    head: bool = False


def table_block(rows: Sequence[Row]) -> Block:
    """A block of kind "table": HTML with header cells, text with one line per row."""
    neat = [Row([Cell(tidy(c.runs), c.colspan, c.rowspan) for c in row.cells], row.head) for row in rows]
    html = table_html([[to_html(cell.runs) for cell in row.cells] for row in neat], neat)
    return Block("", "table", 0, "", html, table_text(neat))


def table_text(rows: Sequence[Row]) -> str:
    """One line per row, cells parted by " | "; a line break inside a cell becomes a blank."""
    lines = (BETWEEN.join(to_text(cell.runs).replace("\n", " ") for cell in row.cells) for row in rows)
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def table_html(contents: Sequence[Sequence[str]], rows: Sequence[Row]) -> str:
    """A `<table>` with the given inner HTML for each cell of `rows`."""
    out = []
    lines = zip(contents, rows, strict=True)
    for head, group in groupby(lines, key=lambda line: line[1].head):
        out.append("<thead>" if head else "<tbody>")
        out += [_row(content, row) for content, row in group]
        out.append("</thead>" if head else "</tbody>")
    return f"<table>{''.join(out)}</table>"


def rows_of(html: str) -> list[Row]:
    """The rows of a table's HTML made by `table_html`."""
    reader = _Table()
    reader.feed(html)
    reader.close()
    return reader.rows


def _row(contents: Sequence[str], row: Row) -> str:
    cells = []
    for content, cell in zip(contents, row.cells, strict=True):
        tag = "th" if row.head else "td"
        scope = ("colgroup" if cell.colspan > 1 else "col") if row.head else ""
        spans = {"scope": scope, "colspan": cell.colspan, "rowspan": cell.rowspan}
        attributes = "".join(f' {name}="{size}"' for name, size in spans.items() if size not in ("", 1))
        cells.append(f"<{tag}{attributes}>{content}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>"


class _Table(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.rows: list[Row] = []
        self._head = False
        self._inner: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: content or "" for name, content in attrs}
        if tag in ("thead", "tbody"):
            self._head = tag == "thead"
        elif tag == "tr":
            self.rows.append(Row(head=self._head))
        elif tag in ("td", "th"):
            spans = (int(given.get(name, "1")) for name in ("colspan", "rowspan"))
            self.rows[-1].cells.append(Cell([], *spans))
            self._inner = []
        elif self._inner is not None:
            self._inner.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._inner is not None:
            self.rows[-1].cells[-1].runs = from_html("".join(self._inner))
            self._inner = None
        elif self._inner is not None:
            self._inner.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._inner is not None:
            self._inner.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")
