"""From what came in to the dry run of it: the lines, what their columns mean, the plan, and what is left out."""

import dataclasses

from letters.lists.columns import FIELDS, REQUIRED, WHY, Sheet, certain, guess
from letters.lists.group import plan_of_group
from letters.lists.listing import EXAMPLE, listing_of, read_lines, table_in
from letters.lists.plan import Plan, plan
from letters.models import Arrival, ArrivalState, KnownHeadings
from letters.text.tabular import Lines

OPEN = "This row was left open; it can be imported now."
TEMPLATE = (
    "society", "short_name", "country", "contact_name", "credentials", "office", "email", "role", "language",
    "domain", "ror",
)  # fmt: skip
EXAMPLE_ROW = (
    EXAMPLE, "ES", "CH", "Ada Example", "MD, PhD", "President", "ada@example.org", "signer", "en", "example.org", "",
)  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Intake:
    """The lines of a file, and the field each column holds; `settled` says that nobody need be asked."""

    read: Lines
    sheet: Sheet
    columns: tuple[str, ...]
    settled: bool

    @property
    def samples(self) -> list[tuple[str, str]]:
        """Each heading with the first values below it."""
        first = [cells for _, cells in self.sheet.lines[:3]]
        return [
            (heading, "; ".join(filter(None, (cells[at] if at < len(cells) else "" for cells in first))))
            for at, heading in enumerate(self.sheet.headings)
        ]


def intake(arrival: Arrival) -> Intake:
    """Read what came, by what was said of it or once said of the same header line; raises BadList."""
    read = read_lines(bytes(arrival.content), name=arrival.name, encoding=arrival.encoding, sheet=arrival.sheet)
    sheet = table_in(read, name=arrival.name)
    if arrival.columns is not None and len(arrival.columns) == len(sheet.headings):
        return Intake(read, sheet, tuple(arrival.columns), settled=True)
    known = KnownHeadings.objects.filter(by=arrival.by, fingerprint=sheet.fingerprint).first()
    if known and sheet.heading_at and len(known.columns) == len(sheet.headings):
        return Intake(read, sheet, tuple(known.columns), settled=True)
    columns = guess(sheet)
    return Intake(read, sheet, columns, settled=certain(columns))


def plan_of(arrival: Arrival) -> Plan:
    """The dry run as things stand now; raises BadList."""
    if arrival.earlier:
        return plan_of_group(arrival.letter, arrival.earlier)
    found = intake(arrival)
    listing = listing_of(found.read, found.sheet, found.columns, arrival.corrected)
    return plan(arrival.letter, listing, arrival.chosen)


def not_imported(arrival: Arrival, found: Plan) -> dict[int, str]:
    """Why, by row number, each row is left out; once the list is written that is every row not on the letter's list."""
    if arrival.state != ArrivalState.WRITTEN:
        return {entry.number: entry.why for entry in found.left_out}
    return {entry.number: entry.why or OPEN for entry in found.entries if entry.state != "listed"}


def left_out(arrival: Arrival) -> tuple[list[str], list[list[str]]]:
    """Heading and lines of the rows that are not imported, with the reason first, to be mended and brought in again.

    The columns are those of the file, and after them those that a row must have and the file had not.
    """
    found = plan_of(arrival)
    why = not_imported(arrival, found)
    if arrival.earlier:
        lines = [
            [why[entry.number], entry.row.society, entry.row.contact_name, entry.row.office, entry.row.email]
            for entry in found.entries if entry.row and entry.number in why
        ]  # fmt: skip
        return [WHY, *(FIELDS[field] for field in REQUIRED)], lines
    came = intake(arrival)
    keep = [at for at, heading in enumerate(came.sheet.headings) if heading != WHY]
    added = [field for field in REQUIRED if field not in _held(came)]
    width = len(came.sheet.headings)
    lines = []
    for number, cells in came.sheet.lines:
        if number in why:
            full = [*cells, *[""] * (width - len(cells))]
            lines.append([why[number], *(full[at] for at in keep), *("" for _ in added)])
    names = [_named(came, at) for at in keep]
    return [WHY, *names, *(FIELDS[field] for field in added)], lines


def _named(came: Intake, at: int) -> str:
    """The heading of a column; where the file had none, what the column was said to hold."""
    if came.sheet.heading_at or at >= len(came.columns) or not came.columns[at]:
        return came.sheet.headings[at]
    return FIELDS[came.columns[at]]


def _held(came: Intake) -> set[str]:
    held = set(came.columns)
    return held | ({"contact_name"} if {"first_name", "last_name"} <= held else set())
