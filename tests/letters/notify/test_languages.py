"""The shipped words: complete in four languages, with the same fields and the same facts, dates in the language."""

import re
from pathlib import Path

import pytest

from letters.models import Letter, Mail, MailKind, Response, User, database_now
from letters.models.comment import Disposition
from letters.notify import compose, wording
from letters.notify.wording import Words
from letters.presence.codes import send_code
from tests import factories

FOLDER = Path(__file__).resolve().parents[3] / "templates" / "mail"
DRAFTS = ("invitation", "reminder", "new_version", "extended", "note")
FIXED = sorted({path.stem for path in (FOLDER / "en").glob("*.txt")} - set(DRAFTS))
OTHERS = [language for language in compose.LANGUAGES if language != "en"]
# What English prints in words the program has, the others choose by its key; where a block stood, they quote it.
IN_ENGLISH = {
    "answered": {"{{ comment.place }}", "{{ comment.get_disposition_display }}"},
    "response": {"{{ invitation }}"},
}
BY_KEY = {
    "answered": {
        '{% if comment.block == "whole" %}', "{% if comment.quote %}", "{{ comment.quote }}",
        *(f'{{% if comment.disposition == "{key}" %}}' for key in Disposition.values if key),
    },
    "response": {
        "{{ invitation.board_on }}", *(f'{{% if invitation.response == "{key}" %}}' for key in Response.values if key),
    },
}  # fmt: skip


def marks(kind: str, language: str) -> list[str]:
    """Fields, variables and conditions in the order in which they stand."""
    text = (FOLDER / language / f"{kind}.txt").read_text(encoding="utf-8")
    # What the program counts in English words is counted in figures elsewhere.
    text = text.replace("edition.size }}", "edition.signers }}")
    text = text.replace("{% elif ", "{% if ")
    found = re.findall(r"\{\{ ?[^}]+\}\}|\{% if [^%]+%\}|\{\w+\}", text)
    kept = [mark for mark in found if "pluralize" not in mark]
    # A day is written in the order of each language.
    kept = [re.sub(r'\|date:"j[^"]*"', "", mark) for mark in kept]
    if kind in BY_KEY:
        bare = {re.sub(r"(\{\{ [\w.]+)[^}]*", r"\1 ", mark) for mark in kept}
        return sorted(bare - IN_ENGLISH[kind] | BY_KEY[kind] if language == "en" else bare)
    return sorted(kept)


def test_each_kind_is_there_in_each_language():
    for language in OTHERS:
        assert {path.stem for path in (FOLDER / language).glob("*.txt")} == {*DRAFTS, *FIXED}
    assert {*MailKind.values} - {"test"} == {*DRAFTS, *FIXED} - {"footer"}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("kind", [*DRAFTS, *FIXED])
def test_each_language_says_the_same_facts(kind, language):
    assert marks(kind, language) == marks(kind, "en")


@pytest.mark.parametrize("language", compose.LANGUAGES)
@pytest.mark.parametrize("kind", DRAFTS)
def test_shipped_words_name_known_fields_only(kind, language):
    words = wording.shipped(kind, language)
    wording.check_fields(language, words)
    if kind != "note":
        wording.check(kind, language, words)
    assert "{title}" in words.subject


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("kind", [*DRAFTS, *FIXED])
def test_no_language_was_left_in_english(kind, language):
    def lines(tag: str) -> set[str]:
        text = (FOLDER / tag / f"{kind}.txt").read_text(encoding="utf-8")
        return {line for line in text.splitlines() if len(re.findall(r"[a-z]{3,}", re.sub(r"\{.*?\}+", "", line))) > 3}

    assert lines(language) & lines("en") == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "day"),
    [("de", "Fr 2. Januar 2099, 12:00"), ("fr", "ven 2 janvier 2099, 12:00"), ("es", "Vie 2 de enero de 2099, 12:00")],
)
def test_a_round_comes_in_the_language_of_each_officer(language, day):
    letter = factories.signing_open()
    User.objects.filter(email="carol@sud.example").update(language=language)
    Letter.objects.update(deadline="2099-01-02T17:00Z")
    row = factories.round_of(factories.fresh(letter), "reminder")
    mail = Mail.objects.get(round=row, to_email="carol@sud.example")
    assert day.casefold() in mail.text.casefold()
    assert f'<html lang="{language}"' in mail.html
    assert "Dear Bob" in Mail.objects.get(round=row, to_email="bob@north.example").text


@pytest.mark.django_db
def test_a_code_comes_in_the_language_of_the_officer():
    letter = factories.signing_open()
    User.objects.filter(email="carol@sud.example").update(language="fr")
    send_code(factories.link_of(letter, "carol"), now=database_now())
    assert "votre code pour agir au nom de" in Mail.objects.get(kind="code").text


@pytest.mark.django_db
def test_a_note_is_written_once_and_goes_out_as_it_was_written():
    letter = factories.signing_open()
    User.objects.filter(email="carol@sud.example").update(language="fr")
    row = factories.round_of(letter, "note", body="Please count.\n{link}")
    assert Mail.objects.filter(round=row, text__startswith="Please count.").count() == 4


def test_own_words_in_one_language_leave_the_others_alone():
    assert wording.shipped("reminder", "de") != wording.shipped("reminder", "en")
    assert isinstance(wording.shipped("reminder", "xx"), Words)
