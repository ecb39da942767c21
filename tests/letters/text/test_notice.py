"""The text a society posts: its own name first, the exact count, never more than sixty words."""

import itertools

import pytest

from letters.text.notice import notice, shortened, signed_by

LONG = "Society of Advanced Practice Providers in Interventional Spine, Musculoskeletal and Neuromodulation Medicine"
TITLE = "Request for the retraction of the clinical practice guideline on interventional procedures for spine pain"


def made(**changes) -> str:
    values = {
        "society": "Northern Society", "short_name": "NS", "societies": 34, "journal": "Journal of Examples",
        "title": TITLE, "address": "https://signon.example/l/x",
    }  # fmt: skip
    return notice(**(values | changes))


def test_the_own_name_stands_first_and_the_others_are_counted():
    text = made()
    assert text.startswith("Northern Society and 33 other societies have signed a joint letter to Journal of Examples:")
    assert f"“{TITLE}”" in text
    assert text.endswith("https://signon.example/l/x")


@pytest.mark.parametrize(
    ("count", "words"), [(1, "NS has"), (2, "NS and 1 other society have"), (3, "NS and 2 other societies have")]
)
def test_signed_by_counts_the_others(count, words):
    assert signed_by("NS", count) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ["NS hat", "NS und 1 weitere Gesellschaft haben", "NS und 2 weitere Gesellschaften haben"]),
        ("fr", ["NS a", "NS et 1 autre société ont", "NS et 2 autres sociétés ont"]),
        ("es", ["NS ha", "NS y otra sociedad han", "NS y otras 2 sociedades han"]),
    ],
)
def test_signed_by_counts_in_each_language(language, words):
    assert [signed_by("NS", count, language) for count in (1, 2, 3)] == words


@pytest.mark.parametrize(("language", "journal"), [("en", "the"), ("de", "die"), ("fr", "la"), ("es", "la")])
def test_a_letter_without_a_journal_names_it_as_such(language, journal):
    assert f" {journal} " in made(journal="", language=language)


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_no_notice_has_more_than_sixty_words(language):
    names = ("X", LONG, f"{LONG} {LONG}", f"{LONG} " * 4, "日本計数学会")
    titles = ("A letter", TITLE, f"{TITLE} {TITLE} {TITLE}", "ガイドラインに関する共同書簡")
    journals = ("JE", "The Editor, " + "Journal of Many Very Long Words and Names " * 4)
    for name, short, title, journal in itertools.product(names, ("", "LS", LONG), titles, journals):
        text = made(society=name.strip(), short_name=short, title=title, journal=journal, language=language)
        assert len(text.split()) <= 60, text
        assert text.split()[0].strip("…") in f"{name} {short}"
        assert text.endswith("https://signon.example/l/x")


def test_a_long_title_is_cut_before_a_name():
    text = made(society=LONG, title=f"{TITLE} {TITLE} {TITLE}")
    assert text.startswith(LONG)
    assert "…" in text


def test_shortened_marks_what_is_left_out():
    assert (shortened("one two, three", 2), shortened("one  two", 2)) == ("one two…", "one two")
