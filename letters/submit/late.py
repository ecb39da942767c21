"""The verbs of late signing: open it to chosen societies of a sealed letter, and close it into the next edition."""

import datetime
from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import Prefetch

from letters import lifecycle
from letters.lifecycle import NotNow
from letters.models import Edition, Event, Invitation, LateCall, Letter, Link, Signature, User, database_now
from letters.models.letter import PAST_SEAL
from letters.notify import owed


def candidates(letter: Letter) -> list[Invitation]:
    """Societies of the letter that did not sign the sealed version in each of their places, in printed order."""
    signed: dict[int, int] = {}
    for society in Signature.objects.filter(version=letter.current).live().values_list("invitation", flat=True):
        signed[society] = signed.get(society, 0) + 1
    rows = letter.invitations.select_related("society").order_by("position")
    return [row for row in rows if signed.get(row.pk, 0) < row.slots]


def open_call(letter: Letter) -> LateCall | None:
    """The late call that is open, whether or not its time has passed."""
    invited = Prefetch("invitations", Invitation.objects.select_related("society"))
    return letter.late_calls.filter(closed_at=None).prefetch_related(invited).first()


@transaction.atomic
def open_late(
    *, by: User, letter: Letter, societies: Sequence[int], until: datetime.datetime, now: datetime.datetime
) -> LateCall:
    """Let these invitations sign the sealed version until `until`, and mail their officers; raises NotNow.

    The letter's state stays: what was sealed is not opened again. The next edition stands beside it.
    """
    row = lifecycle.locked(letter)
    if row.state not in PAST_SEAL:
        raise NotNow("Only a sealed letter takes late signatures; before the seal extend its deadline.")
    if open_call(row):
        raise NotNow("Late signing is open already; close it first.")
    if row.editions.filter(sealed_at=None, superseded_at=None).exists():
        raise NotNow("The next edition waits for its seal; seal it first.")
    if until <= now:
        raise NotNow("Choose an end of late signing that lies ahead.")
    chosen = [place.pk for place in candidates(row) if place.pk in set(societies)]
    if not chosen:
        raise NotNow("Choose the societies that may still sign.")
    call = LateCall.objects.create(letter=row, opened_at=now, opened_by=by, until=until)
    places = Invitation.objects.filter(pk__in=chosen)
    places.update(late_call=call)
    places.filter(invited_at=None).update(invited_at=now)
    Letter.objects.filter(pk=row.pk).update(settled_at=until)  # their links open again until some days after that
    facts = {"until": until.isoformat(), "societies": len(chosen)}
    Event.objects.append(row, "late opened", actor="coordinator", by=by, at=now, data=facts)
    for link in Link.objects.live().filter(invitation__in=chosen).select_related(*owed.RELATED):
        owed.late(link, call, now=now)
    return call


@transaction.atomic
def close_late(*, by: User, letter: Letter, clock: Callable[[], datetime.datetime] = database_now) -> Edition | None:
    """End late signing and freeze the next edition; None when nobody signed. Raises NotNow when it is not open.

    The clock is read after the lock: no signature in the roster is younger than this close.
    """
    row = lifecycle.locked(letter)
    now = clock()
    if not LateCall.objects.filter(letter=row, closed_at=None).update(closed_at=now):
        raise NotNow("Late signing is not open; look again before you go on.")
    Event.objects.append(row, "late closed", actor="coordinator", by=by, at=now)
    return lifecycle.freeze_late(row, now=now)
