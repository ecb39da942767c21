"""A remark's journey: from the paragraph on a phone to the coordinator's answer and the mail that tells it."""

import pytest

from tests.journeys import desk, officer
from tests.journeys.letterbox import words
from tests.journeys.visitor import DESK, PHONE, SIZES, Visitor

pytestmark = pytest.mark.journey
MARK = "Comment on paragraph 1 of What was counted"
REMARK = "Not many: most of them do."
PROPOSAL = "The authors counted to nine. Most societies count to ten."


def write(person: Visitor) -> None:
    """A draft on one paragraph, with words to put in its place."""
    mark = person.page.get_by_role("link", name=MARK)
    if person.scripts:
        person.clicks += 1
        mark.click()
        person.page.get_by_role("textbox", name="Your comment").wait_for()
        person.fill("Your comment", REMARK)
        person.page.get_by_text("Saved ").wait_for()
    else:
        person.press(MARK)
        person.fill("Your comment", REMARK)
    person.page.get_by_text("Propose other words", exact=True).click()
    person.fill("The paragraph as it should read", PROPOSAL)
    person.look("thread")
    if person.scripts:
        person.control("Keep as draft").click()
        person.page.get_by_text("Kept as a draft.").wait_for()
    else:
        person.press("Keep as draft")
        assert "Your comment is kept as a draft." in person.text()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_remark_goes_from_the_phone_to_the_next_version(site, letter, visit, scripts):
    bob = letter.officers["bob"]
    person = visit(site, PHONE, scripts=scripts)
    person.sizes = SIZES
    officer.come_in(person, site, bob)
    write(person)
    person.open(f"/r/{letter.slug}")
    assert "1 comment drafted for your society, not sent yet." in person.text()
    person.look("letter-with-draft")
    person.press("Look over and send")
    person.look("comments-draft")
    person.press("Send 1 comment")
    assert person.path().startswith("/signin")
    person.fill("E-mail address", bob)
    person.press("Continue")
    person.fill("Code from the mail", site.mail.code(bob))
    person.press("Continue")
    person.press("Send 1 comment")
    assert "Your society's comment is sent." in person.text()
    person.look("comments-sent")

    alice = visit(site, DESK, scripts=scripts)
    alice.sizes = SIZES
    desk.open_desk(alice, site, letter.coordinator, letter.slug)
    alice.press("Answer")
    assert "1 of 1 comments wait for an answer" in alice.text()
    alice.look("answers")
    alice.press("Put the words")
    assert "The words are in version 2." in alice.text()
    alice.look("text-with-words")
    alice.press("Comments")
    alice.page.get_by_label("Partly accepted").check()
    alice.press("Save the answer", status=422)
    assert "Say why; the society reads it." in alice.text()
    alice.look("answers-error")
    alice.fill("Why", "We keep “count”.")
    alice.press("Save the answer")
    alice.press("Tell 1 society what became of their comments")
    assert "1 society is told by mail." in alice.text()
    alice.look("answers-told")
    mail = words(site.mail.next(bob, "what became of your comments"))
    assert "The answer: Partly accepted." in mail
    assert "We keep “count”." in mail
    person.open(f"/r/{letter.slug}/comments")
    assert "Council of Counting answers: Partly accepted. We keep “count”." in person.text()
    person.look("comments-answered")


def test_a_society_agrees_with_another_instead_of_repeating(site, letter, visit):
    bob, carol = letter.officers["bob"], letter.officers["carol"]
    first = visit(site, PHONE)
    desk.sign_in(first, site, bob)
    first.open(f"/r/{letter.slug}")
    write(first)
    first.open(f"/r/{letter.slug}/comments")
    first.press("Send 1 comment")
    alice = visit(site, DESK)
    desk.open_desk(alice, site, letter.coordinator, letter.slug)
    alice.press("Comments")
    alice.press("Open the comments to all societies")
    other = visit(site, PHONE)
    other.sizes = SIZES
    officer.come_in(other, site, carol)
    assert other.page.get_by_role("link", name="1 comment on paragraph 1 of What was counted").count() == 1
    other.press("All comments")
    other.look("comments-of-others")
    other.press("We agree")
    assert "“We agree” is kept as a draft." in other.text()
    other.look("comments-agreed")
