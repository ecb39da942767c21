"""The covering letter in each language of the paper: complete, in that language alone, and never one field less."""

import datetime

import pytest

from letters.render import wording
from letters.text.pack.cover import FIELD, FIELDS, check, covering_letter
from letters.text.pack.tongues import ENGLISH, LANGUAGES, fitting, words_of
from letters.text.venue import PARTS
from tests.letters.text.pack.cases import COMMENTS, PERSONS, SLOTS, matter

NB = "\N{NO-BREAK SPACE}"


def test_the_languages_are_those_of_the_paper():
    assert set(LANGUAGES) == {wording.wording(language).language for language in LANGUAGES}
    assert words_of("pl") is ENGLISH


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_each_language_says_all_that_english_says(language):
    words = words_of(language)
    check(words.template)
    used = set(FIELD.findall(words.template))
    assert used == set(FIELD.findall(ENGLISH.template)) - (set() if language == "en" else {"remedy"})
    assert used <= set(FIELDS)
    assert set(words.parts) == set(PARTS)
    assert words is ENGLISH or not {*words.months} & {*ENGLISH.months} - {"April", "August", "September", "November"}
    assert len(words.months) == 12


def test_the_letter_in_german():
    assert covering_letter(matter(cover_language="de")) == (
        "An: Journal of Tests\n\nSehr geehrte Damen und Herren,\n\n"
        "ich bitte Sie, den beiliegenden Brief zu veröffentlichen: „Response to a guideline“. "
        "Ich schreibe im Namen von 2 Gesellschaften. Unterstützt, aber nicht verfasst, wird er von 1 Gesellschaft.\n\n"
        "Er antwortet auf:\n- Busse JW, et al. A guideline. BMJ 2025;388:e079970. doi:10.1136/bmj-2024-079970\n\n"
        "Umfang: 10 Wörter, ohne Literaturverzeichnis, Angaben zu Autoren und Unterzeichnern.\n\n"
        "Interessenkonflikte: von 1 der 3 Genannten erklärt, siehe beiliegende Liste.\n\n"
        "Atlantic Spine Society hat die Gesellschaften zusammengerufen. "
        "Die Liste der Unterzeichner wurde am 18. März 2025 geschlossen. "
        "Der unterzeichnete Text und alle Unterzeichner lassen sich unter https://signon.example/v/1 prüfen.\n\n"
        "Der Text ist nicht öffentlich und liegt keiner anderen Zeitschrift vor.\n\n"
        "Bitte bestätigen Sie mir den Eingang mit einer Zeile.\n\nMit freundlichen Grüßen\n\n"
        "Bob Stone\nPresident\nAtlantic Spine Society\nbob@asis.example\n"
    )


def test_the_letter_in_french_and_spanish():
    elsewhere = ("Spine Letters", "Interventional Pain")
    french = covering_letter(matter(cover_language="fr", elsewhere=elsewhere, public="https://x.example/l/1"))
    assert french.startswith(f"À l’attention de{NB}: Journal of Tests\n\nMadame, Monsieur,\n\n")
    assert f"publier la lettre ci-jointe, «{NB}Response to a guideline{NB}»." in french
    assert "close le 18 mars 2025" in french
    assert "Le texte peut déjà être lu à l’adresse https://x.example/l/1." in french
    assert "celui des rédactions de Spine Letters et Interventional Pain" in french
    spanish = covering_letter(matter(cover_language="es", elsewhere=elsewhere, permitted=True))
    assert "se envía a Spine Letters e Interventional Pain." in spanish
    assert "Ustedes y los editores de Spine Letters e Interventional Pain han dado su permiso" in spanish
    assert "se cerró el 18 de marzo de 2025" in spanish


@pytest.mark.parametrize(
    ("language", "asked"),
    [("de", "auf Ihre Seiten zu stellen"), ("fr", "mettre en ligne la réponse"), ("es", "incorporen a su web")],
)
def test_a_response_is_never_said_to_be_published(language, asked):
    said = covering_letter(matter(cover_language=language, venue=COMMENTS, full="The whole letter"))
    assert asked in said and "The whole letter" in said
    assert not any(word in said for word in ("veröffentlichen:", "publier", "publiquen"))


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_persons_who_write_for_societies_are_named(language):
    said = covering_letter(matter(cover_language=language, people=PERSONS, venue=SLOTS))
    assert "Bob Stone" in said.partition("\n\n")[2].partition("10.1136")[0]


def test_days_numbers_and_lists_are_written_as_the_language_does():
    first = datetime.date(2025, 8, 1)
    assert [words_of(language).dated(first) for language in ("en", "de", "es", "fr")] == [
        "1 August 2025", "1. August 2025", "1 de agosto de 2025", "1er août 2025"
    ]  # fmt: skip
    assert [words_of(language).counted(1234, words_of(language).society) for language in ("en", "de", "fr")] == [
        "1,234 societies", "1.234 Gesellschaften", f"1{NB}234 sociétés"
    ]  # fmt: skip
    spanish = words_of("es")
    assert [spanish.listed(["A", name]) for name in ("Hígado", "Hielo", "Zen")] == [
        "A e Hígado",
        "A y Hielo",
        "A y Zen",
    ]
    assert (spanish.listed([]), spanish.listed(["A"])) == ("", "A")


def test_a_template_somebody_changed_stays_and_a_default_follows_the_language():
    assert fitting(ENGLISH.template.strip(), "fr") == words_of("fr").template
    assert fitting("", "de") == words_of("de").template
    own = ENGLISH.template.replace("Dear Editor", "Dear Professor")
    assert fitting(own, "fr") == own
