"""Signing in with a mailed code: the same answer for every address, where one was going, wrong codes, limits."""

import re

import pytest
from django.test import Client, override_settings

from letters.models import Mail
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_limits")]
ADDRESS = "alice@desk.example"


def ask(client: Client, address: str = ADDRESS, following: str = ""):
    return client.post("/signin", {"email": address, "next": following})


def code() -> str:
    """The digits of the newest mail, before it is sent and forgets them."""
    return re.findall(r"^ {4}(\d{6})$", Mail.objects.filter(kind="sign_in").first().text, re.MULTILINE)[0]


def test_a_known_and_an_unknown_address_get_the_same_answer():
    factories.alice()
    pages = []
    for address in (ADDRESS, "nobody@else.example"):
        client = Client()
        answer = ask(client, address)
        page = client.get(answer["Location"]).content.decode().replace(address, "")
        pages.append((answer.status_code, answer["Location"], re.sub(r'value="[\w]{64}"', "", page)))
        wrong = client.post("/signin/code", {"code": "1"})
        pages[-1] += (wrong.status_code, len(wrong.content) - len(address))
    assert pages[0] == pages[1]
    assert [mail.to_email for mail in Mail.objects.all()] == [ADDRESS]


def test_sign_in_leads_to_where_one_was_going(client):
    factories.alice()
    assert ask(client, following="/manage/x")["Location"] == "/signin/code?next=%2Fmanage%2Fx"
    assert 'name="next" value="/manage/x"' in client.get("/signin/code?next=/manage/x").content.decode()
    answer = client.post("/signin/code", {"code": code(), "next": "/manage/x"})
    assert (answer.status_code, answer["Location"]) == (302, "/manage/x")


def test_a_visit_while_a_code_is_on_its_way_keeps_where_it_goes(client):
    factories.alice()
    ask(client)
    assert client.get("/signin?next=/r/a-letter")["Location"] == "/signin/code?next=/r/a-letter"
    assert client.get("/signin?next=https://evil.example/")["Location"] == "/signin/code"


def test_a_wrong_code_is_422_and_says_what_to_do_and_three_send_back(client):
    factories.alice()
    ask(client, following="/manage/x")
    right = code()
    wrong = {"code": "000000" if right != "000000" else "1", "next": "/manage/x"}
    for _ in range(2):
        answer = client.post("/signin/code", wrong)
        assert answer.status_code == 422
        assert "That is not the code in the newest message." in answer.content.decode()
    last = client.post("/signin/code", wrong)
    assert (last.status_code, last["Location"]) == (302, "/signin?next=/manage/x")
    assert "tried too often" in client.get(last["Location"]).content.decode()
    assert client.post("/signin/code", {"code": right})["Location"] == "/signin"
    assert "_auth_user_id" not in client.session


def test_an_address_that_is_none_is_422(client):
    assert client.post("/signin", {"email": "nobody"}).status_code == 422


def test_codes_from_one_client_address_are_limited_whatever_it_says_of_itself():
    first = [Client().post("/signin", {"email": f"p{n}@else.example"}, headers={"x-forwarded-for": f"203.0.113.{n}"})
             for n in range(25)]  # fmt: skip
    assert [answer.status_code for answer in first] == [302] * 20 + [422] * 5
    assert "That was tried too often. Wait a minute" in first[-1].content.decode()


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_behind_one_proxy_only_what_the_proxy_says_counts():
    statuses = []
    for number in range(22):
        said = {"x-forwarded-for": f"203.0.113.{number}, 198.51.100.7"}
        statuses.append(Client().post("/signin", {"email": f"p{number}@else.example"}, headers=said).status_code)
    assert statuses == [302] * 20 + [422] * 2
    other = Client().post("/signin", {"email": "q@else.example"}, headers={"x-forwarded-for": "198.51.100.8"})
    assert other.status_code == 302


def test_one_address_gets_a_limited_number_of_codes_from_everywhere():
    factories.alice()
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1):
        for number in range(30):
            Client().post("/signin", {"email": ADDRESS}, headers={"x-forwarded-for": f"198.51.100.{number}"})
    assert Mail.objects.filter(kind="sign_in").count() == 3
