"""What needs attention: each row with the action that answers it, and the way to the mail."""

import datetime

import pytest
from lxml import html

from letters.desk.attention import attention, owed
from letters.desk.grid import lines
from letters.inbox import filing
from letters.inbox.clocks import start_clocks
from letters.models import Due, Invitation, Letter, Link, Mail, MailState, Round, database_now
from letters.sign import responses
from letters.text.eml import read_mail
from tests import factories
from tests.letters.correspond import stage as journals

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def told(letter, now=None):
    letter, now = factories.fresh(letter), now or database_now()
    rows = attention(letter, lines(letter, now), owed(letter), now)
    return {f"{row.count} {row.sentence}": row.label for row in rows if "confirmed" not in row.sentence}


@pytest.fixture
def letter():
    return factories.signing_open()


def board_on(letter, name, days):
    day = (database_now() + days * DAY).date()
    responses.respond(by=factories.link_of(letter, name), answer=responses.Answer("board", board_on=day))


def test_reminders_are_counted_by_officer_and_go_to_those_who_can_be_reached(letter):
    assert told(letter) == {"3 have not answered, 7 days left": "Write 4 reminders"}
    Link.objects.filter(officer__user__email__startswith="erin").update(stopped_at=database_now())
    Mail.objects.filter(link=factories.link_of(letter, "carol")).update(state=MailState.BOUNCED)
    assert told(letter) == {
        "1 message came back": "See whose address is wrong",
        "3 have not answered, 7 days left": "Write 2 reminders",
    }


def test_a_corrected_address_is_not_lost_any_more(letter):
    link = factories.link_of(letter, "carol")
    Mail.objects.filter(link=link).update(state=MailState.BOUNCED)
    link.officer.user.email = "new@sud.example"
    link.officer.user.save()
    assert "3 have not answered, 7 days left" in told(letter)
    assert told(letter)["3 have not answered, 7 days left"] == "Write 4 reminders"


def test_the_last_hours_of_one_society_are_said_in_the_singular(letter):
    responses.decline(by=factories.link_of(letter, "bob"), reason="")
    responses.decline(by=factories.link_of(letter, "carol"), reason="")
    Letter.objects.update(deadline=database_now() + datetime.timedelta(hours=1, minutes=5))
    assert told(letter) == {"1 has not answered, 1 hour left": "Write 1 reminder"}


def test_past_the_deadline_nobody_is_reminded(letter):
    Letter.objects.update(deadline=database_now() - DAY)
    assert told(letter) == {"3 have not answered, and the deadline has passed": "Close or extend"}


def test_a_board_ahead_is_left_alone_and_one_that_met_is_asked(letter):
    board_on(letter, "bob", 3)
    assert told(letter) == {"2 have not answered, 7 days left": "Write 2 reminders"}
    Invitation.objects.filter(response="board").update(board_on=(database_now() - 2 * DAY).date())
    assert told(letter)["1 board has met and sent no word"] == "Write 2 reminders"


def test_a_board_past_the_deadline_asks_for_an_extension(letter):
    board_on(letter, "bob", 30)
    assert told(letter)["1 board decides after the deadline"] == "Extend it"


def test_an_earlier_version_and_a_wish_for_change(letter):
    factories.signed(letter, "bob")
    factories.second_version(letter)
    wish = responses.Answer("if_changed", wanted="Toes.")
    responses.respond(by=factories.link_of(letter, "carol"), answer=wish)
    rows = told(letter)
    assert rows["1 signed an earlier version and has not kept it yet"] == "Write 2 reminders"
    assert rows["1 would sign if the text changed"] == "See what they ask for"


def test_nothing_of_societies_after_the_close():
    assert told(factories.closed()) == {}


def test_reminder_row_makes_a_draft_that_then_waits(desk, letter):
    page = html.fromstring(desk.get(f"/manage/{letter.slug}").content)
    (form,) = page.xpath("//ul[@class='attention']//form[.//button[contains(., 'Write 4 reminders')]]")
    values = {"kind": "reminder", "to": [box.get("value") for box in form.xpath(".//input[@name='to']")]}
    assert len(values["to"]) == 3
    opened = desk.post(form.get("action"), values)
    draft = Round.objects.get(kind="reminder")
    assert opened["Location"] == f"/manage/{letter.slug}/mail/drafts/{draft.pk}"
    home = desk.get(f"/manage/{letter.slug}").content.decode()
    assert "draft of a mail waits to be sent" in home
    assert f"/manage/{letter.slug}/mail/drafts/{draft.pk}" in home


@pytest.mark.parametrize("kind", ["reminder", "note"])
def test_chosen_goes_on_to_the_mail_and_never_to_all_when_nothing_is_chosen(desk, letter, kind):
    address = f"/manage/{letter.slug}/societies/chosen"
    assert desk.post(address, {"kind": kind}).status_code == 422
    assert not Round.objects.filter(kind=kind).exists()
    pk = factories.link_of(letter, "carol").invitation_id
    answer = desk.post(address, {"kind": kind, "to": [pk]}, follow=True)
    assert [status for _, status in answer.redirect_chain] == [307, 302]
    assert list(Round.objects.get(kind=kind).only.values_list("pk", flat=True)) == [pk]


def test_mail_to_sort_and_answers_overdue_or_soon_due_are_counted(desk):
    letter = factories.closed()
    row = journals.sent(letter, journals.journal(acknowledges="3 working days"))
    filing._file(row, read_mail(journals.mail("a@b.example")), journals.mail("a@b.example"), database_now())
    start_clocks(database_now())
    today = database_now().date()
    for days in (0, 3, 4):
        Due.objects.create(
            letter=letter, submission=row, step="other", since=today, on=today + days * DAY, standard="x",
            created_at=database_now(),
        )  # fmt: skip
    assert told(letter) == {
        "1 message from a journal to sort": "Sort",
        "1 answer from a journal is overdue": "See what to do",
        "2 answers from journals are due within three days": "See the clock",
    }
    page = desk.get("/manage").content.decode()
    assert "1 message from a journal to sort" in page and "1 answer overdue" in page
