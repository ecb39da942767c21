"""The verbs of answering short of signing: sign if changed, board date, pass on, decline, own statement."""

import dataclasses
import datetime
from collections.abc import Callable
from typing import Any

from django.db import transaction

from letters import lifecycle
from letters.lifecycle import NotNow
from letters.models import (
    Confirmation,
    Event,
    Invitation,
    Letter,
    Link,
    Officer,
    Response,
    Role,
    Signature,
    State,
    User,
    database_now,
)  # fmt: skip
from letters.models.invitation import UNANSWERED
from letters.notify import asked, owed, to_the_team
from letters.sign.guard import closed_sentence, refuse_others

Clock = Callable[[], datetime.datetime]
# A day is past once it is past everywhere: the last place on earth to leave it is twelve hours behind UTC.
LAST_ZONE = datetime.timedelta(hours=12)
# These say that the society does not stand under the letter, so no signature of it may stand beside them.
INSTEAD = (Response.DECLINED, Response.OWN)
ANSWERABLE = (State.SIGNING, State.REVIEW)


class Unusable(NotNow):
    """What was typed into `field` cannot be used as things stand; the message says what to type instead."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """What a society says; only the part that belongs to `response` is kept."""

    response: str
    wanted: str = ""
    board_on: datetime.date | None = None
    reason: str = ""
    statement_url: str = ""
    may_be_shown: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Colleague:
    """Whom an officer names in the own place."""

    name: str
    office: str
    email: str


@transaction.atomic
def respond(*, by: Link, answer: Answer, clock: Clock = database_now) -> Invitation:
    """Say `answer` for the society in place of what it said before; raises NotNow.

    Not after the close, not for a society that signed the version on the table, and no decline or statement of
    its own while any signature of it stands. A board date may lie after the deadline, but not in the past.
    """
    letter, now = _open_to(by, answer.response, clock)
    if answer.response == Response.BOARD and (answer.board_on is None or answer.board_on < (now - LAST_ZONE).date()):
        raise Unusable("That day is past; choose the day on which your board will decide.", "board_on")
    parts: dict[str, dict[str, Any]] = {
        Response.IF_CHANGED: {"wanted": answer.wanted.strip()},
        Response.BOARD: {"board_on": answer.board_on},
        Response.DECLINED: {"reason": answer.reason.strip(), "may_be_shown": answer.may_be_shown},
        Response.OWN: {"statement_url": answer.statement_url, "may_be_shown": answer.may_be_shown},
    }
    return _said(letter, by, now, response=answer.response, **parts[answer.response])


def decline(*, by: Link, reason: str, clock: Clock = database_now) -> Invitation:
    """Say for the society that it will not sign; raises NotNow."""
    return respond(by=by, answer=Answer(Response.DECLINED, reason=reason), clock=clock)


@transaction.atomic
def pass_on(*, by: Link, to: Colleague, clock: Clock = database_now) -> Link:
    """Put a colleague of the same society in the place of the officer of `by`, whose link ends; raises NotNow.

    A seat that the society's list has already keeps its name and office; the colleague gets an own link by mail.
    """
    letter, now = _open_to(by, Response.PASSED, clock)
    seat = _seat(by, to)
    Confirmation.objects.by_domain([seat], now=now)
    link = Link.objects.live().filter(invitation=by.invitation, officer=seat).first()
    if link and link.slot != by.slot:
        raise Unusable(f"{seat} is asked to sign in a place of their own; name somebody else.", "email")
    if link is None:
        link = Link.objects.create(invitation=by.invitation, officer=seat, slot=by.slot, created_at=now)
    Link.objects.filter(pk=link.pk).update(passed_by=by)
    Link.objects.filter(pk=by.pk).update(revoked_at=now)
    _said(letter, by, now, response=Response.PASSED, passed_to=seat)
    asked.passed_on(Link.objects.select_related(*owed.RELATED).get(pk=link.pk), now=now)
    return link


def _open_to(by: Link, response: str, clock: Clock) -> tuple[Letter, datetime.datetime]:
    """The letter, locked, and the time; raises NotNow where this response cannot be given."""
    letter = lifecycle.locked(by.invitation.letter)
    now = clock()
    if letter.state not in ANSWERABLE:
        raise NotNow(closed_sentence(letter))
    refuse_others(by, now)
    standing = Signature.objects.filter(invitation=by.invitation).live()
    if response not in INSTEAD:
        standing = standing.filter(version=letter.current_id, slot=by.slot)
    if standing.exists():
        raise NotNow("Your society has signed. Withdraw the signature first, then change your answer.")
    return letter, now


def _seat(by: Link, to: Colleague) -> Officer:
    user = User.objects.known_as(to.email)
    if user == by.officer.user:
        raise Unusable("That is your own address; name a colleague, or sign yourself.", "email")
    society = by.invitation.society
    known = Officer.objects.filter(user=user, society=society, until=None).first() if user else None
    if known and known.role != Role.SIGNER:
        raise Unusable(f"{known} is listed as {known.role} and cannot sign; ask the coordinator to change it.", "email")
    return known or Officer.objects.create(
        user=user or User.objects.create_user(to.email, to.name), society=society, office=to.office,
        printed_name=to.name, role=Role.SIGNER,
    )  # fmt: skip


def _said(letter: Letter, by: Link, now: datetime.datetime, **parts: Any) -> Invitation:
    """Write the answer, record it as a commitment, and owe the coordinators a mail."""
    Invitation.objects.filter(pk=by.invitation_id).update(
        **UNANSWERED | {"responded_at": now, "responded_by": by.officer.user} | parts
    )
    invitation = Invitation.objects.select_related("society", "passed_to", "letter").get(pk=by.invitation_id)
    said = {name: str(value) for name, value in parts.items()}
    private = {"society": invitation.society.official_name, "officer": str(by.officer), **said}
    Event.objects.append(letter, "responded", actor="officer", by=by.officer.user, at=now, private=private)
    to_the_team.answered(by, invitation, now=now)
    return invitation
