"""The officer's journey from the mail to the receipt."""

import re

import pytest

from tests.journeys import officer
from tests.journeys.letterbox import words
from tests.journeys.visitor import PHONE, SIZES

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("size", SIZES, ids=["phone", "desk"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_officer_signs_with_three_clicks(site, letter, visit, size, scripts):
    bob = letter.officers["bob"]
    person = visit(site, size, scripts=scripts)
    officer.come_in(person, site, bob)
    assert person.path() == f"/r/{letter.slug}"
    assert person.text("#progress") == "0 of 3 societies signed this version"
    person.look("letter")
    person.press(f"Sign for {letter.short_names['bob']}")
    assert person.page.get_by_label("Your name as printed").input_value() == "Bob Barker, MD"
    person.look("sign")
    person.fill(officer.CODE, site.mail.code(bob))
    person.press("Sign the letter")
    assert person.clicks == 3
    assert person.heading() == "Signed"
    person.look("receipt")
    receipt = site.mail.next(bob, "Receipt")
    number = officer.receipt_number(person)
    assert receipt["Subject"].split(":")[0] == f"Receipt {number}"
    assert re.search(r"Content hash \(SHA-256\): (\w{64})", words(receipt))[1] == person.text(
        ".facts .hash >> nth=0"
    ).replace(" ", "")
    assert person.save("Save the receipt as PDF").startswith(b"%PDF-")
    person.press("Back to the letter")
    assert person.text("#progress") == "1 of 3 societies signed this version"
    person.look("letter-signed")


def test_officer_mistypes_the_code_and_adds_the_minute(site, letter, visit):
    bob = letter.officers["bob"]
    person = visit(site, PHONE)
    person.sizes = SIZES
    officer.come_in(person, site, bob)
    person.press("Sign for")
    code = site.mail.code(bob)
    person.fill(officer.CODE, f"{(int(code) + 1) % 1_000_000:06}")
    person.press("Sign the letter", status=422)
    assert person.text(".error-summary h2") == "Please mend this first"
    person.page.get_by_text("Add date, minute or file of the decision").click()
    person.look("sign-error")
    person.fill("Date of that decision", "2026-10-01")
    person.fill("Minute or resolution number", "M 7")
    person.fill("Who decided that your society signs", "Council")
    person.fill("Interests your society declares", "A grant of Example Ltd.")
    person.fill(officer.CODE, f" {code[:3]} {code[3:]} ")
    person.press("Sign the letter")
    assert "Council, 1 October 2026, M 7" in person.text(".facts")


def test_officer_withdraws_from_the_receipt(site, letter, visit):
    bob = letter.officers["bob"]
    person = visit(site, PHONE)
    person.sizes = SIZES
    officer.come_in(person, site, bob)
    number = officer.sign(person, site, bob)
    person.press("Withdraw our signature")
    person.look("withdraw")
    person.fill("Reason", "The board meets again.")
    person.press("Withdraw our signature")
    assert person.heading() == f"Receipt {number}"
    assert "was withdrawn on" in person.text()
    person.look("receipt-withdrawn")
    assert f"receipt {number}" in site.mail.next(bob, "Withdrawn")["Subject"]
    person.press("Back to the letter")
    assert person.text("#progress") == "0 of 3 societies signed this version"


def test_officer_signs_after_a_colleague(site, letter, visit):
    bob, erin = letter.officers["bob"], letter.officers["erin"]
    first, second = visit(site, PHONE), visit(site, PHONE)
    second.sizes = SIZES
    officer.come_in(second, site, erin)
    second.press("Sign for")
    officer.come_in(first, site, bob)
    officer.sign(first, site, bob)
    second.fill(officer.CODE, site.mail.code(erin))
    second.press("Sign the letter", status=409)
    assert second.heading() == "Your society has signed"
    assert "by Bob Barker" in second.text()
    second.look("signed-already")


def test_officer_opens_the_link_of_another_society(site, letter, visit):
    bob = letter.officers["bob"]
    person = visit(site, PHONE)
    person.sizes = SIZES
    officer.come_in(person, site, bob)
    officer.sign(person, site, bob)
    person.open(site.mail.link(letter.officers["carol"]), status=403)
    assert person.heading() == "This link belongs to somebody else"
    assert bob in person.text()
    person.look("other-person")
    person.press("Go to my letters")
    assert "Signed version 1" in person.text()
    person.look("me")


def test_officer_opens_a_damaged_link(site, letter, visit):
    person = visit(site, PHONE)
    person.sizes = SIZES
    person.open(site.mail.link(letter.officers["bob"])[:-1], status=404)
    assert person.heading() == "This link does not open anything"
    person.look("no-link")
