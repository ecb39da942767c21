"""How often the public pages ask the database: as often for many societies and entries as for few."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letters.models import database_now
from tests import factories
from tests.letters.record import stage

pytestmark = pytest.mark.django_db


def listed(number: int) -> str:
    lines = [
        f"Society {n} of Counting,S{n},GB,Officer {n},MD,President,o{n}@s{n}.example,signer" for n in range(number)
    ]
    return "\n".join([factories.SOCIETIES.splitlines()[0], *lines])


@pytest.mark.slow
def test_the_page_asks_as_often_for_300_societies_as_for_3(client):
    counted = [asked(client, stage.many(listed(number))) for number in (3, 300)]
    assert counted[0] == counted[1]


@pytest.mark.slow
def test_the_pages_ask_as_often_for_many_societies_and_entries(client):
    counted = []
    for societies, entries in ((3, 3), (30, 30)):
        letter = stage.founding(stage.many(listed(societies), v2=factories.LATER))
        for number in range(entries):
            entry = stage.came(letter, "reply", datetime.date(2025, 5, 1), f"Reply {number}")
            stage.answered(stage.claim(letter, 10 + number, "A point"), entry, "disputed")
            stage.sent(letter, stage.journal(f"Journal {number}"), database_now())
        counted.append(asked(client, letter))
    assert counted[0] == counted[1]
    assert max(counted[0]) <= 25


def asked(client, letter) -> list[int]:
    found = []
    for address in ("", "/signatories.json", "/feed.atom", "/citation.bib", "/badge"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/l/{letter.slug}{address}").status_code == 200
        found.append(len(queries))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(letter.invitations.first().society.get_absolute_url()).status_code == 200
    return [*found, len(queries)]
