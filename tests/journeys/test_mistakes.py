"""The pages a coordinator and a passer-by see after a mistake, each saying what to do."""

import pytest

from tests.journeys import desk
from tests.journeys.visitor import DESK, PHONE, SIZES

pytestmark = pytest.mark.journey
LIST = """society,contact_name,office,email
New Society of Counting,Nell Nye,President,nell@new.example
New Society of Counting,Nobody,President,no address
"""


def test_mistakes_at_the_desk_are_explained(site, letter, visit):
    alice = visit(site, DESK)
    alice.sizes = SIZES
    desk.sign_in(alice, site, letter.coordinator)
    alice.open("/manage/new")
    alice.attach("The letter", "letter.docx", b"not a Word file")
    alice.press("Read the file", status=422)
    assert alice.texts(".error-summary li") == ["Convener: Say who convenes the letter."]
    alice.fill("Convener", "Council of Counting")
    alice.attach("The letter", "letter.docx", b"not a Word file")
    alice.press("Read the file", status=422)
    assert alice.texts(".error-summary a")[0].startswith("The letter: ")
    alice.look("new-error")
    alice.open(f"/manage/{letter.slug}/societies/import")
    alice.attach("List of societies", "list.csv", b"\x00\x01")
    alice.press("Show what it would do", status=422)
    alice.look("societies-error")
    alice.attach("List of societies", "list.csv", LIST.encode())
    alice.press("Show what it would do")
    assert alice.text("#dry + p").endswith("1 bad address, 1 new. Nothing is written yet.")
    alice.look("dry-run-refused")
    alice.open("/manage/no-such-letter", status=404)
    alice.look("nothing-here")
    alice.open("/signout")
    alice.look("sign-out")
    alice.press("Sign out")
    assert alice.path() == "/"


def test_mistakes_of_a_passer_by_are_explained(site, letter, visit):
    reader = visit(site, PHONE)
    reader.sizes = SIZES
    reader.open("/verify")
    reader.press("Check the file", status=422)
    reader.look("verify-error")
    reader.attach("The PDF, evidence or proof", "letter.pdf", b"%PDF-1.7 nothing")
    reader.press("Check the file")
    assert "does not hold" in reader.text(".verdict h2")
    reader.open("/v/0123456789ab-1", status=404)
    reader.look("edition-unknown")
    reader.open(f"/r/{letter.slug}")
    assert reader.path() == f"/signin?next=/r/{letter.slug}"
    reader.fill("E-mail address", "stranger@else.example")
    reader.press("Continue")
    reader.fill("Code from the mail", "000000")
    reader.press("Continue", status=422)
    assert reader.texts(".error-summary li")
    reader.look("sign-in-wrong-code")
    reader.open(f"/mailbox?to={letter.officers['bob']}")
    reader.press("A joint letter on counting")
    reader.look("mailbox-message")
