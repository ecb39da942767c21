"""The verbs of invitations: open for signature and invite, replace links."""

import datetime
from collections.abc import Collection

from django.db import transaction

from letters import lifecycle
from letters.lifecycle import NotNow
from letters.models import Event, Invitation, Letter, Link, Signature, State, User
from letters.notify import owed


@transaction.atomic
def invite(*, by: User, letter: Letter, now: datetime.datetime) -> int:
    """Open the letter for signature where it is not yet, and owe every officer not yet invited one mail."""
    row = lifecycle.locked(letter)
    waiting = Invitation.objects.filter(letter=row, invited_at=None)
    if row.state == State.REVIEW and (waiting.exists() or row.invitations.exists()):
        row = lifecycle.open_signing(row, by=by, now=now)
    if row.state != State.SIGNING:
        raise NotNow("Publish a version and put societies on the list, then open the letter for signature.")
    signed = Signature.objects.filter(version=row.current).live().values("invitation").distinct().count()
    links = Link.objects.live().filter(invitation__letter=row).exclude(mails__kind="invitation")
    links = links.select_related("officer__user", "invitation__society")
    sent = 0
    for link in links.order_by("invitation__position", "slot", "pk"):
        link.invitation.letter = row
        owed.invitation(link, signed_count=signed, now=now)
        sent += 1
    waiting.update(invited_at=now)
    Event.objects.append(row, "invited", actor="coordinator", by=by, at=now, data={"officers": sent})
    return sent


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
