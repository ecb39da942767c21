"""A society comes off the list while nothing went to it and nothing came from it, and stays on it ever after."""

import pytest

from letters.coordinate import leaving
from letters.lifecycle import NotNow
from letters.models import Event, Invitation, Link, Officer, Society, database_now
from tests import factories
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    """In review, with its list, and nobody invited."""
    letter = factories.reviewed()
    factories.listed(letter)
    return letter


def row(letter, short_name="NSC") -> Invitation:
    return Invitation.objects.select_related("society").get(letter=letter, society__short_name=short_name)


def take_off(letter, short_name="NSC"):
    leaving.take_off(by=factories.alice(), letter=letter, invitation=row(letter, short_name), now=database_now())


def page(letter) -> str:
    return f"/manage/{letter.slug}/societies/{row(letter).society_id}/take-off"


def test_society_comes_off_the_list_and_stays_in_the_registry(letter):
    before = Invitation.objects.filter(letter=letter).count()
    take_off(letter)
    assert Invitation.objects.filter(letter=letter).count() == before - 1
    assert not Link.objects.filter(invitation__letter=letter, officer__society__short_name="NSC").exists()
    assert Society.objects.filter(short_name="NSC").exists()
    assert Officer.objects.filter(society__short_name="NSC").exists()
    event = Event.objects.filter(letter=letter).latest("seq")
    assert (event.kind, event.details["society"]) == ("taken off", "Northern Society of Counting")


def test_society_can_be_put_on_the_list_again(letter):
    take_off(letter)
    assert factories.listed(letter) > 0
    assert row(letter).links.count() == 2


def test_society_that_was_invited_stays():
    letter = factories.signing_open()
    with pytest.raises(NotNow, match="Something was already sent to Northern Society of Counting"):
        take_off(letter)
    assert row(letter).links.exists()


def test_society_that_read_the_letter_stays(letter):
    row(letter).links.update(last_read=letter.current)
    with pytest.raises(NotNow, match="stays on the list"):
        take_off(letter)


def test_what_was_said_on_the_phone_keeps_a_society_on_the_list(letter):
    row(letter).calls.create(by=factories.alice(), note="Call again.", at=database_now())
    with pytest.raises(NotNow, match="stays on the list"):
        take_off(letter)
    assert row(letter).links.exists()


def test_list_of_a_closed_letter_is_left_alone():
    letter = factories.closed()
    with pytest.raises(NotNow, match="its list of societies can no longer change"):
        take_off(letter)


def test_page_asks_first_and_then_says_what_was_done(letter, desk):
    asked = desk.get(page(letter))
    assert asked.status_code == 200 and b"The registry keeps the society" in asked.content
    assert row(letter).pk
    done = desk.post(page(letter), follow=True)
    assert done.redirect_chain[-1][0] == f"/manage/{letter.slug}/societies"
    assert "is off the list of this letter." in done.content.decode()


def test_page_refuses_with_the_reason_and_no_button(desk):
    letter = factories.signing_open()
    refused = desk.post(page(letter))
    assert refused.status_code == 409
    assert "Record on the page Societies that it declined" in refused.content.decode()
    assert row(letter).links.exists()


def test_page_is_for_the_team_alone(letter, client):
    signed_in(client, factories.dan())
    assert client.post(page(letter)).status_code == 404
    assert row(letter).links.exists()
