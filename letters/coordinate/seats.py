"""The verbs of seats and places: confirm an officer, replace one, say which officers of a society are asked."""

import dataclasses
import datetime

from django.db import transaction
from django.db.models import Q

from letters import lifecycle
from letters.lifecycle import NotNow
from letters.models import (
    Confirmation,
    Event,
    Invitation,
    Letter,
    Link,
    Officer,
    OfficersAsked,
    Role,
    Signature,
    State,
    User,
    Way,
)
from letters.models.letter import BEFORE_CLOSE
from letters.notify import asked


@dataclasses.dataclass(frozen=True, slots=True)
class Successor:
    """Who takes over a seat."""

    name: str
    printed_name: str
    office: str
    email: str


def _open(letter: Letter) -> Letter:
    return _still_open(lifecycle.locked(letter))


def _still_open(row: Letter) -> Letter:
    """The locked letter; raises NotNow once its officers can no longer change."""
    if row.state not in BEFORE_CLOSE:
        raise NotNow(f"The letter is “{row.get_state_display()}”; its officers can no longer change.")
    return row


@transaction.atomic
def check_seat(*, by: User, letter: Letter, officer: Officer, how: str, now: datetime.datetime) -> Confirmation:
    """Record that the coordinator made sure, and how, that this person holds the seat."""
    row = lifecycle.locked(letter)
    values = {"by": by, "address": officer.user.email, "at": now}
    made, new = Confirmation.objects.get_or_create(officer=officer, way=Way.CHECKED, words=how.strip(), defaults=values)
    if new:
        facts = {"society": officer.society.official_name, "officer": str(officer), "how": made.words}
        Event.objects.append(row, "confirmed", actor="coordinator", by=by, at=now, private=facts)
    return made


@transaction.atomic
def set_role(*, by: User, letter: Letter, officer: Officer, role: str, now: datetime.datetime) -> None:
    """Let a seat prepare, comment, release or sign from now on; what was signed stays signed."""
    row = _open(letter)
    if officer.role == role:
        return
    Officer.objects.filter(pk=officer.pk).update(role=role)
    facts = {"society": officer.society.official_name, "officer": str(officer), "role": role}
    Event.objects.append(row, "role", actor="coordinator", by=by, at=now, private=facts)


@transaction.atomic
def replace_officer(*, by: User, letter: Letter, link: Link, successor: Successor, now: datetime.datetime) -> Link:
    """End the seat of `link` today and give its place to a successor, who is invited where the society was.

    The links of the old seat stop opening on every open letter; who coordinates another one asks the successor there.
    Signatures given from it keep the name and office they were given with. Raises NotNow for a closed letter or the
    same person.
    """
    old = link.officer
    held = Link.objects.live().filter(officer=old, invitation__letter__state__in=BEFORE_CLOSE)
    # All at once and in one order: two that are replaced on two letters must not wait for each other.
    rows = Letter.objects.locked().filter(Q(pk=letter.pk) | Q(pk__in=held.values("invitation__letter")))
    letters = {one.pk: one for one in rows.order_by("pk")}
    row = _still_open(letters.pop(letter.pk))
    user = User.objects.known_as(successor.email) or User.objects.create_user(successor.email, successor.name)
    if user == old.user:
        raise NotNow(f"{successor.email} is the address of {old.printed_name}; write the successor’s own.")
    until = max(now.date(), old.since or now.date())
    if not Officer.objects.filter(pk=old.pk, until=None).update(until=until):
        raise NotNow(f"{old} was replaced already; look again before you go on.")
    held.update(revoked_at=now)
    new, _ = Officer.objects.update_or_create(
        user=user, society=old.society, until=None,
        defaults={"office": successor.office, "printed_name": successor.printed_name, "role": old.role,
                  "follows": old, "since": now.date()},
    )  # fmt: skip
    Confirmation.objects.by_domain([new], now=now)
    Link.objects.live().filter(officer=new, invitation=link.invitation).update(revoked_at=now)
    made = Link.objects.create(invitation=link.invitation, officer=new, slot=link.slot, created_at=now)
    facts = {"society": old.society.official_name, "officer": str(old), "successor": str(new)}
    Event.objects.append(row, "replaced", actor="coordinator", by=by, at=now, private=facts)
    for other in letters.values():
        Event.objects.append(other, "replaced", actor="system", by=None, at=now, private=facts)
    _invite(made, row, now)
    return made


@transaction.atomic
def ask_successor(
    *, by: User, letter: Letter, invitation: Invitation, officer: Officer, now: datetime.datetime
) -> Link:  # fmt: skip
    """Ask who took over a seat that had a place on this letter, in that place; raises NotNow."""
    row = _open(letter)
    seat = Officer.objects.filter(pk=officer.pk, until=None, society=invitation.society_id).first()
    before = Link.objects.filter(invitation=invitation, officer=officer.follows_id).order_by("pk").last()
    if seat is None or before is None:
        raise NotNow(f"{officer} did not take over a seat on this letter; look again before you go on.")
    made, new = Link.objects.get_or_create(
        invitation=invitation, officer=seat, revoked_at=None, defaults={"slot": before.slot, "created_at": now}
    )
    if new:
        facts = {"society": invitation.society.official_name, "officer": str(seat)}
        Event.objects.append(row, "successor asked", actor="coordinator", by=by, at=now, private=facts)
        _invite(made, row, now)
    return made


def _invite(made: Link, row: Letter, now: datetime.datetime) -> None:
    """Mail the invitation where the society was invited and the letter is open for signature."""
    if made.invitation.invited_at and row.state == State.SIGNING:
        made.invitation.letter = row
        asked.invitation(made, now=now)


@transaction.atomic
def ask(
    *, by: User, letter: Letter, invitation: Invitation, offices: list[str], two_people: bool, now: datetime.datetime
) -> Invitation:
    """Say which offices of a society are asked to sign, in printed order, and whether an approver comes first.

    Without offices any signer listed will do, as the letter's terms say. Raises NotNow when a place that is signed
    would go.
    """
    row = _open(letter)
    links = list(
        Link.objects.live()
        .filter(invitation=invitation, officer__role=Role.SIGNER)
        .select_related("officer")
        .order_by("pk")
    )
    places = len(offices) or (1 if row.officers_asked == OfficersAsked.ONE else max(1, len(links)))
    signed = {s.slot: s for s in Signature.objects.filter(invitation=invitation).live()}
    for slot, signature in sorted(signed.items()):
        if slot > places:
            raise NotNow(f"{signature.printed_name} has signed in place {slot}; keep at least {slot} places.")
    invitation.offices, invitation.slots, invitation.two_people = offices, places, two_people
    invitation.save(update_fields=["offices", "slots", "two_people"])
    for link, slot in _seated(links, invitation, {s.officer_id: s.slot for s in signed.values()}):
        Link.objects.filter(pk=link.pk).update(slot=slot)
    facts = {"society": invitation.society.official_name, "offices": offices, "two_people": two_people}
    Event.objects.append(row, "asked", actor="coordinator", by=by, at=now, private=facts)
    return invitation


def _seated(links: list[Link], invitation: Invitation, signed: dict[int, int]) -> list[tuple[Link, int]]:
    """Each signer with a place: where they signed, else the place of their office, else the next free one, else 1."""
    keys = [office.casefold() for office in invitation.offices]
    chosen: dict[int, int] = {}
    for link in links:
        office = link.officer.office.casefold()
        if link.officer_id in signed:
            chosen[link.pk] = signed[link.officer_id]
        elif office in keys:
            chosen[link.pk] = keys.index(office) + 1
    free = [slot for slot in range(1, invitation.slots + 1) if slot not in {*chosen.values(), *signed.values()}]
    for link in links:
        if link.pk not in chosen:
            chosen[link.pk] = free.pop(0) if free else 1
    return [(link, chosen[link.pk]) for link in links]
