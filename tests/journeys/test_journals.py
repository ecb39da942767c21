"""A coordinator's way to the right journal: its rules, the paper answered, the windows, and preflight."""

import datetime

import pytest

from tests.journeys import desk
from tests.journeys.visitor import DESK, PHONE, SIZES

pytestmark = pytest.mark.journey
SUMMARY = b"# Summary\n\nWe ask the journal to count again [1].\n\n## References\n\n1. Group C. doi:10.5555/example.1\n"


def test_a_rule_is_read_corrected_and_its_history_seen(site, letter, visit):
    alice = visit(site, DESK)
    alice.sizes = SIZES
    desk.sign_in(alice, site, letter.coordinator)
    alice.open("/journals")
    alice.look("journals")
    alice.press("Lancet Correspondence")
    alice.look("journal")
    alice.press("Enter Words at most")
    alice.choose("It gives a value")
    alice.press("Save", status=422)
    alice.look("rule-error")
    alice.fill("The value", "250")
    alice.fill("Where you read it", "https://journal.example/letters")
    alice.press("Save")
    assert "Value: nothing → 250" in alice.text()
    alice.look("journal-corrected")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_paper_its_windows_and_preflight_by_hand(site, letter, visit, scripts):
    alice = visit(site, PHONE, scripts=scripts)
    desk.open_desk(alice, site, letter.coordinator, letter.slug)
    alice.press("Targets")
    alice.look("targets-empty")
    alice.fill("DOI of the paper", "not a doi")
    alice.press("Add the paper", status=422)
    alice.look("targets-error")
    alice.fill("DOI of the paper", "https://doi.org/10.5555/EXAMPLE.1")
    alice.press("Add the paper")
    alice.press("Correct or confirm")
    day = desk.today() - datetime.timedelta(days=5)
    alice.fill("Published online", day.isoformat())
    alice.press("Save")
    alice.choose("NEJM letter to the editor")
    alice.choose("BMJ rapid response")
    alice.press("Save the choice")
    assert "16 days left" in alice.text()
    alice.press("Correct or confirm")
    alice.look("target")
    alice.choose(f"Online, {day.day} {day:%B %Y}")
    alice.fill("How do you know?", "The site offers it.")
    alice.press("Confirm this date")
    assert "The journal counts from this one" in alice.text()
    alice.look("targets")
    alice.press("Preflight: does the text fit the journals?")
    alice.look("preflights")
    alice.press("NEJM letter to the editor")
    assert "Nothing is declared on competing interests." in alice.text()
    alice.look("preflight")
    alice.press("All journals")
    alice.press("Look at another text")
    alice.attach("The text", "summary.md", SUMMARY)
    alice.page.get_by_label("Journal", exact=True).select_option(label="BMJ rapid response")
    alice.press("Look at it")
    assert "9 of 600 words" in alice.text()
    alice.look("preflight-file")
