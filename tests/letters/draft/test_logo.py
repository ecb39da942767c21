"""The convener's logo is chosen among the terms, drawn anew, shown there, and printed on the letter."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from letters.models import Document, Event
from letters.render.draft import draft_of
from letters.render.store import sheet_of
from tests import factories
from tests.letters.draft.test_views import TERMS

pytestmark = pytest.mark.django_db


def upload(data=None, name="logo.png") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (2000, 500), "#0b5860").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue() if data is None else data)


def save(desk, letter, **more):
    return desk.post(f"/manage/{letter.slug}/terms", TERMS | more)


def test_logo_is_kept_drawn_anew_and_shown(desk):
    letter = factories.reviewed()
    address = f"/manage/{letter.slug}/terms"
    assert desk.get(f"{address}/logo").status_code == 404
    assert "Print no logo any more" not in desk.get(address).content.decode()
    said = Event.objects.filter(letter=letter, kind="terms").count()
    assert save(desk, letter, logo=upload()).status_code == 302
    letter.refresh_from_db()
    shown = desk.get(f"{address}/logo")
    assert (shown["Content-Type"], shown.content) == ("image/png", letter.letterhead_logo.read())
    with Image.open(io.BytesIO(shown.content)) as picture:
        assert picture.size == (600, 150)
    page = desk.get(address).content.decode()
    assert f'src="{address}/logo"' in page and "Print no logo any more" in page
    assert Event.objects.filter(letter=letter, kind="terms").count() > said


def test_logo_stays_until_it_is_taken_away(desk):
    letter = factories.reviewed()
    save(desk, letter, logo=upload())
    save(desk, letter, embargo="until the answer")
    letter.refresh_from_db()
    assert letter.letterhead_logo == Document.objects.get(kind="logo")
    save(desk, letter, drop_logo="on")
    letter.refresh_from_db()
    assert letter.letterhead_logo is None


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG files are not taken; save the logo as PNG and send that."),
        (b"%PDF-1.7", "The file is not a picture that can be read; send the logo as PNG or JPEG."),
        (b"", "The file is empty."),
    ],
)
def test_file_that_is_no_picture_is_refused_in_a_sentence_and_the_rest_kept(desk, data, sentence):
    letter = factories.reviewed()
    answer = save(desk, letter, logo=upload(data), embargo="until the answer")
    page = answer.content.decode()
    assert (answer.status_code, page.count(sentence) > 0) == (422, True)
    assert 'value="until the answer"' in page
    letter.refresh_from_db()
    assert letter.letterhead_logo is None


def test_logo_with_another_mistake_is_asked_for_again(desk):
    letter = factories.reviewed()
    answer = save(desk, letter, logo=upload(), day="soon")
    assert answer.status_code == 422
    assert "Choose the logo again: a browser does not send a file twice." in answer.content.decode()


@pytest.mark.slow
def test_proof_and_sealed_letter_print_the_logo(desk):
    letter = factories.reviewed()
    save(desk, letter, logo=upload())
    letter.refresh_from_db()
    assert draft_of(letter.current).logo.startswith("iVBOR")
    made = factories.closed()
    made.letterhead_logo = letter.letterhead_logo
    made.save(update_fields=["letterhead_logo"])
    assert sheet_of(made.editions.get()).logo == draft_of(letter.current).logo
