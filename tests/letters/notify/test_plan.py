"""The reminder plan: prepared once on each of its days, waiting or sent, and never for a day that is not its own."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from letters import tasks
from letters.models import Invitation, Job, Letter, Mail, Round, database_now
from letters.notify import plan
from tests import factories

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
LONG_AGO = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture
def letter():
    """Open for signature until Wed 2 December 2099, 17:00 in New York; everybody was invited long ago."""
    made = factories.signing_open()
    Letter.objects.filter(pk=made.pk).update(deadline=datetime.datetime(2099, 12, 2, 22, tzinfo=datetime.UTC))
    Invitation.objects.update(invited_at=LONG_AGO)
    return factories.fresh(made)


def at(day: int, hour: int, month: int = 11) -> datetime.datetime:
    return datetime.datetime(2099, month, day, hour, tzinfo=datetime.UTC)


def work() -> None:
    """Do what is owed on days far ahead, too."""
    Job.objects.update(run_after=database_now())
    factories.work()


def test_a_draft_is_prepared_on_the_day_and_only_once(letter):
    assert plan.prepare_due(at(25, 14)) == 1
    assert plan.prepare_due(at(25, 14)) == plan.prepare_due(at(25, 23)) == 0
    row = Round.objects.get(kind="reminder")
    assert (row.state, row.planned_on, row.created_by) == ("waiting", datetime.date(2099, 11, 25), None)
    assert Mail.objects.filter(kind="reminder").count() == 0


@pytest.mark.parametrize("now", [at(25, 12), at(24, 14), at(26, 14), at(2, 23, 12), at(3, 14, 12)])
def test_not_before_eight_nor_on_other_days_nor_after_the_deadline(letter, now):
    assert plan.prepare_due(now) == 0


def test_the_days_count_on_the_conveners_calendar(letter):
    # 2 December 04:00 UTC is still 1 December, 23:00, in New York: one day before the deadline.
    assert plan.prepare_due(at(2, 4, 12)) == 1
    assert Round.objects.get(kind="reminder").planned_on == datetime.date(2099, 12, 1)


def test_planned_reminders_go_by_themselves_where_the_coordinator_chose_so(letter):
    Letter.objects.update(reminders_go=True)
    plan.prepare_due(at(25, 14))
    work()
    row = Round.objects.get(kind="reminder")
    assert (row.state, row.sent_by) == ("sent", None)
    assert Mail.objects.filter(round=row).count() == 4
    assert letter.events.get(kind="mailed").actor == "system"
    assert letter.events.get(kind="mailed").data == {"officers": 4, "what": "reminder"}


def test_what_a_coordinator_sent_or_dropped_is_not_sent_again_by_the_plan(letter):
    Letter.objects.update(reminders_go=True)
    plan.prepare_due(at(25, 14))
    Round.objects.filter(kind="reminder").update(state="dropped")
    work()
    assert Mail.objects.filter(kind="reminder").count() == 0
    assert Job.objects.get(kind="round").state == "done"


def test_a_letter_without_a_plan_reminds_nobody(letter):
    Letter.objects.update(reminder_days=[])
    assert plan.prepare_due(at(25, 14)) == 0


def test_a_day_on_which_nobody_is_left_makes_no_draft(letter):
    factories.signed(letter, "bob", "carol", "sato")
    assert plan.prepare_due(at(25, 14)) == 1
    assert Round.objects.get(kind="reminder").state == "dropped"


def test_who_was_just_invited_is_not_reminded(letter):
    Invitation.objects.filter(society__short_name="JSC").update(invited_at=at(24, 14))
    plan.prepare_due(at(25, 14))
    found = plan.recipients(Round.objects.get(kind="reminder"), letter, at(25, 14))
    assert [one.why for one in found.left_out] == ["was invited less than two days ago"]


def test_one_round_a_day_is_a_rule_of_the_database(letter):
    day = datetime.date(2099, 11, 25)
    Round.objects.create(letter=letter, kind="reminder", planned_on=day, created_at=database_now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(letter=letter, kind="reminder", planned_on=day, created_at=database_now())


@pytest.mark.django_db(transaction=True)  # the sweep drops connections that are too old
def test_the_sweep_prepares_what_is_due(letter):
    today = database_now().astimezone(letter.zone)
    Letter.objects.update(deadline=database_now() + 7 * DAY)
    tasks.sweep()
    assert Round.objects.filter(kind="reminder").count() == (today.hour >= plan.FROM_HOUR)
