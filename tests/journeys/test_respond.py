"""An officer answers otherwise: counted clicks with and without script, and what the coordinator then sees."""

import datetime

import pytest

from tests.journeys import desk, officer
from tests.journeys.letterbox import words
from tests.journeys.visitor import DESK, PHONE, SIZES

pytestmark = pytest.mark.journey


def grid_row(visit, site, letter, name):
    """What the coordinator sees of this officer's society."""
    alice = visit(site, DESK)
    alice.sizes = SIZES
    desk.open_desk(alice, site, letter.coordinator, letter.slug)
    alice.look("desk-answers")
    return desk.row(alice, letter.short_names[name])


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_respond_asks_for_a_change_with_three_clicks(site, letter, visit, scripts):
    carol = letter.officers["carol"]
    person = visit(site, PHONE, scripts=scripts)
    person.sizes = SIZES
    officer.come_in(person, site, carol)
    person.press("Answer otherwise")
    person.look("respond")
    person.fill("What would have to change", "“Many societies” should read “most societies”.")
    person.fill(officer.CODE, site.mail.code(carol))
    person.press("Save response")
    assert person.clicks == 3
    assert person.path() == f"/r/{letter.slug}"
    assert "would sign if the text changed" in person.text(".notice >> nth=-1")
    person.look("letter-asked")
    assert "should read “most societies”" in words(site.mail.next(letter.coordinator, "would sign if the text changed"))
    row = grid_row(visit, site, letter, "carol")
    assert "Asked for change" in row
    assert "should read “most societies”" in row


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_respond_names_the_board_day_with_four_clicks(site, letter, visit, scripts):
    carol = letter.officers["carol"]
    person = visit(site, PHONE, scripts=scripts)
    person.sizes = SIZES
    officer.come_in(person, site, carol)
    person.press("Answer otherwise")
    assert not person.page.get_by_label("Day of the decision").is_visible()
    person.choose("Our board decides on a later day")
    late = datetime.date(datetime.date.today().year + 1, 12, 24)
    person.fill("Day of the decision", late.isoformat())
    person.look("respond-board")
    person.fill(officer.CODE, site.mail.code(carol))
    person.press("Save response")
    assert person.clicks == 4
    assert f"decides by its board on {late:%a} 24 December" in person.text()
    assert "nobody can sign then unless the deadline is extended" in person.text()
    person.look("letter-board")
    row = grid_row(visit, site, letter, "carol")
    assert f"With board, 24 Dec {late.year}" in row
    assert "That is after the deadline." in row


def test_respond_passes_to_a_colleague_who_signs(site, letter, visit):
    bob = letter.officers["bob"]
    frida = bob.replace("bob", "frida")
    person, colleague = visit(site, PHONE), visit(site, PHONE)
    person.open(old := site.mail.link(bob))
    person.press("Answer otherwise")
    person.choose("Pass this to a colleague")
    person.fill("Name of your colleague", "Frida Frost")
    person.fill("Office of your colleague", "Secretary")
    person.fill("E-mail address of your colleague", frida)
    person.look("respond-pass")
    person.fill(officer.CODE, site.mail.code(bob))
    person.press("Save response")
    assert "Passed on to Frida Frost, Secretary" in person.text()
    person.look("passed-on")
    person.open(old, status=410)
    assert "was passed on to a colleague" in person.text()
    officer.come_in(colleague, site, frida)
    colleague.sizes = SIZES
    assert "Bob Barker, MD, President passed this letter on to you" in colleague.text()
    colleague.look("letter-passed")
    assert officer.sign(colleague, site, frida)
    assert "Frida Frost, Secretary" in colleague.text(".facts")


def test_respond_declines_with_a_reason(site, letter, visit):
    carol = letter.officers["carol"]
    person = visit(site, PHONE)
    person.sizes = SIZES
    officer.come_in(person, site, carol)
    person.press("Answer otherwise")
    person.choose("We decline")
    person.fill("Reason", "Outside our field.")
    person.look("respond-decline")
    person.fill(officer.CODE, site.mail.code(carol))
    person.press("Save response")
    assert "Your answer is recorded." in person.text()
    person.look("letter-declined")
    assert "Outside our field." in words(
        site.mail.next("alice@desk.example", f"{letter.short_names['carol']} declined")
    )
    row = grid_row(visit, site, letter, "carol")
    assert "Declined" in row
    assert "“Outside our field.”" in row


def test_respond_gives_the_address_of_a_statement(site, letter, visit):
    carol = letter.officers["carol"]
    person = visit(site, DESK)
    person.sizes = SIZES
    officer.come_in(person, site, carol)
    person.press("Answer otherwise")
    person.choose("We make a statement of our own")
    person.fill("Address of your statement", "nowhere")
    person.fill(officer.CODE, site.mail.code(carol))
    person.press("Save response", status=422)
    assert "This is not a web address; copy it whole." in person.text(".error-summary")
    person.look("respond-error")
    person.fill("Address of your statement", "https://sud.example/statement")
    person.press("Save response")
    assert "makes a statement of its own" in person.text()
    assert "Own statement https://sud.example/statement" in grid_row(visit, site, letter, "carol")
