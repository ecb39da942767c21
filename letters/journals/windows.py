"""What the page of the targets shows: dates, windows per journal, and each society's board date against them."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from letters.fit import starts
from letters.models import DateKind, Invitation, Journal, Letter, Response, Target, TargetDate
from letters.text.venue import Rule
from letters.text.windows import End, Window, left, window

FROM: dict[str, str] = {DateKind.ONLINE: "online", DateKind.UPDATED: "update", DateKind.PRINT: "print"}


@dataclass(frozen=True, slots=True)
class Row:
    """One journal and one paper: the window, its end by each kind of date, and what is said of the one that counts."""

    journal: Journal
    target: Target | None
    rule: Rule
    ends: list[tuple[str, End | None]]
    counts: End | None
    said: str
    over: bool


@dataclass(frozen=True, slots=True)
class Board:
    """A society whose board decides on a day, and for each journal with a window whether that is in time."""

    invitation: Invitation
    verdicts: list[tuple[Journal, datetime.date, bool]]

    @property
    def late(self) -> bool:
        """Whether it is too late for one of them at least."""
        return not all(fits for *_, fits in self.verdicts)


def rows(letter: Letter, targets: list[Target], today: datetime.date) -> list[Row]:
    """One row per journal the letter may go to and paper; one per journal where no window is known."""
    aims = letter.aims.select_related("journal").prefetch_related("journal__rules")
    found = []
    for aim in aims:
        rule = aim.journal.venue.rule("window")
        if rule.span is None:
            found.append(Row(aim.journal, None, rule, [], None, rule.said, False))
            continue
        for target in targets:
            found.append(_row(aim.journal, target, rule, window(rule.span, starts(target)), today))
    return found


def _row(journal: Journal, target: Target, rule: Rule, open_for: Window, today: datetime.date) -> Row:
    by_kind = {end.start.kind: end for end in open_for.ends}
    ends = [(label, by_kind.get(kind)) for kind, label in FROM.items()]
    counts = open_for.counts
    said = left(counts.day, today) if counts else "no date of the paper is known"
    return Row(journal, target, rule, ends, counts, said, bool(counts and counts.day < today))


def boards(letter: Letter, found: list[Row]) -> list[Board]:
    """Each society whose board decides on a day, the earliest first, against the end that counts for each journal."""
    first: dict[int, tuple[Journal, datetime.date]] = {}
    for row in found:
        if row.counts and (row.journal.pk not in first or row.counts.day < first[row.journal.pk][1]):
            first[row.journal.pk] = (row.journal, row.counts.day)
    waiting = letter.invitations.filter(response=Response.BOARD).select_related("society").order_by("board_on", "pk")
    return [
        Board(
            one, [(journal, end, one.board_on is not None and one.board_on <= end) for journal, end in first.values()]
        )
        for one in waiting
    ]


def late_deadline(letter: Letter, found: list[Row]) -> list[Row]:
    """The rows whose window is over before the letter's own deadline for signing."""
    last = letter.deadline_local
    return [row for row in found if last and row.counts and row.counts.day < last.date()]


def page(letter: Letter, today: datetime.date) -> dict[str, Any]:
    """All the page shows besides its forms."""
    targets = list(letter.targets.prefetch_related("dates__confirmed_by"))
    found = rows(letter, targets, today)
    return {
        "targets": targets, "rows": found, "boards": boards(letter, found), "looks_up": bool(settings.CROSSREF_URL),
        "late": late_deadline(letter, found), "kinds": list(FROM.values()),
    }  # fmt: skip


def pinned(target: Target) -> TargetDate | None:
    """The date that is confirmed; None while nobody did."""
    return target.dates.exclude(confirmed_at=None).select_related("confirmed_by").first()
