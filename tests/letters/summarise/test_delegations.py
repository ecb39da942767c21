"""Delegations that came in outside: recorded with what they rest on, never over an officer's own word."""

import datetime

import pytest

from letters.behind import behind, standing
from letters.lifecycle import NotNow
from letters.models import Delegation, Event, database_now
from letters.summarise import delegations
from tests import factories
from tests.letters.summarise import stage

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 3, 2)


@pytest.fixture
def summary():
    return stage.published(stage.letter())


def record(letter, name, to="carol", **changes):
    values = {"basis": "Minutes of the board, item 4", "basis_on": DAY, "now": database_now()} | changes
    society, lead = (factories.link_of(letter, one).invitation for one in (name, to))
    return delegations.record(by=factories.alice(), letter=letter, society=society, to=lead, **values)


def test_a_recorded_delegation_counts_and_the_record_names_its_basis_in_private(summary):
    record(summary.letter, "bob", checked="passkey")
    stage.approve(summary, "carol")
    assert [(row.how.value, row.delegation and row.delegation.basis) for row in behind(summary.current)] == [
        ("approved", None),
        ("delegated", "Minutes of the board, item 4"),
    ]
    event = Event.objects.get(kind="delegation recorded")
    assert event.data == {"checked": "passkey"}
    assert event.details == {
        "person": "alice@desk.example", "society": "Northern Society of Counting", "to": "Société du Sud",
        "basis": "Minutes of the board, item 4", "basis_on": "2026-03-02",
    }  # fmt: skip


def test_a_later_record_takes_the_place_of_the_one_before(summary):
    first = record(summary.letter, "bob")
    second = record(summary.letter, "bob", to="sato")
    assert list(Delegation.objects.filter(ended_at=None)) == [second]
    assert Delegation.objects.get(pk=first.pk).ended_at is not None


def test_what_an_officer_said_here_is_not_recorded_over(summary):
    stage.leave(summary, "bob")
    with pytest.raises(NotNow, match="only its officers change that"):
        record(summary.letter, "bob", to="sato")
    with pytest.raises(NotNow, match="only the society’s officers take it back"):
        delegations.end(by=factories.alice(), delegation=Delegation.objects.get(), now=database_now())


def test_an_officers_refusal_stands_beside_a_recorded_delegation(summary):
    stage.approve(summary, "carol")
    stage.refuse(summary, "bob")
    record(summary.letter, "bob")
    assert (standing(summary.current).refused, standing(summary.current).delegated) == (1, 0)


@pytest.mark.parametrize(
    ("name", "to", "changes", "sentence"),
    [
        ("bob", "bob", {}, "cannot leave it to itself"),
        ("sato", "carol", {}, "日本計数学会 has not signed the letter"),
        ("bob", "sato", {}, "日本計数学会 has not signed the letter"),
        ("bob", "carol", {"basis_on": datetime.date(2999, 1, 1)}, "The decision lies ahead"),
    ],
)
def test_a_delegation_that_cannot_be_is_refused_in_a_sentence(name, to, changes, sentence):
    letter = stage.letter("bob", "carol")
    with pytest.raises(NotNow, match=sentence):
        record(letter, name, to, **changes)
    assert Delegation.objects.count() == 0


def test_an_ended_delegation_no_longer_counts_and_ends_once(summary):
    made = record(summary.letter, "bob")
    stage.approve(summary, "carol")
    delegations.end(by=factories.alice(), delegation=made, now=database_now())
    assert (standing(summary.current).behind, standing(summary.current).silent) == (1, 2)
    with pytest.raises(NotNow, match="ended already"):
        delegations.end(by=factories.alice(), delegation=made, now=database_now())
