"""Links end with their letter: what an ended one answers, who still comes in, and what opens them again."""

import datetime

import pytest
from django.test import Client

from letters.models import Letter, Link, Signature, State, database_now
from letters.submit import actions as submit
from letters.submit import late
from tests import factories
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def letter():
    return factories.signing_open()


def settled(letter: Letter, *, days_ago: int) -> Letter:
    """Sealed so long ago; no paper is needed here."""
    Letter.objects.filter(pk=letter.pk).update(state=State.SEALED, settled_at=database_now() - days_ago * DAY)
    return factories.fresh(letter)


def test_a_link_opens_for_180_days_after_the_seal_and_no_longer(letter):
    token = factories.link_of(letter, "bob").token
    settled(letter, days_ago=179)
    assert Client().get(f"/i/{token}").status_code == 302
    settled(letter, days_ago=181)
    assert Client().get(f"/i/{token}").status_code == 410


def test_the_days_are_a_setting(letter, settings):
    settings.LINK_LIFE = 3 * DAY
    settled(letter, days_ago=4)
    page = Client().get(f"/i/{factories.link_of(letter, 'bob').token}").content.decode()
    assert "It ended 3 days after the letter was sealed." in page


def test_an_ended_link_says_what_to_do_and_whom_to_ask(letter):
    token = factories.link_of(letter, "bob").token
    submit.abandon(by=factories.alice(), letter=letter, now=database_now())
    answer = Client().get(f"/i/{token}")
    page = answer.content.decode()
    assert answer.status_code == 410
    assert "It ended when the letter was given up." in page
    assert f'href="/signin?next=/r/{letter.slug}"' in page
    assert "Alice Archer" in page
    assert "mailto:alice@desk.example" in page


def test_the_typed_code_of_an_ended_link_says_so_too(letter):
    code = factories.link_of(letter, "bob").typed
    settled(letter, days_ago=200)
    answer = Client().post("/i", {"code": code})
    assert answer.status_code == 422
    assert "ended 180 days after the letter was sealed. Sign in with your e-mail address." in answer.content.decode()


def test_a_browser_that_came_in_before_the_end_is_led_to_sign_in(letter, enter):
    bob = enter(letter, "bob")
    assert bob.get(f"/r/{letter.slug}").status_code == 200
    settled(letter, days_ago=181)
    answer = bob.get(f"/r/{letter.slug}")
    assert (answer.status_code, answer["Location"]) == (302, f"/signin?next=/r/{letter.slug}")


@pytest.mark.parametrize("state", [State.SEALED, State.ABANDONED])
def test_a_signed_in_officer_reads_letter_and_receipt_for_ever_and_a_stranger_never(letter, client, state):
    (signature,) = factories.signed(letter, "bob")
    settled(letter, days_ago=4000)
    Letter.objects.update(state=state)
    signed_in(client, factories.link_of(letter, "bob").officer.user)
    address = f"/r/{letter.slug}/receipt/{signature.receipt_no}"
    assert [client.get(path).status_code for path in (address, f"/r/{letter.slug}")] == [200, 200]
    stranger = signed_in(Client(), factories.dan())
    assert stranger.get(address).status_code == 404


def test_nothing_can_be_signed_on_an_abandoned_letter_by_whoever_still_reads_it(letter, client):
    link = factories.link_of(letter, "bob")
    submit.abandon(by=factories.alice(), letter=letter, now=database_now())
    signed_in(client, link.officer.user)
    assert client.get(f"/r/{letter.slug}/sign").status_code == 302
    with pytest.raises(factories.lifecycle.NotNow):
        factories.signed(letter, "bob")
    assert Signature.objects.count() == 0


def test_late_signing_opens_links_again_until_some_days_after_it(letter):
    factories.signed(letter, "bob")
    letter, now = settled(letter, days_ago=400), database_now()
    carol = factories.link_of(letter, "carol")
    assert carol.ended(now) != ""
    late.open_late(
        by=factories.alice(), letter=letter, societies=[carol.invitation_id], until=now + 7 * DAY, now=now
    )  # fmt: skip
    assert Client().get(f"/i/{carol.token}").status_code == 302
    carol = factories.link_of(letter, "carol")
    assert (carol.ended(now + 186 * DAY), carol.ended(now + 188 * DAY)) == (
        "", "ended 180 days after the letter was sealed"
    )  # fmt: skip


def test_opening_and_ended_agree(letter):
    for days, state in ((0, State.SEALED), (179, State.PUBLISHED), (181, State.DELIVERED), (0, State.ABANDONED)):
        settled(letter, days_ago=days)
        Letter.objects.update(state=state, published_at=database_now())
        now = database_now()
        told = {link.pk for link in Link.objects.select_related("invitation__letter") if not link.ended(now)}
        assert set(Link.objects.opening(now).values_list("pk", flat=True)) == told


@pytest.mark.slow
def test_each_seal_and_release_starts_the_days_anew():
    letter = factories.sealed()
    first = letter.settled_at
    assert first is not None
    Letter.objects.update(state=State.DELIVERED)
    submit.release(by=factories.alice(), letter=factories.fresh(letter), now=first + 50 * DAY)
    assert factories.fresh(letter).settled_at == first + 50 * DAY
