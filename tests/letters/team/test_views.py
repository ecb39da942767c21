"""The page of the team: who may press what, mistakes beside their field, and the same cost for a large team."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from letters.models import Coordinator, User, database_now
from letters.team import actions
from tests import factories
from tests.conftest import by_key, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return factories.reviewed()


def browser(user: User) -> Client:
    return by_key(signed_in(Client(), user), user)


def test_team_shows_everybody_with_their_part(desk, letter):
    factories.joined(letter, "olga", role="observer")
    page = desk.get(f"/manage/{letter.slug}/team").content.decode()
    assert "Olga Ode</bdi></span><span>Observer</span>" in page
    assert "Alice Archer</bdi> (you)</span><span>Owner</span>" in page
    assert "Olga Ode was let into the team as observer by Alice Archer." in page


def test_invite_lets_somebody_in_who_finds_the_letter(desk, letter):
    sent = {"email": "Paul@Desk.example", "name": "Paul Page", "role": "coordinator"}
    assert desk.post(f"/manage/{letter.slug}/team/invite", sent)["Location"] == f"/manage/{letter.slug}/team"
    paul = browser(User.objects.get(email="paul@desk.example"))
    page = paul.get("/manage").content.decode()
    assert letter.title in page
    assert "New letter" not in page
    assert paul.get(f"/manage/{letter.slug}").status_code == 200
    assert paul.get("/manage/new").status_code == 404
    assert 'href="/manage"' in paul.get("/me").content.decode()


def test_invite_shows_the_form_again_with_what_was_typed(desk, letter):
    answer = desk.post(f"/manage/{letter.slug}/team/invite", {"email": "paul", "name": "Paul P.", "role": "observer"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This is not an e-mail address." in page
    assert 'value="Paul P."' in page
    known = desk.post(f"/manage/{letter.slug}/team/invite", {"email": "alice@desk.example", "role": "observer"})
    assert (known.status_code, b"Alice Archer is in the team already" in known.content) == (422, True)


def test_remove_ends_access_with_the_next_page(desk, letter):
    paul = factories.joined(letter, "paul")
    his = browser(paul.user)
    assert his.get(f"/manage/{letter.slug}").status_code == 200
    desk.post(f"/manage/{letter.slug}/team/{paul.pk}/remove")
    assert his.get(f"/manage/{letter.slug}").status_code == 404
    assert his.post(f"/manage/{letter.slug}/terms", {}).status_code == 404
    assert his.get("/manage").status_code == 404


def test_change_role_counts_from_the_next_form_on(desk, letter):
    paul = factories.joined(letter, "paul")
    his = browser(paul.user)
    assert his.post(f"/manage/{letter.slug}/terms", {}).status_code == 422
    desk.post(f"/manage/{letter.slug}/team/{paul.pk}/role", {"role": "observer"})
    assert his.post(f"/manage/{letter.slug}/terms", {}).status_code == 403
    assert "You observe this letter" in his.get(f"/manage/{letter.slug}/terms").content.decode()
    desk.post(f"/manage/{letter.slug}/team/{paul.pk}/role", {"role": "owner"})
    assert Coordinator.objects.get(pk=paul.pk).role == "observer"


def test_offer_and_accept_hand_the_letter_over(desk, letter):
    paul = factories.joined(letter, "paul")
    his = browser(paul.user)
    assert "Accept the letter" not in his.get(f"/manage/{letter.slug}/team").content.decode()
    desk.post(f"/manage/{letter.slug}/team/{paul.pk}/offer")
    assert "Take the offer back" in desk.get(f"/manage/{letter.slug}/team").content.decode()
    assert "Accept the letter" in his.get(f"/manage/{letter.slug}/team").content.decode()
    his.post(f"/manage/{letter.slug}/team/accept")
    assert factories.fresh(letter).owner == paul.user
    assert desk.post(f"/manage/{letter.slug}/team/{paul.pk}/remove").status_code == 403


def test_keep_takes_the_offer_back(desk, letter):
    paul = factories.joined(letter, "paul")
    desk.post(f"/manage/{letter.slug}/team/{paul.pk}/offer")
    desk.post(f"/manage/{letter.slug}/team/keep")
    answer = browser(paul.user).post(f"/manage/{letter.slug}/team/accept", follow=True)
    assert "The offer was taken back" in answer.content.decode()
    assert factories.fresh(letter).owner == factories.alice()


@pytest.mark.parametrize("act", ["invite", "keep", "{pk}/role", "{pk}/offer", "{pk}/remove", "accept"])
def test_what_changes_the_team_wants_a_fresh_check(client, letter, act):
    paul = factories.joined(letter, "paul")
    who = paul.user if act == "accept" else factories.alice()
    by_key(signed_in(client, who), who, minutes_ago=6)
    answer = client.post(f"/manage/{letter.slug}/team/{act.format(pk=paul.pk)}", {"role": "observer"})
    assert answer["Location"].startswith("/confirm?")
    assert Coordinator.objects.get(pk=paul.pk).role == "coordinator"


def test_who_is_let_in_needs_a_key_like_every_coordinator(client, letter):
    assert settings.COORDINATORS_NEED_A_KEY
    paul = factories.joined(letter, "paul")
    signed_in(client, paul.user)
    assert client.get(f"/manage/{letter.slug}")["Location"].startswith("/confirm?")
    assert client.get("/manage")["Location"].startswith("/confirm?")


def test_mail_answers_is_one_s_own_choice(desk, letter):
    paul = factories.joined(letter, "paul")
    browser(paul.user).post(f"/manage/{letter.slug}/team/mail", {"wanted": "no"})
    choices = dict(letter.coordinators.values_list("user__email", "mail_answers"))
    assert choices == {"alice@desk.example": True, "paul@desk.example": False}


def test_a_large_team_costs_no_more_queries(desk, letter):
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            desk.get(f"/manage/{letter.slug}/team")
        return len(asked)

    for number in range(3):
        _let_in(letter, number)
    few = cost()
    for number in range(3, 30):
        _let_in(letter, number)
    assert cost() == few <= 12


def _let_in(letter, number):
    actions.invite(
        by=factories.alice(), letter=letter, email=f"p{number}@desk.example", name="", role="observer",
        now=database_now(),
    )  # fmt: skip
