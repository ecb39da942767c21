"""Calls, notes, follow-ups and own views: what they write, and what they never touch."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from letters.desk import actions
from letters.lifecycle import NotNow
from letters.models import Call, SavedView, database_now
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 3, 3)


def noted(letter, name="bob", **changes):
    invitation = factories.link_of(letter, name).invitation
    values = {"text": "Calls back.", "called": True, "follow_up_on": TODAY, "settles": False, "now": database_now()}
    return actions.note(by=factories.alice(), invitations=[invitation], **(values | changes))[0]


def test_a_note_is_kept_and_stays_out_of_the_chain_of_events():
    letter = factories.signing_open()
    before = (letter.events_count, letter.events_head)
    call = noted(letter)
    letter = factories.fresh(letter)
    assert (letter.events_count, letter.events_head) == before
    assert letter.events.count() == letter.events_count
    assert (call.note, call.called, call.follow_up_on, call.by) == ("Calls back.", True, TODAY, factories.alice())


def test_a_later_note_settles_what_was_to_follow_up_with_that_society_only():
    letter = factories.signing_open()
    first, other = noted(letter), noted(letter, "carol")
    noted(letter, follow_up_on=None, settles=True)
    assert list(Call.objects.open()) == [other]
    first.refresh_from_db()
    assert first.done_by == factories.alice()


def test_a_follow_up_is_done_once():
    letter = factories.signing_open()
    call = noted(letter)
    actions.done(by=factories.alice(), call=call, now=database_now())
    with pytest.raises(NotNow, match="done already"):
        actions.done(by=factories.dan(), call=call, now=database_now())
    call.refresh_from_db()
    assert call.done_by == factories.alice()


def test_a_note_without_a_day_cannot_be_done():
    call = noted(factories.signing_open(), follow_up_on=None)
    with pytest.raises(NotNow):
        actions.done(by=factories.alice(), call=call, now=database_now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(done_at=database_now(), done_by=factories.alice())


def test_the_database_refuses_an_empty_note():
    with pytest.raises(IntegrityError), transaction.atomic():
        noted(factories.signing_open(), text="")


def test_a_name_is_taken_once_per_person_and_letter():
    letter, alice, dan = factories.signing_open(), factories.alice(), factories.dan()
    actions.keep_view(by=alice, letter=letter, name="Mine", query="view=board")
    with pytest.raises(NotNow, match="called “Mine”"):
        actions.keep_view(by=alice, letter=letter, name="Mine", query="")
    actions.keep_view(by=dan, letter=letter, name="Mine", query="")
    assert SavedView.objects.count() == 2


def test_only_ones_own_view_is_taken_away():
    letter, alice, dan = factories.signing_open(), factories.alice(), factories.dan()
    view = actions.keep_view(by=alice, letter=letter, name="Mine", query="view=board")
    assert actions.drop_view(by=dan, letter=letter, pk=view.pk) == 0
    assert actions.drop_view(by=alice, letter=letter, pk=view.pk) == 1


def test_views_are_bounded():
    letter, alice = factories.signing_open(), factories.alice()
    for number in range(actions.MOST_VIEWS):
        actions.keep_view(by=alice, letter=letter, name=str(number), query="")
    with pytest.raises(NotNow, match="take one away"):
        actions.keep_view(by=alice, letter=letter, name="one more", query="")
