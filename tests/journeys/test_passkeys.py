"""Passkeys in a real browser with a virtual authenticator: after the first signature, instead of codes."""

import pytest

from tests.journeys import desk, officer
from tests.journeys.site import serving
from tests.journeys.visitor import DESK, PHONE, SIZES

pytestmark = pytest.mark.journey
AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def with_device(person):
    """A person whose device can keep passkeys."""
    line = person.context.new_cdp_session(person.page)
    line.send("WebAuthn.enable")
    line.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return person


def forget(person):
    """The same device, with a browser that lost all cookies."""
    person.context.clear_cookies()


def test_passkey_is_offered_after_the_first_signature_and_signs_the_next_time(site, letter, visit):
    bob = letter.officers["bob"]
    person = with_device(visit(site, PHONE))
    person.sizes = SIZES
    link = site.mail.link(bob)
    person.open(link)
    assert "passkey" not in person.text().lower()
    person.press("Sign for")
    assert "passkey" not in person.text().lower()
    person.fill(officer.CODE, site.mail.code(bob))
    person.press("Sign the letter")
    person.press("Add a passkey")
    person.look("passkey-add")
    person.press("Add a passkey")
    assert person.heading() == "Your recovery codes"
    person.look("recovery-codes")
    person.press("Back")
    assert "Passkey, added" in person.text()
    person.look("me-keys")
    forget(person)
    person.clicks = 0
    person.open(link)
    person.press("Signed. See the receipt")
    person.press("Withdraw our signature")
    person.look("withdraw-passkey")
    person.press("Withdraw our signature")
    assert "was withdrawn on" in person.text()
    forget(person)
    person.clicks = 0
    person.open(link)
    person.press("Sign for")
    person.look("sign-passkey")
    person.press("Sign the letter")
    assert (person.clicks, person.heading()) == (3, "Signed")
    assert "passkey" in person.text(".facts")
    assert "Next time without a code" not in person.text()
    assert site.mail.count(1, "Your code", bob) == 1


def test_passkey_of_another_device_leaves_the_code(site, letter, visit):
    carol = letter.officers["carol"]
    first, second = with_device(visit(site, PHONE)), visit(site, DESK)
    link = site.mail.link(carol)
    first.open(link)
    officer.sign(first, site, carol)
    first.press("Add a passkey")
    first.press("Add a passkey")
    first.open("/me")
    with_device(second).open(link)
    second.press("Signed. See the receipt")
    second.press("Withdraw our signature")
    second.page.get_by_role("button", name="Withdraw our signature").click()
    second.page.get_by_text("The device gave no passkey").wait_for()
    second.look("withdraw-no-passkey")
    second.press("send me a code")
    second.page.get_by_text("No passkey at hand? Use a code").click()
    second.fill(officer.CODE, site.mail.code(carol))
    second.press("Withdraw our signature")
    assert "was withdrawn on" in second.text()


def test_passkey_signs_in_where_one_was_going(site, letter, visit):
    person = with_device(visit(site, DESK))
    desk.open_desk(person, site, letter.coordinator, letter.slug)
    person.open("/me")
    person.press("Add a passkey")
    person.press("Add a passkey")
    forget(person)
    person.open(f"/manage/{letter.slug}")
    person.look("sign-in-passkey")
    person.press("Sign in with a passkey")
    assert person.path() == f"/manage/{letter.slug}"


@pytest.fixture
def strict_site(bare, tmp_path):
    """A site on which who runs letters needs a key."""
    with serving(bare, tmp_path / "data", SIGNON_COORDINATORS_NEED_A_KEY="1") as running:
        yield running


@pytest.mark.parametrize("size", SIZES, ids=["phone", "desk"])
def test_passkey_is_set_up_by_a_coordinator_who_comes_back_to_where_they_were(strict_site, visit, size):
    alice = with_device(visit(strict_site, size))
    alice.open("/manage/new")
    desk.sign_in(alice, strict_site, "alice@demo.example", at=None)
    assert alice.heading() == "Set up a key first"
    alice.look("key-first")
    alice.press("Add a passkey")
    alice.press("Add a passkey")
    assert alice.heading() == "Confirm that it is you"
    alice.look("confirm-passkey")
    alice.press("Use your passkey")
    assert alice.heading() == "Your recovery codes"
    alice.press("I have kept them. Go on")
    assert alice.path() == "/manage/new"


def test_app_is_set_up_by_a_coordinator_without_a_passkey(strict_site, visit):
    alice = visit(strict_site, PHONE)
    alice.sizes = SIZES
    alice.open("/manage")
    desk.sign_in(alice, strict_site, "alice@demo.example", at=None)
    alice.press("Use an app")
    alice.look("app-add")
    alice.fill("Code from the app", "000000")
    alice.press("Use this app", status=200)
    assert alice.texts(".error-summary li")
