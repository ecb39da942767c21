"""The verbs of the team: let in, change a role, let go, and hand the letter over; each is recorded with both names."""

import datetime

from django.db import transaction

from letters import lifecycle
from letters.lifecycle import NotNow
from letters.models import Coordinator, Event, Letter, TeamRole, User
from letters.notify import to_the_team

GONE = "This person is no longer in the team; look again before you go on."


def _record(
    letter: Letter, kind: str, whom: Coordinator, role: str, *, by: User, now: datetime.datetime, checked: str
) -> None:
    """The role is public with the evidence; who gave it to whom is there as a commitment only."""
    private = {"person": by.email, "whom": str(whom), "address": whom.user.email}
    data = {"role": role, **lifecycle.how(checked)}
    Event.objects.append(letter, kind, actor="coordinator", by=by, at=now, data=data, private=private)


def _owned(letter: Letter, by: User) -> Letter:
    """The locked letter; raises NotNow when it was handed over meanwhile."""
    row = lifecycle.locked(letter)
    if row.owner_id != by.pk:
        raise NotNow(f"The letter belongs to {row.owner} now; only the owner decides about the team.")
    return row


def _other(row: Letter, pk: int) -> Coordinator:
    """Somebody of the team besides the owner; raises NotNow."""
    found = row.coordinators.select_related("user").filter(pk=pk).first()
    if found is None:
        raise NotNow(GONE)
    if found.user_id == row.owner_id:
        raise NotNow("A letter always has an owner. Hand the letter over first.")
    found.letter = row
    return found


@transaction.atomic
def invite(
    *, by: User, letter: Letter, email: str, name: str, role: str, now: datetime.datetime, checked: str = ""
) -> Coordinator:
    """Let a person in at once, under the address they sign in with, and mail them; raises NotNow if they are there."""
    row = _owned(letter, by)
    user = User.objects.known_as(email) or User.objects.create_user(email, name)
    if not user.name and name:
        User.objects.filter(pk=user.pk).update(name=name.strip())
        user.refresh_from_db()
    made, new = Coordinator.objects.get_or_create(letter=row, user=user, defaults={"role": role})
    if not new:
        raise NotNow(f"{user} is in the team already; change the role below.")
    made.letter = row
    _record(row, "team joined", made, role, by=by, now=now, checked=checked)
    to_the_team.team(made, "joined", by=by, now=now)
    return made


@transaction.atomic
def change_role(
    *, by: User, letter: Letter, pk: int, role: str, now: datetime.datetime, checked: str = ""
) -> Coordinator:
    """Make an observer of a coordinator or the other way round; an offer of the letter falls with it."""
    row = _owned(letter, by)
    person = _other(row, pk)
    if person.role != role:
        person.role, person.offered_at = role, None
        person.save(update_fields=["role", "offered_at"])
        _record(row, "team role", person, role, by=by, now=now, checked=checked)
    return person


@transaction.atomic
def remove(*, by: User, letter: Letter, pk: int, now: datetime.datetime, checked: str = "") -> str:
    """Let somebody go: the next page they open is gone; what they did stays under their name, which is returned."""
    row = _owned(letter, by)
    person = _other(row, pk)
    _record(row, "team left", person, person.role, by=by, now=now, checked=checked)
    person.delete()
    return str(person)


@transaction.atomic
def offer(*, by: User, letter: Letter, pk: int, now: datetime.datetime, checked: str = "") -> Coordinator:
    """Offer the letter to a coordinator; nothing changes until that person accepts. A later offer replaces it."""
    row = _owned(letter, by)
    person = _other(row, pk)
    if person.role != TeamRole.COORDINATOR:
        raise NotNow(f"{person} is an observer; make {person} a coordinator first.")
    row.coordinators.update(offered_at=None)
    person.offered_at = now
    person.save(update_fields=["offered_at"])
    _record(row, "team offered", person, "owner", by=by, now=now, checked=checked)
    to_the_team.team(person, "offered", by=by, now=now)
    return person


@transaction.atomic
def keep(*, by: User, letter: Letter, now: datetime.datetime) -> None:
    """Take the offer back; raises NotNow when it was accepted meanwhile."""
    row = _owned(letter, by)
    row.coordinators.update(offered_at=None)


@transaction.atomic
def accept(*, by: User, letter: Letter, now: datetime.datetime, checked: str = "") -> Letter:
    """Become the owner of a letter that was offered; the owner before stays as a coordinator. Raises NotNow."""
    row = lifecycle.locked(letter)
    mine = row.coordinators.select_related("user").filter(user=by, offered_at__isnull=False).first()
    if mine is None:
        raise NotNow("The offer was taken back; the letter stays with its owner.")
    before = row.coordinators.select_related("user").get(user=row.owner_id)
    row.owner = by
    row.save(update_fields=["owner"])
    mine.letter = before.letter = row
    mine.offered_at = None
    mine.save(update_fields=["offered_at"])
    _record(row, "team owner", mine, "owner", by=by, now=now, checked=checked)
    to_the_team.team(before, "accepted", by=by, now=now)
    return row


def mail_answers(*, by: User, letter: Letter, wanted: bool) -> None:
    """Whether this person gets a mail for each answer of a society."""
    letter.coordinators.filter(user=by).update(mail_answers=wanted)
