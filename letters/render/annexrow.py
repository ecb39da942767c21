"""One society of the annex as it is drawn: its height, its operators, and the cells a reader hears."""

from dataclasses import dataclass
from typing import Any

from letters.render.style import Style
from letters.render.typeset import Line, Setter

MM = 72 / 25.4
INK, GREY, RULE = "0.1098 0.1373 0.1490 rg\n", "0.3216 0.3569 0.3686 rg\n", "0.8510 0.8549 0.8392 RG\n"
WIDTH = 148 * MM  # between the margins of paper.css
HIGHEST = 170 * MM  # a row is never higher; the officers that do not fit stand under the society's name once more

# The table of paper.css: sizes in points, leading as a factor, padding of a cell.
SIZE, OFFICE, SHORT, LEADING = 9.25, 8.5, 8.25, 1.36
ARABIC = 1.12
ABOVE, BELOW, BESIDE, BORDER = 1.1 * MM, 1.2 * MM, 3 * MM, 0.35
BETWEEN = 0.4 * SIZE  # one officer and the next
SOCIETY, COUNTRY = 0.54 * WIDTH, 14 * MM


@dataclass(frozen=True)
class Columns:
    """Left edges and widths of what stands in the columns; an officer's or country's width is 0 where none is shown."""

    society: float
    officer: float
    country: float

    @classmethod
    def of(cls, officers: bool, countries: bool) -> "Columns":
        """The columns as the body's table lays them out."""
        country = COUNTRY if countries else 0.0
        if not officers:
            return cls(WIDTH - country - (BESIDE if country else 0), 0.0, country)
        return cls(SOCIETY - BESIDE, WIDTH - SOCIETY - country - (BESIDE if country else 0), country)


@dataclass(frozen=True)
class Entry:
    """A society as it is asked for: names with their BCP 47 tags ("" for the letter's own), officers as
    (name, tag, office), and the number of the group it stands in."""

    society: str
    tongue: str
    short_name: str
    country: str
    officers: tuple[tuple[str, str, str], ...]
    group: int

    @classmethod
    def of(cls, values: list[Any]) -> "Entry":
        """The entry that was written as JSON."""
        society, tongue, short_name, country, officers, group = values
        people = tuple((name, tag, office) for name, tag, office in officers)
        return cls(society, tongue, short_name, country, people, group)


@dataclass(frozen=True)
class Cell:
    """A cell: a header of its row or not, its tag, and the tags of its paragraphs where it has several."""

    header: bool
    tongue: str
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True)
class DrawnRow:
    """`content` draws the row downwards from (0, 0), with %d for each number of marked content, in order."""

    height: float
    content: str
    cells: tuple[Cell, ...]


class RowPen:
    """Draws entries in the columns of one annex."""

    def __init__(self, setter: Setter, *, language: str, officers: bool, countries: bool) -> None:
        self._setter, self._language = setter, language
        self._columns = Columns.of(officers, countries)

    def rows(self, entry: Entry) -> list[DrawnRow]:
        """The entry's row; more than one when its officers would not fit on a page."""
        society, society_height = self._society(entry)
        left = self._columns.society + BESIDE
        found: list[DrawnRow] = []
        waiting: list[tuple[str, str]] = []
        height = 0.0
        for officer in entry.officers if self._columns.officer else ():
            drawn, more = self._officer(officer, left, height + BETWEEN if waiting else 0.0)
            if waiting and more > HIGHEST:
                found.append(self._row(entry, society, max(height, society_height), waiting))
                waiting = []
                drawn, more = self._officer(officer, left, 0.0)
            waiting.append((drawn, officer[1]))
            height = more
        return [*found, self._row(entry, society, max(height, society_height), waiting)]

    def _row(self, entry: Entry, society: str, height: float, officers: list[tuple[str, str]]) -> DrawnRow:
        cells, content = [Cell(True, entry.tongue)], [_marked("TH", society)]
        if len(officers) > 1:
            cells.append(Cell(False, "", tuple(tongue for _, tongue in officers)))
            content += [_marked("P", drawn) for drawn, _ in officers]
        elif self._columns.officer:
            cells.append(Cell(False, officers[0][1] if officers else ""))
            content.append(_marked("TD", officers[0][0] if officers else ""))
        if self._columns.country:
            cells.append(Cell(False, ""))
            content.append(_marked("TD", self._country(entry.country)))
        return DrawnRow(height + ABOVE + BELOW + BORDER, "".join(content), tuple(cells))

    def _style(self, size: float, tongue: str) -> Style:
        return Style(size, tongue or self._language)

    def _society(self, entry: Entry) -> tuple[str, float]:
        """The society's name, then its short form: on the last line if there is room, and under a name that runs to
        the left."""
        style = self._style(SIZE * (ARABIC if entry.tongue == "ar" else 1), entry.tongue)
        width = self._columns.society
        lines = self._setter.lines(entry.society, style, width)
        drawn, end = self._column(lines, style, SIZE * LEADING, width)
        if not entry.short_name:
            return f"{INK}{drawn}", end
        small = self._style(SHORT, entry.tongue if not style.leftward else "")
        short = self._setter.lines(entry.short_name, small, width)
        blank = self._setter.lines(" ", style)[0].width
        spaced = self._setter.spaced(drawn, style)
        beside = lines[-1].width + blank
        if not style.leftward and len(short) == 1 and beside + short[0].width <= width:
            y = end - SIZE * LEADING + self._setter.baseline(style, SIZE * LEADING)
            return f"{INK}{spaced}{GREY}{_at(beside, y)}{short[0].operators}", end
        below, end = self._column(short, small, SIZE * LEADING, width, top=end)
        return f"{INK}{spaced}{GREY}{below}", end

    def _officer(self, officer: tuple[str, str, str], left: float, top: float) -> tuple[str, float]:
        """An officer's name with the office below it, and where both end."""
        name, tongue, office = officer
        style, small = self._style(SIZE * (ARABIC if tongue == "ar" else 1), tongue), self._style(OFFICE, "")
        width = self._columns.officer
        lines = self._setter.lines(name, style, width)
        drawn, end = self._column(lines, style, SIZE * LEADING, width, left=left, top=top)
        if not office:
            return f"{INK}{drawn}", end
        below, end = self._column(self._setter.again(office, small, width), small, OFFICE * LEADING, width, left, end)
        return f"{INK}{self._setter.spaced(drawn, style)}{GREY}{below}", end

    def _country(self, country: str) -> str:
        style = self._style(SIZE, "")
        right = self._columns.society + self._columns.officer + self._columns.country
        right += BESIDE * (2 if self._columns.officer else 1)
        drawn = self._setter.again(country, style) if country else []
        if not drawn:
            return ""
        y = self._setter.baseline(style, SIZE * LEADING)
        return f"{INK}{_at(right - drawn[0].width, y)}{drawn[0].operators}"

    def _column(
        self, lines: list[Line], style: Style, pitch: float, width: float, left: float = 0.0, top: float = 0.0
    ) -> tuple[str, float]:
        """Lines below each other, and where they end. A name of several lines that runs to the left begins right."""
        y = top + self._setter.baseline(style, pitch)
        drawn = []
        for number, line in enumerate(lines):
            x = left + (width - line.width if style.leftward and len(lines) > 1 else 0)
            last = number == len(lines) - 1
            operators = line.operators if last else self._setter.spaced(line.operators, style)
            drawn.append(f"{_at(x, y + number * pitch)}{operators}")
        return "".join(drawn), top + len(lines) * pitch


def _at(x: float, y: float) -> str:
    return f"1 0 0 1 {x:.2f} {-y - ABOVE:.2f} Tm\n"


def _marked(kind: str, drawn: str) -> str:
    return f"/{kind}<</MCID %d>>BDC\nBT\n{drawn}ET\nEMC\n"
