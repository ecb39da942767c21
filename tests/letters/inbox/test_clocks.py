"""Clocks start by themselves where a rule of the journal gives a time, once, and not where somebody set a date."""

import datetime

import pytest

from letters.correspond import waits
from letters.correspond.waits import Wait
from letters.inbox.clocks import start_clocks
from letters.models import Due, Event, Letter, Submission, database_now
from tests import factories
from tests.letters.correspond import stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return factories.closed()


def dues(**only):
    rows = Due.objects.filter(**only).order_by("on", "pk")
    return [(due.step, due.since.isoformat(), due.on.isoformat()) for due in rows]


def test_each_known_rule_gives_a_due_date_once(letter):
    row = stage.sent(letter, stage.journal(posts="1 day", acknowledges="3 working days", complaint_answer="4 weeks"))
    assert [start_clocks(database_now()), start_clocks(database_now())] == [2, 0]
    assert dues() == [("posting", "2025-03-18", "2025-03-19"), ("acknowledgement", "2025-03-18", "2025-03-21")]
    due = Due.objects.get(step="acknowledgement")
    assert (due.submission, due.created_by) == (row, None)
    assert due.standard == "BMJ rapid response: acknowledges a letter within 3 working days"
    assert due.source == "https://journal.example/rules"


def test_the_day_is_that_of_the_letters_zone(letter):
    Letter.objects.update(time_zone="America/New_York")
    night = datetime.datetime(2025, 3, 19, 2, tzinfo=datetime.UTC)
    stage.sent(letter, stage.journal(posts="1 day"), at=night)
    start_clocks(database_now())
    assert dues() == [("posting", "2025-03-18", "2025-03-19")]


def test_nothing_starts_where_nobody_knows_a_time_or_nothing_was_sent(letter):
    row = stage.sent(letter, stage.journal())
    assert start_clocks(database_now()) == 0
    stage.journal(answers="4 weeks")
    Submission.objects.filter(pk=row.pk).update(state="unknown")
    assert start_clocks(database_now()) == 0
    Submission.objects.filter(pk=row.pk).update(state="sent")
    assert start_clocks(database_now()) == 1  # a rule that became known later starts its clock then


def test_a_date_somebody_set_is_left_alone(letter):
    row = stage.sent(letter, stage.journal(answers="4 weeks", posts="1 day"))
    wait = Wait("answer", datetime.date(2025, 3, 18), datetime.date(2025, 6, 1))
    waits.set_due(by=factories.alice(), letter=letter, submission=row, wait=wait, now=database_now())
    assert [start_clocks(database_now()), start_clocks(database_now())] == [1, 0]
    assert dues() == [("posting", "2025-03-18", "2025-03-19"), ("answer", "2025-03-18", "2025-06-01")]


def test_what_came_before_anybody_looked_has_ended_its_wait(letter):
    row = stage.sent(letter, stage.journal(acknowledges="3 working days"))
    entry = stage.record(letter, "acknowledgement", "2025-03-19", submission=row)
    assert [start_clocks(database_now()), start_clocks(database_now())] == [1, 0]
    assert Due.objects.get().met_by == entry


def test_the_record_commits_to_a_due_date(letter):
    stage.sent(letter, stage.journal(answers="4 weeks"))
    start_clocks(database_now())
    event = Event.objects.get(kind="due set")
    assert (event.actor, event.data) == ("system", {"due": Due.objects.get().pk})
    assert event.details["day"] == "2025-04-15"
