"""“Invite the same group”: the societies and officers of an earlier letter as the dry run of another one's list."""

import datetime

from letters.lists.arrange import invitations, write_places
from letters.lists.listing import Row
from letters.lists.plan import Plan, Planned
from letters.models import Invitation, Letter, Link, OfficersAsked
from letters.models.letter import BEFORE_CLOSE

ONE_EACH = "In this letter one officer signs for each society, so the places of the earlier one are not taken over."


def plan_of_group(letter: Letter, earlier: Letter) -> Plan:
    """Every officer asked in `earlier`, in its printed order: in office is matched, the others say why not.

    Two queries; a person whose link was revoked and not replaced was taken off and does not appear.
    """
    seats = Link.objects.live().filter(invitation__letter=earlier)
    seats = seats.select_related("officer__user", "invitation__society__merged_into")
    listed = set(Link.objects.live().filter(invitation__letter=letter).values_list("officer", flat=True))
    entries = []
    for number, link in enumerate(seats.order_by("invitation__position", "slot", "pk"), start=1):
        officer, society = link.officer, link.invitation.society.surviving
        row = Row(
            number, society.official_name, officer.printed_name, officer.office, officer.user.email,
            society.short_name, society.country, role=officer.role, language=officer.user.language,
        )  # fmt: skip
        if officer.pk in listed:
            entries.append(Planned(number, "listed", "Already on this letter’s list; nothing changes.", row))
        elif officer.until is not None:
            entries.append(Planned(number, "refused", _ended(officer.until, officer.office), row))
        else:
            entries.append(Planned(number, "matched", f"Asked for “{earlier}” too.", row, society))
    said = ONE_EACH if _places(earlier) and not _same_places(letter, earlier) else ""
    return Plan(tuple(entries), tuple(filter(None, [said])))


def _ended(until: datetime.date, office: str) -> str:
    return f"The seat as {office} ended on {until.day} {until:%B %Y}; import the successor."


def carry_over(letter: Letter, earlier: Letter) -> None:
    """Take over the order, the society printed first and the places of `earlier` for societies on both lists.

    The letter is locked. Only what nobody has set here yet is taken over, and nothing once the letter is closed.
    """
    if letter.state not in BEFORE_CLOSE:
        return
    there = {one.society.surviving.pk: one for one in invitations(earlier)}
    here = invitations(letter)
    lead = any(one.lead for one in here)
    for one in here:
        before = there.get(one.society_id)
        if before is None or one.invited_at:
            continue
        one.lead = one.lead or (before.lead and not lead)
        one.two_people = one.two_people or before.two_people
        if _same_places(letter, earlier) and not one.offices:
            one.slots, one.offices = max(one.slots, before.slots), before.offices
    Invitation.objects.bulk_update(here, ["lead", "two_people", "slots", "offices"], batch_size=500)
    _same_slots(letter, earlier)
    if all(one.society_id in there for one in here):
        letter.order = earlier.order
        letter.save(update_fields=["order"])
        write_places(letter, sorted(here, key=lambda one: (one.society.kind, there[one.society_id].position)))


def _same_slots(letter: Letter, earlier: Letter) -> None:
    """Each officer in the place held in the earlier letter, where both ask for the same places."""
    if not _same_places(letter, earlier):
        return
    held = dict(Link.objects.live().filter(invitation__letter=earlier).values_list("officer", "slot"))
    links = list(Link.objects.live().filter(invitation__letter=letter, officer__in=held, invitation__invited_at=None))
    for link in links:
        link.slot = held[link.officer_id]
    Link.objects.bulk_update(links, ["slot"], batch_size=500)


def _places(letter: Letter) -> bool:
    return letter.invitations.filter(slots__gt=1).exists()


def _same_places(letter: Letter, earlier: Letter) -> bool:
    return letter.officers_asked == earlier.officers_asked or letter.officers_asked == OfficersAsked.EACH
