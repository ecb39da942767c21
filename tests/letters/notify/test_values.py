"""Values with words of their own in a mail: each key has words in each language, and none is left in English."""

import datetime

import pytest

from letters.models import Comment, Invitation, Officer, Response
from letters.models.comment import Disposition
from letters.notify import compose, keys
from tests import factories

LANGUAGES = compose.LANGUAGES
PARTS = {
    "if_changed": {"wanted": "Fewer words"}, "board": {"board_on": datetime.date(2099, 1, 8)},
    "own": {"statement_url": "https://north.example/our"}, "declined": {"reason": "Outside our field"},
}  # fmt: skip
ENGLISH = (
    " board",
    "decides",
    "changed",
    "declined",
    "statement of",
    "passed",
    "answered",
    "January",
    "accepted",
    "Chrome on ",
)


def said(kind: str, language: str, **facts: object) -> str:
    message = compose.written(kind, language, {"to_name": "N. N.", "link_url": "@@LINK@@", **facts})
    return f"{message.subject}\n{message.text.partition(chr(10) + '-- ')[0]}"


def in_english(text: str) -> list[str]:
    return [word for word in ENGLISH if word in text]


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_answer_of_a_society_has_words_of_its_own(language):
    letter = factories.signing_open()
    society = factories.link_of(letter, "bob").invitation.society
    officer = Officer(printed_name="Zoe Zhou", office="Editor")
    texts = []
    for response in Response.values:
        parts = PARTS.get(response, {})
        invitation = Invitation(letter=letter, society=society, response=response, **parts)
        if response == "passed":
            invitation.passed_to = officer
        facts = {"letter": letter, "society": society, "invitation": invitation, "officer": officer}
        texts.append(said("response", language, **facts))
    assert len({text.splitlines()[0] for text in texts}) == len(Response.values)
    assert len([text for text in texts if "2099" in text.splitlines()[0]]) == 1
    assert [word for text in texts if language != "en" for word in in_english(text)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_disposition_has_words_and_a_place_is_quoted(language):
    letter = factories.signing_open()
    texts = set()
    for disposition in Disposition.values:
        comments = [
            Comment(version=letter.on_the_table, disposition=disposition, block=block, place=place, quote=quote)
            for block, place, quote in (("whole", "the letter as a whole", ""), ("b3", "paragraph 3", "Wir zählen."))
        ]
        society = factories.link_of(letter, "bob").invitation.society
        facts = {"letter": letter, "society": society, "coordinator": "Alice", "comments": comments}
        texts.add(said("answered", language, **facts))
    assert len(texts) == len(Disposition.values)
    if language != "en":
        assert all("Wir zählen." in text and "paragraph" not in text for text in texts)
        assert [word for text in texts for word in in_english(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_change_of_keys_has_words_and_the_browser_is_named(language):
    at = datetime.datetime(2099, 1, 2, 17, tzinfo=datetime.UTC)
    agent = "Mozilla/5.0 (Linux; Android 14) Chrome/126.0"
    texts = [said("keys", language, what=what, at=at, agent=agent) for what in keys.SAID.values()]
    assert len({text.splitlines()[0] for text in texts}) == len(keys.SAID)
    assert all(text.splitlines()[0] and "Chrome" in text and "17:00 UTC" in text for text in texts)
    if language != "en":
        assert [word for text in texts for word in in_english(text)] == []
