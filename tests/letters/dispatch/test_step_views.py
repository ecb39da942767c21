"""The forms of the steps of a submission over HTTP: the happy path and bad input; test_two_people has the clashes."""

import pytest

from letters.models import Permission
from tests import factories
from tests.letters.dispatch import stage
from tests.letters.dispatch.asking import page, persons, text, upload
from tests.pages import forms_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(desk):
    return stage.sealed()


def test_people_are_saved_and_a_bad_orcid_is_named(desk, letter):
    row = stage.prepared(letter)
    bob = factories.link_of(letter, "bob").invitation_id
    own = {"submitter_name": "Bea Best", "submitter_email": "bea@desk.example", "everybody": "each"}
    answer = desk.post(page(row, "/people"), own | persons("Best") | {"person-0-orcid": "0000-0002-1825-0098"})
    assert answer.status_code == 422
    assert "has a wrong digit somewhere" in text(answer)
    assert 'value="0000-0002-1825-0098"' in answer.content.decode()
    desk.post(page(row, "/people"), own | persons("Best", "Carr") | {f"society-{bob}": "endorser"})
    assert [(one.part, str(one)) for one in row.contributors.all()] == [
        ("author", "Best"), ("author", "Carr"), ("endorser", "Northern Society of Counting"),
    ]  # fmt: skip
    desk.post(page(row, "/people"), own | persons("Best") | {"everybody": "behalf"})
    assert [one.part for one in row.contributors.all()] == ["author", "behalf", "behalf"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"address": "nowhere"}, "“nowhere” is no e-mail address"),
        ({"cc": "a@b.example, c"}, "“c” is no e-mail address; correct it."),
        ({"words": "Dear {editor}"}, "There is no field {editor} in the covering letter"),
        ({"words": "Dear {"}, "A brace stands alone"),
        ({"channel": "form"}, "Write the address of the form as https://…"),
    ],
)
def test_words_that_cannot_go_are_named_and_kept(desk, letter, change, said):
    row = stage.prepared(letter)
    typed = {"channel": "mail", "address": stage.MAIL, "subject": "My own subject", "words": "Dear Editor"}
    answer = desk.post(page(row, "/words"), typed | change)
    assert answer.status_code == 422
    assert said in text(answer).replace("&#x27;", "'")
    assert "My own subject" in text(answer)


def test_a_line_break_in_the_subject_starts_no_header(desk, letter):
    row = stage.prepared(letter)
    typed = {"channel": "mail", "address": stage.MAIL, "subject": "One\r\nBcc: all@else.example", "words": "w"}
    desk.post(page(row, "/words"), typed)
    assert stage.fresh(row).subject == "One Bcc: all@else.example"


def test_a_permission_is_recorded_with_its_file_and_other_files_are_refused(desk, letter):
    other = stage.journal("Other Journal", "o@j.example")
    stage.prepared(letter, to=other)
    row = stage.ready(letter)
    typed = {"journal": other.pk, "editor": "Ed Itor", "given_on": "2026-01-02", "note": ""}
    refused = desk.post(page(row, "/permission"), typed | {"file": upload(b"MZ", "mail.exe")})
    assert refused.status_code == 422
    assert "“mail.exe” is neither a PDF nor a PNG or JPEG picture" in text(refused)
    ahead = desk.post(page(row, "/permission"), typed | {"given_on": "2999-01-01"})
    assert "This day lies ahead" in text(ahead)
    desk.post(page(row, "/permission"), typed | {"file": upload(b"%PDF-1", "mail.pdf")})
    assert Permission.objects.get().file.read() == b"%PDF-1"
    assert "Recorded by <bdi>Alice Archer</bdi>" in text(desk.get(page(row)))
    desk.post(page(row, "/ask-in-letter"), {"asks": "yes"})
    assert stage.fresh(row).asks_permission


def words_form(desk, row) -> dict[str, str]:
    return next(form for form in forms_of(desk.get(page(row)).content.decode()) if "subject" in form)


def test_the_covering_letter_is_english_until_another_language_is_chosen(desk, letter):
    row = stage.prepared(letter)
    sent = words_form(desk, row)
    assert (sent["language"], sent["words"].startswith("For: {journal}\n\nDear Editor,")) == ("en", True)
    desk.post(page(row, "/words"), sent | {"language": "de"})
    row = stage.fresh(row)
    assert (row.language, row.covering_letter.startswith("An: {journal}")) == ("de", True)
    shown = text(desk.get(page(row)))
    assert '<div class="notice" lang="de">' in shown
    assert "im Namen von 2 Gesellschaften geschrieben." in shown
    desk.post(page(row, "/words"), words_form(desk, row) | {"words": ""})
    assert stage.fresh(row).covering_letter.startswith("An: {journal}")


def test_words_somebody_wrote_stay_and_their_fields_follow_the_language(desk, letter):
    row = stage.prepared(letter)
    own = "Chère collègue, nous sommes {societies}."
    desk.post(page(row, "/words"), words_form(desk, row) | {"language": "fr", "words": own})
    assert stage.fresh(row).covering_letter == own
    assert "Chère collègue, nous sommes 2 sociétés." in text(desk.get(page(row)))
    wrong = desk.post(page(row, "/words"), words_form(desk, row) | {"language": "pl"})
    assert (wrong.status_code, stage.fresh(row).language) == (422, "fr")
