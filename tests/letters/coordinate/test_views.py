"""The list of societies over HTTP."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from letters.models import Link, Mail, Society
from tests import factories
from tests.conftest import filled_in

pytestmark = pytest.mark.django_db


def upload(text: str, name: str = "list.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), "text/csv")


def test_upload_shows_a_dry_run_and_writes_nothing(desk):
    letter = factories.reviewed()
    answer = desk.post(f"/manage/{letter.slug}/societies/import", {"file": upload(factories.SOCIETIES)})
    page = answer.content.decode()
    assert "<strong>4</strong> new" in page
    assert "日本計数学会" in page
    assert Society.objects.count() == 0


def test_what_was_shown_can_be_imported(desk):
    letter = factories.reviewed()
    answer = desk.post(f"/manage/{letter.slug}/societies/import", {"file": upload(factories.SOCIETIES)})
    shown = answer.context["form"].initial
    desk.post(f"/manage/{letter.slug}/societies/import/write", shown)
    assert Link.objects.filter(invitation__letter=letter).count() == 4


def test_an_ambiguous_row_is_imported_only_with_an_answer(desk):
    letter = factories.reviewed()
    Society.objects.create(official_name="Norwegian Society of Chemistry", short_name="NSC", country="NO")
    answer = desk.post(f"/manage/{letter.slug}/societies/import", {"file": upload(factories.SOCIETIES)})
    page = answer.content.decode()
    assert "Which society is meant?" in page
    assert "The same as Norwegian Society of Chemistry (NSC, NO)" in page
    shown = answer.context["form"].initial
    told = desk.post(f"/manage/{letter.slug}/societies/import/write", shown, follow=True).content.decode()
    assert "2 rows were left out" in told
    desk.post(f"/manage/{letter.slug}/societies/import/write", shown | {"row-2": "new", "row-3": "x", "row-": "new"})
    emails = Link.objects.filter(invitation__letter=letter).values_list("officer__user__email", flat=True)
    assert set(emails) == {"bob@north.example", "carol@sud.example", "sato@jsc.example"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("society\nx\n", "the column “contact_name” is missing"),
        ("", "The file is empty."),
        ("PK\x03\x04", "save it as CSV"),
    ],
)
def test_a_bad_list_is_422_with_one_sentence(desk, content, sentence):
    letter = factories.reviewed()
    answer = desk.post(f"/manage/{letter.slug}/societies/import", {"file": upload(content)})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_no_file_is_422(desk):
    letter = factories.reviewed()
    assert desk.post(f"/manage/{letter.slug}/societies/import", {}).status_code == 422


def test_invite_by_button(desk):
    letter = factories.reviewed()
    factories.listed(letter)
    assert desk.get(f"/manage/{letter.slug}/invite").status_code == 405
    draft = desk.post(f"/manage/{letter.slug}/invite")["Location"]
    assert Mail.objects.filter(kind="invitation").count() == 0
    page = desk.get(draft)
    assert "Send 4 invitations" in page.content.decode()
    assert factories.fresh(letter).state == "review"
    desk.post(draft, filled_in(page, do="send"))
    assert Mail.objects.filter(kind="invitation").count() == 4
    assert factories.fresh(letter).state == "signing"
