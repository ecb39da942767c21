"""Two people edit the same thing: the second is told who changed what, sees both values, and loses nothing typed."""

import re

import pytest
from django.test import Client

from letters.comment.forms import AnswerForm
from letters.models import Comment, Society, database_now
from tests import factories
from tests.conftest import by_key, signed_in
from tests.pages import form_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return factories.reviewed()


@pytest.fixture
def his(letter) -> Client:
    """A browser in which Paul, the other coordinator, is signed in."""
    user = factories.joined(letter, "paul").user
    return by_key(signed_in(Client(), user), user)


def test_terms_changed_in_between_are_shown_with_both_values_and_nothing_is_lost(desk, his, letter):
    address = f"/manage/{letter.slug}/terms"
    hers, older = form_of(desk.get(address).content.decode()), form_of(his.get(address).content.decode())
    assert desk.post(address, hers | {"addressee": "The Board", "embargo": "Until Friday"}).status_code == 302
    answer = his.post(address, older | {"addressee": "Dr Editor", "convener": "Council & Friends"})
    assert answer.status_code == 409
    said = words(answer)
    assert "Alice Archer changed this while you were writing" in said
    assert "To The Board Dr Editor Embargo Until Friday not touched" in said
    assert factories.fresh(letter).addressee == "The Board"
    again = form_of(answer.content.decode())
    typed = ("Dr Editor", "Council & Friends", "Until Friday")
    assert (again["addressee"], again["convener"], again["embargo"]) == typed
    assert his.post(address, again).status_code == 302
    now = factories.fresh(letter)
    assert (now.addressee, now.convener, now.embargo) == ("Dr Editor", "Council & Friends", "Until Friday")


def test_terms_that_nobody_else_touched_are_saved(desk, his, letter):
    address = f"/manage/{letter.slug}/terms"
    for number, browser in enumerate((desk, his, desk)):
        sent = form_of(browser.get(address).content.decode()) | {"addressee": f"Editor {number}"}
        assert browser.post(address, sent).status_code == 302
    assert factories.fresh(letter).addressee == "Editor 2"


def test_the_same_change_by_two_people_is_no_clash(desk, his, letter):
    address = f"/manage/{letter.slug}/terms"
    older = form_of(his.get(address).content.decode())
    desk.post(address, form_of(desk.get(address).content.decode()) | {"addressee": "The Board"})
    assert his.post(address, older | {"addressee": "The Board"}).status_code == 302


def test_a_form_with_a_mistake_still_meets_the_change_when_it_is_mended(desk, his, letter):
    address = f"/manage/{letter.slug}/terms"
    older = form_of(his.get(address).content.decode())
    desk.post(address, form_of(desk.get(address).content.decode()) | {"addressee": "The Board"})
    wrong = his.post(address, older | {"convener": ""})
    assert wrong.status_code == 422
    assert his.post(address, form_of(wrong.content.decode()) | {"convener": "Council"}).status_code == 409


def test_a_society_corrected_in_between(desk, his, letter):
    factories.listed(letter)
    row = Society.objects.get(short_name="NSC")
    address = f"/manage/{letter.slug}/societies/{row.pk}/edit"
    older = form_of(his.get(address).content.decode())
    desk.post(address, form_of(desk.get(address).content.decode()) | {"short_name": "NorSoc"})
    answer = his.post(address, older | {"short_name": "NSoC", "country": "IE"})
    assert answer.status_code == 409
    assert "Alice Archer changed this while you were writing" in words(answer)
    assert "Short name NorSoc NSoC" in words(answer)
    assert his.post(address, form_of(answer.content.decode())).status_code == 302
    row.refresh_from_db()
    assert (row.short_name, row.country) == ("NSoC", "IE")


def test_an_order_changed_in_between(desk, his, letter):
    factories.listed(letter)
    address = f"/manage/{letter.slug}/order"
    older = form_of(his.get(address).content.decode())
    first, second, _ = letter.invitations.order_by("position")
    hers = form_of(desk.get(address).content.decode())
    desk.post(address, hers | {f"place-{first.pk}": "9"})
    answer = his.post(address, older | {f"place-{second.pk}": "7"})
    assert answer.status_code == 409
    assert f"Place of {second.society} 1 7" in words(answer)
    assert 'value="7"' in answer.content.decode()
    second.refresh_from_db()
    assert second.position == 1


def test_an_answer_given_in_between(desk, his):
    letter = factories.signing_open()
    user = factories.joined(letter, "paul").user
    paul = by_key(signed_in(Client(), user), user)
    bob = factories.link_of(letter, "bob")
    remark = Comment.objects.create(
        version=letter.on_the_table, block="whole", place="the letter", invitation=bob.invitation, officer=bob.officer,
        author="Bob", text="Too long", written_at=database_now(), sent_at=database_now(), sent_by=bob.officer.user,
    )  # fmt: skip
    address = f"/manage/{letter.slug}/comments"
    seen = AnswerForm.of(remark).marks()
    assert seen.replace('"', "&quot;") in paul.get(address).content.decode()
    desk.post(f"{address}/{remark.pk}", {"disposition": "not", "why": "It must say this.", "seen": seen})
    mine = {"disposition": "accepted", "why": "We cut it.", "seen": seen}
    answer = paul.post(f"{address}/{remark.pk}", mine)
    assert answer.status_code == 409
    assert "Alice Archer changed this while you were writing" in words(answer)
    assert "Answer Not accepted Accepted Why It must say this. We cut it." in words(answer)
    remark.refresh_from_db()
    assert remark.answer == "It must say this."
    newer = re.search(r'name="seen" value="([^"]+)"', answer.content.decode())[1].replace("&quot;", '"')
    assert paul.post(f"{address}/{remark.pk}", mine | {"seen": newer}).status_code == 302
    remark.refresh_from_db()
    assert remark.answer == "We cut it."
