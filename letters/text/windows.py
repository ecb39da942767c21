"""When the window of a journal ends, counted from each date a paper may be said to be published; all values."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from letters.text.venue import Span


@dataclass(frozen=True, slots=True)
class Start:
    """A day from which a journal may count; `exact` is "day", "month" or "year", `confirmed`: it counts from this."""

    kind: str
    day: datetime.date
    exact: str = "day"
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class End:
    """The last day of a window that is counted from one start."""

    start: Start
    day: datetime.date


@dataclass(frozen=True, slots=True)
class Window:
    """The ends from each start, the earliest first; `pinned` is the one from the confirmed start."""

    span: Span
    ends: tuple[End, ...]

    @property
    def pinned(self) -> End | None:
        """The end from the start somebody confirmed; None while nobody did."""
        return next((end for end in self.ends if end.start.confirmed), None)

    @property
    def counts(self) -> End | None:
        """What to go by: the pinned end, else the earliest; None without any date."""
        return self.pinned or next(iter(self.ends), None)


def window(span: Span, starts: Sequence[Start]) -> Window:
    """The window of `span` over all starts."""
    ends = [End(start, span.after(start.day)) for start in starts]
    return Window(span, tuple(sorted(ends, key=lambda end: (end.day, end.start.kind))))


def left(end: datetime.date, today: datetime.date) -> str:
    """“12 days left”, “ends today”, “over for 3 days”; the last day still counts."""
    days = (end - today).days
    if days == 0:
        return "ends today"
    return (
        f"{days:,} day{'' if days == 1 else 's'} left"
        if days > 0
        else (f"over for {-days:,} day{'' if days == -1 else 's'}")
    )
