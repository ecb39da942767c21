"""“Invite the same group”: order, lead, places and officers of an earlier letter, and who is left out and why."""

import pytest

from letters.coordinate.order import Wish, set_order
from letters.lists import importing
from letters.lists.group import plan_of_group
from letters.models import Arrival, Invitation, Letter, Link, Officer, database_now
from tests import factories

pytestmark = pytest.mark.django_db


def invited_again(earlier: Letter, letter: Letter) -> None:
    arrival = Arrival.objects.create(
        letter=letter, by=factories.alice(), name="earlier", earlier=earlier, created_at=database_now()
    )
    importing.begin(by=factories.alice(), arrival=arrival, now=database_now())


def order(letter: Letter) -> list[str]:
    return list(letter.invitations.order_by("position").values_list("society__short_name", flat=True))


def test_order_lead_and_places_are_taken_over():
    earlier = factories.signing_open(officers_asked="each")
    pks = dict(Invitation.objects.filter(letter=earlier).values_list("society__short_name", "pk"))
    wish = Wish("listed", pks["JSC"], {pks["SDS"]: 1, pks["NSC"]: 2})
    set_order(by=factories.alice(), letter=earlier, wish=wish, now=database_now())
    Invitation.objects.filter(pk=pks["NSC"]).update(offices=["President", "President-Elect"])
    letter = factories.reviewed(officers_asked="each")
    invited_again(earlier, letter)
    assert order(letter) == order(earlier) == ["JSC", "SDS", "NSC"]
    assert letter.invitations.get(lead=True).society.short_name == "JSC"
    assert letter.invitations.get(society__short_name="NSC").offices == ["President", "President-Elect"]
    slots = Link.objects.filter(invitation__letter=letter).values_list("officer__office", "slot")
    assert dict(slots)["President-Elect"] == 2
    assert Officer.objects.count() == 4


def test_places_are_not_taken_over_where_one_officer_signs():
    earlier, letter = factories.signing_open(officers_asked="each"), factories.reviewed()
    assert plan_of_group(letter, earlier).remarks == (
        "In this letter one officer signs for each society, so the places of the earlier one are not taken over.",
    )
    invited_again(earlier, letter)
    assert set(letter.invitations.values_list("slots", flat=True)) == {1}


def test_what_is_set_here_already_stays():
    earlier, letter = factories.signing_open(), factories.reviewed()
    factories.listed(letter, factories.SOCIETIES.splitlines()[0] + "\nOwn,OWN,US,O,,Chair,o@own.example,signer\n")
    Invitation.objects.filter(letter=letter).update(lead=True)
    Invitation.objects.filter(letter=earlier, society__short_name="SDS").update(lead=True)
    invited_again(earlier, letter)
    assert order(letter)[0] == "OWN"
    assert letter.invitations.get(lead=True).society.short_name == "OWN"


def test_a_revoked_link_is_not_asked_again_and_a_listed_officer_changes_nothing():
    earlier, letter = factories.signing_open(), factories.reviewed()
    Link.objects.filter(pk=factories.link_of(earlier, "erin").pk).update(revoked_at=database_now())
    factories.listed(letter, "\n".join(factories.SOCIETIES.splitlines()[:2]) + "\n")
    states = [(entry.row.contact_name, entry.state) for entry in plan_of_group(letter, earlier).entries]
    assert states == [("Bob Barker, MD", "listed"), ("Carol Créac'h, MD", "matched"), ("佐藤 陽子, MD", "matched")]
