"""Whom a round goes to as things stand, and who is left out and why; a fixed number of queries."""

import dataclasses
import datetime

from letters.models import Letter, Link, Mail, MailKind, MailState, Response, Role, Round, Signature
from letters.notify.owed import RELATED

FRESH = datetime.timedelta(days=2)  # who was just invited is not reminded by the plan


@dataclasses.dataclass(frozen=True, slots=True)
class LeftOut:
    """An officer who gets no mail of the round, and why, as the end of a sentence."""

    link: Link
    why: str


@dataclasses.dataclass(frozen=True, slots=True)
class Recipients:
    """`links` in printed order, those skipped by hand among them; `signed` by society and place."""

    links: list[Link]
    left_out: list[LeftOut]
    signed: dict[tuple[int, int], Signature]
    skipped: frozenset[int]

    @property
    def going(self) -> list[Link]:
        """Who is written to."""
        return [link for link in self.links if link.pk not in self.skipped]

    def signature_of(self, link: Link) -> Signature | None:
        """What stands in the place of this officer."""
        return self.signed.get((link.invitation_id, link.slot))


def recipients(row: Round, letter: Letter, now: datetime.datetime) -> Recipients:
    """Everybody the round is for (six queries); `letter` has its version on the table."""
    chosen = set(row.only.values_list("pk", flat=True))
    found = Link.objects.live().filter(invitation__letter=letter)
    if chosen:
        found = found.filter(invitation__in=chosen)
    if row.kind != MailKind.INVITATION:
        found = found.filter(invitation__invited_at__isnull=False)
    live = Signature.objects.filter(invitation__letter=letter).live().select_related("version")
    signed = {(signature.invitation_id, signature.slot): signature for signature in live}
    back = set(
        Mail.objects.filter(letter=letter, state=MailState.BOUNCED).values_list("link__officer__user", "to_email")
    )
    invited = set(Mail.objects.filter(letter=letter, kind=MailKind.INVITATION).values_list("link", flat=True))
    links, left_out = [], []
    for link in found.select_related(*RELATED).order_by("invitation__position", "slot", "pk"):
        link.invitation.letter = letter
        if row.kind == MailKind.INVITATION and link.pk in invited:
            continue
        if row.kind == MailKind.REMINDER and link.officer.role not in (Role.SIGNER, Role.APPROVER):
            continue
        why = "" if row.kind != MailKind.REMINDER else _needs_none(link, letter, signed, now)
        if not why and row.planned_on and link.invitation.invited_at and link.invitation.invited_at > now - FRESH:
            why = "was invited less than two days ago"
        if not why and (link.officer.user_id, link.officer.user.email) in back:
            why = f"mail to {link.officer.user.email} came back; correct the address first"
        if why:
            left_out.append(LeftOut(link, why))
        else:
            links.append(link)
    return Recipients(links, left_out, signed, frozenset(row.skipped.values_list("pk", flat=True)))


def _needs_none(link: Link, letter: Letter, signed: dict[tuple[int, int], Signature], now: datetime.datetime) -> str:
    """Why this officer is not reminded, or ""."""
    invitation = link.invitation
    signature = signed.get((invitation.pk, link.slot))
    if signature and signature.version_id == letter.current_id:
        return f"has signed version {signature.version.number}"
    if invitation.response == Response.DECLINED:
        return "has declined"
    if invitation.response == Response.OWN:
        return "makes a statement of its own"
    if invitation.board_on and invitation.board_on >= now.astimezone(letter.zone).date():
        return f"its board decides on {invitation.board_on.day} {invitation.board_on:%B %Y}"
    return f"{link.officer.printed_name} wants no reminders" if link.stopped_at else ""
