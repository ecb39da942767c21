"""The coordinator's answers: each with a reason, told once per society, and never changed after that."""

import pytest

from letters.comment import actions, answering, table
from letters.lifecycle import NotNow
from letters.models import Comment, Disposition, Event, Mail, MailKind, database_now
from tests import factories
from tests.letters.comment.test_actions import draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    """Bob's society sent two comments, Carol's one, which agrees with Bob's first."""
    letter = factories.signing_open()
    now = database_now()
    first = draft(letter)
    draft(letter, name="erin", words="Fingers", text="And the toes?")
    actions.send(by=factories.link_of(letter, "bob"), now=now)
    actions.agree(by=factories.link_of(letter, "carol"), comment=first, now=now)
    actions.send(by=factories.link_of(letter, "carol"), now=now)
    return letter


def answer(text: str, disposition: str = "accepted", why: str = ""):
    comment = Comment.objects.get(text=text)
    return answering.answer(by=factories.alice(), comment=comment, disposition=disposition, why=why, now=database_now())


def tell(letter) -> int:
    return answering.tell(by=factories.alice(), letter=letter, now=database_now())


def test_an_answer_names_who_gave_it_and_may_be_changed_until_it_is_told(letter):
    answer("Say how many.", "not", "There is no room.")
    made = answer("Say how many.", "partly", "In the table.")
    assert (made.disposition, made.answer, made.answered_by) == ("partly", "In the table.", factories.alice())


@pytest.mark.parametrize("disposition", ["partly", "not"])
def test_what_is_not_fully_accepted_needs_a_reason(letter, disposition):
    with pytest.raises(NotNow, match="Say why"):
        answer("Say how many.", disposition, " ")
    assert Comment.objects.exclude(disposition="").count() == 0


def test_an_unknown_disposition_is_refused(letter):
    with pytest.raises(ValueError, match="maybe"):
        answer("Say how many.", "maybe")


def test_a_draft_is_not_answered():
    letter = factories.signing_open()
    draft(letter)
    with pytest.raises(NotNow):
        answer("Say how many.")


def test_societies_are_told_once_and_only_when_all_of_theirs_is_answered(letter):
    with pytest.raises(NotNow, match="No society has all its comments answered"):
        tell(letter)
    answer("Say how many.", "partly", "In the table.")
    assert tell(letter) == 1  # Carol's society; it agreed with that one
    mail = Mail.objects.get(kind=MailKind.ANSWERED)
    assert mail.to_email == "carol@sud.example"
    assert "you agreed with another society" in mail.text
    assert "The answer: Partly accepted." in mail.text
    assert "In the table." in mail.text
    answer("And the toes?")
    assert tell(letter) == 1
    told = Mail.objects.filter(kind=MailKind.ANSWERED).exclude(pk=mail.pk)
    assert set(told.values_list("to_email", flat=True)) == {"bob@north.example", "erin@north.example"}
    for row in told:
        for part in (row.text, row.html):
            assert "Say how many." in part
            assert "And the toes?" in part
    with pytest.raises(NotNow):
        tell(letter)
    assert Mail.objects.filter(kind=MailKind.ANSWERED).count() == 3
    assert list(Event.objects.filter(kind="comments answered").values_list("data", flat=True)) == [{"societies": 1}] * 2


def test_an_answer_that_was_told_stands(letter):
    answer("Say how many.")
    answer("And the toes?")
    assert tell(letter) == 2
    with pytest.raises(NotNow, match="told already"):
        answer("Say how many.", "not", "On second thoughts.")
    assert Comment.objects.get(text="Say how many.").disposition == Disposition.ACCEPTED


def test_opening_is_recorded_once(letter):
    for _ in range(2):
        answering.open_comments(by=factories.alice(), letter=letter, opened=True, now=database_now())
    assert factories.fresh(letter).comments_open
    assert Event.objects.filter(kind="comments opened").count() == 1


def test_the_table_says_what_became_of_the_paragraph_since(letter):
    changed = factories.TEXT.replace("Many societies count to ten.", "Most societies count to ten.")
    gone = changed.replace("- Fingers were left out.\n", "")
    factories.second_version(letter, gone)
    rows = {row.comment.text: row for row in table.rows(factories.fresh(letter))}
    assert rows["Say how many."].since == "Written on version 1, paragraph since changed"
    assert rows["And the toes?"].since == "Written on version 1, paragraph since removed"
    assert rows["Say how many."].agreeing == ["Société du Sud"]
    assert rows["Say how many."].section == "What was counted"


def test_an_unchanged_paragraph_says_only_the_version(letter):
    factories.second_version(letter, factories.TEXT.replace("Please print the result.", "Print it."))
    assert {row.since for row in table.rows(factories.fresh(letter))} == {"Written on version 1"}


@pytest.mark.parametrize(
    ("wanted", "texts"),
    [
        (table.Wanted(), ["Say how many.", "And the toes?"]),
        (table.Wanted(state="open"), ["And the toes?"]),
        (table.Wanted(state="accepted"), ["Say how many."]),
        (table.Wanted(society="Northern Society of Counting", section="What we ask"), []),
        (table.Wanted(society="Société du Sud"), []),
    ],
)
def test_the_filter_chooses_rows(letter, wanted, texts):
    answer("Say how many.")
    assert [row.comment.text for row in table.chosen(table.rows(letter), wanted)] == texts
