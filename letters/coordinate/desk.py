"""What the coordinator's page shows, read in a fixed number of queries whatever the number of societies."""

import dataclasses
import datetime
import math

from django.db.models import Max

from letters.models import (
    Comment,
    Event,
    Invitation,
    Job,
    JobState,
    Letter,
    Link,
    Mail,
    MailKind,
    MailState,
    Response,
    Role,
    Signature,
    State,
    Submission,
)  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One society on the grid; `pill` names the state, `pill_text` says it."""

    invitation: Invitation
    pill: str
    pill_text: str
    officers: list["Listed"]
    at: datetime.datetime | None


@dataclasses.dataclass(frozen=True, slots=True)
class Listed:
    """An officer on the grid, and whether the seat was confirmed in some way."""

    name: str
    role: str
    confirmed: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Attention:
    """One thing that waits for the coordinator, with one action."""

    count: int
    sentence: str
    label: str
    address: str


def lines(letter: Letter) -> list[Line]:
    """Every society of the letter in printed order with its state (five queries)."""
    signatures: dict[int, list[Signature]] = {}
    for signature in Signature.objects.filter(invitation__letter=letter).select_related("version"):
        signatures.setdefault(signature.invitation_id, []).append(signature)
    names: dict[int, list[Listed]] = {}
    links = Link.objects.live().filter(invitation__letter=letter).select_related("officer")
    for link in links.prefetch_related("officer__confirmations").order_by("slot", "pk"):
        officer = link.officer
        role = "" if officer.role == Role.SIGNER else officer.get_role_display()
        listed = Listed(str(officer), role, bool(officer.confirmations.all()))
        names.setdefault(link.invitation_id, []).append(listed)
    invitations = letter.invitations.select_related("society").order_by("position")
    return [
        _line(letter, invitation, signatures.get(invitation.pk, []), names.get(invitation.pk, []))
        for invitation in invitations
    ]


def _line(letter: Letter, invitation: Invitation, signatures: list[Signature], officers: list[Listed]) -> Line:
    live = [s for s in signatures if s.withdrawn_at is None and s.replaced_at is None]
    now = [s for s in live if s.version_id == letter.current_id]
    pulled = [s.withdrawn_at for s in signatures if s.withdrawn_at]
    if now:
        text, pill = f"Signed v{now[0].version.number}", "signed"
        if invitation.slots > 1:
            text += f" ({len(now)} of {invitation.slots})"
            pill = "signed" if len(now) >= invitation.slots else "opened"
        return Line(invitation, pill, text, officers, max(s.signed_at for s in now))
    if live:
        text = f"Signed v{live[0].version.number}, not yet v{letter.on_the_table.number}"
        return Line(invitation, "earlier", text, officers, live[0].signed_at)
    if invitation.response == Response.DECLINED:
        return Line(invitation, "declined", "Declined", officers, invitation.responded_at)
    if pulled:
        return Line(invitation, "withdrawn", "Withdrawn", officers, max(pulled))
    if invitation.invited_at:
        return Line(invitation, "invited", "Invited", officers, invitation.invited_at)
    return Line(invitation, "draft", "Not yet invited", officers, None)


@dataclasses.dataclass(frozen=True, slots=True)
class Tiles:
    """The numbers on top: societies that signed the current version, all, declined, days left."""

    signed: int
    societies: int
    earlier: int
    declined: int
    days_left: int | None


def tiles(letter: Letter, grid: list[Line], now: datetime.datetime) -> Tiles:
    """Counted from the grid, so that the numbers and the rows cannot differ."""

    def count(pill: str) -> int:
        return sum(line.pill == pill for line in grid)

    ahead = letter.deadline if letter.state in (State.REVIEW, State.SIGNING) else None
    left = (ahead - now).total_seconds() / 86400 if ahead else None
    return Tiles(
        count("signed"),
        len(grid),
        count("earlier"),
        count("declined"),
        max(0, math.ceil(left)) if left is not None else None,
    )


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
        found.append(Attention(unanswered, "comments wait for an answer", "Answer them", f"{base}/comments"))
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
        if silent:
            found.append(Attention(silent, "have not answered", "See who", f"{base}/societies"))
    return found


def activity(letter: Letter, most: int = 12) -> list[Event]:
    """The newest events."""
    return list(letter.events.select_related("by").order_by("-seq")[:most])


def mails(letter: Letter) -> list[Mail]:
    """Every message of the letter but codes that arrived; what needs a look first."""
    trouble = {MailState.FAILED: 0, MailState.UNKNOWN: 1, MailState.QUEUED: 2, MailState.SENT: 3}
    rows = letter.mails.exclude(kind=MailKind.CODE, state=MailState.SENT)
    return sorted(rows, key=lambda mail: trouble[MailState(mail.state)])


def links(letter: Letter) -> list[Link]:
    """Every live personal link of the letter, by society and officer (one query)."""
    live = Link.objects.live().filter(invitation__letter=letter)
    rows = live.select_related("officer__user", "invitation__society").annotate(asked=Max("codes__created_at"))
    return list(rows.order_by("invitation__position", "slot", "pk"))
