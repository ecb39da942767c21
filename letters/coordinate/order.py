"""The printed order of the societies: the lead first, then by name, by country or by hand; and the proof of it."""

import dataclasses
import datetime
from collections.abc import Mapping

from django.db import transaction

from letters import lifecycle
from letters.lifecycle import NotNow
from letters.lists.arrange import arrange, invitations, write_places
from letters.models import Event, Invitation, Letter, Link, Order, Role, Signature, User
from letters.models.letter import BEFORE_CLOSE

ARRANGES = ("arranged", "listed", "merged")  # events after which the order is another


@dataclasses.dataclass(frozen=True, slots=True)
class Wish:
    """How a coordinator wants the societies in order; `places` (by invitation) counts when the order is by hand."""

    order: str
    lead: int | None = None
    places: Mapping[int, int] = dataclasses.field(default_factory=dict)


@transaction.atomic
def set_order(*, by: User, letter: Letter, wish: Wish, now: datetime.datetime) -> Letter:
    """Write the order and put every society in its place; raises NotNow once the roster is frozen."""
    row = lifecycle.locked(letter)
    if row.state not in BEFORE_CLOSE:
        raise NotNow(f"The letter is “{row.get_state_display()}”; extend the deadline to change the order again.")
    row.order = wish.order
    row.save(update_fields=["order"])
    Invitation.objects.filter(letter=row, lead=True).exclude(pk=wish.lead or 0).update(lead=False)
    Invitation.objects.filter(letter=row, pk=wish.lead or 0).update(lead=True)
    if wish.order == Order.LISTED and wish.places:
        by_hand = {i.pk: (not i.lead, wish.places.get(i.pk, i.position), i.position) for i in invitations(row)}
        write_places(row, sorted(invitations(row), key=lambda i: (i.society.kind, by_hand[i.pk])))
    else:
        arrange(row)
    Event.objects.append(row, "arranged", actor="coordinator", by=by, at=now, data={"order": wish.order})
    return row


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """How one society will be printed: a line per place, each as (what is printed, whether it is signed)."""

    invitation: Invitation
    name: str
    lines: tuple[tuple[str, bool], ...]


def proof(letter: Letter) -> list[Entry]:
    """Every society as it will stand under the letter, in printed order (three queries).

    A place that is signed shows what was signed; one that is not shows the officer listed for it.
    """
    signed: dict[tuple[int, int], Signature] = {}
    for signature in Signature.objects.filter(version=letter.current).live() if letter.current_id else ():
        signed[signature.invitation_id, signature.slot] = signature
    listed: dict[tuple[int, int], list[str]] = {}
    links = Link.objects.live().filter(invitation__letter=letter, officer__role=Role.SIGNER)
    for link in links.select_related("officer").order_by("pk"):
        listed.setdefault((link.invitation_id, link.slot), []).append(str(link.officer))
    return [_entry(invitation, signed, listed) for invitation in invitations(letter)]


def _entry(
    invitation: Invitation, signed: dict[tuple[int, int], Signature], listed: dict[tuple[int, int], list[str]]
) -> Entry:
    lines, name = [], invitation.society.as_printed
    for slot in range(1, invitation.slots + 1):
        signature = signed.get((invitation.pk, slot))
        if signature:
            name = signature.society_name
            lines.append((f"{signature.printed_name}, {signature.office}", True))
        else:
            who = " or ".join(listed.get((invitation.pk, slot), [])) or invitation.office_of(slot)
            lines.append((who or "nobody listed", False))
    return Entry(invitation, name, tuple(lines))
