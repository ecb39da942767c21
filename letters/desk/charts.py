"""The two charts of a letter as shapes in hundredths: figures in, geometry out; the templates write the SVG.

Widths are percentages of the drawing, so that a phone gets narrower bars and no smaller letters.
"""

import dataclasses
import datetime

from letters.desk.figures import Course, Funnel

HEIGHT = 1000  # units of the line's own box, which is stretched to the page; its width is HEIGHT too
ROWS = (12, 28)  # labels beside each other stand in turn in two rows
EDGE = 82  # a label that starts further right than this many percent is written to its left


@dataclasses.dataclass(frozen=True, slots=True)
class Bar:
    """One step of the funnel: how wide, and where it stands, counted from the top."""

    name: str
    number: int
    width: str  # per cent of the drawing
    text_y: int
    bar_y: int
    share: str


@dataclasses.dataclass(frozen=True, slots=True)
class Mark:
    """A day that is marked on the line, at so many per cent from the left."""

    label: str
    x: str
    anchor: str
    kind: str
    y: int


@dataclasses.dataclass(frozen=True, slots=True)
class Lines:
    """The signature line: its path and the area below it in a box of HEIGHT by HEIGHT, the marks, where it ends."""

    path: str
    area: str
    end_x: str
    end_y: str
    end_anchor: str
    marks: list[Mark]


def bars(funnel: Funnel) -> list[Bar]:
    """The funnel from top to bottom; without an invitation every bar is empty."""
    return [
        Bar(name, number, _percent(number, funnel.invited), 16 + 48 * place, 24 + 48 * place,
            f"{round(100 * number / funnel.invited)} %" if funnel.invited else "")
        for place, (name, number) in enumerate(funnel.steps)
    ]  # fmt: skip


def line(course: Course) -> Lines:
    """The line from nothing on the first morning to the last evening, straight from evening to evening."""
    first = course.days[0].day
    span = (course.end - first).days + 1
    points = [(0.0, float(HEIGHT))]
    for place, evening in enumerate(course.days, start=1):
        points.append((HEIGHT * place / span, HEIGHT * (1 - evening.standing / max(1, course.societies))))
    path = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    end_x, end_y = points[-1]
    numbers: dict[datetime.date, list[str]] = {}
    for day, number in course.versions:
        numbers.setdefault(day, []).append(str(number))
    wanted = [(day, f"version {', '.join(of_day)}", "version") for day, of_day in numbers.items()]
    if course.deadline:
        wanted.append((course.deadline + datetime.timedelta(days=1), "deadline", "deadline"))
    marks = [
        _mark(label, min(1.0, (day - first).days / span), kind, ROWS[place % 2])
        for place, (day, label, kind) in enumerate(wanted)
    ]
    return Lines(
        path, f"{path} L{end_x:.1f} {HEIGHT} Z", f"{end_x / HEIGHT * 100:.2f}%", f"{end_y / HEIGHT * 100:.2f}%",
        "end" if end_x > HEIGHT * EDGE / 100 else "start", marks,
    )  # fmt: skip


def _mark(label: str, share: float, kind: str, y: int) -> Mark:
    return Mark(label, f"{share * 100:.2f}%", "end" if share > EDGE / 100 else "start", kind, y)


def _percent(number: int, whole: int) -> str:
    return f"{100 * number / whole if whole else 0:.2f}%"
