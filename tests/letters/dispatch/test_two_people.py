"""Two coordinators prepare one submission: the second is told who changed what and when, and loses nothing."""

import pytest
from django.test import Client

from letters.dispatch import actions
from letters.models import database_now
from letters.templatetags.letter_tags import event_text
from tests import factories
from tests.conftest import by_key, signed_in
from tests.letters.dispatch import stage
from tests.letters.dispatch.asking import page, persons
from tests.pages import forms_of, words

pytestmark = pytest.mark.django_db
CHANGED = "Alice Archer changed this while you were writing"


@pytest.fixture
def letter(desk):
    return stage.sealed()


@pytest.fixture
def his(letter) -> Client:
    """A browser in which Paul, the other coordinator, is signed in."""
    user = factories.joined(letter, "paul").user
    return by_key(signed_in(Client(), user), user)


def shown(browser: Client, row, what: str, answer=None) -> dict[str, str]:
    """What the form of this step would send, untouched; of the page, or of an answer."""
    html = (answer or browser.get(page(row))).content.decode()
    has = {"words": "subject", "people": "submitter_name", "despite": "despite", "ask-in-letter": "seen"}[what]
    return next(form for form in forms_of(html) if has in form and (has != "seen" or set(form) <= {"seen", "asks"}))


def test_the_covering_letter_changed_in_between_shows_both_and_keeps_what_was_typed(desk, his, letter):
    row = stage.prepared(letter)
    hers, older = shown(desk, row, "words"), shown(his, row, "words")
    assert (
        desk.post(page(row, "/words"), hers | {"words": "Dear Ed,\n\n{title}", "cc": "a@b.example"}).status_code == 302
    )
    answer = his.post(page(row, "/words"), older | {"words": "Dear Professor,\n\n{title}"})
    assert (answer.status_code, CHANGED in words(answer)) == (409, True)
    assert "Copies to a@b.example not touched" in words(answer)
    assert "Dear Ed, {title} Dear Professor, {title}" in words(answer)
    assert stage.fresh(row).covering_letter == "Dear Ed,\n\n{title}"
    again = shown(his, row, "words", answer)
    assert (again["words"], again["cc"]) == ("Dear Professor,\n\n{title}", "a@b.example")
    assert his.post(page(row, "/words"), again).status_code == 302
    now = stage.fresh(row)
    assert (now.covering_letter, now.cc) == ("Dear Professor,\n\n{title}", ["a@b.example"])


def test_another_step_changed_in_between_is_no_clash(desk, his, letter):
    row = stage.prepared(letter)
    older = shown(his, row, "words")
    desk.post(page(row, "/people"), shown(desk, row, "people") | {"submitter_name": "Bea Best"})
    assert his.post(page(row, "/words"), older | {"subject": "Another subject"}).status_code == 302
    assert (stage.fresh(row).subject, stage.fresh(row).submitter_name) == ("Another subject", "Bea Best")


def test_people_changed_in_between_are_shown_with_the_named_persons(desk, his, letter):
    row = stage.prepared(letter)
    hers, older = shown(desk, row, "people"), shown(his, row, "people")
    bob = factories.link_of(letter, "bob").invitation_id
    nobody = {"person-0-email": ""}
    desk.post(page(row, "/people"), hers | persons("Best") | nobody | {f"society-{bob}": "endorser"})
    answer = his.post(page(row, "/people"), older | persons("Carr") | nobody | {"submitter_name": "Paul Page"})
    assert (answer.status_code, CHANGED in words(answer)) == (409, True)
    assert "Named persons Best, author Carr, author" in words(answer)
    assert "Northern Society of Counting Endorser not touched" in words(answer)
    again = shown(his, row, "people", answer)
    assert (again["person-0-family_name"], again["submitter_name"]) == ("Carr", "Paul Page")
    assert again[f"society-{bob}"] == "endorser"
    assert his.post(page(row, "/people"), again).status_code == 302
    assert str(row.contributors.first()) == "Carr"


def test_persons_named_in_between_stay_where_the_other_did_not_touch_them(desk, his, letter):
    row = stage.prepared(letter)
    hers, older = shown(desk, row, "people"), shown(his, row, "people")
    desk.post(page(row, "/people"), hers | persons("Best") | {"person-0-email": ""})
    answer = his.post(page(row, "/people"), older | {"submitter_name": "Paul Page"})
    assert (answer.status_code, "Named persons Best, author not touched" in words(answer)) == (409, True)
    assert his.post(page(row, "/people"), shown(his, row, "people", answer)).status_code == 302
    assert (str(row.contributors.first()), stage.fresh(row).submitter_name) == ("Best", "Paul Page")


def test_a_reason_given_in_between_is_not_overwritten(desk, his, letter):
    row = stage.prepared(letter, to=stage.journal(submitted="no"))
    hers, older = shown(desk, row, "despite"), shown(his, row, "despite")
    desk.post(page(row, "/despite"), hers | {"despite": "The editor agreed."})
    answer = his.post(page(row, "/despite"), older | {"despite": "We asked by telephone."})
    assert (answer.status_code, CHANGED in words(answer)) == (409, True)
    assert "The editor agreed. We asked by telephone." in words(answer)
    assert stage.fresh(row).despite == "The editor agreed."
    assert his.post(page(row, "/despite"), shown(his, row, "despite", answer)).status_code == 302
    assert stage.fresh(row).despite == "We asked by telephone."


def test_a_tick_set_in_between_is_not_taken_away_unseen(desk, his, letter):
    stage.prepared(letter, to=stage.journal("Other Journal", "o@j.example"))
    row = stage.prepared(letter)
    older = shown(his, row, "ask-in-letter")
    desk.post(page(row, "/ask-in-letter"), shown(desk, row, "ask-in-letter") | {"asks": "on"})
    answer = his.post(page(row, "/ask-in-letter"), older)
    assert (answer.status_code, stage.fresh(row).asks_permission) == (409, True)
    assert shown(his, row, "ask-in-letter", answer)["asks"] == "on"


def test_what_is_typed_while_another_lets_it_go_stands_on_the_page(desk, his, letter):
    row = stage.ready(letter)
    older = shown(his, row, "words")
    stage.asked(row, minutes=10)
    answer = his.post(page(row, "/words"), older | {"words": "Dear Professor,"})
    assert answer.status_code == 422
    assert "What you typed is not saved" in words(answer)
    assert "stop it first, then change it." in words(answer)
    assert "Dear Professor," in words(answer)


def test_the_record_says_who_changed_what_and_says_nothing_of_a_save_that_changed_nothing(desk, letter):
    row = stage.prepared(letter)
    desk.post(page(row, "/words"), shown(desk, row, "words"))
    desk.post(page(row, "/people"), shown(desk, row, "people"))
    assert not letter.events.filter(kind="submission changed").exists()
    actions.object_to(by=factories.alice(), submission=row, despite="We asked.", now=database_now())
    (event,) = letter.events.filter(kind="submission changed")
    said = "The word against preflight of the submission to Journal of Examples was changed by Alice Archer."
    assert event_text(event) == said
    assert event.data == {"submission": row.pk, "part": "despite"}
