"""What waits for the coordinator, most urgent first, and what happened last."""

import dataclasses

from letters.desk.grid import Line
from letters.models import (
    Comment,
    Event,
    Job,
    JobState,
    Letter,
    Mail,
    MailKind,
    MailState,
    Response,
    State,
    Submission,
    database_now,
)
from letters.render.site_keys import warning


@dataclasses.dataclass(frozen=True, slots=True)
class Attention:
    """One thing that waits for the coordinator, with one action."""

    count: int
    sentence: str
    label: str
    address: str


def attention(letter: Letter, grid: list[Line]) -> list[Attention]:
    """What waits, most urgent first (four queries)."""
    base = f"/manage/{letter.slug}"
    found = []
    dead = Job.objects.filter(letter=letter, state=JobState.DEAD).exclude(kind="mail")
    for job in dead:
        found.append(Attention(1, f"Work was given up: {job.last_error}", "See what to do", f"{base}/deliver"))
    unclear = Submission.objects.filter(edition__letter=letter, state__in=["failed", "unknown"]).count()
    if unclear:
        found.append(Attention(unclear, "sent to a journal without a clear answer", "Decide", f"{base}/deliver"))
    lost = Mail.objects.filter(letter=letter, state__in=[MailState.FAILED, MailState.UNKNOWN]).exclude(
        kind=MailKind.CODE
    ).count()  # fmt: skip
    if lost:
        found.append(Attention(lost, "mails did not surely arrive", "Look at the mail", f"{base}/mail"))
    unanswered = Comment.objects.sent().filter(version__letter=letter, agrees_with=None, disposition="").count()
    if unanswered:
        said = "comment to answer" if unanswered == 1 else "comments to answer"
        found.append(Attention(unanswered, said, "Answer", f"{base}/comments"))
    if letter.state == State.SIGNING:
        silent = sum(line.pill == "invited" for line in grid)
        uninvited = sum(line.pill == "draft" for line in grid)
        if uninvited:
            found.append(Attention(uninvited, "listed but not yet invited", "Invite them", f"{base}/societies"))
        earlier = sum(line.pill == "earlier" for line in grid)
        if earlier:
            found.append(
                Attention(
                    earlier,
                    "signed an earlier version and have not kept it yet",
                    "See who",
                    f"{base}/societies",
                )
            )
        partly = sum(line.pill == "opened" for line in grid)
        if partly:
            found.append(
                Attention(partly, "signed in some of their places, not in all", "See who", f"{base}/societies")
            )
        doubtful = sum(not officer.confirmed for line in grid for officer in line.officers)
        if doubtful:
            found.append(Attention(doubtful, "officers are not yet confirmed", "See who", f"{base}/societies"))
        found += _of_answers(grid, base)
        if silent:
            found.append(Attention(silent, "have not answered", "See who", f"{base}/societies"))
    return found + _of_the_seal(letter)


def _of_the_seal(letter: Letter) -> list[Attention]:
    """That the certificate of the seal runs out, or cannot be used, while there may be something to seal."""
    said = "" if letter.state == State.ABANDONED else warning(database_now())
    return [Attention(1, f"{said} Tell who runs this site.", "See the key", "/verify")] if said else []


def _of_answers(grid: list[Line], base: str) -> list[Attention]:
    """What the answers short of signing ask of the coordinator."""
    asked = sum(line.pill == Response.IF_CHANGED for line in grid)
    late = sum(line.pill == Response.BOARD and line.invitation.decides_too_late for line in grid)
    found = []
    if asked:
        found.append(Attention(asked, "would sign if the text changed", "See what they ask for", f"{base}/societies"))
    if late:
        found.append(Attention(late, "decide by their board after the deadline", "Extend it", f"{base}/deliver"))
    return found


def activity(letter: Letter, most: int = 12) -> list[Event]:
    """The newest events."""
    return list(letter.events.select_related("by").order_by("-seq")[:most])
