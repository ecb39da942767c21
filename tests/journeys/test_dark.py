"""The journeys' main screens in dark colours."""

import pytest

from tests.journeys import desk, officer
from tests.journeys.visitor import DESK, PHONE, SIZES

pytestmark = pytest.mark.journey


def test_dark_screens_of_an_officer(site, letter, visit):
    bob = letter.officers["bob"]
    person = visit(site, PHONE, scheme="dark")
    person.sizes = SIZES
    officer.come_in(person, site, bob)
    person.look("letter")
    person.press("Sign for")
    person.look("sign")
    person.press("Sign the letter", status=422)
    person.look("sign-error")
    person.fill(officer.CODE, site.mail.code(bob))
    person.press("Sign the letter")
    person.look("receipt")


def test_dark_screens_of_a_coordinator(site, letter, visit):
    carol = letter.officers["carol"]
    person = visit(site, PHONE, scheme="dark")
    person.sizes = SIZES
    officer.come_in(person, site, carol)
    person.press("Answer otherwise")
    person.look("respond")
    person.choose("We decline")
    person.fill(officer.CODE, site.mail.code(carol))
    person.press("Save response")
    alice = visit(site, DESK, scheme="dark")
    alice.sizes = SIZES
    desk.open_desk(alice, site, letter.coordinator, letter.slug)
    assert "Declined" in desk.row(alice, letter.short_names["carol"])
    alice.look("desk")
    # On a phone the links of a letter leave half of the first screen to the page itself.
    alice.page.set_viewport_size(PHONE)
    links = alice.page.locator(".tabs-grouped").bounding_box()
    assert links["y"] + links["height"] < PHONE["height"] / 2
    alice.press("Deliver")
    alice.look("deliver-open")
    alice.open("/mailbox")
    alice.look("mailbox")
