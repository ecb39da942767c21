"""What waits for the coordinator, most urgent first, each with the one action that answers it."""

import dataclasses
import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Now

from letters.desk import answers
from letters.desk.grid import LOST, Line
from letters.models import (
    Comment,
    Job,
    JobState,
    Letter,
    Mail,
    MailKind,
    Round,
    RoundState,
    State,
    Submission,
)
from letters.render.site_keys import warning

IDLE = datetime.timedelta(days=3)
MOST_FOLLOW_UPS = 5  # as rows of their own; the rest is counted


@dataclasses.dataclass(frozen=True, slots=True)
class Attention:
    """One thing that waits, with one action: an address, reminders to these invitations, or a follow-up to end."""

    count: int
    sentence: str
    label: str
    address: str
    remind: tuple[int, ...] = ()
    done: int | None = None
    about: str = ""  # the society, where it is about one


@dataclasses.dataclass(frozen=True, slots=True)
class Owed:
    """What the database counts beside the grid (one query)."""

    mails: dict[str, int]
    unclear: int
    unanswered: int
    dead: int
    drafts: int
    unsorted: int  # messages that came by mail
    overdue: int
    soon: int
    draft: int | None  # one of them
    waiting: int  # submissions for a second person
    waits: int | None  # one of them
    idle: int  # submissions prepared days ago and not sent
    error: str


def counted() -> dict[str, Combinable]:
    """For a query of letters: mails by state, submissions without a clear end, comments to answer, dead work."""
    mails = Mail.objects.filter(letter=OuterRef("pk")).exclude(kind=MailKind.CODE)
    sendings = Submission.objects.filter(edition__letter=OuterRef("pk"), state__in=["failed", "unknown"])
    about = Submission.objects.filter(edition__letter=OuterRef("pk"))
    idle = about.filter(state="preparing", created_at__lt=Now() - IDLE)
    comments = Comment.objects.sent().filter(version__letter=OuterRef("pk"), agrees_with=None, disposition="")
    return {
        "unclear": _number(sendings, "edition__letter"),
        "waiting": _number(about.filter(state="waiting"), "edition__letter"),
        "idle": _number(idle, "edition__letter"),
        "unanswered": _number(comments, "version__letter"),
        "dead": _number(_dead(), "letter"),
        "drafts": _number(_drafts(), "letter"),
        **answers.counted(),
        **{state: _number(mails.filter(state=state), "letter") for state in LOST},
    }


def owed(letter: Letter) -> Owed:
    """The same of one letter, and what the newest dead work says (one query)."""
    error = Coalesce(Subquery(_dead().order_by("-pk").values("last_error")[:1]), Value(""), output_field=CharField())
    draft = Subquery(_drafts().order_by("-pk").values("pk")[:1])
    asked = Submission.objects.filter(edition__letter=OuterRef("pk"), state="waiting").order_by("-pk")
    waits = Subquery(asked.values("pk")[:1])
    rows = Letter.objects.filter(pk=letter.pk).order_by().values(error=error, draft=draft, waits=waits, **counted())
    row: Mapping[str, Any] = rows.get()
    mails: dict[str, int] = {state.value: row[state] for state in LOST}
    counts = ("unclear", "unanswered", "dead", "drafts", "waiting", "idle", *answers.NAMES)
    numbers = {name: row[name] for name in counts}
    return Owed(mails=mails, draft=row["draft"], waits=row["waits"], error=row["error"], **numbers)


def _drafts() -> QuerySet[Round]:
    return Round.objects.filter(letter=OuterRef("pk"), state=RoundState.WAITING)


def _dead() -> QuerySet[Job]:
    return Job.objects.filter(letter=OuterRef("pk"), state=JobState.DEAD).exclude(kind__in=["mail", "import"])


_number = answers.number


def attention(letter: Letter, grid: list[Line], counts: Owed, now: datetime.datetime) -> list[Attention]:
    """What waits, most urgent first; `counts` is what owed() read."""
    base = f"/manage/{letter.slug}"
    return [
        *_broken(counts, base),
        *_follow_ups(grid, base),
        *_of_journals(counts, base),
        *_waiting(counts, base),
        *(_of_societies(letter, grid, base, now) if letter.state == State.SIGNING else ()),
        *_of_the_seal(letter, now),
    ]


def _of_the_seal(letter: Letter, now: datetime.datetime) -> Iterable[Attention]:
    """That the certificate of the seal runs out, or cannot be used, while there may be something to seal."""
    said = "" if letter.state == State.ABANDONED else warning(now)
    if said:
        yield Attention(1, f"{said} Tell who runs this site.", "See the key", "/verify")


def some(count: int, one: str, many: str) -> str:
    """The wording for one or for several."""
    return one if count == 1 else many


def _broken(counts: Owed, base: str) -> Iterable[Attention]:
    if counts.dead:
        yield Attention(counts.dead, f"Work was given up: {counts.error}", "See what to do", f"{base}/deliver")
    if counts.unclear:
        said = "sent to a journal without a clear answer"
        yield Attention(counts.unclear, said, "Decide", f"{base}/submissions")
    wordings = {
        "bounced": ("message came back", "messages came back", "See whose address is wrong"),
        "failed": ("message was not sent", "messages were not sent", "Look at the mail"),
        "unknown": ("message may not have arrived", "messages may not have arrived", "Look at the mail"),
    }
    for state, (one, many, label) in wordings.items():
        count = counts.mails.get(state, 0)
        if count:
            there = f"{base}/societies?view=bounced" if state == "bounced" else f"{base}/mail"
            yield Attention(count, some(count, one, many), label, there)


def _follow_ups(grid: list[Line], base: str) -> Iterable[Attention]:
    due = [line for line in grid if line.step.kind == "follow_up"]
    due.sort(key=lambda line: (line.follow_up.follow_up_on, line.follow_up.pk) if line.follow_up else ())
    for line in due[:MOST_FOLLOW_UPS]:
        if line.follow_up:
            address = f"{base}/societies/{line.invitation.society_id}/call"
            said = f"{line.step.text.lower()}: “{line.follow_up.note}”"
            society = line.invitation.society.official_name
            yield Attention(1, said, "Done", address, done=line.follow_up.pk, about=society)
    more = len(due) - MOST_FOLLOW_UPS
    if more > 0:
        said = some(more, "more follow-up is due", "more follow-ups are due")
        yield Attention(more, said, "See who", f"{base}/societies?view=follow_up")


def _of_journals(counts: Owed, base: str) -> Iterable[Attention]:
    there = f"{base}/correspondence"
    if counts.unsorted:
        said = some(counts.unsorted, "message", "messages") + " from a journal to sort"
        yield Attention(counts.unsorted, said, "Sort", there)
    if counts.overdue:
        said = some(counts.overdue, "answer from a journal is", "answers from journals are") + " overdue"
        yield Attention(counts.overdue, said, "See what to do", there)
    if counts.soon:
        said = some(counts.soon, "answer from a journal is", "answers from journals are") + " due within three days"
        yield Attention(counts.soon, said, "See the clock", there)


def _waiting(counts: Owed, base: str) -> Iterable[Attention]:
    if counts.waiting:
        there = f"{base}/submissions" + (f"/{counts.waits}" if counts.waiting == 1 else "")
        said = some(counts.waiting, "submission waits", "submissions wait") + " for a second person"
        yield Attention(counts.waiting, said, "Read and agree", there)
    if counts.idle:
        were = some(counts.idle, "submission was", "submissions were")
        said = f"{were} prepared {IDLE.days} days ago or more, not sent"
        yield Attention(counts.idle, said, "Send or throw away", f"{base}/submissions")
    if counts.drafts:
        there = f"{base}/mail/drafts/{counts.draft}" if counts.drafts == 1 else f"{base}/mail"
        said = some(counts.drafts, "draft of a mail waits", "drafts of mails wait") + " to be sent"
        yield Attention(counts.drafts, said, "Look and send", there)
    if counts.unanswered:
        said = some(counts.unanswered, "comment to answer", "comments to answer")
        yield Attention(counts.unanswered, said, "Answer", f"{base}/comments")


def _of_societies(letter: Letter, grid: list[Line], base: str, now: datetime.datetime) -> Iterable[Attention]:
    see = f"{base}/societies?view="

    def those(holds: Callable[[Line], bool]) -> list[Line]:
        return [line for line in grid if holds(line)]

    def reminders(found: list[Line], sentence: str, view: str) -> Iterable[Attention]:
        to = tuple(line.invitation.pk for line in found if line.reminders)
        number = sum(line.reminders for line in found)
        if found and number:
            label = f"Write {number} {some(number, 'reminder', 'reminders')}"
            yield Attention(len(found), sentence, label, f"{see}{view}", remind=to)
        elif found:
            yield Attention(len(found), sentence, "See who", f"{see}{view}")

    silent = those(lambda line: line.silent)
    if silent and letter.deadline and letter.deadline <= now:
        said = some(len(silent), "has", "have") + " not answered, and the deadline has passed"
        yield Attention(len(silent), said, "Close or extend", f"{base}/deliver")
    else:
        yield from reminders(silent, _silence(len(silent), letter, now), "silent")
    asked = those(lambda line: line.pill == "if_changed")
    if asked:
        said = "would sign if the text changed"
        yield Attention(len(asked), said, "See what they ask for", f"{see}change")
    earlier = those(lambda line: line.pill == "earlier")
    said = "signed an earlier version and {} not kept it yet".format(some(len(earlier), "has", "have"))
    yield from reminders(earlier, said, "earlier")
    met = those(lambda line: line.pill == "board" and line.step.remind)
    said = some(len(met), "board has met and sent no word", "boards have met and sent no word")
    yield from reminders(met, said, "board_met")
    late = those(lambda line: line.pill == "board" and not line.step.remind and line.invitation.decides_too_late)
    if late:
        said = some(len(late), "board decides", "boards decide") + " after the deadline"
        yield Attention(len(late), said, "Extend it", f"{base}/deliver")
    partly = those(lambda line: line.stand.partly)
    yield from reminders(partly, "signed in some of their places, not in all", "partly")
    uninvited = those(lambda line: line.pill == "draft")
    if uninvited:
        yield Attention(len(uninvited), "listed but not yet invited", "Invite them", f"{see}draft")
    doubtful = sum(not officer.confirmed for line in grid for officer in line.officers)
    if doubtful:
        said = some(doubtful, "officer is", "officers are") + " not yet confirmed"
        yield Attention(doubtful, said, "See who", f"{see}unconfirmed")


def _silence(count: int, letter: Letter, now: datetime.datetime) -> str:
    said = some(count, "has not answered", "have not answered")
    left = letter.deadline - now if letter.deadline else datetime.timedelta(days=1)
    if left < datetime.timedelta(days=1):
        hours = max(1, round(left.total_seconds() / 3600))
        return f"{said}, {hours} {some(hours, 'hour', 'hours')} left"
    days = -(-left // datetime.timedelta(days=1))
    return f"{said}, {days} {some(days, 'day', 'days')} left"
