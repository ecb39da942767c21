"""The coordinator's desk at work: societies sought and kept as a view, a call noted, followed up and done."""

import pytest

from tests.journeys import desk, officer
from tests.journeys.test_keyboard import enter, tab_to
from tests.journeys.visitor import SIZES

pytestmark = pytest.mark.journey
SAID = "With the president until Thursday."


def act_on(person, society):
    """Open what can be done with one society of the list."""
    person.clicks += 1
    person.page.get_by_role("row").filter(has_text=society).locator("summary").click()


@pytest.mark.parametrize("size", SIZES, ids=["phone", "desk"])
def test_coordinator_chases_in_three_clicks(site, letter, visit, size):
    alice = visit(site, size)
    desk.sign_in(alice, site, letter.coordinator)
    alice.clicks = 0
    alice.open(f"/manage/{letter.slug}")
    alice.press("Write 4 reminders")
    alice.press("Send 4 reminders")
    assert alice.clicks == 3
    assert "Sent to 4 officers" in alice.text(".messages")
    for name in ("bob", "erin", "carol", "sato"):
        assert site.mail.count(2, "", letter.officers[name]) == 2  # the invitation and the reminder


@pytest.mark.parametrize("size", SIZES, ids=["phone", "desk"])
def test_coordinator_chases_by_phone(site, letter, visit, size):
    short = letter.short_names["bob"]
    alice = visit(site, size)
    desk.open_desk(alice, site, letter.coordinator, letter.slug)
    alice.look("desk-charts")
    alice.clicks = 0
    alice.press("Societies")
    alice.press("No answer")
    act_on(alice, short)
    alice.look("societies-act")
    alice.press("Log a call")
    alice.look("call")
    alice.press("Save the note", status=422)
    alice.look("call-error")
    alice.fill("What was said", SAID)
    alice.fill("Follow up on", desk.today().isoformat())
    alice.press("Save the note")
    assert alice.path() == f"/manage/{letter.slug}/societies?view=silent"
    assert SAID in desk.row(alice, short)
    assert alice.clicks == 6  # one of them shows what is missing
    alice.press("Overview")
    assert SAID in alice.text(".attention")
    alice.look("desk-follow-up")
    alice.press("Done")
    assert alice.page.locator(".attention").filter(has_text=SAID).count() == 0
    assert SAID in alice.text(".timeline")


@pytest.mark.parametrize("size", SIZES, ids=["phone", "desk"])
def test_a_choice_and_a_view_of_ones_own(site, letter, visit, size):
    alice = visit(site, size)
    desk.open_desk(alice, site, letter.coordinator, letter.slug)
    officer.come_in(visit(site, size), site, letter.officers["carol"])  # only reads
    alice.press("Societies")
    assert "Not opened 3" in alice.text(".views")
    alice.press("Note a call", status=422)
    assert "Nothing is chosen." in alice.text(".error-summary")
    alice.look("societies-error")
    alice.press("Choose all 3")
    alice.look("societies-all")
    alice.press("Note a call")
    assert alice.heading() == "One note about 3 societies"
    alice.look("chosen")
    alice.choose("A note")
    alice.fill("What was said", "Council meets on Friday.")
    alice.press("Save the note")
    assert alice.text(".desk-grid").count("Council meets on Friday.") == 3
    alice.fill("Search", letter.short_names["sato"])
    alice.press("Show")
    assert alice.page.get_by_role("row").count() == 2
    alice.page.locator(".keep-view summary").click()
    alice.fill("Name of this view", "Japan")
    alice.press("Keep the view")
    assert "Japan 1" in alice.text(".views [aria-current]")
    alice.look("societies-own-view")
    alice.press("Take away the view")
    assert "Japan" not in alice.text(".views")


@pytest.mark.parametrize("size", SIZES, ids=["phone", "desk"])
def test_keyboard_alone_notes_a_call(site, letter, visit, size):
    alice = visit(site, size)
    desk.open_desk(alice, site, letter.coordinator, letter.slug)
    tab_to(alice, "Societies")
    enter(alice)
    tab_to(alice, "Act on")
    alice.page.keyboard.press("Enter")
    tab_to(alice, "Log a call")
    enter(alice)
    tab_to(alice, "What was said")
    alice.page.keyboard.type(SAID)
    tab_to(alice, "Save the note")
    enter(alice)
    assert SAID in alice.text(".desk-grid")
