"""Where each society of a letter stands, read in a fixed number of queries whatever their number."""

import dataclasses
import datetime
import math

from letters.models import Invitation, Letter, Link, Response, Role, Signature
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
