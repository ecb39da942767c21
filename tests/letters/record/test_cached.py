"""Readers without a session may keep the public pages; each change of what is shown changes the mark at once."""

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from letters.models import (
    Journal,
    Letter,
    database_now,
)
from letters.record import cached
from letters.submit import actions as submit
from tests import factories
from tests.conftest import signed_in
from tests.letters.record import stage

pytestmark = pytest.mark.django_db
PUBLIC = "public, max-age=5, stale-while-revalidate=25"
DATA = ("/feed.atom", "/signatories.json", "/signatories.csv", "/citation.bib", "/citation.ris", "/badge", "/badge.svg")


@pytest.fixture
def letter():
    return stage.founding(stage.many(factories.SOCIETIES, v2=factories.LATER))


def pages(letter: Letter) -> list[str]:
    return [f"/l/{letter.slug}{address}" for address in ("", *DATA)]


@pytest.fixture
def at_once(monkeypatch):
    """The mark is looked up with every request."""
    monkeypatch.setattr(cached, "SECONDS", -1.0)


def test_a_stranger_may_keep_the_pages_and_gets_no_cookie(letter):
    for address in pages(letter):
        for _ in range(2):  # made, then from memory
            answer = Client().get(address, headers={"accept-encoding": "gzip"})
            assert answer.status_code == 200
            assert answer["Cache-Control"] == PUBLIC
            assert answer["ETag"].startswith('W/"')
            assert answer["Last-Modified"].endswith("GMT")
            assert {"Cookie"} <= {word.strip() for word in answer["Vary"].split(",")}
            assert not answer.cookies
            assert b"csrf" not in answer.content.lower()


def test_what_comes_from_memory_is_what_was_made(letter):
    for address in pages(letter):
        plain, again = Client().get(address), Client().get(address)
        packed = Client().get(address, headers={"accept-encoding": "gzip"})
        assert plain.content == again.content
        other = ("Vary", "Last-Modified")  # the date waits until its second is over
        assert {name: value for name, value in plain.items() if name not in other} == {
            name: value for name, value in again.items() if name not in other
        }
        if "Content-Encoding" in packed:
            assert cached.gzip.decompress(packed.content) == plain.content
            assert "Accept-Encoding" in packed["Vary"]


def test_who_holds_the_page_gets_a_304_without_a_query(letter):
    for address in pages(letter):
        first = Client().get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = Client().get(address, headers={"if-none-match": first["ETag"]})
        assert (answer.status_code, answer.content, len(asked)) == (304, b"", 0)
        named = ("ETag", "Cache-Control", "Last-Modified")
        assert {name: answer[name] for name in named} == {name: first[name] for name in named}
        assert "Cookie" in answer["Vary"]
        listed = Client().get(address, headers={"if-none-match": f'"other", {first["ETag"]}'})
        assert listed.status_code == 304
        assert Client().head(address, headers={"if-none-match": first["ETag"]}).status_code == 304


def test_a_304_asks_the_database_once_when_the_mark_is_old(letter, at_once):
    address = f"/l/{letter.slug}"
    first = Client().get(address)
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert len(asked) == 1


def test_a_reader_with_another_mark_is_never_answered_from_an_old_memory(letter):
    """Another process may have made a newer page: whoever holds it does not get this one's older page."""
    address = f"/l/{letter.slug}"
    old = Client().get(address)
    Journal.objects.filter(name="The Exemplary Journal").update(name="The Renamed Journal")
    assert Client().get(address).content == old.content  # within the second
    newer = Client().get(address, headers={"if-none-match": '"that-of-another-process"'})
    assert b"The Renamed Journal" in newer.content
    assert newer["ETag"] != old["ETag"]


def test_words_that_count_campaigns_share_the_page_and_a_search_does_not(letter):
    address = f"/l/{letter.slug}"
    mark = Client().get(address)["ETag"]
    assert Client().get(f"{address}?utm_source=x", headers={"if-none-match": mark}).status_code == 304
    found = Client().get(f"{address}?q=sud", headers={"if-none-match": mark})
    assert (found.status_code, found["Cache-Control"]) == (200, "private")
    assert b"1 of 3 shown" in found.content
    assert b"1 of 3 shown" not in Client().get(address).content


@pytest.mark.parametrize("who", ["signed in", "by link", "with a message"])
def test_who_is_known_is_never_answered_publicly(letter, who):
    browser = Client()
    mark = browser.get(f"/l/{letter.slug}")["ETag"]
    if who == "signed in":
        signed_in(browser, factories.alice())
    elif who == "by link":
        browser.get(f"/i/{factories.link_of(letter, 'bob').token}")
    else:
        browser.cookies["messages"] = "x"
    for address in [*pages(letter), f"/l/{letter.slug}/letter.pdf", "/", "/feed.atom"]:
        answer = browser.get(address, headers={"if-none-match": mark})
        assert answer.status_code == 200
        assert "public" not in answer["Cache-Control"]
        assert "private" in answer["Cache-Control"]
    if who == "signed in":
        assert b"Sign out" in browser.get(f"/l/{letter.slug}").content
        assert b"Sign out" not in Client().get(f"/l/{letter.slug}").content


def test_before_the_release_every_address_is_dark_and_kept_by_nobody():
    letter = factories.closed()
    stage.mark_sealed(letter)
    nothing = Client().get("/l/no-such-letter")
    for address in [*pages(letter), f"/l/{letter.slug}/entry/1"]:
        answer = Client().get(address, headers={"if-none-match": "*"})
        assert (answer.status_code, answer["Cache-Control"]) == (404, nothing["Cache-Control"])
        assert "ETag" not in answer
    submit.release(by=factories.alice(), letter=factories.fresh(letter), now=database_now())
    assert [Client().get(address).status_code for address in pages(letter)] == [200] * 8


def test_files_are_kept_under_their_hash(letter):
    address = f"/l/{letter.slug}/letter.pdf"
    first = Client().get(address)
    sha256 = letter.editions.get().document.sha256
    assert (first["ETag"], first["Cache-Control"]) == (f'"{sha256}"', PUBLIC)
    assert Client().get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    evidence = Client().get(f"/l/{letter.slug}/evidence.zip")
    assert (
        Client().get(f"/l/{letter.slug}/evidence.zip", headers={"if-none-match": evidence["ETag"]}).status_code == 304
    )


def test_memory_does_not_grow_without_end(letter, monkeypatch):
    monkeypatch.setattr(cached, "MOST_PAGES", 3)
    for address in pages(letter):
        Client().get(address)
    assert len(cached._pages) == 3


def test_a_page_too_large_to_keep_is_made_anew_and_still_answers_304(letter, monkeypatch):
    monkeypatch.setattr(cached, "MOST_BYTES", 10)
    first, second = Client().get(f"/l/{letter.slug}"), Client().get(f"/l/{letter.slug}")
    assert first.content == second.content
    assert Client().get(f"/l/{letter.slug}", headers={"if-none-match": first["ETag"]}).status_code == 304


def test_stranger_is_who_carries_nothing_of_ours():
    request = HttpRequest()
    assert cached.stranger(request)
    request.COOKIES = {"csrf": "x", "_ga": "y"}
    assert cached.stranger(request)
    request.COOKIES = {"signon": "x"}
    assert not cached.stranger(request)
