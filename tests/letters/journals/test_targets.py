"""The papers a letter answers: named, looked up, typed by hand, and the date that counts confirmed."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from letters import tasks
from letters.journals import targets
from letters.journals.targets import Typed
from letters.lifecycle import NotNow
from letters.models import Event, Job, JobState, Journal, Target, TargetDate, database_now
from letters.submit import actions as submit
from tests import factories
from tests.letters.lookup.register import register

pytestmark = pytest.mark.django_db
DOI = "10.5555/example.1"
DAY = datetime.date(2025, 2, 19)


@pytest.fixture(autouse=True)
def off(settings):
    settings.CROSSREF_URL = ""


@pytest.fixture
def letter():
    return factories.drafted()


def named(letter, doi=DOI) -> Target:
    return targets.name_target(by=factories.alice(), letter=letter, doi=doi, now=database_now())


def typed(target, citation="Mine.", **dates) -> Target:
    return targets.correct_target(by=factories.alice(), target=target, typed=Typed(citation, dates), now=database_now())


def confirm(target, kind="online", how="The site says so.") -> TargetDate:
    return targets.confirm_date(by=factories.alice(), target=target, kind=kind, how=how, now=database_now())


def fresh(target) -> Target:
    return Target.objects.get(pk=target.pk)


def days(target) -> dict[str, str]:
    return {date.kind: f"{date.day} {date.exact} {date.source}" for date in target.dates.all()}


def test_a_paper_is_looked_up_by_a_job_and_filled_in(letter, settings):
    with register() as (settings.CROSSREF_URL, _):
        target = named(letter)
        assert Job.objects.get(kind="lookup").state == JobState.QUEUED
        factories.work()
    target = fresh(target)
    assert target.citation.startswith("Okoro JW, Petit JL, Counting Group. A guideline on counting")
    assert days(target) == {"online": "2025-02-19 day Crossref", "print": "2025-04-01 month Crossref"}
    assert target.answer["notices"] == ["This paper was corrected on 2 May 2025 (doi 10.5555/example.9)."]
    assert (target.trouble, target.answered_at is not None) == ("", True)


def test_nothing_is_asked_where_the_operator_switched_it_off(letter):
    target = named(letter)
    assert not Job.objects.filter(kind="lookup").exists()
    with pytest.raises(NotNow, match="This site looks nothing up"):
        targets.look_up(by=factories.alice(), target=target, now=database_now())


def test_what_a_person_typed_is_not_overwritten_by_the_answer(letter, settings):
    target = typed(named(letter), citation="Ours.", online=datetime.date(2025, 2, 20))
    confirm(target)
    with register() as (settings.CROSSREF_URL, _):
        targets.look_up(by=factories.alice(), target=target, now=database_now())
        factories.work()
    assert fresh(target).citation == "Ours."
    assert days(target) == {"online": "2025-02-20 day by hand", "print": "2025-04-01 month Crossref"}


def test_a_register_out_of_reach_is_said_and_asked_again(letter, settings):
    settings.CROSSREF_URL = "http://127.0.0.1:9"
    target = named(letter)
    assert tasks.drain() == 0
    assert fresh(target).trouble.startswith("Crossref could not be reached (")
    assert fresh(target).trouble.endswith("It is tried again by itself; or type citation and dates by hand.")
    assert Job.objects.get(kind="lookup").state == JobState.QUEUED
    with register() as (settings.CROSSREF_URL, _):
        Job.objects.update(run_after=database_now())
        factories.work()
    assert fresh(target).trouble == ""


def test_after_the_last_try_a_person_is_asked_to_type(letter, settings):
    settings.CROSSREF_URL = "http://127.0.0.1:9"
    target = named(letter)
    Job.objects.filter(kind="lookup").update(attempts=8)
    tasks.drain()
    assert Job.objects.get(kind="lookup").state == JobState.DEAD
    assert fresh(target).trouble.endswith("It is not tried again by itself: type citation and dates by hand.")
    with register() as (settings.CROSSREF_URL, _):
        targets.look_up(by=factories.alice(), target=target, now=database_now())
        factories.work()
    assert fresh(target).citation.startswith("Okoro")


def test_a_doi_the_register_does_not_know_is_said_once(letter, settings):
    with register() as (settings.CROSSREF_URL, answer):
        answer.status = 404
        target = named(letter)
        factories.work()
    assert fresh(target).trouble.startswith("Crossref does not know 10.5555/example.1: compare it with the paper")
    assert Job.objects.get(kind="lookup").state == JobState.DONE


def test_a_paper_taken_off_while_it_is_looked_up_leaves_nothing(letter, settings):
    with register() as (settings.CROSSREF_URL, _):
        target = named(letter)
        targets.drop_target(by=factories.alice(), target=target, now=database_now())
        factories.work()
    assert (Target.objects.count(), TargetDate.objects.count()) == (0, 0)


def test_a_paper_is_named_once(letter):
    named(letter)
    with pytest.raises(NotNow, match="is among the papers already"):
        named(letter)
    assert Event.objects.filter(kind="target").count() == 1


def test_dates_are_typed_changed_and_emptied(letter):
    target = typed(named(letter), online=DAY, print=datetime.date(2025, 4, 2))
    typed(target, citation="Two.", online=DAY, updated=datetime.date(2025, 3, 1))
    assert fresh(target).citation == "Two."
    assert days(target) == {"online": "2025-02-19 day by hand", "updated": "2025-03-01 day by hand"}


def test_one_date_is_confirmed_at_a_time_and_stays_until_that_is_taken_back(letter):
    target = typed(named(letter), online=DAY, print=datetime.date(2025, 4, 2))
    confirm(target, "online")
    date = confirm(target, "print", "Their office wrote so.")
    assert (date.confirmed_by, date.confirmed_how) == (factories.alice(), "Their office wrote so.")
    assert [one.kind for one in target.dates.exclude(confirmed_at=None)] == ["print"]
    with pytest.raises(NotNow, match="The date in print is confirmed; take the confirmation back first"):
        typed(target, citation="Lost?", online=DAY)
    assert fresh(target).citation == "Mine."
    targets.unpin(by=factories.alice(), target=target, now=database_now())
    typed(target, online=DAY)
    assert days(target) == {"online": "2025-02-19 day by hand"}
    with pytest.raises(NotNow, match="This date is not there yet"):
        confirm(target, "updated")


def test_the_record_keeps_what_became_of_a_paper(letter):
    target = typed(named(letter), online=DAY)
    confirm(target)
    targets.unpin(by=factories.alice(), target=target, now=database_now())
    targets.drop_target(by=factories.alice(), target=target, now=database_now())
    kinds = list(Event.objects.filter(kind__startswith="target").values_list("kind", "data__doi"))
    assert kinds == [("target", DOI), ("target date", DOI), ("target date open", DOI), ("target dropped", DOI)]


def test_nothing_is_done_with_an_abandoned_letter(letter):
    submit.abandon(by=factories.alice(), letter=letter, now=database_now())
    with pytest.raises(NotNow, match="The letter was abandoned"):
        named(letter)


def test_journals_are_aimed_at_and_left(letter):
    one, two = Journal.objects.create(name="One"), Journal.objects.create(name="Two")
    for chosen in ([one, two], [two], [two]):
        targets.aim(by=factories.alice(), letter=letter, journals=chosen, now=database_now())
    assert [aim.journal for aim in letter.aims.all()] == [two]


def test_the_database_holds_one_confirmed_date_and_one_of_each_kind(letter):
    target = typed(named(letter), online=DAY, print=datetime.date(2025, 4, 2))
    confirm(target)
    for act in (
        lambda: target.dates.update(confirmed_at=database_now(), confirmed_by=factories.alice(), confirmed_how="x"),
        lambda: target.dates.update(kind="online"),
        lambda: target.dates.filter(kind="online").update(confirmed_how=""),
        lambda: Target.objects.update(doi="x"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
