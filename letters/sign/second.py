"""What officers do for a colleague's signature: release a version for it or not, vouch for the colleague's seat."""

import datetime

from django.db import transaction

from letters import lifecycle
from letters.freshness import Presence
from letters.lifecycle import NotNow
from letters.models import (
    Approval,
    Confirmation,
    Event,
    Invitation,
    Letter,
    Link,
    Officer,
    Role,
    Signature,
    State,
    Version,
    Way,
    database_now,
)
from letters.notify import owed, to_the_team
from letters.sign.actions import Clock, VersionMoved
from letters.sign.guard import closed_sentence


@transaction.atomic
def approve(*, by: Link, content_hash: str, presence: Presence, clock: Clock = database_now) -> Approval:
    """Release exactly the version with this hash for the society; its signers are told.

    Raises NotNow (not open, no approver, no such rule) and VersionMoved. A second release changes nothing; one after
    a refusal takes its place.
    """
    letter, version, now = _asked(by, content_hash, clock)
    held = Approval.objects.live().filter(invitation=by.invitation, version=version).first()
    if held and not held.declined:
        return held
    approval = _said(letter, by, version, presence, now)
    for link in signers_of(by):
        link.invitation.letter = letter
        owed.approved(approval, link, now=now)
    return approval


@transaction.atomic
def refuse(
    *, by: Link, content_hash: str, reason: str, presence: Presence, clock: Clock = database_now
) -> Approval:  # fmt: skip
    """Say no to the version with this hash: nobody signs it for the society until an approver releases it.

    The signers and the coordinators read `reason`, which may be empty. Takes the place of a release unless the society
    signed on it; raises as approve does.
    """
    letter, version, now = _asked(by, content_hash, clock)
    _refuse_signed(by, version)
    approval = _said(letter, by, version, presence, now, declined=True, reason=reason.strip())
    _tell(approval, letter, by, now)
    return approval


@transaction.atomic
def take_back(*, by: Link, content_hash: str, clock: Clock = database_now) -> Approval:
    """Take the society's release of the version with this hash back, until the society signed; raises NotNow."""
    letter, version, now = _asked(by, content_hash, clock)
    held = Approval.objects.released().filter(invitation=by.invitation, version=version).first()
    if held is None:
        raise NotNow(f"Version {version.number} is not released; there is nothing to take back.")
    _refuse_signed(by, version)
    Approval.objects.filter(pk=held.pk).update(ended_at=now)
    _recorded(letter, by, "approval ended", version, now)
    _tell(held, letter, by, now)
    return held


def _asked(by: Link, content_hash: str, clock: Clock) -> tuple[Letter, Version, datetime.datetime]:
    """The letter, locked, its version and the time, where an approver may speak; raises NotNow and VersionMoved."""
    letter = lifecycle.locked(by.invitation.letter)
    now = clock()
    version = letter.current
    if version and version.content_hash != content_hash:
        raise VersionMoved(f"Version {version.number} is now on the table. Nothing was released.")
    if letter.state != State.SIGNING or version is None or letter.deadline is None or now >= letter.deadline:
        raise NotNow(closed_sentence(letter))
    _refuse_all_but(by, Role.APPROVER)
    if not Invitation.objects.filter(pk=by.invitation_id, two_people=True).exists():
        raise NotNow("Your society signs with one person; no release is needed.")
    return letter, version, now


def _said(
    letter: Letter, by: Link, version: Version, presence: Presence, now: datetime.datetime,
    *, declined: bool = False, reason: str = "",
) -> Approval:  # fmt: skip
    """Write the approver's word in the place of the one before it, and record it."""
    Approval.objects.live().filter(invitation=by.invitation, version=version).update(ended_at=now)
    approval = Approval(
        invitation=by.invitation, version=version, officer=by.officer, printed_name=by.officer.printed_name,
        office=by.officer.office, authenticated=presence.how, approved_at=now, declined=declined, reason=reason,
    )  # fmt: skip
    approval.save()
    _recorded(
        letter, by, "not approved" if declined else "approved", version, now, **({"reason": reason} if reason else {})
    )
    return approval


def _recorded(letter: Letter, by: Link, kind: str, version: Version, now: datetime.datetime, **private: str) -> None:
    facts = {"version": version.number, "content_hash": version.content_hash}
    private = {"society": by.invitation.society.official_name, "officer": str(by.officer), **private}
    Event.objects.append(letter, kind, actor="officer", by=by.officer.user, at=now, data=facts, private=private)


def _refuse_signed(by: Link, version: Version) -> None:
    if Signature.objects.filter(invitation=by.invitation, version=version).live().exists():
        raise NotNow(f"Your society has signed version {version.number}; only its signer can withdraw that now.")


def _tell(approval: Approval, letter: Letter, by: Link, now: datetime.datetime) -> None:
    for link in signers_of(by):
        link.invitation.letter = letter
        owed.unreleased(approval, link, now=now)
    to_the_team.unreleased_at_the_desk(approval, by, now=now)


def _refuse_all_but(by: Link, role: str) -> None:
    seat = Officer.objects.filter(pk=by.officer_id, role=role).first()
    live = Link.objects.live().filter(pk=by.pk).exists()
    if seat is None or not live or not seat.in_office_on(database_now().date()):
        raise NotNow(f"{by.officer} is not listed as approver; ask the coordinator to correct the list.")


def signers_of(by: Link) -> list[Link]:
    """The links of the society's signers on this letter."""
    links = Link.objects.live().filter(invitation=by.invitation, officer__role=Role.SIGNER)
    related = ("officer__user", "invitation__society", "invitation__letter__owner")
    return list(links.select_related(*related).order_by("pk"))


def colleagues(by: Link) -> list[Officer]:
    """The other officers of the society who have a seat on this letter, with how each was confirmed (two queries)."""
    seats = Officer.objects.filter(links__in=Link.objects.live().filter(invitation=by.invitation))
    seats = seats.exclude(user=by.officer.user).select_related("user", "society")
    return list(seats.prefetch_related("confirmations__by").distinct().order_by("pk"))


@transaction.atomic
def vouch(*, by: Link, officer: Officer, clock: Clock = database_now) -> Confirmation:
    """Say as an officer of the society that a colleague holds the seat; only one who is confirmed can say so."""
    letter = lifecycle.locked(by.invitation.letter)
    now = clock()
    own = Officer.objects.get(pk=by.officer_id)
    if not own.in_office_on(now.date()) or not Link.objects.live().filter(pk=by.pk).exists():
        raise NotNow(f"{own} cannot act for this society; ask the coordinator to correct the list.")
    if officer.society_id != own.society_id or officer.user_id == own.user_id:
        raise NotNow("You can vouch for another officer of your own society.")
    if not own.confirmations.exists():
        raise NotNow("Your own seat is not confirmed yet; ask the coordinator to confirm it first.")
    values = {"by": own.user, "address": officer.user.email, "at": now}
    made, new = Confirmation.objects.get_or_create(officer=officer, way=Way.VOUCHED, words=str(own), defaults=values)
    if new:
        facts = {"society": officer.society.official_name, "officer": str(officer), "how": f"{own} vouched"}
        Event.objects.append(letter, "confirmed", actor="officer", by=own.user, at=now, private=facts)
    return made
