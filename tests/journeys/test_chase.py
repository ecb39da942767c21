"""Chasing: from the overview to reminders sent in three clicks at most, on a phone and at a desk."""

import pytest

from tests.journeys import desk
from tests.journeys.visitor import SIZES

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("size", SIZES, ids=["phone", "desk"])
def test_reminders_are_sent_in_three_clicks_and_one_of_them_is_stopped(site, letter, visit, size):
    alice = visit(site, size)
    desk.open_desk(alice, site, letter.coordinator, letter.slug)
    before = alice.clicks
    alice.press("Write 4 reminders")
    assert "Goes to 4 officers of 3 societies" in alice.text()
    alice.press("Send 4 reminders")
    assert alice.clicks - before <= 3
    assert "Sent to 4 officers: the mails are on their way." in alice.text()
    alice.press("Mail")
    alice.look("outbox")
    alice.press("Change the plan")
    alice.look("reminder-plan")
    bob = visit(site, size)
    reminder = site.mail.next(letter.officers["bob"], "open for")
    bob.open(reminder["List-Unsubscribe"].strip("<>"))
    bob.look("stop")
    bob.press("Stop reminders")
    assert bob.heading() == "No more reminders"
    bob.look("stopped")
    bob.press("How to check a mail from us")
    bob.look("mail-check")
    alice.open(f"/manage/{letter.slug}/mail")
    alice.press("Write reminders")
    alice.page.get_by_text("Who gets it").click()
    assert "Bob Barker, MD wants no reminders" in alice.text()
    alice.page.get_by_text("Change the words").click()
    alice.look("draft")
