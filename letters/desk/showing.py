"""Which rows of the grid are shown, in which order and on which page, as an address says it; nothing is read here."""

import dataclasses
import math
import unicodedata
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl, urlencode

from letters.desk.grid import Line

PAGE = 50
ALL = "all"


@dataclasses.dataclass(frozen=True, slots=True)
class Named:
    """A view everybody has; `rare` ones are offered only while they hold something."""

    key: str
    label: str
    holds: Callable[[Line], bool]
    rare: bool = False


NAMED = (
    Named(ALL, "All", lambda line: True),
    Named("not_opened", "Not opened", lambda line: line.invitation.invited_at is not None and not line.opened),
    Named("silent", "No answer", lambda line: line.silent),
    Named("board", "With board", lambda line: line.pill == "board"),
    Named("change", "Asked for change", lambda line: line.pill == "if_changed"),
    Named("earlier", "Earlier version", lambda line: line.pill == "earlier"),
    Named("bounced", "Bounced", lambda line: line.lost),
    Named("follow_up", "Follow up", lambda line: line.step.kind == "follow_up"),
    Named("board_met", "Board has met", lambda line: line.step.kind == "board", rare=True),
    Named("partly", "Signed in part", lambda line: line.stand.partly, rare=True),
    Named("unconfirmed", "Not confirmed", lambda line: any(not o.confirmed for o in line.officers), rare=True),
    Named("draft", "Not yet invited", lambda line: line.pill == "draft", rare=True),
)
VIEWS = {named.key: named for named in NAMED}

STATES = {
    "draft": "Not yet invited", "invited": "Invited", "opened": "Opened", "signed": "Signed",
    "partly": "Signed in part", "earlier": "Signed an earlier version", "if_changed": "Asked for change",
    "board": "With board", "passed": "Passed on", "declined": "Declined", "own": "Own statement",
    "withdrawn": "Withdrawn", "late": "May sign late",
}  # fmt: skip


def _newest(line: Line) -> float:
    return -line.at.timestamp() if line.at else math.inf


SORTS: dict[str, tuple[str, Callable[[Line], tuple[object, ...]]]] = {
    "": ("Printed order", lambda line: (line.invitation.position,)),
    "name": ("Name", lambda line: (line.invitation.society.name_key,)),
    "state": ("State", lambda line: (list(STATES).index(line.pill), line.invitation.position)),
    "newest": ("Last activity, newest first", lambda line: (_newest(line),)),
    "oldest": ("Last activity, oldest first", lambda line: (-_newest(line),)),
    "step": ("Next step, most urgent first", lambda line: (line.step.urgency, line.invitation.position)),
}


def folded(text: str) -> str:
    """Text as it is compared: no accents, no capitals, single blanks."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(plain.casefold().split())


@dataclasses.dataclass(frozen=True, slots=True)
class Wish:
    """What an address asks for; what it does not know is left out."""

    view: str = ALL
    state: str = ""
    q: str = ""
    sort: str = ""
    page: int = 1
    choose: bool = False  # every row that matches is ticked, on all pages

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Wish":
        """Read from a query string."""
        page = given.get("page", "")
        return cls(
            view=given["view"] if given.get("view") in VIEWS else ALL,
            state=given["state"] if given.get("state") in STATES else "",
            q=given.get("q", "").strip()[:100],
            sort=given["sort"] if given.get("sort") in SORTS else "",
            page=max(1, int(page)) if page.isascii() and page.isdecimal() and len(page) < 6 else 1,
            choose=given.get("choose") == "all",
        )

    @classmethod
    def from_query(cls, query: str) -> "Wish":
        """The same from a query string as it stands in an address."""
        return cls.of(dict(parse_qsl(query)))

    def query(self, **changes: object) -> str:
        """The query string that asks for this, as short as it can be; a change of anything leads to page 1."""
        wish = dataclasses.replace(self, **({"page": 1, "choose": False} | changes))  # type: ignore[arg-type]
        said = {
            "view": "" if wish.view == ALL else wish.view, "state": wish.state, "q": wish.q, "sort": wish.sort,
            "page": wish.page if wish.page > 1 else "", "choose": "all" if wish.choose else "",
        }  # fmt: skip
        return urlencode({name: value for name, value in said.items() if value})


@dataclasses.dataclass(frozen=True, slots=True)
class Tab:
    """One view as the page offers it."""

    label: str
    count: int
    query: str
    here: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Shown:
    """The rows of one page, and all that match; `tabs` with how many rows each view holds."""

    rows: list[Line]
    matching: list[Line]
    page: int
    pages: int
    tabs: list[Tab]


def show(grid: list[Line], wish: Wish) -> Shown:
    """Filter, search, sort and cut; a page past the end is the last one."""
    matching = [line for line in grid if VIEWS[wish.view].holds(line) and wish.state in ("", line.pill)]
    words = folded(wish.q).split()
    if words:
        matching = [line for line in matching if all(word in _said_of(line) for word in words)]
    matching.sort(key=SORTS[wish.sort][1])
    pages = max(1, math.ceil(len(matching) / PAGE))
    page = min(wish.page, pages)
    counts = {named.key: sum(named.holds(line) for line in grid) for named in NAMED}
    tabs = [
        Tab(named.label, counts[named.key], Wish(view=named.key, sort=wish.sort).query(), named.key == wish.view)
        for named in NAMED
        if not named.rare or named.key == wish.view
    ]
    return Shown(matching[(page - 1) * PAGE : page * PAGE], matching, page, pages, tabs)


def _said_of(line: Line) -> str:
    society = line.invitation.society
    parts = [
        society.official_name, society.short_name, society.printed_name, *(officer.name for officer in line.officers),
        line.stand.text, line.stand.note, line.call.note if line.call else "",
    ]  # fmt: skip
    return folded(" ".join(parts))
