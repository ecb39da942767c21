"""What the page of a dry run shows: counts by state, what waits for a person, and one page of rows."""

import dataclasses
from collections import Counter
from collections.abc import Mapping

from letters.lists.intake import not_imported, plan_of
from letters.lists.plan import STATES, Plan, Planned
from letters.models import Arrival, OfficersAsked, Role
from letters.models.society import name_key

ROWS = 50  # on one page
ASKED = 20  # rows about which one page asks

# The pill that shows each state, by the names of the stylesheet.
PILLS = {
    "new": "invited", "matched": "signed", "listed": "draft", "ambiguous": "unknown", "twice": "failed",
    "address": "failed", "refused": "failed",
}  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Filter:
    """One state with its number of rows; `chosen` says that only these rows are shown."""

    state: str
    label: str
    count: int
    chosen: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One row of the table."""

    entry: Planned
    pill: str
    label: str


@dataclasses.dataclass(frozen=True, slots=True)
class Run:
    """A dry run as a page shows it; `show` is the state chosen, `page` and `pages` count from 1."""

    plan: Plan
    filters: tuple[Filter, ...]
    lines: tuple[Line, ...]
    show: str
    page: int
    pages: int
    ambiguous: tuple[Planned, ...]
    bad: tuple[Planned, ...]
    left_out: int
    one_signs: int  # societies with several signers in a letter that asks for one of each

    @property
    def more(self) -> int:
        """Rows that wait for a person beside those the page asks about."""
        return self.plan.count("ambiguous") + self.plan.count("address") - len(self.ambiguous) - len(self.bad)

    @property
    def asks(self) -> bool:
        """True when the page asks about rows."""
        return bool(self.ambiguous or self.bad)


def page_of(arrival: Arrival, asked: Mapping[str, str]) -> Run:
    """The dry run of a list with the rows that the address asks for (?show=STATE&page=N); raises BadList."""
    plan = plan_of(arrival)
    show = asked.get("show", "")
    show = show if show in STATES else ""
    rows = plan.of(show) if show else list(plan.entries)
    pages = max(1, -(-len(rows) // ROWS))
    word = asked.get("page", "1")
    page = min(int(word), pages) if word.isascii() and word.isdecimal() and 0 < len(word) < 5 else 1
    page = max(page, 1)
    counted = [Filter(state, label, plan.count(state), state == show) for state, label in STATES.items()]
    return Run(
        plan=plan,
        filters=tuple(one for one in counted if one.count),
        lines=tuple(Line(row, PILLS[row.state], STATES[row.state]) for row in rows[(page - 1) * ROWS : page * ROWS]),
        show=show, page=page, pages=pages,
        ambiguous=tuple(plan.of("ambiguous")[:ASKED]),
        one_signs=_crowded(plan) if arrival.letter.officers_asked == OfficersAsked.ONE else 0,
        left_out=len(not_imported(arrival, plan)),
        bad=() if arrival.earlier else tuple(plan.of("address")[:ASKED]),
    )  # fmt: skip


def _crowded(plan: Plan) -> int:
    signers = Counter(name_key(entry.row.society) for entry in plan.good if entry.row and entry.row.role == Role.SIGNER)
    return sum(count > 1 for count in signers.values())
