"""The verbs of the list: put societies on it, open for signature and invite, replace links."""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.db.models import Max

from letters import lifecycle
from letters.coordinate.listing import Row
from letters.coordinate.order import arrange
from letters.coordinate.plan import Plan
from letters.lifecycle import NotNow
from letters.models import (
    Confirmation,
    Domain,
    Event,
    Invitation,
    Letter,
    Link,
    MailKind,
    Officer,
    OfficersAsked,
    Role,
    Society,
    State,
    User,
)  # fmt: skip
from letters.models.letter import BEFORE_CLOSE
from letters.notify import owed, rounds


@transaction.atomic
def import_societies(*, by: User, letter: Letter, plan: Plan, now: datetime.datetime) -> int:
    """Write the good rows of a dry run: societies, officers, invitations and links; returns how many rows."""
    row = lifecycle.locked(letter)
    if row.state not in BEFORE_CLOSE:
        raise NotNow(f"The letter is “{row.get_state_display()}”; no society can be added.")
    for entry in plan.good:
        if entry.row:
            _add(row, entry.row, entry.society, now, by)
    arrange(row)
    count = len(plan.good)
    Event.objects.append(row, "listed", actor="coordinator", by=by, at=now, data={"officers": count})
    return count


def _society(row: Row, now: datetime.datetime, by: User) -> Society:
    known = Society.objects.named(row.society).filter(country=row.country).select_related("merged_into").first()
    if known:
        return known.surviving
    society = Society.objects.create(
        official_name=row.society, short_name=row.short_name, country=row.country, ror_id=row.ror
    )
    Domain.objects.bulk_create(
        Domain(society=society, name=name, added_by=by, added_at=now) for name in dict.fromkeys(row.domains)
    )
    return society


def _add(letter: Letter, row: Row, known: Society | None, now: datetime.datetime, by: User) -> Link:
    society = known or _society(row, now, by)
    user = User.objects.known_as(row.email) or User.objects.create_user(
        row.email, row.contact_name, language=row.language
    )
    officer, _ = Officer.objects.update_or_create(
        user=user, society=society, until=None,
        defaults={"office": row.office, "printed_name": row.printed_name, "role": row.role},
    )  # fmt: skip
    Confirmation.objects.by_domain([officer], now=now)
    last = letter.invitations.aggregate(last=Max("position"))["last"] or 0
    invitation, _ = Invitation.objects.get_or_create(letter=letter, society=society, defaults={"position": last + 1})
    slot = _slot(letter, invitation, officer)
    if slot > invitation.slots:
        invitation.slots = slot
        invitation.save(update_fields=["slots"])
    link, _ = Link.objects.get_or_create(
        invitation=invitation, officer=officer, revoked_at=None, defaults={"slot": slot, "created_at": now}
    )
    return link


def _slot(letter: Letter, invitation: Invitation, officer: Officer) -> int:
    """The place this officer's signature fills: the one asked for this office, else the next free one."""
    if officer.role != Role.SIGNER:
        return 1
    keys = [office.casefold() for office in invitation.offices]
    if officer.office.casefold() in keys:
        return keys.index(officer.office.casefold()) + 1
    if letter.officers_asked == OfficersAsked.ONE or keys:
        return 1
    return invitation.links.live().filter(officer__role=Role.SIGNER).count() + 1


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
