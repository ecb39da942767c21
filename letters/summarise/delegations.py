"""Delegations that were received outside, such as in a minute or a mail: recorded and ended by a coordinator."""

import datetime

from django.db import transaction

from letters import behind, lifecycle
from letters.lifecycle import NotNow, how
from letters.models import Delegation, Event, Invitation, Letter, State, User


@transaction.atomic
def record(
    *, by: User, letter: Letter, society: Invitation, to: Invitation, basis: str, basis_on: datetime.date,
    now: datetime.datetime, checked: str = "",
) -> Delegation:  # fmt: skip
    """Write down that a society leaves the summaries to another, and on which decision that rests.

    It never takes the place of what an officer said here. Raises NotNow for societies that did not sign, and where an
    officer's own delegation stands.
    """
    row = lifecycle.locked(letter)
    if row.state == State.ABANDONED:
        raise NotNow("The letter was given up; its summaries with it.")
    signed = {one.invitation_id for one in behind.printed(row) if one.withdrawn_at is None}
    for one in (society, to):
        if one.pk not in signed:
            raise NotNow(f"{one.society} has not signed the letter as it stands; only societies under it are asked.")
    if society.pk == to.pk:
        raise NotNow("A society cannot leave it to itself; choose another one.")
    if basis_on > now.astimezone(row.zone).date():
        raise NotNow("The decision lies ahead; record it once it was taken.")
    live = Delegation.objects.filter(invitation=society, ended_at=None)
    held = live.select_related("officer").first()
    if held and held.officer:
        raise NotNow(f"{held.officer} said here to whom {society.society} leaves it; only its officers change that.")
    live.update(ended_at=now)
    made = Delegation(
        invitation=society, to=to, basis=basis, basis_on=basis_on, recorded_at=now, recorded_by=by
    )  # fmt: skip
    made.save()
    facts = {"society": society.society.official_name, "to": to.society.official_name, "basis": basis}
    private = {"person": by.email, **facts, "basis_on": basis_on.isoformat()}
    Event.objects.append(
        row, "delegation recorded", actor="coordinator", by=by, at=now, data=how(checked), private=private
    )  # fmt: skip
    return made


@transaction.atomic
def end(*, by: User, delegation: Delegation, now: datetime.datetime, checked: str = "") -> None:
    """A recorded delegation no longer holds; with what was sent to a journal before, it stays.

    Raises NotNow for one an officer gave here, or one that ended.
    """
    letter = lifecycle.locked(delegation.invitation.letter)
    if delegation.officer_id:
        raise NotNow("An officer gave this delegation here; only the society’s officers take it back.")
    if not Delegation.objects.filter(pk=delegation.pk, ended_at=None).update(ended_at=now):
        raise NotNow("This delegation ended already; look again how things stand.")
    private = {"person": by.email, "society": delegation.invitation.society.official_name}
    Event.objects.append(
        letter, "delegation ended", actor="coordinator", by=by, at=now, data=how(checked), private=private
    )  # fmt: skip
