"""How often the request that signs asks the database: what is counted are statements, not BEGIN, COMMIT, savepoints."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from letters.models import Code, Signature
from tests import factories
from tests.letters.sign.passkey import Passkey
from tests.letters.sign.test_views import fields

MOST = 14
PASSKEY = 15  # allauth reads the keys twice, and writes when the key was last used
CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


def statements(societies: int, *, again: bool = False) -> list[str]:
    """What one signing request with a code sends, for a letter with so many societies; `again` without a code."""
    rows = [f"Society {n},S{n},GB,Officer {n},,President,o{n}@s{n}.example,signer" for n in range(societies - 3)]
    letter = factories.signing_open("\n".join([factories.SOCIETIES.strip(), *rows]))
    factories.signed(letter, "carol", "sato")
    bob = Client()
    bob.get(f"/i/{factories.link_of(letter, 'bob').token}")
    bob.post(f"/r/{letter.slug}/start", {"act": "sign"})
    values = fields(
        letter, Code.objects.first().digits, society=factories.link_of(letter, "bob").invitation.society.short_name
    )
    if again:
        receipt = bob.post(f"/r/{letter.slug}/sign", values)["Location"]
        bob.post(f"{receipt}/withdraw", {"reason": ""})
    with CaptureQueriesContext(connection) as asked:
        answer = bob.post(f"/r/{letter.slug}/sign", values)
    assert "/receipt/" in answer["Location"]
    assert Signature.objects.live().count() == 3
    return [query["sql"] for query in asked if not query["sql"].startswith(CONTROL)]


@pytest.mark.parametrize("societies", [3, 300])
@pytest.mark.parametrize("again", [False, True], ids=["with-code", "minutes-later"])
@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_signing_takes_at_most_fourteen_statements(societies, again):
    sent = statements(societies, again=again)
    assert len(sent) <= MOST, "\n".join(sql[:160] for sql in sent)


def by_passkey(societies: int) -> list[str]:
    """What one signing request with a passkey sends, for a letter with so many societies."""
    rows = [f"Society {n},S{n},GB,Officer {n},,President,o{n}@s{n}.example,signer" for n in range(societies - 3)]
    letter = factories.signing_open("\n".join([factories.SOCIETIES.strip(), *rows]))
    factories.signed(letter, "carol", "sato")
    link = factories.link_of(letter, "bob")
    key, bob = Passkey(link.officer.user), Client()
    bob.get(f"/i/{link.token}")
    page = bob.post(f"/r/{letter.slug}/start", {"act": "sign"})["Location"]
    asked = bob.get(page).context["form"].asked
    posted = fields(letter, "", society=link.invitation.society.short_name)
    answer = key.answer(asked.challenge["publicKey"]["challenge"])
    with CaptureQueriesContext(connection) as sent:
        done = bob.post(page, posted | {"credential": answer})
    assert "/receipt/" in done["Location"]
    assert Signature.objects.get(officer=link.officer).authenticated == "passkey"
    return [query["sql"] for query in sent if not query["sql"].startswith(CONTROL)]


@pytest.mark.parametrize("societies", [3, 300])
@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_signing_by_passkey_takes_at_most_fifteen_statements(societies):
    sent = by_passkey(societies)
    assert len(sent) <= PASSKEY, "\n".join(sql[:160] for sql in sent)


@pytest.mark.postgres
@pytest.mark.parametrize("societies", [3, 300])
@pytest.mark.django_db(transaction=True)
def test_signing_by_passkey_on_postgresql_takes_fifteen_statements(societies):
    sent = by_passkey(societies)
    assert len(sent) == PASSKEY, "\n".join(sql[:160] for sql in sent)


@pytest.mark.postgres
@pytest.mark.parametrize("societies", [3, 300])
@pytest.mark.django_db(transaction=True)
def test_signing_on_postgresql_takes_fourteen_statements(societies):
    sent = statements(societies)
    assert len(sent) == MOST, "\n".join(sql[:160] for sql in sent)
