"""Words with fields in braces: what is refused before sending, what is left out, and in which language they come."""

import pytest

from letters.models import Mail, Round, Society, User, database_now
from letters.notify import rounds, wording
from letters.notify.wording import BadWords, Words
from tests import factories


@pytest.mark.parametrize(
    ("subject", "body", "said"),
    [
        ("{titel}", "{link}", "There is no field {titel} (in the English subject); did you mean {title}?"),
        ("T", "Dear {name},\n{link}", "There is no field {name} (in the English text);"),
        ("T", "{link} and {society", "A brace stands alone in the English text"),
        ("T", "Come and see", "The English text has no {link}"),
        ("{link}", "{link}", "{link} cannot stand in the English subject"),
        (" ", "{link}", "The English words are empty"),
    ],
)
def test_words_that_cannot_be_sent_are_named_in_one_sentence(subject, body, said):
    with pytest.raises(BadWords) as error:
        wording.check("reminder", "en", Words(subject, body))
    assert str(error.value).startswith(said)


def test_a_note_that_was_not_written_is_not_sent():
    with pytest.raises(BadWords, match="Write your note first"):
        wording.check("note", "en", wording.shipped("note", "en"))


def test_a_line_whose_field_has_nothing_to_say_is_left_out():
    values = dict.fromkeys(wording.FIELDS, "x") | {"signed_count": "", "society": "{link}"}
    assert wording.fill("A\nSigned: {signed_count} of {words}\n{society}", values) == "A\n{link}"


@pytest.mark.django_db
def test_unknown_fields_are_refused_before_anything_is_sent():
    letter = factories.signing_open()
    row = rounds.prepare(by=factories.alice(), letter=letter, kind="reminder", now=database_now())
    Round.objects.filter(pk=row.pk).update(wording={"en": {"subject": "s", "body": "{nobody} {link}"}})
    with pytest.raises(BadWords, match=r"no field \{nobody\}"):
        rounds.send(by=factories.alice(), row=Round.objects.get(pk=row.pk), now=database_now())
    assert Mail.objects.filter(kind="reminder").count() == 0


@pytest.mark.django_db
def test_own_words_are_kept_for_the_next_round_of_the_kind_and_for_who_is_named_later():
    letter = factories.signing_open()
    factories.round_of(letter, "reminder", body="Own words for {officer}.\n{link}")
    mail = Mail.objects.filter(kind="reminder").first()
    assert mail.text.startswith(f"Own words for {mail.to_name}.")
    following = rounds.prepare(by=factories.alice(), letter=letter, kind="reminder", now=database_now())
    assert wording.words(letter, "reminder", "en", following).body.startswith("Own words")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("own", "society", "letters", "found"),
    [
        ("de", "fr", "es", "de"),
        ("en", "pt, fr-CA", "es", "fr"),
        ("en", "", "es", "es"),
        ("ja", "", "en", "en"),
        ("en", "ja", "pl", "en"),
    ],
)
def test_the_officers_language_then_the_societys_then_the_letters(own, society, letters, found):
    letter = factories.signing_open()
    User.objects.filter(email="carol@sud.example").update(language=own)
    Society.objects.filter(short_name="SDS").update(languages=society)
    letter.language = letters
    assert wording.language_of(factories.link_of(letter, "carol"), letter) == found
