"""How one society stands, told from its invitation and its signatures alone; nothing is read here."""

import dataclasses
import datetime

from letters.models import Invitation, Letter, Response, Signature

# What the pill of each answer says; the pill itself is called as the response.
ANSWERS = {
    Response.IF_CHANGED: "Asked for change",
    Response.BOARD: "With board",
    Response.PASSED: "Passed on",
    Response.DECLINED: "Declined",
    Response.OWN: "Own statement",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Stand:
    """`pill` names the state, `text` says it, `note` is what the society wrote; `version` is the one it signed."""

    pill: str
    text: str
    at: datetime.datetime | None
    note: str = ""
    files: tuple[str, ...] = ()  # receipt numbers of signatures that came with a file of the decision
    version: str = ""
    partly: bool = False  # signed in some of its places, not in all


def stand(letter: Letter, invitation: Invitation, signatures: list[Signature], *, opened: bool) -> Stand:
    """The state of one society; `opened` says that a person of it showed up."""
    live = [s for s in signatures if s.withdrawn_at is None and s.replaced_at is None]
    now = [s for s in live if s.version_id == letter.current_id]
    if now:
        return _signed(invitation, now)
    version = f"v{live[0].version.number}" if live else ""
    if live and invitation.response == Response.NONE:
        text = f"Signed {version}, not yet v{letter.on_the_table.number}"
        return Stand("earlier", text, live[0].signed_at, version=version)
    if invitation.response != Response.NONE:
        return _answered(invitation, version)
    return _taken_back(signatures) or _waiting(invitation, opened)


def _signed(invitation: Invitation, now: list[Signature]) -> Stand:
    version = f"v{now[0].version.number}"
    partly = len(now) < invitation.slots
    text = f"Signed {version}" + (f" ({len(now)} of {invitation.slots})" if invitation.slots > 1 else "")
    note = "" if all(s.mandate_body for s in now) else "No deciding body was named."
    files = tuple(s.receipt_no for s in now if s.mandate_file_id)
    at = max(s.signed_at for s in now)
    return Stand("partly" if partly else "signed", text, at, note, files, version, partly)


def _answered(invitation: Invitation, version: str) -> Stand:
    text = ANSWERS[Response(invitation.response)]
    note = invitation.wanted or invitation.statement_url or invitation.reason
    if invitation.board_on:
        text += f", {invitation.board_on.day} {invitation.board_on:%b %Y}"
        note = "That is after the deadline." if invitation.decides_too_late else ""
    if invitation.passed_to:
        note = f"to {invitation.passed_to}"
    if version:
        text += f" (signed {version})"
    return Stand(invitation.response, text, invitation.responded_at, note, version=version)


def _taken_back(signatures: list[Signature]) -> Stand | None:
    pulled = [s for s in signatures if s.withdrawn_at]
    if not pulled:
        return None
    at = max(s.withdrawn_at for s in pulled if s.withdrawn_at)
    noted = [s for s in pulled if s.withdrawn_after_seal]
    return Stand("withdrawn", "Note after the seal", at, noted[-1].public_note) if noted else Stand(
        "withdrawn", "Withdrawn", at
    )  # fmt: skip


def _waiting(invitation: Invitation, opened: bool) -> Stand:
    if invitation.late_call and invitation.late_call.closed_at is None:
        return Stand("late", "May sign late", invitation.late_call.opened_at)
    if invitation.invited_at:
        return Stand("opened" if opened else "invited", "Opened" if opened else "Invited", invitation.invited_at)
    return Stand("draft", "Not yet invited", None)
