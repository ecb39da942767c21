"""The officer's journey when the text or the state moves on between reading and pressing the button."""

import datetime

import pytest

from tests import factories
from tests.journeys import desk, officer
from tests.journeys.letterbox import link_in, words
from tests.journeys.visitor import DESK, PHONE, SIZES

pytestmark = pytest.mark.journey
LATER = factories.LATER.encode()


def publish_second(alice, letter):
    desk.upload_version(alice, letter.slug, "letter-v2.md", LATER)
    alice.fill("Note to the officers", "One word.")
    alice.press("Publish version 2")
    alice.press("Send 4 mails")


def test_version_moves_while_an_officer_checks(site, letter, visit):
    bob = letter.officers["bob"]
    person, alice = visit(site, PHONE), visit(site, DESK)
    person.sizes = SIZES
    officer.come_in(person, site, bob)
    person.press("Sign for")
    desk.open_desk(alice, site, letter.coordinator, letter.slug)
    publish_second(alice, letter)
    person.fill(officer.CODE, site.mail.code(bob))
    person.press("Sign the letter", status=409)
    assert person.heading() == "The text changed while you were reading"
    assert "Nothing was signed. Version 2 is now on the table; you had version 1 before you." in person.text()
    assert person.texts(".redline del") == ["deleted Many"]
    assert person.texts(".redline ins") == ["inserted Most"]
    person.look("moved")
    alice.open(f"/manage/{letter.slug}")
    assert "Opened" in desk.row(alice, letter.short_names["bob"])
    assert alice.text(".tiles").startswith("signed version 2 0 of 3")
    person.press("Read version 2")
    assert person.text("#changed") == "Changed since version 1"
    assert "Most societies count to ten." in person.text("article")
    assert officer.sign(person, site, bob)
    assert "Version 2" in person.text(".facts")


def test_version_is_kept_by_who_signed_the_one_before(site, letter, visit):
    bob = letter.officers["bob"]
    person, alice = visit(site, PHONE), visit(site, DESK)
    person.sizes = SIZES
    officer.come_in(person, site, bob)
    first = officer.sign(person, site, bob)
    desk.open_desk(alice, site, letter.coordinator, letter.slug)
    publish_second(alice, letter)
    assert "Signed v1, not yet v2" in desk.row(alice, letter.short_names["bob"])
    mail = site.mail.next(bob, "version 2 has changes to read")
    assert "signed version 1, not yet version 2. Your signature stays where you gave it" in words(mail)
    person.clicks = 0
    person.open(link_in(mail))
    assert "Signed version 1, not yet version 2." in person.text()
    person.look("letter-changed")
    looked = person.clicks
    person.press("Show the changes word by word")
    assert person.heading() == "From version 1 to version 2"
    person.look("changes")
    person.press("Back to the letter")
    detour = person.clicks - looked
    second = officer.sign(person, site, bob, button="Keep our signature on version 2")
    assert first != second
    assert person.clicks - detour == 3
    person.open(f"/r/{letter.slug}/receipt/{first}")
    assert "by one under a later version" in person.text()
    person.look("receipt-replaced")


def test_version_is_closed_while_an_officer_checks(site, letter, visit):
    bob, carol = letter.officers["bob"], letter.officers["carol"]
    person, late, alice = visit(site, PHONE), visit(site, PHONE), visit(site, DESK)
    late.sizes = SIZES
    officer.come_in(person, site, bob)
    officer.sign(person, site, bob)
    officer.come_in(late, site, carol)
    late.press("Sign for")
    desk.open_desk(alice, site, letter.coordinator, letter.slug)
    alice.open(f"/manage/{letter.slug}/deliver")
    alice.press("Close the letter")
    late.fill(officer.CODE, site.mail.code(carol))
    late.press("Sign the letter", status=409)
    assert late.heading() == "This is not possible now"
    assert "The letter was closed on" in late.text()
    late.look("not-now")
    late.press("Back to the letter")
    assert late.page.get_by_role("button", name="Sign for").count() == 0
    late.look("letter-closed")
    alice.open(f"/manage/{letter.slug}")
    assert "Opened" in desk.row(alice, letter.short_names["carol"])
    alice.press("Deliver")
    alice.page.get_by_text("Extend the deadline and open the letter again").click()
    alice.look("deliver-extend")
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=20)
    alice.fill("New deadline: day", str(later.date()))
    alice.press("Extend")
    late.open(f"/r/{letter.slug}")
    assert officer.sign(late, site, carol)
