"""The officer's pages of a summary: reading by link, deciding after a fresh check only, and what waits elsewhere."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from letters.models import Code, Delegation, SummaryApproval
from tests import factories
from tests.conftest import by_key, signed_in
from tests.letters.summarise import stage
from tests.letters.summarise.test_words import sent as went

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_limits")]


@pytest.fixture
def summary():
    return stage.published(stage.letter("bob", "carol"))


def at(summary, rest=""):
    return f"/r/{summary.letter.slug}/summaries/{summary.number}{rest}"


def words_of(answer):
    return " ".join(answer.content.decode().split())


def said(summary, word="approve", **changes):
    version = stage.version_of(summary)
    return {"content_hash": version.content_hash, "number": version.number, "word": word, "reason": ""} | changes


def decided(browser, summary, word="approve", **changes):
    """Ask for a code, type it, and say the word."""
    browser.post(at(summary, "/start"), {"word": word})
    return browser.post(
        at(summary, "/decide"), said(summary, word, code=Code.objects.first().digits, **changes), follow=True
    )


def test_read_shows_the_summary_beside_the_letter_and_no_anchor_twice(enter, summary):
    page = enter(summary.letter, "bob").get(at(summary)).content.decode()
    assert "We ask for a new count." in page
    assert "The authors counted to nine. Many societies count to ten." in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert f'href="/r/{summary.letter.slug}#ref-1"' in page
    assert "Approve for NSC" in page


def test_a_link_alone_never_approves(enter, summary):
    bob = enter(summary.letter, "bob")
    answer = bob.post(at(summary, "/decide"), said(summary))
    assert answer.status_code == 422
    assert answer.context["form"].errors["code"] == ["Type the 6-digit code from the e-mail."]
    answer = bob.post(at(summary, "/decide"), said(summary, code="000000"))
    assert (answer.status_code, SummaryApproval.objects.count()) == (422, 0)


def test_decide_with_the_code_approves_and_says_so(enter, summary):
    answer = decided(enter(summary.letter, "bob"), summary)
    assert "Northern Society of Counting approves version 1." in words_of(answer)
    assert "Change or take back" in words_of(answer)
    assert SummaryApproval.objects.get().content_hash == summary.current.content_hash


def test_a_first_word_after_it_went_to_a_journal_is_not_said_to_be_changeable(enter, summary):
    went(summary)
    bob = enter(summary.letter, "bob")
    assert "what you say now cannot be changed afterwards" in words_of(bob.get(at(summary, "/decide")))
    said_of_it = words_of(decided(bob, summary))
    assert "Northern Society of Counting approves version 1. It went to a journal before, so this stays." in said_of_it
    assert "You can change this" not in said_of_it


def test_start_leads_to_the_decision_with_the_word_chosen(enter, summary):
    bob = enter(summary.letter, "bob")
    assert bob.post(at(summary, "/start"), {"word": "approve"})["Location"] == at(summary, "/decide?word=approve")
    assert bob.post(at(summary, "/start"), {"word": "<x>"})["Location"] == at(summary, "/decide")
    assert Code.objects.count() == 2


def test_decide_leaves_it_to_the_lead_and_takes_that_back(enter, summary):
    bob = enter(summary.letter, "bob")
    answer = decided(bob, summary, "leave")
    assert "leaves the summaries of this letter to Société du Sud. You can take this back." in words_of(answer)
    answer = bob.post(at(summary, "/decide"), said(summary, "again"), follow=True)  # minutes later, without a code
    assert "decides about summaries itself again." in words_of(answer)
    assert [row.ended_at is not None for row in Delegation.objects.all()] == [True]


def test_decide_says_no_with_a_reason_and_takes_that_back(enter, summary):
    bob = enter(summary.letter, "bob")
    answer = decided(bob, summary, "refuse", reason="Too  short\r\n\r\nand too bold")
    assert "“Too short<br>and too bold”" in words_of(answer)
    answer = bob.post(at(summary, "/decide"), said(summary, "back"), follow=True)
    assert "What your society said of this version is taken back." in words_of(answer)
    assert SummaryApproval.objects.live().count() == 0


def test_decide_without_a_word_keeps_the_reason_typed(enter, summary):
    answer = enter(summary.letter, "bob").post(at(summary, "/decide"), said(summary, "", reason="Because"))
    assert answer.context["form"].errors["word"] == ["Choose what your society says."]
    assert ">Because</textarea>" in answer.content.decode().replace("\n", "")


def test_decide_about_words_that_were_replaced_records_nothing_and_shows_the_new_ones(enter, summary):
    bob, old = enter(summary.letter, "bob"), said(summary)
    bob.post(at(summary, "/start"), {"word": "approve"})
    stage.second_version(summary)
    answer = bob.post(at(summary, "/decide"), old | {"code": Code.objects.first().digits}, follow=True)
    assert "Version 2 is now up for approval. Nothing was recorded; read it first." in words_of(answer)
    assert "Changed since version 1" in words_of(answer)
    assert SummaryApproval.objects.count() == 0


def test_read_marks_what_changed_since_the_version_the_society_spoke_of(enter, summary):
    stage.approve(summary, "bob")
    stage.second_version(summary)
    stage.second_version(summary, stage.LATER.replace("nine", "eight"))
    page = words_of(enter(summary.letter, "bob").get(at(summary, "?changes=1")))
    assert "Changed since version 1" in page
    assert page.count("<ins") == 2


def test_the_lead_society_is_not_offered_to_leave_it_to_itself(enter, summary):
    assert "Leave it to" not in words_of(enter(summary.letter, "carol").get(at(summary, "/decide")))
    assert "Leave it to Société du Sud" in words_of(enter(summary.letter, "bob").get(at(summary, "/decide")))


def test_a_society_that_did_not_sign_reads_and_has_no_button(enter, summary):
    page = words_of(enter(summary.letter, "sato").get(at(summary)))
    assert "A summary is approved by the societies that signed the letter as it stands. Yours has not" in page
    assert "Approve for" not in page


def test_a_summary_that_is_not_published_is_not_found(enter):
    summary = stage.begun(stage.letter())
    bob = enter(summary.letter, "bob")
    assert [bob.get(at(summary, rest)).status_code for rest in ("", "/decide")] == [404, 404]


def test_strangers_get_a_404_and_nobody_the_sign_in_page(client, summary):
    assert client.get(at(summary))["Location"].startswith("/signin")
    signed_in(client, factories.dan())
    assert {client.get(at(summary, rest)).status_code for rest in ("", "/decide")} == {404}


def test_the_letter_and_my_letters_say_that_a_summary_waits_until_the_society_spoke(enter, summary):
    bob = enter(summary.letter, "bob")
    waits = "A summary waits for your society’s word:"
    assert waits in words_of(bob.get(f"/r/{summary.letter.slug}"))
    person = factories.link_of(summary.letter, "bob").officer.user
    mine = by_key(signed_in(Client(), person), person)
    assert waits in words_of(mine.get("/me"))
    stage.approve(summary, "bob")
    assert waits not in words_of(bob.get(f"/r/{summary.letter.slug}"))
    assert waits not in words_of(mine.get("/me"))


@pytest.mark.slow
def test_read_takes_as_many_queries_for_30_societies_as_for_3(client):
    counts = []
    for societies in (3, 30):
        letter = stage.many(stage.made_up(societies).replace(".example", f".n{societies}.example"))
        summary = stage.published(letter)
        stage.approve(summary, "o1")
        client.get(f"/i/{factories.link_of(letter, 'o2').token}")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(at(summary)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 14
