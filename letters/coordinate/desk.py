"""What the coordinator's page shows, read in a fixed number of queries whatever the number of societies."""

import dataclasses
import datetime
import math

from django.db.models import Max

from letters.models import (
    Comment,
    Document,
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
from letters.models.letter import IN_DISCUSSION


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One society on the grid; `pill` names the state, `pill_text` says it, `note` is what the society wrote."""

    invitation: Invitation
    pill: str
    pill_text: str
    officers: list["Listed"]
    at: datetime.datetime | None
    note: str = ""
    files: tuple[str, ...] = ()  # receipt numbers of signatures that came with a file of the decision


# What the pill of each answer says; the pill itself is called as the response.
ANSWERS = {
    Response.IF_CHANGED: "Asked for change",
    Response.BOARD: "With board",
    Response.PASSED: "Passed on",
    Response.DECLINED: "Declined",
    Response.OWN: "Own statement",
}


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
    invitations = letter.invitations.select_related("society", "passed_to", "late_call").order_by("position")
    grid = []
    for invitation in invitations:
        invitation.letter = letter  # not read again for each row
        grid.append(_line(letter, invitation, signatures.get(invitation.pk, []), names.get(invitation.pk, [])))
    return grid


def _line(letter: Letter, invitation: Invitation, signatures: list[Signature], officers: list[Listed]) -> Line:
    live = [s for s in signatures if s.withdrawn_at is None and s.replaced_at is None]
    now = [s for s in live if s.version_id == letter.current_id]
    pulled = [s.withdrawn_at for s in signatures if s.withdrawn_at]
    if now:
        text, pill = f"Signed v{now[0].version.number}", "signed"
        if invitation.slots > 1:
            text += f" ({len(now)} of {invitation.slots})"
            pill = "signed" if len(now) >= invitation.slots else "opened"
        note = "" if all(s.mandate_body for s in now) else "No deciding body was named."
        files = tuple(s.receipt_no for s in now if s.mandate_file_id)
        return Line(invitation, pill, text, officers, max(s.signed_at for s in now), note, files)
    if live and invitation.response == Response.NONE:
        text = f"Signed v{live[0].version.number}, not yet v{letter.on_the_table.number}"
        return Line(invitation, "earlier", text, officers, live[0].signed_at)
    if invitation.response != Response.NONE:
        return _answered(invitation, live, officers)
    noted = [s for s in signatures if s.withdrawn_after_seal]
    if noted:
        note = noted[-1].public_note
        return Line(invitation, "withdrawn", "Note after the seal", officers, max(pulled), note)
    if pulled:
        return Line(invitation, "withdrawn", "Withdrawn", officers, max(pulled))
    if invitation.late_call and invitation.late_call.closed_at is None:
        return Line(invitation, "opened", "May sign late", officers, invitation.late_call.opened_at)
    if invitation.invited_at:
        return Line(invitation, "invited", "Invited", officers, invitation.invited_at)
    return Line(invitation, "draft", "Not yet invited", officers, None)


def _answered(invitation: Invitation, live: list[Signature], officers: list[Listed]) -> Line:
    text = ANSWERS[Response(invitation.response)]
    note = invitation.wanted or invitation.statement_url or invitation.reason
    if invitation.board_on:
        text += f", {invitation.board_on.day} {invitation.board_on:%b %Y}"
        note = "That is after the deadline." if invitation.decides_too_late else ""
    if invitation.passed_to:
        note = f"to {invitation.passed_to}"
    if live:
        text += f" (signed v{live[0].version.number})"
    return Line(invitation, invitation.response, text, officers, invitation.responded_at, note)


@dataclasses.dataclass(frozen=True, slots=True)
class Tiles:
    """The numbers on top: societies that signed the current version, all, with their board, declined, days left."""

    signed: int
    societies: int
    board: int
    declined: int
    days_left: int | None


def tiles(letter: Letter, grid: list[Line], now: datetime.datetime) -> Tiles:
    """Counted from the grid, so that the numbers and the rows cannot differ."""

    def count(pill: str) -> int:
        return sum(line.pill == pill for line in grid)

    ahead = letter.deadline if letter.state in IN_DISCUSSION else None
    left = (ahead - now).total_seconds() / 86400 if ahead else None
    return Tiles(
        count("signed"),
        len(grid),
        count("board"),
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
    return found


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


def mandate_of(letter: Letter, receipt_no: str) -> Document | None:
    """The file that came with one signature of this letter."""
    rows = Signature.objects.filter(invitation__letter=letter, receipt_no=receipt_no).select_related("mandate_file")
    signature = rows.first()
    return signature.mandate_file if signature else None


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
