"""The life of a letter: every legal step, every illegal one, and what a loser is told."""

import datetime

import pytest

from letters import lifecycle
from letters.lifecycle import NEXT, NotNow, Overtaken
from letters.models import Edition, Event, Letter, State, database_now
from letters.proof import chain
from letters.sign import responses
from tests import factories

pytestmark = pytest.mark.django_db


def test_next_names_every_state():
    assert set(NEXT) == set(State.values)


def test_nothing_goes_back_past_sealed():
    reachable, todo = set(), [State.SEALED.value]
    while todo:
        state = todo.pop()
        reachable.add(state)
        todo += [after for after in NEXT[state] if after not in reachable]
    assert reachable == {State.SEALED, State.DELIVERED, State.PUBLISHED}


@pytest.mark.parametrize("to", sorted(set(State.values) - {State.REVIEW, State.ABANDONED}))
def test_move_refuses_what_cannot_follow_a_draft(to):
    letter = factories.drafted()
    with pytest.raises(NotNow, match="cannot become"):
        lifecycle.move(letter, to, by=factories.alice(), now=database_now())
    assert factories.fresh(letter).state == State.DRAFT


def test_move_tells_the_loser_who_was_first():
    letter = factories.signing_open()
    factories.signed(letter, "bob")
    stale = Letter.objects.get(pk=letter.pk)
    lifecycle.close(letter, by=factories.alice())
    with pytest.raises(Overtaken, match=r"now “Closed” by Alice Archer") as caught:
        lifecycle.move(stale, State.REVIEW, by=factories.dan(), now=database_now())
    assert "look again" in str(caught.value)


def test_close_freezes_exactly_the_live_signatures_of_the_current_version():
    letter = factories.closed("carol", "bob")
    edition = Edition.objects.get(letter=letter)
    assert [record["society"] for record in edition.roster] == [
        "Northern Society of Counting",
        "Société du Sud",
    ]
    assert [record["position"] for record in edition.roster] == [1, 2]


def test_close_refuses_an_empty_roster():
    letter = factories.signing_open()
    with pytest.raises(NotNow, match="Nobody has signed version 1"):
        lifecycle.close(letter, by=factories.alice())
    assert factories.fresh(letter).state == State.SIGNING


def test_signatures_under_an_earlier_version_are_not_frozen():
    letter = factories.signing_open()
    factories.signed(letter, "bob")
    factories.second_version(letter)
    letter = factories.fresh(letter)
    factories.signed(letter, "carol")
    edition = lifecycle.close(letter, by=factories.alice())
    assert [record["society"] for record in edition.roster] == ["Société du Sud"]


def test_extend_reopens_a_closed_letter_and_sets_its_roster_aside():
    letter = factories.closed()
    later = database_now() + datetime.timedelta(days=30)
    lifecycle.extend(letter, by=factories.alice(), now=database_now(), deadline=later)
    letter = factories.fresh(letter)
    assert (letter.state, letter.deadline) == (State.SIGNING, later)
    assert Edition.objects.get(letter=letter).superseded_at is not None
    factories.signed(letter, "sato")
    assert lifecycle.close(letter, by=factories.alice()).number == 1


def test_extend_refuses_a_deadline_in_the_past():
    letter, now = factories.signing_open(), database_now()
    with pytest.raises(NotNow, match="must lie ahead"):
        lifecycle.extend(letter, by=factories.alice(), now=now, deadline=now)


def test_open_signing_needs_a_deadline_ahead():
    letter = factories.reviewed()
    Letter.objects.filter(pk=letter.pk).update(deadline=database_now())
    with pytest.raises(NotNow, match="Set a deadline"):
        lifecycle.open_signing(factories.fresh(letter), by=factories.alice(), now=database_now())


def test_the_events_of_a_letter_form_an_unbroken_chain():
    letter = factories.closed()
    records = [event.as_record() for event in Event.objects.filter(letter=letter).order_by("seq")]
    assert chain.check(records) == []
    assert (letter.events_count, letter.events_head) == (len(records), records[-1]["hash"])


def test_no_event_tells_who_declined_or_withdrew():
    letter = factories.signing_open()
    (signature,) = factories.signed(letter, "bob")
    factories.signing.withdraw(by=factories.link_of(letter, "bob"), signature=signature, reason="no")
    responses.decline(by=factories.link_of(letter, "carol"), reason="never")
    public = str([event.as_record() for event in letter.events.all()])
    assert not any(word in public for word in ("Northern", "Sud", "Bob", "Carol", "never", "@"))
