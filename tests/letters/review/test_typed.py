"""The code at the foot of a mail, typed in place of the link."""

import pytest
from django.core import mail as outbox
from django.test import Client

from letters.models import Code, Link, Signature, database_now
from letters.models.link import TYPED
from tests import factories
from tests.conftest import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_limits")]


@pytest.mark.parametrize("change", [str, str.lower, lambda code: code.replace("-", " "), lambda code: f" {code} "])
def test_typed_code_opens_what_the_link_opens_and_nothing_more(client, change):
    letter = factories.signing_open()
    code = factories.link_of(letter, "bob").typed
    answer = client.post("/i", {"code": change(code)})
    assert answer["Location"] == f"/r/{letter.slug}"
    assert "Northern Society of Counting" in client.get(f"/r/{letter.slug}").content.decode()
    assert (Code.objects.count(), Signature.objects.count()) == (0, 0)
    assert "_auth_user_id" not in client.session


def test_typed_code_forgives_letters_that_look_like_digits(client):
    letter = factories.signing_open()
    link = factories.link_of(letter, "bob")
    while not set("01") <= set(link.typed):
        link.nonce = factories.Link._meta.get_field("nonce").get_default()
    link.save()
    assert client.post("/i", {"code": link.typed.replace("0", "o").replace("1", "l")}).status_code == 302


def test_typed_code_has_sixty_bits_and_is_not_in_the_database():
    letter = factories.signing_open()
    codes = [link.typed for link in Link.objects.filter(invitation__letter=letter)]
    assert len(set(codes)) == 4
    assert {len(code.replace("-", "")) for code in codes} == {12}
    assert set("".join(codes)) - {"-"} <= set(TYPED)
    assert len(set(TYPED)) == 32
    kept = str(list(Link.objects.values()))
    assert [code for code in codes if code in kept or code.replace("-", "") in kept] == []


def test_typed_code_stands_at_the_foot_of_the_invitation():
    letter = factories.signing_open()
    factories.work()
    link = factories.link_of(letter, "bob")
    (message,) = [mail for mail in outbox.outbox if "bob@" in mail.to[0]]
    assert f"type this code: {link.typed}" in message.body
    assert link.typed in message.alternatives[0].content


@pytest.mark.parametrize("code", ["", "0000-0000-0000", "123456", "x" * 50])
def test_typed_code_that_is_none_is_422(client, code):
    factories.signing_open()
    assert client.post("/i", {"code": code}).status_code == 422
    assert "links" not in client.session


def test_typed_code_of_a_revoked_link_or_of_somebody_else_opens_nothing(client):
    letter = factories.signing_open()
    link = factories.link_of(letter, "bob")
    signed_in(client, factories.link_of(letter, "carol").officer.user)
    assert client.post("/i", {"code": link.typed}).status_code == 403
    Link.objects.filter(pk=link.pk).update(revoked_at=database_now())
    assert Client().post("/i", {"code": link.typed}).status_code == 422


def test_typed_codes_are_limited_from_one_address():
    letter = factories.signing_open()
    statuses = [Client().post("/i", {"code": f"0000-0000-{n:04}"}).status_code for n in range(11)]
    assert statuses == [422] * 10 + [429]
    assert Client().post("/i", {"code": factories.link_of(letter, "bob").typed}).status_code == 429
    assert Client().get("/i").status_code == 200
