"""The public record of a letter that very many signed: pages of names, files sent in pieces, proofs of any size."""

import csv
import io
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from letters import replies
from letters.models import Letter, Society, database_now
from letters.proof.single import verify_single
from letters.record import data_views, roster
from letters.sign import actions as signing
from letters.submit import actions as submit
from tests import crowds, factories
from tests.letters.record import stage

pytestmark = pytest.mark.django_db


def released(number: int, label: str = "Counting") -> Letter:
    letter = crowds.closed_by(number, label).letter
    stage.mark_sealed(letter)
    submit.release(by=factories.alice(), letter=factories.fresh(letter), now=database_now())
    return factories.fresh(letter)


def shown(client: Client, letter: Letter, more: str = "") -> list[str]:
    """The names in the table of the page."""
    page = client.get(f"/l/{letter.slug}{more}").content.decode()
    return re.findall(r'<th scope="row".*?<bdi>([^<]+)</bdi>', page)


def said(client: Client, letter: Letter, more: str = "") -> str:
    page = client.get(f"/l/{letter.slug}{more}").content.decode()
    return re.search(r'role="status" data-everybody="\d+">([^<]*)<', page)[1].strip()


NAMES = ["Northern Society of Counting", *(f"Society {place} of Counting" for place in range(1, 8))]


@pytest.fixture
def letter(monkeypatch):
    monkeypatch.setattr(roster, "PER_PAGE", 3)
    return released(7)


def test_a_long_roster_is_shown_page_by_page(client, letter):
    pages = [shown(client, letter, more) for more in ("", "?page=2", "?page=3")]
    assert pages == [NAMES[:3], NAMES[3:6], NAMES[6:]]
    assert [said(client, letter, more) for more in ("", "?page=2", "?page=3")] == [
        "1 to 3 of 8 shown.", "4 to 6 of 8 shown.", "7 to 8 of 8 shown.",
    ]  # fmt: skip
    page = client.get(f"/l/{letter.slug}?page=2").content.decode()
    assert re.findall(r'<a href="(\?page=[^"]+)" rel="(\w+)"', page) == [
        ("?page=1#signatories", "prev"), ("?page=3#signatories", "next"),
    ]  # fmt: skip
    assert "Signed by 8 societies" in page


def test_a_page_that_is_not_there_is_the_nearest(client, letter):
    for more in ("?page=0", "?page=", "?page=-1", "?page=x", "?page=²"):
        assert shown(client, letter, more) == NAMES[:3]
    assert shown(client, letter, "?page=99") == NAMES[6:]


def test_what_is_sought_is_sought_in_all_pages_and_turned_over_too(client, letter):
    assert shown(client, letter, "?q=society+6") == ["Society 6 of Counting"]
    assert said(client, letter, "?q=society+6") == "1 of 8 shown."
    assert shown(client, letter, "?q=OFFICER&page=2") == NAMES[4:7]
    assert said(client, letter, "?q=OFFICER&page=2") == "4 to 6 of 7 found among 8 shown."
    page = client.get(f"/l/{letter.slug}?q=OFFICER&page=2").content.decode()
    assert 'href="?q=OFFICER&amp;page=3#signatories"' in page
    assert '<input type="hidden" name="q" value="OFFICER">' in page
    assert shown(client, letter, "?q=100%25") == []  # no sign stands for others
    assert shown(client, letter, "?q=_") == []


def test_a_short_roster_has_no_pages(client):
    page = client.get(f"/l/{stage.released('bob', 'carol').slug}").content.decode()
    assert "Pages of signatories" not in page
    assert "shown above" not in page


def test_the_proofs_offered_are_those_of_the_page_and_all_are_there(client, letter):
    page = client.get(f"/l/{letter.slug}?page=2").content.decode()
    receipts = re.findall(r'<option value="([^"]+)">', page)
    assert receipts == ["C-000003", "C-000004", "C-000005"]
    assert "shown above" in page


def test_programs_read_the_first_authors_and_the_citation_counts_all(client, letter):
    for more in ("", "?page=3", "?q=officer"):
        page = client.get(f"/l/{letter.slug}{more}").content.decode()
        linked = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
        assert [author["name"] for author in linked["author"]] == NAMES[:3]
        assert "Northern Society of Counting, Society 1 of Counting, Society 2 of Counting, and 5 more." in page
    assert client.get(f"/l/{letter.slug}/citation.ris").content.count(b"AU  - ") == 8


def test_the_citation_counts_no_society_that_took_its_support_back(client, letter):
    link = factories.link_of(letter, "bob")
    signing.note(by=link, signature=link.invitation.signatures.get(), words="We changed our mind.")
    page = client.get(f"/l/{letter.slug}").content.decode()
    assert "Society 1 of Counting, Society 2 of Counting, Society 3 of Counting, and 4 more." in page
    assert page.count("We changed our mind.") == 1  # beside the name, which still stands in this edition


@pytest.mark.parametrize("file", ["signatories.json", "signatories.csv"])
def test_a_long_file_is_sent_in_pieces_that_make_the_same_file(client, letter, monkeypatch, file):
    Society.objects.filter(short_name="S3").update(ror_id="https://ror.org/021k9xw90")
    factories.enrolled_anew(letter.editions.get(), interests="Two lines:\u2028one\ntwo")
    whole = client.get(f"/l/{letter.slug}/{file}")
    monkeypatch.setattr(data_views, "AT_ONCE", 7)
    monkeypatch.setattr(replies, "PIECE", 1_000)
    pieces = client.get(f"/l/{letter.slug}/{file}?again", headers={"cookie": "messages=x"})
    assert (whole.streaming, pieces.streaming) == (False, True)
    sent = list(pieces)
    assert (b"".join(sent), len(sent) > 1, max(map(len, sent)) < 2_000) == (whole.content, True, True)
    for name in ("Content-Type", "Content-Disposition", "Access-Control-Allow-Origin", "X-Content-Type-Options"):
        assert pieces.get(name) == whole.get(name)


def test_the_files_are_read_back_as_the_roster(client, letter):
    data = client.get(f"/l/{letter.slug}/signatories.json")
    assert json.dumps(data.json(), ensure_ascii=False, indent=1).encode() == data.content
    assert [row["society"] for row in data.json()["signatories"]] == NAMES
    table = client.get(f"/l/{letter.slug}/signatories.csv").content.decode("utf-8-sig")
    assert [line["society"] for line in csv.DictReader(io.StringIO(table))] == NAMES


def test_a_file_sent_in_pieces_has_a_mark_and_gives_a_304(letter, monkeypatch):
    monkeypatch.setattr(data_views, "AT_ONCE", 7)
    place = f"/l/{letter.slug}/signatories.json"
    first = Client().get(place)
    assert (first.streaming, first["ETag"][:3], "Last-Modified" in first.headers) == (True, 'W/"', True)
    again = Client().get(place, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert Client().get(place).getvalue() == first.getvalue()


def test_pages_and_files_ask_as_often_for_many_as_for_few(client, monkeypatch):
    monkeypatch.setattr(roster, "PER_PAGE", 20)
    monkeypatch.setattr(data_views, "AT_ONCE", 0)
    counted = []
    for number, label in ((25, "Counting"), (250, "Drawing")):
        letter = stage.with_evidence(released(number, label))
        asked = []
        for more in (
            "",
            "?page=2",
            "?q=of",
            "/signatories.json",
            "/citation.ris",
            f"/proof.json?receipt={label[0]}-000020",
        ):
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(f"/l/{letter.slug}{more}", headers={"cookie": "messages=x"})
                assert (answer.status_code, b"".join(answer) != b"") == (200, True)
            asked.append(len(queries))
        counted.append(asked)
    assert counted[0] == counted[1]


def test_the_page_of_a_long_roster_is_no_longer_than_that_of_one_page(client):
    long, short = (len(client.get(f"/l/{released(*many).slug}").content) for many in ((1_000,), (199, "Drawing")))
    assert 0 < long - short < 2_000


@pytest.mark.slow
def test_a_roster_of_thousands_gives_each_its_proof(client):
    letter = stage.with_evidence(released(2_500))
    for place in (1, 1_024, 2_048, 2_500):
        answer = client.get(f"/l/{letter.slug}/proof.json?receipt=C-{place:06}")
        verdict = verify_single(answer.content, root=letter.editions.get().root)
        assert (verdict.ok, dict(verdict.facts)["Place"]) == (True, f"{place + 1} of 2501")
    assert client.get(f"/l/{letter.slug}/proof.json?receipt=C-002501").status_code == 404
