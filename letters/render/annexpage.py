"""The pages of the annex: rows below each other under a repeated head, with their tags; fonts and feet come last."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from letters.render.annexrow import (
    ABOVE,
    BELOW,
    BESIDE,
    BORDER,
    GREY,
    INK,
    LEADING,
    MM,
    RULE,
    SIZE,
    WIDTH,
    Cell,
    Columns,
    DrawnRow,
)  # fmt: skip
from letters.render.objects import ObjectWriter, text
from letters.render.parts import Layout
from letters.render.style import Style
from letters.render.typeset import Setter

PAGE = (595.275591, 841.889764)  # A4 in points
LEFT, TOP, BOTTOM = 31 * MM, PAGE[1] - 22 * MM, 26 * MM
HEADING, HEADING_LEADING, AFTER_HEADING = 12.5, 1.25, 3.7 + 5.6
GROUP = 64  # pages in one node of the page tree, and in one of the tree of parents


@dataclass
class Numbers:
    """Objects of the whole file that those of a page name."""

    resources: int
    section: int
    first_parent: int  # the first key in the tree of parents that is free
    column: int  # what a header cell of a column, and one of a row, says of its scope
    row: int


@dataclass
class Made:
    """What is left of the pages once they are written: their numbers, and the nodes above them."""

    pages: list[int] = field(default_factory=list)
    feet: list[int] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)  # of the section: its heading and one table per page
    firsts: list[str] = field(default_factory=list)  # the society each page begins with
    parents: list[str] = field(default_factory=list)  # the entries of each page in the tree of parents
    nodes: list[int] = field(default_factory=list)


class AnnexPages:
    """Takes rows one after another and writes each page as soon as it is full."""

    def __init__(
        self,
        writer: ObjectWriter,
        setter: Setter,
        numbers: Numbers,
        layout: Layout,
        title: str,
        groups: Sequence[tuple[str, str, str, str]],
        tongue: str,
    ) -> None:
        self._writer, self._setter, self._numbers, self._layout = writer, setter, numbers, layout
        self._title, self._groups, self._group, self._tongue = title, groups, 0, tongue
        self.made = Made()
        self._node = writer.new()
        self._begin(0)

    def add(self, row: DrawnRow, society: str, group: int) -> None:
        """One row more; each group begins on a page of its own."""
        if self._rows and (group != self._group or self._y - row.height < BOTTOM):
            self._end()
            self._begin(group)
        if not self._rows:
            self.made.firsts.append(society)
        self._rows.append((self._y, row))
        self._y -= row.height

    def finish(self) -> None:
        """Write the last page."""
        if self._rows:
            self._end()
        if len(self.made.pages) > len(self.made.nodes) * GROUP:
            self.made.nodes.append(self._node)

    def _begin(self, group: int) -> None:
        """An empty page; the first of a group has a heading, which for the first of all is the annex's own."""
        new = not self.made.pages or group != self._group
        self._heading = (self._groups[group][0] if self.made.pages else self._title) if new else ""
        if new:
            self._group, self._head = group, self._drawn_head(*self._groups[group][1:])
        self._rows: list[tuple[float, DrawnRow]] = []
        self._y = TOP - self._head.height - (HEADING * HEADING_LEADING + AFTER_HEADING if new else 0)

    def _drawn_head(self, first: str, second: str, third: str) -> DrawnRow:
        columns, bold = (
            Columns.of(self._layout.officers, self._layout.countries),
            Style(SIZE, self._tongue, semibold=True),
        )
        places = {first: 0.0} | ({second: columns.society + BESIDE} if columns.officer else {})
        names = [*places, *([third] if columns.country else [])]
        y = -ABOVE - self._setter.baseline(bold, SIZE * LEADING)
        content = ""
        for name in names:
            line = self._setter.lines(name, bold)[0]
            x = places.get(name, WIDTH - line.width)
            content += f"/TH<</MCID %d>>BDC\nBT\n{INK}1 0 0 1 {x:.2f} {y:.2f} Tm\n{line.operators}ET\nEMC\n"
        cells = tuple(Cell(True, self._tongue) for _ in names)
        return DrawnRow(SIZE * LEADING + ABOVE + BELOW + 0.6, content, cells)

    def _end(self) -> None:
        """Write the page that is full: its content, its object, its table."""
        page, tagged = self._writer.new(), _Tags(self._writer, self._numbers)
        content = [self._drawn_heading(page, tagged) if self._heading else ""]
        top = self._rows[0][0] + self._head.height
        table = tagged.table(page, [self._head, *(row for _, row in self._rows)])
        self.made.parts.append(table)
        numbers = tagged.marks(self._head.cells)
        content.append(_placed(top, self._head.content % numbers))
        for y, row in self._rows:
            content.append(_placed(y, row.content % tagged.marks(row.cells)))
        content.append(self._rules(top))
        self._write(page, "".join(content), tagged.parents)

    def _drawn_heading(self, page: int, tagged: "_Tags") -> str:
        style = Style(HEADING, self._tongue, semibold=True)
        line = self._setter.lines(self._heading, style)[0]
        y = TOP - self._setter.baseline(style, HEADING * HEADING_LEADING)
        self.made.parts.append(tagged.heading(page, self._tongue))
        return f"/H2<</MCID 0>>BDC\nBT\n{INK}1 0 0 1 {LEFT:.2f} {y:.2f} Tm\n{line.operators}ET\nEMC\n"

    def _rules(self, top: float) -> str:
        """The rules below the head and below each row, which say nothing to a reader who hears."""
        right, head = LEFT + WIDTH, top - self._head.height + 0.3
        lines = [f"0.6 w\n{INK.replace('rg', 'RG')}{LEFT:.2f} {head:.2f} m {right:.2f} {head:.2f} l S\n"]
        lines.append(f"{BORDER} w\n{RULE}")
        for y, row in self._rows:
            below = y - row.height + BORDER / 2
            lines.append(f"{LEFT:.2f} {below:.2f} m {right:.2f} {below:.2f} l S\n")
        return f"/Artifact<</Type/Layout>>BDC\n{''.join(lines)}EMC\n"

    def _write(self, page: int, content: str, parents: list[int]) -> None:
        made, writer = self.made, self._writer
        drawn, foot = writer.new(), writer.new()
        writer.packed(drawn, content.encode())
        key = self._numbers.first_parent + len(made.pages)
        writer.put(
            page,
            f"<</Type/Page/Parent {self._node} 0 R/MediaBox[0 0 {PAGE[0]} {PAGE[1]}]"
            f"/Resources {self._numbers.resources} 0 R/Contents[{drawn} 0 R {foot} 0 R]/StructParents {key}/Tabs/S>>",
            page=True,
        )
        made.pages.append(page)
        made.feet.append(foot)
        made.parents.append(f"{key}[{' '.join(f'{number} 0 R' for number in parents)}]")
        if len(made.pages) % GROUP == 0:
            made.nodes.append(self._node)
            self._node = writer.new()


class _Tags:
    """The structure elements of one page, and the numbers of its marked content."""

    def __init__(self, writer: ObjectWriter, numbers: Numbers) -> None:
        self._writer, self._section = writer, numbers.section
        self._column, self._row = f"/A {numbers.column} 0 R", f"/A {numbers.row} 0 R"
        self.parents: list[int] = []
        self._next = 0

    def heading(self, page: int, tongue: str) -> int:
        """The heading of the annex, or of a group."""
        number = self._writer.new()
        self._writer.put(number, f"<</S/H2/P {self._section} 0 R/Pg {page} 0 R{_lang(tongue)}/K 0>>")
        self.parents.append(number)
        self._next = 1
        return number

    def table(self, page: int, rows: list[DrawnRow]) -> int:
        """The table with all its rows and cells."""
        table, members = self._writer.new(), []
        for number, row in enumerate(rows):
            line = self._writer.new()
            cells = [self._cell(cell, line, page, self._row if number else self._column) for cell in row.cells]
            self._writer.put(line, f"<</S/TR/P {table} 0 R/K[{' '.join(cells)}]>>")
            members.append(f"{line} 0 R")
        self._writer.put(table, f"<</S/Table/P {self._section} 0 R/K[{' '.join(members)}]>>")
        return table

    def marks(self, cells: tuple[Cell, ...]) -> tuple[int, ...]:
        """The numbers of the marked content of these cells, in the order table() gave them out."""
        number = sum(len(cell.paragraphs) or 1 for cell in cells)
        self._next += number
        return tuple(range(self._next - number, self._next))

    def _cell(self, cell: Cell, row: int, page: int, scope: str) -> str:
        number, kind = self._writer.new(), f"TH{scope}" if cell.header else "TD"
        if cell.paragraphs:
            kids = " ".join(self._paragraph(tongue, number, page) for tongue in cell.paragraphs)
            self._writer.put(number, f"<</S/{kind}/P {row} 0 R/K[{kids}]>>")
        else:
            marked = f"/Pg {page} 0 R{_lang(cell.tongue)}/K {len(self.parents)}"
            self._writer.put(number, f"<</S/{kind}/P {row} 0 R{marked}>>")
            self.parents.append(number)
        return f"{number} 0 R"

    def _paragraph(self, tongue: str, cell: int, page: int) -> str:
        marked = f"/Pg {page} 0 R{_lang(tongue)}/K {len(self.parents)}"
        number = self._writer.add(f"<</S/P/P {cell} 0 R{marked}>>")
        self.parents.append(number)
        return f"{number} 0 R"


def _lang(tongue: str) -> str:
    return f"/Lang({tongue})" if tongue else ""


def _placed(y: float, content: str) -> str:
    return f"q 1 0 0 1 {LEFT:.2f} {y:.2f} cm\n{content}Q\n"


def foot(setter: Setter, left: str, right: str) -> str:
    """The foot of a page: the rule and the short title where they are given, the place in the file always."""
    style = Style(7.5, tabular=True)
    end = setter.lines(right, style)[0]
    x, y, rule = LEFT + WIDTH - end.width, 40.28, BOTTOM - 7 * MM
    drawn = f"1 0 0 1 {x:.2f} {y} Tm\n{end.operators}"
    line = ""
    if left:
        line = f"0.7882 0.7961 0.7843 rg {LEFT:.2f} {rule:.2f} {WIDTH:.2f} -0.4 re f\n"
        drawn = f"1 0 0 1 {LEFT:.2f} {y} Tm\n{setter.lines(left, Style(7.5))[0].operators}{drawn}"
    return f"/Artifact<</Type/Pagination/Subtype/Footer>>BDC\nq\n{line}BT\n{GREY}{drawn}ET\nQ\nEMC\n"


def outline_entry(title: str, page: int, parent: int, around: str) -> str:
    """A bookmark; `around` are its neighbours and children."""
    return f"<</Title{text(title)}/Parent {parent} 0 R/Dest[{page} 0 R/XYZ {LEFT:.2f} {TOP:.2f} 0]{around}>>"
