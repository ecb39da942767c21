"""Asking over HTTP: what is asked, and every way in which there is no answer ends as one sentence."""

import json
import socket

import pytest

from letters.lookup import crossref
from letters.lookup.crossref import Away, Unknown, ask
from tests.letters.lookup.register import RECORDED, register

DOI = "10.5555/example.1"


def test_a_paper_is_asked_for_by_its_escaped_doi_and_the_own_address():
    with register() as (url, answer):
        assert ask(DOI, url=url, mail="desk@society.example") == RECORDED
        assert ask("10.5555/example.1", url=url) == RECORDED
    assert answer.asked == ["/works/10.5555%2Fexample.1?mailto=desk%40society.example", "/works/10.5555%2Fexample.1"]


@pytest.mark.parametrize(
    ("status", "error", "sentence"),
    [
        (404, Unknown, "Crossref does not know 10.5555/example.1: compare it with the paper, or type"),
        (400, Unknown, r"Crossref refused to answer \(status 400\): type citation and dates by hand."),
        (302, Unknown, r"Crossref refused to answer \(status 302\)"),
        (429, Away, r"Crossref cannot answer now \(status 429\)."),
        (503, Away, r"Crossref cannot answer now \(status 503\)."),
    ],
)
def test_a_refusal_says_whether_asking_again_may_help(status, error, sentence):
    with register() as (url, answer):
        answer.status, answer.headers = status, {"Location": f"{url}/elsewhere"}
        with pytest.raises(error, match=sentence):
            ask(DOI, url=url)
    assert len(answer.asked) == 1


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"<html>", "cannot be read"),
        (b'{"message": []}', "cannot be read"),
        (b"[" * 100_000, "cannot be read"),
        (b"", "cannot be read"),
        (json.dumps({"message": RECORDED | {"DOI": "10.5555/other"}}).encode(), "answered about another paper"),
        (b" " * (crossref.MOST_BYTES + 2), "far too long"),
    ],
)
def test_an_answer_that_is_none_says_to_type_by_hand(body, sentence):
    with register() as (url, answer):
        answer.body = body
        with pytest.raises(Unknown, match=sentence):
            ask(DOI, url=url)


def test_nobody_there_and_silence_are_away(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        monkeypatch.setattr(crossref, "SECONDS", 0.2)
        with pytest.raises(Away, match=r"Crossref could not be reached \(.*timed out"):
            ask(DOI, url=url)
    with pytest.raises(Away, match="Crossref could not be reached"):
        ask(DOI, url=url)


def test_an_answer_that_drips_is_given_up(monkeypatch):
    monkeypatch.setattr(crossref, "AT_MOST", -1.0)
    with register() as (url, _), pytest.raises(Away, match="answers too slowly"):
        ask(DOI, url=url)
