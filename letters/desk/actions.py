"""The verbs of the desk: note a call, be done with a follow-up, keep a view; none of them touches the record."""

import datetime
from collections.abc import Iterable

from django.db import IntegrityError, transaction

from letters.lifecycle import NotNow
from letters.models import Call, Invitation, Letter, SavedView, User

MOST_VIEWS = 20


@transaction.atomic
def note(
    *, by: User, invitations: Iterable[Invitation], text: str, called: bool, follow_up_on: datetime.date | None,
    settles: bool, now: datetime.datetime,
) -> list[Call]:  # fmt: skip
    """Note a call or a remark about each society; `settles` ends what was to be followed up with them before.

    Notes are private to the coordinators: they are rows of their own and never go into the letter's chain of events.
    """
    societies = list(invitations)
    if settles:
        Call.objects.open().filter(invitation__in=societies).update(done_at=now, done_by=by)
    return Call.objects.bulk_create(
        Call(invitation=invitation, by=by, at=now, called=called, note=text, follow_up_on=follow_up_on)
        for invitation in societies
    )


def done(*, by: User, call: Call, now: datetime.datetime) -> None:
    """Be done with one follow-up; raises NotNow when somebody was before."""
    if not Call.objects.open().filter(pk=call.pk).update(done_at=now, done_by=by):
        raise NotNow("This follow-up is done already.")


@transaction.atomic
def keep_view(*, by: User, letter: Letter, name: str, query: str) -> SavedView:
    """Keep a view of the grid under a name of one's own; raises NotNow for a name one has already."""
    mine = SavedView.objects.filter(letter=letter, user=by)
    if mine.count() >= MOST_VIEWS:
        raise NotNow(f"You have {MOST_VIEWS} views on this letter; take one away first.")
    try:
        with transaction.atomic():
            return SavedView.objects.create(letter=letter, user=by, name=name, query=query)
    except IntegrityError:
        raise NotNow(f"You have a view called “{name}” on this letter; choose another name.") from None


def drop_view(*, by: User, letter: Letter, pk: int) -> int:
    """Take one of one's own views away; returns 0 where there is none."""
    return SavedView.objects.filter(letter=letter, user=by, pk=pk).delete()[0]
