"""Which rows of the grid are shown: named views, state, search, order, pages."""

import datetime

import pytest

from letters.desk.grid import lines
from letters.desk.showing import NAMED, PAGE, SORTS, Wish, show
from letters.models import Confirmation, Mail, MailState, database_now
from letters.presence.codes import check_code, send_code
from letters.sign import responses
from tests import factories

pytestmark = pytest.mark.django_db


def names(letter, **wish):
    return [line.invitation.society.short_name for line in show(lines(letter, database_now()), Wish(**wish)).matching]


@pytest.fixture
def letter():
    return factories.signing_open()


def test_each_state_is_in_its_view_and_in_no_other(letter):
    assert names(letter, view="not_opened") == names(letter, view="silent") == ["NSC", "SDS", "JSC"]
    factories.signed(letter, "bob")
    factories.second_version(letter)
    responses.respond(by=factories.link_of(letter, "carol"), answer=responses.Answer("if_changed", wanted="Toes."))
    day = datetime.date(2100, 2, 28)
    responses.respond(by=factories.link_of(letter, "sato"), answer=responses.Answer("board", board_on=day))
    letter = factories.fresh(letter)
    found = {named.key: names(letter, view=named.key) for named in NAMED}
    Confirmation.objects.all().delete()
    assert found == {
        "all": ["NSC", "SDS", "JSC"], "not_opened": [], "silent": [], "board": ["JSC"], "change": ["SDS"],
        "earlier": ["NSC"], "bounced": [], "follow_up": [], "board_met": [], "partly": [], "draft": [],
        "unconfirmed": ["NSC", "SDS", "JSC"],
    }  # fmt: skip


@pytest.mark.parametrize("state", [MailState.FAILED, MailState.UNKNOWN])
def test_bounced_holds_societies_whose_mail_did_not_surely_arrive(letter, state):
    Mail.objects.filter(link=factories.link_of(letter, "erin")).update(state=state)
    assert names(letter, view="bounced") == ["NSC"]
    Mail.objects.update(state=MailState.SENT)
    assert names(letter, view="bounced") == []


def test_a_code_that_was_lost_is_not_a_bounced_address(letter):
    link = factories.link_of(letter, "carol")
    send_code(link, now=database_now())
    Mail.objects.filter(kind="code").update(state=MailState.FAILED)
    assert names(letter, view="bounced") == []


def test_not_opened_ends_with_a_code_that_was_entered_not_with_one_that_was_asked_for(letter):
    link = factories.link_of(letter, "carol")
    code = send_code(link, now=database_now())
    assert names(letter, view="not_opened") == ["NSC", "SDS", "JSC"]
    check_code(link, code.digits)
    assert names(letter, view="not_opened") == ["NSC", "JSC"]
    assert names(letter, state="opened") == ["SDS"]


def test_search_ignores_accents_and_capitals_and_looks_at_officers(letter):
    assert names(letter, q="SOCIETE du sud") == ["SDS"]
    assert names(letter, q="creac") == ["SDS"]
    assert names(letter, q="erin northern") == ["NSC"]
    assert names(letter, q="erin sud") == []


def test_every_order_holds_every_row(letter):
    factories.signed(letter, "carol")
    assert {sort: sorted(names(letter, sort=sort)) for sort in SORTS} == {sort: ["JSC", "NSC", "SDS"] for sort in SORTS}
    assert names(letter, sort="newest")[0] == names(letter, sort="oldest")[-1] == "SDS"
    assert names(letter, sort="step")[-1] == "SDS"


@pytest.mark.parametrize("page", ["0", "-1", "9" * 5000, "two", "²", ""])
def test_a_page_that_is_none_is_the_first(page):
    assert Wish.of({"page": page}) == Wish()


def test_what_an_address_does_not_know_is_left_out():
    assert Wish.of({"view": "x", "state": "y", "sort": "z", "choose": "some"}) == Wish()


def test_a_wish_is_read_back_from_its_own_query():
    wish = Wish(view="board", state="board", q="a&b=c ü", sort="name", page=3, choose=True)
    assert Wish.from_query(wish.query(page=3, choose=True)) == wish
    assert Wish.from_query(wish.query()) == Wish(view="board", state="board", q="a&b=c ü", sort="name")
    assert Wish().query() == ""


def test_pages_hold_every_row_once_and_past_the_end_comes_the_last():
    rows = [f"Society {n:03},S{n},GB,Officer {n},,President,o{n}@s{n}.example,signer" for n in range(PAGE + 3)]
    letter = factories.signing_open("\n".join([factories.SOCIETIES.splitlines()[0], *rows]))
    grid = lines(letter, database_now())
    pages = [show(grid, Wish(page=page)) for page in (1, 2, 9)]
    assert [len(shown.rows) for shown in pages] == [PAGE, 3, 3]
    assert pages[1].rows == pages[2].rows
    assert [line.invitation.pk for shown in pages[:2] for line in shown.rows] == [line.invitation.pk for line in grid]
