"""The verbs of invitations: open for signature and invite, replace links."""

import datetime
from collections.abc import Collection

from django.db import transaction

from letters import lifecycle
from letters.lifecycle import NotNow
from letters.models import Event, Letter, Link, MailKind, State, User
from letters.notify import owed, rounds


@transaction.atomic
def invite(*, by: User, letter: Letter, now: datetime.datetime) -> int:
    """Open the letter for signature where it is not yet, and owe every officer not yet invited one mail, at once."""
    draft = rounds.prepare(by=by, letter=letter, kind=MailKind.INVITATION, now=now)
    return rounds.send(by=by, row=draft, now=now)


@transaction.atomic
def renew_links(
    *, by: User | None, letter: Letter, links: Collection[int] | None = None, now: datetime.datetime
) -> int:
    """Revoke live links, all or those with these keys, and owe each officer a new one; returns how many.

    What was signed, answered or read stays. Raises NotNow for a letter that was given up.
    """
    row = lifecycle.locked(letter)
    if row.state == State.ABANDONED:
        raise NotNow("The letter was abandoned; its links open nothing any more.")
    live = Link.objects.live().filter(invitation__letter=row, **({} if links is None else {"pk__in": links}))
    old = list(live.select_related("officer__user", "invitation__society", "last_read").order_by("pk"))
    live.update(revoked_at=now)
    for link in old:
        made = Link.objects.create(
            invitation=link.invitation, officer=link.officer, slot=link.slot, last_read=link.last_read, created_at=now
        )
        made.invitation.letter = row
        if link.invitation.invited_at:
            owed.new_link(made, now=now)
    if old:
        actor = "coordinator" if by else "system"
        Event.objects.append(row, "links renewed", actor=actor, by=by, at=now, data={"links": len(old)})
    return len(old)
