"""The printed order: the lead first, by name, by country, by hand; and the proof before the release."""

import pytest
from django.db import IntegrityError, transaction

from letters import lifecycle
from letters.coordinate.order import Wish, proof, set_order
from letters.lifecycle import NotNow
from letters.models import Invitation, Society, database_now
from tests import factories

pytestmark = pytest.mark.django_db
MORE = """society,short_name,country,contact_name,credentials,office,email,role
Österreichische Gesellschaft,OEG,AT,Ö,,President,o@oeg.example,signer
"""


def order(letter) -> list[str]:
    rows = Invitation.objects.filter(letter=letter).order_by("position").select_related("society")
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    return [row.society.short_name for row in rows]


def put(letter, how, lead=None, places=None):
    pks = dict(Invitation.objects.filter(letter=letter).values_list("society__short_name", "pk"))
    wish = Wish(how, pks.get(lead), {pks[name]: place for name, place in (places or {}).items()})
    return set_order(by=factories.alice(), letter=letter, wish=wish, now=database_now())


@pytest.fixture
def letter():
    row = factories.signing_open()
    factories.listed(row, MORE)
    return row


def test_as_on_the_list_by_name_and_by_country(letter):
    assert order(letter) == ["NSC", "SDS", "JSC", "OEG"]
    put(letter, "name")
    assert order(letter) == ["NSC", "OEG", "SDS", "JSC"]
    put(letter, "country")
    assert order(letter) == ["OEG", "SDS", "NSC", "JSC"]


def test_the_lead_stands_first_whatever_the_order_and_there_is_one(letter):
    put(letter, "name", lead="JSC")
    assert order(letter) == ["JSC", "NSC", "OEG", "SDS"]
    put(letter, "country", lead="SDS")
    assert order(letter) == ["SDS", "OEG", "NSC", "JSC"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(letter=letter).update(lead=True)
    put(letter, "name")
    assert order(letter) == ["NSC", "OEG", "SDS", "JSC"]


def test_by_hand_a_typed_place_wins_and_others_keep_their_order(letter):
    put(letter, "listed", places={"NSC": 9, "OEG": 1, "SDS": 2, "JSC": 3})
    assert order(letter) == ["OEG", "SDS", "JSC", "NSC"]
    put(letter, "listed", places={"NSC": 1, "OEG": 1, "SDS": 2, "JSC": 3})
    assert order(letter) == ["OEG", "NSC", "SDS", "JSC"]


def test_a_society_added_later_takes_its_place_in_the_order(letter):
    put(letter, "name", lead="SDS")
    factories.listed(letter, MORE.replace("Österreichische", "Alpine").replace("OEG", "ALP").replace("oeg.", "alp."))
    assert order(letter) == ["SDS", "ALP", "NSC", "OEG", "JSC"]


def test_the_name_as_printed_decides(letter):
    Society.objects.filter(short_name="SDS").update(printed_name="Aa Sud")
    put(letter, "name")
    assert order(letter)[0] == "SDS"


def test_the_roster_is_frozen_in_this_order_and_then_it_stays(letter):
    put(letter, "name", lead="SDS")
    factories.signed(letter, "bob", "carol", "sato")
    edition = factories.lifecycle.close(letter, by=factories.alice())
    assert [record["short_name"] for record in edition.roster] == ["SDS", "NSC", "JSC"]
    with pytest.raises(NotNow, match="extend the deadline to change the order again"):
        put(factories.fresh(letter), "country")


def test_the_proof_shows_each_entry_as_it_will_be_printed(letter):
    factories.signed(letter, "carol")
    shown = {entry.name: entry.lines for entry in proof(letter)}
    assert shown["Société du Sud"] == (("Carol Créac'h, MD, Présidente", True),)
    assert shown["Northern Society of Counting"] == (
        ("Bob Barker, MD, President or Erin Eames, President-Elect", False),
    )
    Society.objects.update(printed_name="Renamed")
    assert [entry.name for entry in proof(letter)] == ["Renamed", "Société du Sud", "Renamed", "Renamed"]


def test_the_proof_takes_three_queries_for_any_number(letter, django_assert_num_queries):
    for extra in range(2):
        rows = [f"Society {n},X{n},GB,Officer {n},,President,o{n}@s{n}.example,signer" for n in range(30 * extra)]
        factories.listed(letter, "\n".join([factories.SOCIETIES.strip(), *rows]))
        row = factories.fresh(letter)
        with django_assert_num_queries(3):
            assert len(proof(row)) == 4 + 30 * extra


@pytest.mark.parametrize("how", ["listed", "name", "country"])
def test_organisations_and_persons_follow_the_societies_whatever_the_order(letter, how):
    Society.objects.filter(short_name="NSC").update(kind=3)
    Society.objects.filter(short_name="SDS").update(kind=2)
    put(letter, how, lead="NSC", places={"NSC": 1, "SDS": 2, "JSC": 9, "OEG": 3})
    assert [entry.invitation.society.short_name for entry in proof(letter)][2:] == ["SDS", "NSC"]
    assert order(letter)[2:] == ["SDS", "NSC"]


def test_a_kind_changed_later_moves_the_entry_on_page_and_in_the_roster(desk, letter):
    factories.signed(letter, "bob", "carol", "sato")
    Society.objects.filter(short_name="NSC").update(kind=3)
    page = desk.get(f"/manage/{letter.slug}/order").content.decode()
    assert page.index("Persons, under a heading of their own") < page.index("Northern Society of Counting</bdi>")
    edition = lifecycle.close(letter, by=factories.alice())
    assert [record["short_name"] for record in edition.roster] == ["SDS", "JSC", "NSC"]
    assert [record.get("kind") for record in edition.roster] == [None, None, "person"]
    assert edition.signers == "2 societies and 1 person"
