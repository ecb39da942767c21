"""What the pages about one society show, read in a fixed number of queries: its officers, places and releases."""

import dataclasses

from django.db.models import Prefetch
from django.http import Http404

from letters.models import Approval, Confirmation, Invitation, Letter, Link, Officer, Role, Signature, Society, User


@dataclasses.dataclass(frozen=True, slots=True)
class Seat:
    """An officer with a live link: how it was confirmed, and the place it signs in where there are several."""

    link: Link
    officer: Officer
    confirmed: str
    place: str


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """One place under the letter: the office asked for, and who has signed there."""

    number: int
    office: str
    signature: Signature | None


@dataclasses.dataclass(frozen=True, slots=True)
class Roll:
    """One society on one letter."""

    seats: list[Seat]
    places: list[Place]
    former: list[Officer]
    approval: Approval | None
    lacks_approver: bool
    lacks_signer: bool
    successors: list[Officer]


CONFIRMED = Prefetch("officer__confirmations", Confirmation.objects.select_related("by"))


def roll(invitation: Invitation) -> Roll:
    """Officers, places and release of one society (a fixed number of queries)."""
    links = (
        Link.objects.live().filter(invitation=invitation).select_related("officer__user").prefetch_related(CONFIRMED)
    )
    seats = [_seat(link, invitation) for link in links.order_by("slot", "pk")]
    version = invitation.letter.current
    live = Signature.objects.filter(invitation=invitation, version=version).live()
    signed = {signature.slot: signature for signature in live}
    ended = Officer.objects.filter(links__invitation=invitation, until__isnull=False).distinct().order_by("pk")
    former = list(ended.prefetch_related("followed_by"))
    approval = None
    if invitation.two_people:
        approval = Approval.objects.live().filter(invitation=invitation, version=version).first()
    return Roll(
        seats=seats,
        places=[Place(n, invitation.office_of(n), signed.get(n)) for n in range(1, invitation.slots + 1)],
        former=former,
        approval=approval,
        lacks_signer=not any(seat.officer.role == Role.SIGNER for seat in seats) and len(signed) < invitation.slots,
        successors=_successors(former, seats),
        lacks_approver=invitation.two_people and not any(seat.officer.role == Role.APPROVER for seat in seats),
    )


def _successors(former: list[Officer], seats: list[Seat]) -> list[Officer]:
    """Who took over a seat that had a link on this letter and has none here yet."""
    here = {seat.officer.pk for seat in seats}
    followers = [officer for seat in former for officer in seat.followed_by.all()]
    return [officer for officer in followers if officer.until is None and officer.pk not in here]


def _seat(link: Link, invitation: Invitation) -> Seat:
    officer = link.officer
    signs = officer.role == Role.SIGNER and invitation.slots > 1
    place = (invitation.office_of(link.slot) or f"place {link.slot}") if signs else ""
    return Seat(link, officer, officer.confirmed, place)


def seat_of(letter: Letter, pk: int) -> Link:
    """The live link `pk` of this letter with its officer; raises Http404."""
    links = Link.objects.live().filter(invitation__letter=letter).select_related(
        "officer__user", "officer__society", "invitation__society", "invitation__letter__owner"
    )  # fmt: skip
    found = links.prefetch_related(CONFIRMED).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def also_mine(user: User, society: Society) -> list[Society]:
    """The other societies that letters of this person invite, by name."""
    found = Society.objects.standing().filter(invitations__letter__in=Letter.objects.run_by(user))
    return list(found.exclude(pk=society.pk).distinct().order_by("name_key"))
