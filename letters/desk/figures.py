"""The numbers behind the two charts of a letter, counted from the grid; how they are drawn is charts.py's."""

import dataclasses
import datetime
import zoneinfo

from letters.desk.grid import Line
from letters.models import Letter, Signature


@dataclasses.dataclass(frozen=True, slots=True)
class Funnel:
    """Societies invited; of these opened (a person showed up), answered in any way, and signed the current version."""

    invited: int
    opened: int
    responding: int
    signed: int

    @property
    def steps(self) -> list[tuple[str, int]]:
        """Name and number, in order."""
        return [
            ("Invited", self.invited), ("Opened", self.opened), ("Responding", self.responding), ("Signed", self.signed)
        ]  # fmt: skip


def funnel(grid: list[Line]) -> Funnel:
    """Counted so that no step is larger than the one before it."""
    invited = [line for line in grid if line.invitation.invited_at or line.signatures]
    opened = [line for line in invited if line.opened]
    responding = [line for line in opened if line.signatures or line.invitation.response]
    signed = [line for line in responding if line.pill == "signed"]
    return Funnel(len(invited), len(opened), len(responding), len(signed))


@dataclasses.dataclass(frozen=True, slots=True)
class Day:
    """How many societies had a signature standing when this day ended, under whichever version."""

    day: datetime.date
    standing: int
    change: int


@dataclasses.dataclass(frozen=True, slots=True)
class Course:
    """The signatures over time: each day from the first invitation until now, and what is marked beside them.

    `end` is the last day of the axis, at the latest the deadline's; `versions` are day and number.
    """

    days: list[Day]
    societies: int
    end: datetime.date
    versions: list[tuple[datetime.date, int]]
    deadline: datetime.date | None

    @property
    def changing(self) -> list[Day]:
        """The days on which the number changed, and the last."""
        return [day for day in self.days if day.change or day is self.days[-1]]


def course(
    letter: Letter, grid: list[Line], published: list[tuple[int, datetime.datetime]], now: datetime.datetime
) -> Course | None:
    """The course of a letter whose societies were invited, or None before; days are the convener's."""
    invited = [line.invitation.invited_at for line in grid if line.invitation.invited_at]
    if not invited:
        return None
    zone, today = letter.zone, now.astimezone(letter.zone).date()
    changes: dict[datetime.date, int] = {}
    for line in grid:
        for at, step in _changes(line.signatures):
            day = at.astimezone(zone).date()
            changes[day] = changes.get(day, 0) + step
    first = min(min(invited).astimezone(zone).date(), *changes, today)
    deadline = letter.deadline_local.date() if letter.deadline_local else None
    days, standing = [], 0
    last = min(today, max([first, *changes, deadline or today]))
    for offset in range((last - first).days + 1):
        day = first + datetime.timedelta(days=offset)
        standing += changes.get(day, 0)
        days.append(Day(day, standing, changes.get(day, 0)))
    marks = [(_local(at, zone), number) for number, at in published]
    return Course(days, len(invited), max(last, deadline or last), [m for m in marks if first <= m[0]], deadline)


def _local(at: datetime.datetime, zone: zoneinfo.ZoneInfo) -> datetime.date:
    return at.astimezone(zone).date()


def _changes(signatures: list[Signature]) -> list[tuple[datetime.datetime, int]]:
    """When one society came to stand under the letter, and when it ceased to."""
    steps = sorted(
        [(s.signed_at, 1) for s in signatures]
        + [(end, -1) for s in signatures if (end := s.withdrawn_at or s.replaced_at)],
        key=lambda step: (step[0], -step[1]),  # a signature that is replaced at this instant does not lapse
    )
    found, standing = [], 0
    for at, step in steps:
        before, standing = standing, standing + step
        if (before > 0) != (standing > 0):
            found.append((at, step))
    return found
