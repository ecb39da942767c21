"""Seats and places: confirming, replacing, roles, several offices of one society."""

import pytest
from django.test import Client

from letters import lifecycle
from letters.coordinate import seats
from letters.coordinate.seats import Successor
from letters.desk.grid import lines, tiles
from letters.desk.overview import cards
from letters.lifecycle import NotNow
from letters.models import Confirmation, Invitation, Link, Mail, Officer, Signature, database_now
from letters.notify.announce import announce_edition
from tests import factories
from tests.conftest import by_key, signed_in

pytestmark = pytest.mark.django_db
PRESIDENTS = """society,short_name,country,contact_name,credentials,office,email,role
Academy of Example Medicine,AEM,US,Paula Past,MD,Immediate Past President,paula@aem.example,signer
Academy of Example Medicine,AEM,US,Carl Current,MD,President,carl@aem.example,signer
Academy of Example Medicine,AEM,US,Nora Next,MD,president-elect,nora@aem.example,signer
Lone Society,LS,US,Lou Lone,,President,lou@lone.example,signer
"""
OFFICES = ["President", "President-Elect", "Immediate Past President"]


def ask(letter, offices, *, two_people=False, short_name="AEM"):
    invitation = Invitation.objects.select_related("society").get(letter=letter, society__short_name=short_name)
    return seats.ask(
        by=factories.alice(), letter=letter, invitation=invitation, offices=offices, two_people=two_people,
        now=database_now(),
    )  # fmt: skip


def replace(letter, who, **changes):
    values = {
        "name": "Sue Successor",
        "printed_name": "Sue Successor, MD",
        "office": "President",
        "email": "sue@north.example",
    }
    return seats.replace_officer(
        by=factories.alice(), letter=letter, link=factories.link_of(letter, who),
        successor=Successor(**(values | changes)), now=database_now(),
    )  # fmt: skip


def slots(letter) -> dict[str, int]:
    links = Link.objects.live().filter(invitation__letter=letter)
    return {link.officer.user.email.partition("@")[0]: link.slot for link in links.select_related("officer__user")}


def pill(letter, short_name="AEM") -> tuple[str, str]:
    (line,) = (line for line in lines(letter, database_now()) if line.invitation.society.short_name == short_name)
    return line.pill, line.stand.text


def test_three_offices_of_one_society_fill_three_places_in_their_order():
    letter = factories.signing_open(PRESIDENTS)
    ask(letter, OFFICES)
    assert slots(letter) == {"carl": 1, "nora": 2, "paula": 3, "lou": 1}
    factories.signed(letter, "paula", "nora")
    assert pill(letter) == ("partly", "Signed v1 (2 of 3)")
    (card,) = cards(factories.alice(), database_now())
    assert (card.signed, tiles(letter, lines(letter, database_now()), database_now()).signed) == (0, 0)
    factories.signed(letter, "carl", "lou")
    assert pill(letter) == ("signed", "Signed v1 (3 of 3)")
    (card,) = cards(factories.alice(), database_now())
    assert (card.signed, card.societies) == (2, 2)
    edition = lifecycle.close(letter, by=factories.alice())
    assert [record["office"] for record in edition.roster] == [
        "President", "president-elect", "Immediate Past President", "President",
    ]  # fmt: skip


def test_the_presidents_of_the_real_statement_stand_in_their_places(inputs):
    signers = (inputs / "presidents-statement-signers.csv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [f"{row},p{n}@aapm.example" for n, row in enumerate(signers)]
    head = "society,short_name,contact_name,credentials,office,email"
    letter = factories.signing_open("\n".join([head, *reversed(rows)]))
    ask(letter, OFFICES, short_name="AAPM")
    assert slots(letter) == {"p0": 1, "p1": 2, "p2": 3}
    factories.signed(letter, "p2", "p0", "p1")
    edition = lifecycle.close(letter, by=factories.alice())
    assert [record["printed_name"] for record in edition.roster] == [
        "Charles Argoff, MD", "Antje Barreveld, MD", "Farshad Ahadian, MD",
    ]  # fmt: skip
    assert edition.societies == 1


def test_a_place_that_is_signed_is_not_taken_away_and_its_signer_keeps_it():
    letter = factories.signing_open(PRESIDENTS)
    ask(letter, OFFICES)
    factories.signed(letter, "paula")
    with pytest.raises(NotNow, match="Paula Past, MD has signed in place 3; keep at least 3 places"):
        ask(letter, OFFICES[:2])
    ask(letter, ["Immediate Past President", "President", "Secretary"])
    assert slots(letter) == {"carl": 2, "nora": 1, "paula": 3, "lou": 1}


def test_without_offices_any_signer_will_do_again():
    letter = factories.signing_open(PRESIDENTS)
    ask(letter, OFFICES)
    invitation = ask(letter, [])
    assert (invitation.slots, slots(letter)) == (1, {"carl": 1, "nora": 1, "paula": 1, "lou": 1})


def test_officers_added_later_take_the_place_of_their_office():
    letter = factories.reviewed()
    first = "\n".join(PRESIDENTS.splitlines()[:3])
    factories.listed(letter, first)
    ask(letter, OFFICES)
    factories.listed(letter, PRESIDENTS)
    assert slots(letter) == {"carl": 1, "nora": 2, "paula": 3, "lou": 1}


def test_a_successor_takes_over_and_the_past_signature_stays_as_signed():
    letter = factories.signing_open()
    (signature,) = factories.signed(letter, "bob")
    old = factories.link_of(letter, "bob")
    made = replace(letter, "bob")
    signature.refresh_from_db()
    old_seat = Officer.objects.get(pk=old.officer_id)
    assert (signature.printed_name, signature.office) == ("Bob Barker, MD", "President")
    assert (old_seat.until, made.officer.since) == (database_now().date(), database_now().date())
    assert (made.officer.follows, made.slot, made.officer.role) == (old_seat, old.slot, "signer")
    assert Link.objects.live().filter(officer=old_seat).count() == 0
    assert Mail.objects.filter(kind="invitation", to_email="sue@north.example").count() == 1
    with pytest.raises(NotNow, match="Northern Society of Counting has already signed, by Bob Barker"):
        factories.signed(letter, "sue")
    with pytest.raises(NotNow, match="was replaced already"):
        seats.replace_officer(
            by=factories.alice(), letter=letter, link=old, now=database_now(),
            successor=Successor("X", "X", "President", "x@north.example"),
        )  # fmt: skip


def test_the_successor_keeps_the_signature_on_a_new_version_and_hears_of_the_seal():
    letter = factories.signing_open()
    factories.signed(letter, "bob")
    replace(letter, "bob")
    edition = lifecycle.close(letter, by=factories.alice())
    announce_edition(type("OwedJob", (), {"subject": edition.pk})())
    assert [mail.to_email for mail in Mail.objects.filter(kind="sealed")] == ["sue@north.example"]
    lifecycle.extend(factories.fresh(letter), by=factories.alice(), now=database_now(), deadline=letter.deadline)
    factories.second_version(factories.fresh(letter))
    (kept,) = factories.signed(factories.fresh(letter), "sue")
    assert (kept.printed_name, kept.version.number) == ("Sue Successor, MD", 2)
    assert Signature.objects.live().count() == 1


def test_nobody_follows_themselves_and_the_old_link_opens_nothing(client):
    letter = factories.signing_open()
    with pytest.raises(NotNow, match="is the address of Bob Barker"):
        replace(letter, "bob", email="BOB@north.example")
    token = factories.link_of(letter, "bob").token
    replace(letter, "bob")
    assert client.get(f"/i/{token}").status_code == 410


def test_a_colleague_who_already_has_a_seat_can_follow():
    letter = factories.signing_open(officers_asked="each")
    made = replace(letter, "bob", email="erin@north.example", name="Erin Eames", printed_name="Erin Eames")
    assert (made.officer.office, made.slot) == ("President", 1)
    assert Officer.objects.filter(user__email="erin@north.example").count() == 1
    assert Link.objects.live().filter(officer=made.officer).count() == 1


def test_no_officer_changes_after_the_close():
    letter = factories.closed()
    with pytest.raises(NotNow, match="its officers can no longer change"):
        replace(letter, "bob")
    with pytest.raises(NotNow, match="its officers can no longer change"):
        ask(letter, OFFICES, short_name="NSC")


def test_what_the_coordinator_checked_is_recorded_once_with_who_and_when():
    letter = factories.signing_open()
    officer = factories.link_of(letter, "bob").officer
    for _ in range(2):
        seats.check_seat(by=factories.alice(), letter=letter, officer=officer, how=" called ", now=database_now())
    (made,) = Confirmation.objects.all()
    assert (str(made), made.address) == ("checked by Alice Archer: called", "bob@north.example")
    event = letter.events.get(kind="confirmed")
    assert (event.data, event.details["how"]) == ({}, "called")


def test_replacing_ends_the_links_on_letters_of_other_coordinators_who_ask_the_successor(desk):
    letter, other = factories.signing_open(), factories.signing_open()
    other.coordinators.update(user=factories.dan())
    token = factories.link_of(other, "bob").token
    made = replace(letter, "bob")
    assert desk.get(f"/i/{token}").status_code == 410
    assert [event.by for event in other.events.filter(kind="replaced")] == [None]
    society = made.officer.society_id
    assert desk.get(f"/manage/{other.slug}/societies/{society}").status_code == 404
    dan = by_key(signed_in(Client(), factories.dan()), factories.dan())
    address = f"/manage/{other.slug}/societies/{society}"
    page = dan.get(address).content.decode()
    assert "Sue Successor, MD, President</bdi> took over a seat and is not asked on this letter yet" in page
    assert (
        "is not asked on this letter yet" not in desk.get(f"/manage/{letter.slug}/societies/{society}").content.decode()
    )
    wrong = dan.post(f"{address}/successor", {"officer": "0"}, follow=True).content.decode()
    assert "Choose the successor once more" in wrong
    dan.post(f"{address}/successor", {"officer": str(made.officer_id)})
    link = factories.link_of(other, "sue")
    assert (link.officer, link.slot) == (made.officer, 1)
    assert Mail.objects.filter(letter=other, kind="invitation", to_email="sue@north.example").count() == 1
    assert other.events.order_by("seq").last().kind == "successor asked"
    factories.signed(other, "sue")


def test_a_society_whose_only_signer_left_needs_an_officer(desk):
    letter = factories.signing_open()
    carol = factories.link_of(letter, "carol")
    address = f"/manage/{letter.slug}/societies/{carol.invitation.society_id}"
    assert "needs an officer" not in desk.get(address).content.decode()
    Link.objects.filter(pk=carol.pk).update(revoked_at=database_now())
    assert "This society needs an officer" in desk.get(address).content.decode()
