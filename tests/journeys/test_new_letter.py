"""A new letter from a Word file to invitations sent in eight clicks, also when one leaves and comes back.

A click is every press of a button or a link from the list of letters on, including “New letter” and the last “Send”.
Typing, choosing a file and choosing in a field are not clicks.
"""

import datetime
import re

import pytest

from letters.management.seed import COORDINATOR, FOLDER
from tests.journeys import desk
from tests.journeys.visitor import SIZES
from tests.journeys.word import as_word

pytestmark = pytest.mark.journey
CLICKS = 8
LETTER = (FOLDER / "letter-v1.md").read_text()


@pytest.mark.parametrize("size", SIZES, ids=["phone", "desk"])
def test_a_new_letter_takes_eight_clicks(own_site, visit, size):
    alice = visit(own_site, size)
    desk.sign_in(alice, own_site, COORDINATOR)
    alice.open("/manage")
    alice.clicks = 0
    bring_the_text(alice)
    set_the_terms(alice)
    bring_the_societies(alice)
    alice.press("Import 34 officers")
    assert here(alice) == "Invitations"
    alice.look("new-letter-invitations")
    send(alice)
    assert alice.clicks <= CLICKS
    assert own_site.mail.count(34, "sleep apnoea") == 34


def test_who_leaves_at_any_step_is_led_back_to_it(own_site, visit):
    alice = visit(own_site, SIZES[1])
    desk.sign_in(alice, own_site, COORDINATOR)
    alice.open("/manage")
    bring_the_text(alice, publish=False)
    come_back(alice, "Check and publish the text")
    alice.press("Publish version 1")
    come_back(alice, "Set the deadline")
    set_the_terms(alice)
    bring_the_societies(alice)
    come_back(alice, "Import a list of societies")
    assert "“societies.csv”" in alice.text()
    alice.press("Go on with it")
    alice.press("Import 34 officers")
    come_back(alice, "Open for signature and invite 34 societies", press=False)


def test_rows_are_mended_and_a_long_list_shows_how_far_it_is(own_site, visit):
    alice = visit(own_site, SIZES[0])
    desk.sign_in(alice, own_site, COORDINATOR)
    alice.open("/manage")
    bring_the_text(alice)
    set_the_terms(alice)
    rows = "".join(f"Gesellschaft {n};Ann {n};Präsidentin;ann@g{n}.example\n" for n in range(600))
    alice.fill("Or paste rows", f"Wer;Name;Funktion;E-Mail\n{rows}Verein;Ben;Chair;ben at verein\n")
    alice.press("Show what it would do")
    assert "What do the columns hold?" in alice.text()
    alice.look("import-columns")
    alice.page.get_by_label("Wer").select_option(label="Society")
    alice.press("Show what it would do")
    alice.look("import-dry-run")
    alice.page.get_by_label("Row 602").fill("ben@verein.example")
    alice.press("Import with these answers")
    alice.look("import-progress")
    alice.page.reload()
    alice.page.get_by_role("heading", name="The list is imported").wait_for(timeout=60_000)
    assert "601 officers came onto the list." in alice.text()
    alice.look("import-done")


def test_without_script_the_progress_page_looks_again_by_itself(own_site, visit):
    alice = visit(own_site, SIZES[0], scripts=False)
    desk.sign_in(alice, own_site, COORDINATOR)
    alice.open("/manage")
    bring_the_text(alice)
    set_the_terms(alice)
    rows = "".join(f"Society {n};Ann {n};President;ann@g{n}.example\n" for n in range(300))
    alice.fill("Or paste rows", f"Society;Name;Office;E-Mail\n{rows}")
    alice.press("Show what it would do")
    alice.press("Import 300 officers")
    alice.page.get_by_role("heading", name="The list is imported").wait_for(timeout=60_000)
    assert "300 officers came onto the list." in alice.text()


def here(alice) -> str:
    """The step at which the line of steps says one is."""
    return alice.text(".steps [aria-current]")


def bring_the_text(alice, *, publish=True):
    alice.press("New letter")
    assert here(alice) == "Text"
    alice.attach("The letter", "letter.docx", as_word(LETTER))
    alice.fill("Convener", "International Forum on Sleep and Breathing")
    alice.press("Read the file")
    alice.look("new-letter-text")
    if publish:
        alice.press("Publish version 1")


def set_the_terms(alice):
    assert here(alice) == "Terms"
    alice.look("new-letter-terms")
    alice.fill("Deadline: day", (datetime.date.today() + datetime.timedelta(days=9)).isoformat())
    alice.press("Save and go on")


def bring_the_societies(alice):
    assert here(alice) == "Societies"
    alice.look("new-letter-societies")
    alice.attach("List of societies", "societies.csv", (FOLDER / "societies.csv").read_bytes())
    alice.press("Show what it would do")
    alice.look("new-letter-dry-run")


def send(alice):
    """By the page on which the mail is read first, where there is one."""
    alice.press("Open for signature and invite them")
    if alice.page.get_by_role("button", name=re.compile("^Send 34")).count():
        alice.press("Send 34")


def come_back(alice, step, *, press=True):
    """Leave, and find the step by the list of letters and the overview."""
    alice.open("/manage")
    alice.page.locator("article h2 a").first.click()  # which, unlike press(), does not wait for the page
    alice.page.get_by_role("region", name="Next step").get_by_text(step).wait_for()
    if press:
        alice.press(step)
