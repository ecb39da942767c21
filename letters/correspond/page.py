"""What the page of correspondence shows: unsorted mail, each submission with its entries and its clock, the rest."""

import dataclasses
import datetime
from collections.abc import Sequence
from typing import Any

from letters.correspond.about import named, submissions_of
from letters.inbox.address import address_of
from letters.inbox.clocks import sent_on
from letters.models import Came, Correspondence, Due, DueStep, Letter, Outcome, Sending, Submission
from letters.text import clock
from letters.text.clock import Standard
from letters.text.ladder import Rung, next_rung

PILLS = {clock.OVER: ("failed", "Overdue"), clock.NEAR: ("earlier", "Due soon"), clock.AHEAD: ("invited", "Waiting")}


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One wait: what, since when, until when, by which standard; `due` is None where no date is known."""

    step: str
    label: str
    since: datetime.date | None
    due: Due | None
    standing: str
    left: str
    standard: str
    source: str
    rule: str = ""  # the kind of the journal's rule nobody knows yet

    @property
    def pill(self) -> tuple[str, str]:
        """The pill and its words."""
        return PILLS.get(self.standing, ("unknown", "No date")) if self.standing != "met" else ("signed", "Came")


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """One submission, or what belongs to none: its entries by day, its clock, what to do when nothing comes."""

    title: str
    submission: Submission | None
    sent: datetime.date | None
    address: str
    entries: list[Correspondence]
    clock: list[Row]
    rung: Rung | None

    @property
    def overdue(self) -> int:
        """How many waits are past their day."""
        return sum(row.standing == clock.OVER for row in self.clock)


def page(letter: Letter, now: datetime.datetime) -> dict[str, Any]:
    """All the page shows, in a number of queries that does not grow."""
    today = now.astimezone(letter.zone).date()
    entries = list(_entries(letter))
    dues = list(letter.dues.select_related("met_by").order_by("on", "pk"))
    sorted_ = [entry for entry in entries if entry.kind != Came.UNSORTED]
    parts = [_part(letter, row, sorted_, dues, today) for row in submissions_of(letter)]
    rest = [entry for entry in sorted_ if entry.submission_id is None]
    waits = [_due_row(due, today) for due in dues if due.submission_id is None and due.ended_at is None]
    if rest or waits:
        parts.append(Part("Not about one submission", None, None, "", rest, waits, None))
    return {
        "letter": letter, "parts": parts, "unsorted": [entry for entry in entries if entry.kind == Came.UNSORTED],
        "removed": letter.correspondence.exclude(removed_at=None).count(), "today": today,
        "overdue": sum(part.overdue for part in parts),
    }  # fmt: skip


def _entries(letter: Letter) -> Any:
    rows = letter.correspondence.kept().select_related("submission__journal", "journal", "file", "recorded_by")
    return rows.order_by("day", "pk")


def _part(
    letter: Letter, row: Submission, entries: Sequence[Correspondence], dues: Sequence[Due], today: datetime.date
) -> Part:
    mine = [entry for entry in entries if entry.submission_id == row.pk]
    own = [due for due in dues if due.submission_id == row.pk]
    sent = sent_on(row, letter) if row.state == Sending.SENT and row.sent_at else None
    rows = clock_of(row, mine, own, sent, today)
    return Part(named(row), row, sent, address_of(row.reply_key), mine, rows, rung_of(rows, mine, own))


def clock_of(
    row: Submission, entries: Sequence[Correspondence], dues: Sequence[Due], sent: datetime.date | None,
    today: datetime.date,
) -> list[Row]:  # fmt: skip
    """What is waited for, what came, and for which step no date is known, in the order of the steps."""
    found = [_due_row(due, today) for due in dues if due.ended_at is None]
    met = {due.step: due for due in dues if due.met_by_id and due.step not in {one.step for one in found}}
    found += [_due_row(due, today) for due in met.values()]
    have = {due.step for due in dues}
    for step in clock.steps_of(row.journal.venue, row.channel) if sent else ():
        answer = next((e for e in entries if sent and clock.ended_by(e.kind, e.day, step, sent)), None)
        if step not in have and answer is None:
            label, rule = DueStep(step).label, clock.standard(row.journal.venue, step)
            found.append(Row(step, label, sent, None, "unknown", "", rule.words, rule.source, clock.RULES[step]))
    order = list(DueStep.values)
    return sorted(found, key=lambda one: order.index(one.step))


def _due_row(due: Due, today: datetime.date) -> Row:
    label = due.what if due.step == DueStep.OTHER and due.what else due.get_step_display()
    standing = "met" if due.ended_at else clock.stands(due.on, today)
    left = clock.left(due.on, today)
    return Row(due.step, label, due.since, due, standing, left, due.standard, due.source)


def rung_of(rows: Sequence[Row], entries: Sequence[Correspondence], dues: Sequence[Due]) -> Rung | None:
    """The rung of the ladder to offer for a submission."""
    steps = {due.step for due in dues}
    taken = {"complaints"} if steps & set(clock.AFTER_COMPLAINT) else set()
    taken |= {"cope"} if DueStep.COPE in steps else set()
    taken |= {"editor"} if any(entry.kind == Came.SENT for entry in entries) else set()
    complained = max((due.since for due in dues if due.step in clock.AFTER_COMPLAINT), default=datetime.date.min)
    against = {Outcome.NO_ACTION, Outcome.REFUSED}
    decided = any(e.kind == Came.DECISION and e.outcome in against and e.day >= complained for e in entries)
    return next_rung({row.step for row in rows if row.standing == clock.OVER}, taken, decided)


def standard_of(row: Submission | None, step: str) -> Standard:
    """What is known about a step, to fill the form with."""
    return clock.standard(row.journal.venue, step) if row else Standard(None)
