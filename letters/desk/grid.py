"""Where each society of a letter stands, read in a fixed number of queries whatever their number."""

import dataclasses
import datetime
import math

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Subquery, Value, When

from letters.desk.standing import Stand, stand
from letters.desk.steps import Step, step
from letters.models import (
    Approval,
    Call,
    Code,
    Comment,
    Confirmation,
    Invitation,
    Letter,
    Link,
    Mail,
    MailKind,
    MailState,
    Role,
    Signature,
)
from letters.models.letter import IN_DISCUSSION

LOST = (MailState.BOUNCED, MailState.FAILED, MailState.UNKNOWN)
REMINDED_ROLES = ("", Role.APPROVER.label)  # as they stand on the grid: signers and approvers


@dataclasses.dataclass(frozen=True, slots=True)
class Listed:
    """An officer on the grid: the live link, its place, whether the seat was confirmed, and what became of mails.

    `lost`: a mail did not surely arrive; `back`: one came back; `stopped`: wants no reminders.
    """

    link: int
    slot: int
    person: str
    office: str
    role: str
    confirmed: bool
    lost: bool
    back: bool
    stopped: bool

    @property
    def name(self) -> str:
        """The person with the office, as the seat is called."""
        return f"{self.person}, {self.office}"


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One society on the grid: where it stands, who acts for it, what the coordinators noted, what comes next."""

    invitation: Invitation
    stand: Stand
    officers: list[Listed]
    opened: bool  # a person of the society showed up, see _SHOWED_UP
    call: Call | None  # the newest call or note
    follow_up: Call | None  # the earliest one to come back to
    signatures: list[Signature]
    step: Step

    @property
    def pill(self) -> str:
        """The state, as the style sheet names it."""
        return self.stand.pill

    @property
    def lost(self) -> bool:
        """True when a mail to one of its officers did not surely arrive."""
        return any(officer.lost for officer in self.officers)

    @property
    def reminders(self) -> int:
        """How many officers a reminder reaches; 0 where none is due."""
        signed = {
            s.slot
            for s in self.signatures
            if s.withdrawn_at is None and s.replaced_at is None and s.version_id == self.invitation.letter.current_id
        }
        asked = [o for o in self.officers if o.role in REMINDED_ROLES and not o.back and not o.stopped]
        return sum(officer.slot not in signed for officer in asked) if self.step.remind else 0

    @property
    def silent(self) -> bool:
        """True when it was invited and has neither signed nor answered."""
        return self.pill in ("invited", "opened")

    @property
    def at(self) -> datetime.datetime | None:
        """The last thing that happened, a call included; None where nothing did."""
        times = [at for at in (self.stand.at, self.call.at if self.call else None) if at]
        return max(times, default=None)


def _of_this_society(field: str) -> Q:
    return Q(**{field: OuterRef("pk")})


# A person showed up: somebody of the society entered a mailed code, sent comments, or released a version; answers and
# signatures are added below. Opening a link and asking for a code are not enough, mail scanners do both.
_SHOWED_UP = Case(
    When(
        Exists(Code.objects.filter(_of_this_society("link__invitation"), used_at__isnull=False))
        | Exists(Comment.objects.sent().filter(_of_this_society("invitation")))
        | Exists(Approval.objects.filter(_of_this_society("invitation"))),
        then=Value(True),
    ),
    default=Value(False),
    output_field=BooleanField(),
)


def lines(letter: Letter, now: datetime.datetime) -> list[Line]:
    """Every society of the letter in printed order with its state (four queries)."""
    signatures, officers, calls = _signatures(letter), _officers(letter), _calls(letter)
    rows = letter.invitations.select_related("society", "passed_to", "late_call").annotate(showed_up=_SHOWED_UP)
    grid = []
    for invitation in rows.order_by("position"):
        invitation.letter = letter  # not read again for each row
        signed, people = signatures.get(invitation.pk, []), officers.get(invitation.pk, [])
        noted = calls.get(invitation.pk, [])
        opened = bool(invitation.showed_up or invitation.response or signed)
        stands = stand(letter, invitation, signed, opened=opened)
        follow_ups = [call for call in noted if call.follow_up_on and not call.done_at]
        follow_up = min(follow_ups, key=lambda call: (call.follow_up_on, call.pk), default=None)
        lost = any(officer.lost for officer in people)
        following = step(letter, invitation, stands, follow_up=follow_up, lost=lost, now=now)
        call = max(noted, key=lambda call: (call.at, call.pk), default=None)
        grid.append(Line(invitation, stands, people, opened, call, follow_up, signed, following))
    return grid


def _signatures(letter: Letter) -> dict[int, list[Signature]]:
    found: dict[int, list[Signature]] = {}
    rows = Signature.objects.filter(invitation__letter=letter).select_related("version").order_by("pk")
    for signature in rows.only(
        "invitation_id", "slot", "receipt_no", "signed_at", "withdrawn_at", "replaced_at", "withdrawn_after_seal",
        "public_note", "mandate_body", "mandate_file_id", "version__number",
    ):  # fmt: skip
        found.setdefault(signature.invitation_id, []).append(signature)
    return found


def _officers(letter: Letter) -> dict[int, list[Listed]]:
    mails = Mail.objects.filter(link=OuterRef("pk"), to_email=OuterRef("officer__user__email"))
    lost = mails.filter(state__in=LOST).exclude(kind=MailKind.CODE)
    links = Link.objects.live().filter(invitation__letter=letter).order_by("slot", "pk")
    found: dict[int, list[Listed]] = {}
    for invitation, role, stopped_at, *facts in links.values_list(
        "invitation_id", "officer__role", "stopped_at", "pk", "slot", "officer__printed_name", "officer__office",
        Exists(Confirmation.objects.filter(officer=OuterRef("officer"))), Exists(lost),
        Exists(mails.filter(state=MailState.BOUNCED)),
    ):  # fmt: skip
        pk, slot, name, office, confirmed, unsure, back = facts
        shown = "" if role == Role.SIGNER else Role(role).label
        listed = Listed(pk, slot, name, office, shown, confirmed, unsure, back, stopped_at is not None)
        found.setdefault(invitation, []).append(listed)
    return found


def _calls(letter: Letter) -> dict[int, list[Call]]:
    """The newest note about each society, and every one to come back to."""
    newest = Call.objects.filter(invitation=OuterRef("invitation")).order_by("-at", "-pk").values("pk")[:1]
    wanted = Q(pk=Subquery(newest)) | Q(follow_up_on__isnull=False, done_at=None)
    found: dict[int, list[Call]] = {}
    for call in Call.objects.filter(wanted, invitation__letter=letter).select_related("by"):
        found.setdefault(call.invitation_id, []).append(call)
    return found


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
