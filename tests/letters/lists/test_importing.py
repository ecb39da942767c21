"""A list is written once, in batches that another worker can take over, or not at all."""

import pytest
from django.db import IntegrityError, transaction

from letters import jobs, tasks
from letters.lifecycle import NotNow
from letters.lists import importing
from letters.models import Arrival, ArrivalState, Confirmation, Domain, Job, Link, Officer, Society, database_now
from letters.submit import actions as submit
from tests import factories
from tests.letters.coordinate.test_import_views import thousand

pytestmark = pytest.mark.django_db


def arrived(letter, text: str, **more) -> Arrival:
    return Arrival.objects.create(
        letter=letter, by=factories.alice(), name="list.csv", content=text.encode(), created_at=database_now(), **more
    )


def begun(arrival: Arrival) -> Arrival:
    return importing.begin(by=factories.alice(), arrival=arrival, now=database_now())


@pytest.mark.slow
def test_a_worker_that_takes_over_writes_only_what_is_not_on_the_list_yet():
    letter = factories.reviewed()
    factories.listed(letter, thousand(100))
    arrival = begun(arrived(letter, thousand(400)))
    assert (arrival.state, arrival.total) == (ArrivalState.WRITING, 300)
    factories.listed(letter, thousand(250))  # what a worker wrote before it died
    factories.work()
    arrival.refresh_from_db()
    assert (arrival.state, arrival.done, letter.invitations.count()) == (ArrivalState.WRITTEN, 300, 400)


def test_work_that_is_done_twice_writes_once():
    letter = factories.reviewed()
    arrival = begun(arrived(letter, thousand(300)))
    job = Job.objects.get(kind="import")
    importing.write_arrival(job)
    importing.write_arrival(job)
    assert letter.invitations.count() == 300
    assert letter.events.filter(kind="listed").count() == 1
    assert Arrival.objects.get(pk=arrival.pk).done == 300


def test_a_letter_that_closes_meanwhile_opens_the_list_again_and_says_why():
    letter = factories.reviewed()
    arrival = begun(arrived(letter, thousand(300)))
    submit.abandon(by=factories.alice(), letter=letter, now=database_now())
    factories.work()
    arrival.refresh_from_db()
    assert (arrival.state, "no society can be added" in arrival.error) == (ArrivalState.OPEN, True)
    assert not Link.objects.exists()


def test_two_lists_are_not_imported_at_the_same_time():
    letter = factories.reviewed()
    begun(arrived(letter, thousand(300)))
    other = arrived(letter, factories.SOCIETIES)
    with pytest.raises(NotNow, match="Another list is being imported"):
        begun(other)
    with pytest.raises(IntegrityError), transaction.atomic():
        Arrival.objects.filter(pk=other.pk).update(state=ArrivalState.WRITING)


def test_a_list_that_failed_can_be_imported_again():
    letter = factories.reviewed()
    arrival = begun(arrived(letter, thousand(300)))
    job = Job.objects.get(kind="import")
    claimed = jobs.claim(job.pk, now=database_now())
    jobs.give_up(claimed, "The disk is full.", lost=tasks.LOST)
    arrival.refresh_from_db()
    assert (arrival.state, arrival.error) == (ArrivalState.OPEN, "The disk is full.")
    begun(arrival)
    factories.work()
    assert letter.invitations.count() == 300


def test_lists_of_two_weeks_ago_are_swept_away_unless_they_are_being_written():
    letter = factories.reviewed()
    old = database_now() - importing.KEPT
    kept = arrived(letter, factories.SOCIETIES)
    for state in (ArrivalState.OPEN, ArrivalState.WRITTEN, ArrivalState.WRITING):
        Arrival.objects.filter(pk=arrived(letter, "x", state=state).pk).update(created_at=old)
    importing.sweep_arrivals(database_now())
    assert set(Arrival.objects.values_list("state", flat=True)) == {"open", "writing"}
    assert Arrival.objects.filter(pk=kept.pk).exists()


def test_writing_takes_as_many_queries_for_300_rows_as_for_3(django_assert_max_num_queries):
    letter = factories.reviewed()
    with django_assert_max_num_queries(41):
        factories.listed(letter, thousand(300))


def test_rows_of_one_society_with_and_without_its_country_are_one_society():
    letter = factories.reviewed()
    head = "society,contact_name,office,email,country,domain\n"
    factories.listed(letter, head + "S,A,President,a@s.org,,s.org\nS,B,Chair,b@s.org,US,mail.s.org\n")
    society = Society.objects.get()
    assert (society.country, society.officers.count()) == ("US", 2)
    assert set(Domain.objects.values_list("name", flat=True)) == {"s.org", "mail.s.org"}
    assert Confirmation.objects.filter(way="domain").count() == 2


def test_a_known_seat_is_brought_up_to_date():
    letter = factories.reviewed()
    factories.listed(letter)
    other = factories.reviewed()
    factories.listed(other, factories.SOCIETIES.replace("Bob Barker,MD,President", "Robert Barker,MD,Past President"))
    seat = Officer.objects.get(user__email="bob@north.example")
    assert (seat.office, seat.printed_name, Officer.objects.count()) == ("Past President", "Robert Barker, MD", 4)
