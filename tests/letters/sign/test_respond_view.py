"""The page on which a society answers otherwise: the code, each choice with its fields, and what the next page says."""

import re

import pytest
from django.test import Client

from letters.models import Code, Invitation, Link
from tests import factories

pytestmark = pytest.mark.django_db
FRIDA = {"response": "passed", "name": "Frida Frost", "office": "Secretary", "email": "frida@sud.example"}
GOOD = [
    {"response": "if_changed", "wanted": "Say “most”."},
    {"response": "board", "board_on": "2099-01-03"},
    {"response": "declined", "reason": "No."},
    {"response": "own", "statement_url": "https://sud.example/letter"},
    FRIDA,
]


@pytest.fixture
def carol(enter) -> tuple[Client, str, str]:
    """Carol's browser with a code asked for: the browser, the page, the digits."""
    letter = factories.signing_open()
    browser = enter(letter, "carol")
    browser.post(f"/r/{letter.slug}/start", {"act": "respond"})
    return browser, f"/r/{letter.slug}/respond", Code.objects.get().digits


def said() -> str:
    return Invitation.objects.get(society__short_name="SDS").response


def test_respond_shows_every_answer_with_change_chosen_first(carol):
    browser, page, _ = carol
    html = browser.get(page).content.decode()
    assert re.findall(r'name="response" value="(\w+)"', html) == ["if_changed", "board", "passed", "declined", "own"]
    assert re.findall(r'value="(\w+)"[^>]* checked', html) == ["if_changed"]
    assert "Save response" in html


@pytest.mark.parametrize("values", GOOD, ids=lambda values: values["response"])
def test_respond_needs_the_code_and_loses_nothing_without_it(carol, values):
    browser, page, code = carol
    refused = browser.post(page, {**values, "code": "1"})
    assert refused.status_code == 422
    html = refused.content.decode()
    assert re.findall(r'value="(\w+)"[^>]* checked', html) == [values["response"]]
    assert all(value in html for value in values.values())
    assert said() == ""
    assert browser.post(page, {**values, "code": code}).status_code == 302
    assert said() == values["response"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Choose one of the answers."),
        ({"response": "maybe"}, "Choose one of the answers."),
        ({"response": "if_changed", "wanted": "  "}, "Say what would have to change."),
        ({"response": "board"}, "Choose the day on which your board decides."),
        ({"response": "board", "board_on": "soon"}, "Write the day as 2026-12-31."),
        ({"response": "board", "board_on": "2020-01-01"}, "That day is past"),
        ({**FRIDA, "name": ""}, "Write your colleague’s name."),
        ({**FRIDA, "office": "Chair \U0001f600"}, "The fonts on paper have no"),
        ({**FRIDA, "email": "frida"}, "This is not an e-mail address; check it."),
        ({**FRIDA, "email": "carol@sud.example"}, "That is your own address"),
        ({"response": "own"}, "Give the address of your statement"),
        ({"response": "own", "statement_url": "javascript:alert(1)"}, "This is not a web address; copy it whole."),
    ],
)
def test_respond_refuses_in_one_sentence(carol, values, sentence):
    browser, page, code = carol
    answer = browser.post(page, {**values, "code": code})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert said() == ""
    assert Link.objects.filter(revoked_at__isnull=False).count() == 0


def test_respond_asks_for_no_second_code_when_only_the_day_was_wrong(carol):
    browser, page, code = carol
    html = browser.post(page, {"response": "board", "board_on": "2020-01-01", "code": code}).content.decode()
    assert "no code is needed" in html
    assert browser.post(page, {"response": "board", "board_on": "2099-01-01"}).status_code == 302
    assert said() == "board"


def test_respond_forgets_what_was_typed_for_another_answer(carol):
    browser, page, code = carol
    values = {"response": "declined", "reason": "No.", "email": "not an address", "board_on": "never", "code": code}
    assert browser.post(page, values).status_code == 302
    assert said() == "declined"


def test_respond_comes_back_with_what_was_said_before(carol):
    browser, page, code = carol
    browser.post(page, {"response": "board", "board_on": "2099-01-03", "code": code})
    html = browser.get(page).content.decode()
    assert re.findall(r'value="(\w+)"[^>]* checked', html) == ["board"]
    assert 'value="2099-01-03"' in html
    assert "So far: your society decides by its board on Sat 3 January 2099." in html


def test_the_letter_says_what_was_answered_and_when_it_is_too_late(carol):
    browser, page, code = carol
    done = browser.post(page, {"response": "board", "board_on": "2099-01-03", "code": code}, follow=True)
    html = done.content.decode()
    assert "Your answer is recorded." in html
    assert "decides by its board on Sat 3 January 2099" in html
    assert "nobody can sign then unless the deadline is extended" in html


def test_who_passed_on_reads_no_more_and_the_colleague_is_told_by_whom(carol, client):
    browser, page, code = carol
    token = factories.link_of(factories.Letter.objects.get(), "carol").token
    done = browser.post(page, {**FRIDA, "code": code}, follow=True)
    assert done.redirect_chain == [("/me", 302)]
    assert "Passed on to Frida Frost, Secretary" in done.content.decode()
    assert browser.get(page).status_code == 404
    old = Client().get(f"/i/{token}")
    assert old.status_code == 410
    assert "was passed on to a colleague" in old.content.decode()
    frida = Client()
    made = Link.objects.get(officer__user__email="frida@sud.example")
    html = frida.get(f"/i/{made.token}", follow=True).content.decode()
    assert "Carol Créac&#x27;h, MD, Présidente</bdi> passed this letter on to you" in html
    assert "Sign for SDS" in html


def test_after_the_close_the_page_says_so_and_asks_nothing(carol):
    browser, page, code = carol
    letter = factories.Letter.objects.get()
    factories.signed(letter, "bob")
    factories.lifecycle.close(factories.fresh(letter), by=factories.alice())
    seen = browser.get(page, follow=True)
    assert seen.redirect_chain == [(f"/r/{letter.slug}", 302)]
    assert "The letter was closed on" in seen.content.decode()
    late = browser.post(page, {"response": "declined", "code": code})
    assert (late.status_code, said()) == (409, "")
