"""Writes the good rows of a dry run: societies, people, seats, invitations and links, each sort in one statement."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from letters import lifecycle
from letters.lifecycle import NotNow
from letters.lists.arrange import arrange
from letters.lists.listing import Row
from letters.lists.plan import Plan, Planned
from letters.models import (
    Confirmation,
    Domain,
    Event,
    Invitation,
    Letter,
    Link,
    Officer,
    OfficersAsked,
    Role,
    Society,
    User,
)
from letters.models.letter import BEFORE_CLOSE, PAST_SEAL
from letters.models.society import name_key


@transaction.atomic
def import_societies(*, by: User, letter: Letter, plan: Plan, now: datetime.datetime) -> int:
    """Write the good rows of a dry run: societies, officers, invitations and links; returns how many rows."""
    row = open_list(letter)
    put_in(row, plan.good, by=by, now=now)
    conclude(row, len(plan.good), by=by, now=now)
    return len(plan.good)


def open_list(letter: Letter) -> Letter:
    """The letter, locked; raises NotNow when its list can no longer grow. After a seal it grows for late signing."""
    row = lifecycle.locked(letter)
    if row.state not in (*BEFORE_CLOSE, *PAST_SEAL):
        raise NotNow(f"The letter is “{row.get_state_display()}”; no society can be added.")
    return row


def conclude(letter: Letter, count: int, *, by: User, now: datetime.datetime) -> None:
    """Bring the list into its order and record how many officers came onto it; the letter is locked.

    After a seal who is new stays at the end: what was printed keeps its order in the next edition.
    """
    if letter.state in BEFORE_CLOSE:
        arrange(letter)
    Event.objects.append(letter, "listed", actor="coordinator", by=by, at=now, data={"officers": count})


def put_in(letter: Letter, entries: Sequence[Planned], *, by: User, now: datetime.datetime) -> None:
    """Write these rows into a locked letter, in a number of statements that does not grow with the rows.

    A row that is there already changes nothing but the office, the printed name and the role of its seat.
    """
    rows = [entry.row for entry in entries if entry.row]
    societies = _societies(entries, by, now)
    seats = _seats(rows, societies, _people(rows))
    Confirmation.objects.by_domain(seats, now=now)
    _links(letter, seats, _invitations(letter, societies), now)


def _societies(entries: Sequence[Planned], by: User, now: datetime.datetime) -> list[Society]:
    """The society of each row: the one that was matched, one of this name and country, or a new one."""
    unmatched = [entry.row for entry in entries if entry.row and not entry.society]
    keys = {name_key(row.society) for row in unmatched}
    known: dict[str, list[Society]] = {}
    for society in Society.objects.filter(name_key__in=keys).select_related("merged_into"):
        known.setdefault(society.name_key, []).append(society)
    new: list[Society] = []
    domains: dict[tuple[str, str], Society] = {}
    for row in sorted(unmatched, key=lambda row: not row.country):  # a row without a country joins one that has it
        society = _named(row, known) or Society(
            official_name=row.society, name_key=name_key(row.society), short_name=row.short_name,
            country=row.country, ror_id=row.ror,
        )  # fmt: skip
        if society.pk is None and all(society is not other for other in known.get(society.name_key, ())):
            known.setdefault(society.name_key, []).append(society)
            new.append(society)
        if society.pk is None:
            domains |= {(society.name_key + society.country, name): society for name in row.domains}
    Society.objects.bulk_create(new, batch_size=500)
    Domain.objects.bulk_create(
        Domain(society=society, name=name, added_by=by, added_at=now) for (_, name), society in domains.items()
    )
    found = [entry.society or _named(entry.row, known) for entry in entries if entry.row]
    return [society.surviving for society in found if society]


def _named(row: Row, known: dict[str, list[Society]]) -> Society | None:
    """The society of the row's name in its country, else the only one whose country does not speak against it."""
    named = known.get(name_key(row.society), [])
    exact = [society for society in named if society.country == row.country]
    fits = exact or [s for s in named if not row.country or s.country == ""]
    return fits[0] if len(fits) == 1 else None


def _people(rows: Sequence[Row]) -> dict[str, User]:
    """The people of these addresses, by address; who is new gets in by mailed code or link, never by a password."""
    people = {user.email: user for user in User.objects.filter(email__in={row.email for row in rows})}
    new = {}
    for row in rows:
        if row.email not in people and row.email not in new:
            new[row.email] = User(email=row.email, name=row.contact_name, language=row.language)
            new[row.email].set_unusable_password()
    User.objects.bulk_create(new.values(), batch_size=500)
    return people | new


def _seats(rows: Sequence[Row], societies: Sequence[Society], people: dict[str, User]) -> list[Officer]:
    """The open seat of each row, made or brought up to date."""
    held = Officer.objects.filter(until=None, society__in=societies, user__in=people.values())
    seats = {(seat.user_id, seat.society_id): seat for seat in held}
    for row, society in zip(rows, societies, strict=True):
        user = people[row.email]
        seat = seats.setdefault((user.pk, society.pk), Officer(user=user, society=society))
        seat.office, seat.printed_name, seat.role = row.office, row.printed_name, row.role
        seat.user, seat.society = user, society
    Officer.objects.bulk_create([seat for seat in seats.values() if seat.pk is None], batch_size=500)
    known = [seat for seat in held if (seat.user_id, seat.society_id) in seats]
    Officer.objects.bulk_update(known, ["office", "printed_name", "role"], batch_size=500)
    wanted = [(people[row.email].pk, society.pk) for row, society in zip(rows, societies, strict=True)]
    return [seats[key] for key in dict.fromkeys(wanted)]


def _invitations(letter: Letter, societies: Sequence[Society]) -> dict[int, Invitation]:
    """The invitation of each society, by society; new ones stand at the end."""
    found = {one.society_id: one for one in Invitation.objects.filter(letter=letter, society__in=societies)}
    last = letter.invitations.aggregate(last=Max("position"))["last"] or 0
    missing = {society.pk: society for society in societies if society.pk not in found}
    made = [
        Invitation(letter=letter, society=society, position=last + place)
        for place, society in enumerate(missing.values(), start=1)
    ]
    Invitation.objects.bulk_create(made, batch_size=500)
    return found | {one.society_id: one for one in made}


def _links(letter: Letter, seats: Sequence[Officer], asked: dict[int, Invitation], now: datetime.datetime) -> None:
    there: set[tuple[int, int]] = set()
    signers: dict[int, int] = {}
    live = Link.objects.live().filter(invitation__in=asked.values())
    for asked_by, officer, role in live.values_list("invitation", "officer", "officer__role"):
        there.add((asked_by, officer))
        signers[asked_by] = signers.get(asked_by, 0) + (role == Role.SIGNER)
    made = []
    for seat in seats:
        invitation = asked[seat.society_id]
        if (invitation.pk, seat.pk) in there:
            continue
        slot = _slot(letter, invitation, seat, signers.get(invitation.pk, 0))
        invitation.slots = max(slot, invitation.slots)
        signers[invitation.pk] = signers.get(invitation.pk, 0) + (seat.role == Role.SIGNER)
        made.append(Link(invitation=invitation, officer=seat, slot=slot, created_at=now))
    Invitation.objects.bulk_update({link.invitation.pk: link.invitation for link in made}.values(), ["slots"])
    Link.objects.make(made)


def _slot(letter: Letter, invitation: Invitation, officer: Officer, signers: int) -> int:
    """The place this officer's signature fills: the one asked for this office, else the next free one."""
    if officer.role != Role.SIGNER:
        return 1
    keys = [office.casefold() for office in invitation.offices]
    if officer.office.casefold() in keys:
        return keys.index(officer.office.casefold()) + 1
    if letter.officers_asked == OfficersAsked.ONE or keys:
        return 1
    return signers + 1
