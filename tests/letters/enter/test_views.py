"""The fresh check over HTTP: what waits for it, each way to show presence, keys for who runs letters, own sessions."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.test import Client, override_settings

from letters.models import Mail, State
from tests import factories
from tests.conftest import by_key, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_limits")]
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def mailed() -> str:
    """The digits of the newest mail with a code."""
    return re.findall(r"^ {4}(\d{6})$", Mail.objects.filter(kind="sign_in").first().text, re.MULTILINE)[0]


def app_code() -> str:
    """What the app shows now."""
    return format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))


def signable():
    letter = factories.signing_open()
    factories.signed(letter, "bob")
    return letter


def confirm(client: Client, path: str, **fields: str):
    return client.post("/confirm", {"next": path, **fields})


@pytest.mark.parametrize("act", ["close", "extend", "seal", "abandon", "release"])
def test_confirm_comes_before_an_act_of_a_coordinator_who_was_checked_long_ago(client, act):
    letter = signable()
    by_key(signed_in(client, factories.alice()), factories.alice(), minutes_ago=6)
    assert client.get(f"/manage/{letter.slug}/deliver").status_code == 200
    answer = client.post(f"/manage/{letter.slug}/{act}", {"journal_name": "x"})
    assert answer["Location"].startswith("/confirm?next=")
    assert (factories.fresh(letter).state, letter.events.last().kind) == (State.SIGNING, "signed")


def test_confirm_by_the_app_goes_on_with_the_form_that_was_sent(client):
    letter = signable()
    TOTP.activate(factories.alice(), SECRET)
    by_key(signed_in(client, factories.alice()), factories.alice(), minutes_ago=6)
    path = f"/manage/{letter.slug}/extend"
    client.post(path, {"day": "2099-01-01", "time": "12:00"})
    wrong = confirm(client, path, way="app", code="000000" if app_code() != "000000" else "1")
    assert wrong.status_code == 422
    assert "That was not accepted." in wrong.content.decode()
    assert confirm(client, path, way="app", code=app_code())["Location"].startswith(
        f"/manage/{letter.slug}/mail/drafts/"
    )
    letter = factories.fresh(letter)
    assert letter.deadline.year == 2099
    assert letter.events.get(kind="extended").data["checked"] == "authenticator app"


def test_a_mailed_code_is_not_enough_for_who_has_a_key_and_runs_letters(client):
    letter = signable()
    TOTP.activate(factories.alice(), SECRET)
    signed_in(client, factories.alice())
    path = f"/manage/{letter.slug}"
    assert client.get(path)["Location"].startswith("/confirm?")
    assert "Send a code" not in client.get(f"/confirm?next={path}").content.decode()
    confirm(client, path, way="send")
    assert confirm(client, path, way="mailed", digits=mailed()).status_code == 200
    assert client.get(path).status_code == 302
    assert client.get("/me/keys/passkey")["Location"].startswith("/confirm?")
    assert confirm(client, path, way="app", code=app_code())["Location"] == path
    assert client.get(path).status_code == 200


def test_a_recovery_code_works_once_in_place_of_the_key(client):
    TOTP.activate(factories.alice(), SECRET)
    code = RecoveryCodes.activate(factories.alice()).get_unused_codes()[0]
    signed_in(client, factories.alice())
    assert confirm(client, "/manage", way="app", code=code).status_code == 302
    assert client.get("/manage").status_code == 200
    assert confirm(Client(cookies=client.cookies), "/manage", way="app", code=code).status_code in (302, 422)
    other = signed_in(Client(), factories.alice())
    assert confirm(other, "/manage", way="app", code=code).status_code == 422


def test_the_secret_of_an_app_is_not_readable_in_the_database():
    TOTP.activate(factories.alice(), SECRET)
    assert SECRET not in str(Authenticator.objects.get().data)


def test_without_a_key_the_way_leads_over_a_mailed_code_to_setting_one_up(client):
    signed_in(client, factories.alice())
    assert client.get("/manage")["Location"] == "/confirm?next=%2Fmanage"
    page = client.get("/confirm?next=/manage").content.decode()
    assert "Set up a key" not in page
    assert "Send a code to alice@desk.example" in page
    confirm(client, "/manage", way="send")
    wrong = confirm(client, "/manage", way="mailed", digits="1")
    assert wrong.status_code == 422
    assert "That is not the code" in wrong.content.decode()
    assert confirm(client, "/manage", way="mailed", digits=mailed())["Location"] == "/manage"
    assert "Set up a key first" in client.get("/confirm?next=/manage").content.decode()
    assert "Add a passkey" in client.get("/me/keys/passkey").content.decode()


@override_settings(COORDINATORS_NEED_A_KEY=False)
def test_where_no_key_is_demanded_a_mailed_code_closes_a_letter(client):
    letter = signable()
    signed_in(client, factories.alice())
    path = f"/manage/{letter.slug}/close"
    client.post(path)
    confirm(client, path, way="send")
    assert confirm(client, path, way="mailed", digits=mailed())["Location"] == f"/manage/{letter.slug}/deliver"
    assert factories.fresh(letter).state == State.CLOSED
    assert letter.events.get(kind="closed").data == {"checked": "6-digit code by e-mail"}


def test_three_wrong_digits_close_the_mailed_code(client):
    user = factories.link_of(factories.signing_open(), "bob").officer.user
    signed_in(client, user)
    confirm(client, "/me", way="send")
    right = mailed()
    for _ in range(3):
        confirm(client, "/me", way="mailed", digits="1")
    answer = confirm(client, "/me", way="mailed", digits=right)
    assert answer.status_code == 422
    assert "tried too often" in answer.content.decode()


def test_confirm_by_get_sends_and_changes_nothing(client):
    signed_in(client, factories.alice())
    assert client.get("/confirm?way=send&next=/me").status_code == 200
    assert Mail.objects.count() == 0


@pytest.mark.parametrize("page", ["passkey", "app", "recovery", "recovery/new", "recovery/download"])
def test_keys_are_shown_and_changed_only_after_a_fresh_check(client, page):
    user = factories.link_of(factories.signing_open(), "bob").officer.user
    assert client.get(f"/me/keys/{page}")["Location"].startswith("/signin?next=")
    signed_in(client, user)
    for answer in (client.get(f"/me/keys/{page}"), client.post(f"/me/keys/{page}")):
        assert answer["Location"].startswith("/confirm?next=")


def test_a_key_of_somebody_else_cannot_be_removed(client):
    user = factories.link_of(factories.signing_open(), "bob").officer.user
    other = Authenticator.objects.create(user=factories.alice(), type="webauthn", data={"name": "x"})
    by_key(signed_in(client, user), user)
    assert client.post(f"/me/keys/{other.pk}/remove").status_code == 404
    assert Authenticator.objects.count() == 1


def browsers(user, number: int) -> list[Client]:
    """So many browsers in which `user` is signed in."""
    found = [signed_in(Client(), user) for _ in range(number)]
    for client in found:
        UserSession.objects.create(
            user=user, session_key=client.session.session_key, ip="203.0.113.9", user_agent="Mozilla Firefox/140 Linux"
        )
    return found


def test_end_sessions_ends_one_or_all_others_but_nobody_elses():
    letter = factories.signing_open()
    bob, carol = (factories.link_of(letter, name).officer.user for name in ("bob", "carol"))
    here, there, third = browsers(bob, 3)
    (hers,) = browsers(carol, 1)
    page = here.get("/me").content.decode()
    assert page.count("Firefox on Linux") > 3
    assert "End all other sessions" in page
    other = UserSession.objects.get(user=carol)
    here.post("/me/sessions/end", {"which": str(other.pk)})
    assert hers.get("/me").status_code == 200
    here.post("/me/sessions/end", {"which": str(UserSession.objects.filter(user=bob).order_by("pk")[1].pk)})
    assert (there.get("/me").status_code, third.get("/me").status_code) == (302, 200)
    here.post("/me/sessions/end", {"which": "others"})
    assert (here.get("/me").status_code, third.get("/me").status_code) == (200, 302)
    assert here.get("/me/sessions/end").status_code == 405


def test_me_needs_the_same_queries_for_3_and_30_sessions(client, django_assert_num_queries):
    user = factories.link_of(factories.signing_open(), "bob").officer.user
    for number in (3, 27):
        browsers(user, number)
        me = signed_in(Client(), user)
        with django_assert_num_queries(10):
            assert "bob@north.example" in me.get("/me").content.decode()


def test_confirm_opened_again_after_the_form_was_sent_leads_to_its_page_and_sends_nothing_twice(client):
    letter = signable()
    TOTP.activate(factories.alice(), SECRET)
    by_key(signed_in(client, factories.alice()), factories.alice(), minutes_ago=6)
    path, page = f"/manage/{letter.slug}/extend", f"/manage/{letter.slug}/deliver"
    client.post(path, {"day": "2099-01-01", "time": "12:00"})
    client.get(f"/confirm?next={path}", headers={"referer": f"http://testserver{page}"})
    assert confirm(client, path, way="app", code=app_code()).status_code == 302
    Authenticator.objects.get(type="totp").wrap()
    code = RecoveryCodes.activate(factories.alice()).get_unused_codes()[0]
    again = client.get(f"/confirm?next={path}")
    assert again.status_code == 200
    answer = confirm(client, path, way="app", code=code)
    assert (answer.status_code, answer["Location"]) == (302, page)
    shown = client.get(page).content.decode()
    assert "What you pressed was sent already." in shown
    assert letter.events.filter(kind="extended").count() == 1


def test_confirm_takes_no_page_of_another_site_to_go_back_to(client):
    letter = signable()
    TOTP.activate(factories.alice(), SECRET)
    by_key(signed_in(client, factories.alice()), factories.alice(), minutes_ago=6)
    path = f"/manage/{letter.slug}/extend"
    client.post(path, {"day": "2099-01-01", "time": "12:00"})
    client.get(f"/confirm?next={path}", headers={"referer": "https://evil.example/manage"})
    confirm(client, path, way="app", code=app_code())
    code = RecoveryCodes.activate(factories.alice()).get_unused_codes()[0]
    assert confirm(client, path, way="app", code=code)["Location"] == "/me"


def test_each_change_of_keys_is_mailed_to_the_person(client, django_capture_on_commit_callbacks):
    user = factories.alice()
    by_key(signed_in(client, user), user)
    secret = client.get("/me/keys/app").context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    agent = {"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/me/keys/app", {"code": code}, headers=agent)
    said = list(Mail.objects.filter(kind="keys").order_by("pk").values_list("to_email", "subject"))
    assert said == [("alice@desk.example", "An authenticator app was added to your account.")]
    text = Mail.objects.filter(kind="keys").first().text
    assert "in Firefox on Windows." in text
    assert code not in text
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/me/keys/recovery/new", headers=agent)
    assert Mail.objects.filter(kind="keys").first().subject.startswith("New recovery codes were made")
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/me/keys/app/remove", headers=agent)
    assert "was removed from your account" in Mail.objects.filter(kind="keys").first().subject
