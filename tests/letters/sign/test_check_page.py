"""The check page: nothing claimed for the officer, every row kept, the statement stored as it was shown."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from letters.models import Code, Document, Signature, Society
from letters.proof.records import statement_hash
from letters.proof.spoken import in_words
from tests import factories
from tests.conftest import by_key, signed_in
from tests.letters.sign.test_views import fields, post, start

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 minutes of the board"


@pytest.fixture
def letter():
    return factories.signing_open()


@pytest.fixture
def bob(letter, enter):
    return enter(letter, "bob")


def page(bob, letter) -> str:
    return bob.get(f"/r/{letter.slug}/sign").content.decode()


def with_file(bob, letter, data: bytes, **changes):
    code = start(bob, letter)
    values = fields(letter, code, **changes) | {"mandate_file": SimpleUploadedFile("minutes.pdf", data)}
    return bob.post(f"/r/{letter.slug}/sign", values)


def test_no_mandate_and_no_interest_is_claimed_for_the_officer(bob, letter):
    html = page(bob, letter)
    assert 'name="mandate_body" list="bodies" maxlength="200"' in html
    assert "within the powers" not in html
    assert post(bob, letter, start(bob, letter), mandate_body="", interests="").status_code == 302
    signature = Signature.objects.get()
    assert (signature.mandate_body, signature.interests) == ("", "")
    receipt = bob.get(f"/r/{letter.slug}/receipt/{signature.receipt_no}").content.decode()
    assert "No deciding body was named." in receipt
    assert "None were declared." in receipt


def test_the_page_shows_the_text_in_six_words(bob, letter):
    words = " ".join(in_words(letter.on_the_table.content_hash))
    assert words in page(bob, letter)
    assert words in bob.get(f"/r/{letter.slug}").content.decode()


def test_the_statement_is_stored_as_it_was_shown_with_its_hash(bob, letter):
    html = page(bob, letter)
    post(bob, letter, start(bob, letter))
    signature = Signature.objects.get()
    assert f"<p>{signature.statement}</p>" in html
    assert f'name="statement_hash" value="{signature.statement_hash}"' in html
    assert signature.statement_hash == statement_hash(signature.statement)


def test_a_statement_that_changed_since_it_was_shown_is_not_signed(bob, letter):
    code = start(bob, letter)
    shown = fields(letter, code)
    Society.objects.filter(short_name="NSC").update(official_name="Northern Society")
    answer = bob.post(f"/r/{letter.slug}/sign", shown)
    assert answer.status_code == 409
    assert "The words you would declare changed" in answer.content.decode()
    assert Signature.objects.count() == 0


def test_interests_and_decision_are_kept_and_committed_to(bob, letter):
    answer = with_file(
        bob,
        letter,
        PDF,
        mandate_date="2026-10-01",
        mandate_minute="M 7",
        interests="Grant of Example Ltd.\r\n\r\nNone else.",
    )
    signature = Signature.objects.get()
    assert answer.status_code == 302
    assert signature.interests == "Grant of Example Ltd.\nNone else."
    assert signature.mandate_file.read() == PDF
    committed = letter.events.get(kind="signed").details
    assert committed["interests"] == signature.interests
    assert committed["mandate"] == {
        "body": "Board", "date": "2026-10-01", "minute": "M 7", "file": signature.mandate_file.sha256,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"MZ a program", "minutes.pdf is no PDF, picture or Word file"),
        (PDF + b" " * 5 * 2**20, "minutes.pdf is larger than 5 MB"),
        (b"", "The file is empty."),
    ],
)
def test_a_file_of_another_kind_is_refused_and_nothing_is_kept(bob, letter, data, sentence):
    kept = Document.objects.count()
    answer = with_file(bob, letter, data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert (Signature.objects.count(), Document.objects.count()) == (0, kept)


def test_a_file_without_a_body_is_refused_and_asked_for_again(bob, letter):
    html = with_file(bob, letter, PDF, mandate_body="", interests="A grant.").content.decode()
    assert "Say who decided, or leave date, minute and file empty." in html
    assert "Choose the file again" in html
    assert "A grant." in html
    assert "<details open>" in html


def test_a_wrong_code_keeps_no_file(bob, letter):
    kept = Document.objects.count()
    start(bob, letter)
    values = fields(letter, "1") | {"mandate_file": SimpleUploadedFile("minutes.pdf", PDF)}
    assert bob.post(f"/r/{letter.slug}/sign", values).status_code == 422
    assert Document.objects.count() == kept


def test_only_coordinators_open_the_file_of_a_decision(bob, letter):
    with_file(bob, letter, PDF)
    desk = by_key(signed_in(Client(), factories.alice()), factories.alice())
    number = Signature.objects.get().receipt_no
    assert f"/mandate/{number}" in desk.get(f"/manage/{letter.slug}").content.decode()
    answer = desk.get(f"/manage/{letter.slug}/mandate/{number}")
    assert answer.content == PDF
    assert answer["Content-Disposition"] == f'attachment; filename="decision-{number}.pdf"'
    assert desk.get(f"/manage/{letter.slug}/mandate/NONE").status_code == 404
    assert bob.get(f"/manage/{letter.slug}/mandate/{number}").status_code == 404


def test_keeping_a_signature_starts_from_what_the_officer_said_before_and_a_colleague_from_nothing(bob, letter, enter):
    post(bob, letter, start(bob, letter), printed_name="Robert Barker", mandate_body="Council", interests="A grant.")
    factories.second_version(letter)
    html = page(bob, letter)
    assert all(f'value="{words}"' in html for words in ("Robert Barker", "Council"))
    assert "A grant." in html
    bob.logout()
    other = page(enter(letter, "erin"), letter)
    assert 'value="Erin Eames"' in other
    assert other.count("Council") == other.count('<option value="Council">') == 1
    assert "A grant." not in other


def test_a_person_signs_in_the_own_name(bob, letter):
    Society.objects.filter(short_name="NSC").update(kind=3)
    assert "<p>In my own name, Northern Society of Counting, I sign version 1 of" in page(bob, letter)


def test_a_code_is_not_used_up_by_a_bad_row(bob, letter):
    code = start(bob, letter)
    assert post(bob, letter, code, office="").status_code == 422
    assert Code.objects.get().tries == 0
    assert post(bob, letter, code).status_code == 302
