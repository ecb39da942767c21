"""Chasing by phone over HTTP: noting about one society and about many, and what is to follow up."""

import datetime

import pytest

from letters.desk.pages import today
from letters.models import Call, Society, database_now
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return factories.signing_open()


def page_of(letter, name="bob"):
    return f"/manage/{letter.slug}/societies/{factories.link_of(letter, name).invitation.society_id}/call"


def said(letter, days=0, **changes):
    day = today(letter, database_now()) + datetime.timedelta(days=days)
    return {"called": "call", "note": "Asks for a week.", "follow_up_on": day.isoformat(), **changes}


def pks(letter):
    return list(letter.invitations.order_by("position").values_list("pk", flat=True))


def test_call_due_today_needs_attention_until_done(desk, letter):
    answer = desk.post(page_of(letter), said(letter))
    assert (answer.status_code, answer["Location"]) == (302, f"/manage/{letter.slug}/societies")
    call = Call.objects.get()
    home = desk.get(f"/manage/{letter.slug}").content.decode()
    assert "follow up today: “Asks for a week.”" in home
    assert f"/manage/{letter.slug}/calls/{call.pk}/done" in home
    assert desk.post(f"/manage/{letter.slug}/calls/{call.pk}/done").status_code == 302
    home = desk.get(f"/manage/{letter.slug}").content.decode()
    assert "follow up today" not in home
    assert "Asks for a week." in home  # what happened


def test_call_due_later_waits_for_its_day(desk, letter):
    desk.post(page_of(letter), said(letter, days=1))
    assert "calls/" not in desk.get(f"/manage/{letter.slug}").content.decode()
    Call.objects.update(follow_up_on=today(letter, database_now()) - datetime.timedelta(days=2))
    assert "follow up, was due" in desk.get(f"/manage/{letter.slug}").content.decode()


def test_call_on_a_past_day_or_without_words_is_422_and_keeps_what_was_typed(desk, letter):
    answer = desk.post(page_of(letter), said(letter, days=-1))
    assert answer.status_code == 422
    assert "That day is past." in answer.content.decode()
    assert "Asks for a week." in answer.content.decode()
    answer = desk.post(page_of(letter), said(letter, note=" "))
    assert (answer.status_code, Call.objects.count()) == (422, 0)
    assert "Write what was said" in answer.content.decode()


def test_call_goes_back_to_the_societies_as_they_were_shown(desk, letter):
    answer = desk.post(page_of(letter) + "?view=silent&q=north", said(letter))
    assert answer["Location"] == f"/manage/{letter.slug}/societies?view=silent&q=north"


def test_call_lists_what_was_noted_before_and_offers_to_settle_it(desk, letter):
    assert "Nothing is noted yet." in desk.get(page_of(letter)).content.decode()
    desk.post(page_of(letter), said(letter))
    page = desk.get(page_of(letter)).content.decode()
    assert "Alice Archer called" in page
    assert 'name="settles"' in page
    desk.post(page_of(letter), said(letter, follow_up_on="", note="Signs tomorrow.", settles="on"))
    assert not Call.objects.open().exists()


def test_call_of_a_society_of_another_letter_is_404(desk, letter):
    other = Society.objects.create(official_name="Elsewhere")
    assert desk.get(f"/manage/{letter.slug}/societies/{other.pk}/call").status_code == 404


def test_done_twice_says_so(desk, letter):
    desk.post(page_of(letter), said(letter))
    address = f"/manage/{letter.slug}/calls/{Call.objects.get().pk}/done"
    desk.post(address)
    assert "is done already" in desk.post(address, follow=True).content.decode()


def test_done_of_another_letter_is_404(desk, letter):
    desk.post(page_of(letter), said(letter))
    other = factories.drafted()
    assert desk.post(f"/manage/{other.slug}/calls/{Call.objects.get().pk}/done").status_code == 404


def test_chosen_asks_for_the_words_and_notes_them_about_each(desk, letter):
    address, first = f"/manage/{letter.slug}/societies/chosen", pks(letter)[:2]
    asked = desk.post(address, {"to": first, "query": "view=silent"})
    assert asked.status_code == 200
    assert "One note about 2 societies" in asked.content.decode()
    assert Call.objects.count() == 0
    wrong = desk.post(address, {"to": first, "save": "1", "called": "note", "note": "", "query": "view=silent"})
    assert wrong.status_code == 422
    assert all(f'name="to" value="{pk}"' in wrong.content.decode() for pk in first)
    words = {"called": "note", "note": "Waits for its council.", "query": "view=silent"}
    done = desk.post(address, {"to": first, "save": "1", **words})
    assert done["Location"] == f"/manage/{letter.slug}/societies?view=silent"
    assert sorted(Call.objects.values_list("invitation", "called", "note")) == [
        (pk, False, "Waits for its council.") for pk in first
    ]


def test_chosen_without_a_choice_is_422_and_shows_the_same_rows(desk, letter):
    answer = desk.post(f"/manage/{letter.slug}/societies/chosen", {"query": "q=north"})
    assert answer.status_code == 422
    assert "Nothing is chosen." in answer.content.decode()
    assert "Société du Sud" not in answer.content.decode()


def test_chosen_takes_only_societies_of_this_letter(desk, letter):
    mine = factories.drafted()
    answer = desk.post(f"/manage/{mine.slug}/societies/chosen", {"to": [*pks(letter), "x", "9" * 30]})
    assert answer.status_code == 422


def test_chosen_can_be_downloaded(desk, letter):
    pk = pks(letter)[1]
    answer = desk.post(f"/manage/{letter.slug}/societies/chosen", {"kind": "xlsx", "to": [pk]})
    assert answer["Location"] == f"/manage/{letter.slug}/export/societies/xlsx?to={pk}"
    assert desk.get(answer["Location"]).content.startswith(b"PK")
