"""A version as a file: read back, marked as what it is, refused in a sentence."""

import pytest
from pypdfium2 import PdfDocument

from letters.models import Letter, State, Version
from letters.text.canonical import canonical_text
from letters.text.reading import read
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_version_can_be_downloaded_and_read_back_with_the_same_words(desk):
    letter = factories.signing_open()
    factories.signed(letter, "bob", "carol")
    answer = desk.get(f"/manage/{letter.slug}/text/1/word")
    assert answer["Content-Disposition"] == 'attachment; filename="a-joint-letter-on-counting-version-1.docx"'
    words = canonical_text(read(answer.content, name="version.docx").blocks)
    assert "The authors counted to nine." in words
    assert "Société du Sud" in words
    plain = desk.get(f"/manage/{letter.slug}/text/1/text").content.decode()
    assert "Northern Society of Counting" in plain


def test_the_changes_can_be_downloaded_as_tracked_changes(desk):
    letter = factories.signing_open()
    assert desk.get(f"/manage/{letter.slug}/text/1/tracked").status_code == 404
    version = factories.second_version(letter)
    data = desk.get(f"/manage/{letter.slug}/text/2/tracked").content
    assert len(read(data, name="changes.docx", tracked="ask").tracked) > 0
    for choice, text in (("accept", version.text), ("reject", letter.on_the_table.text)):
        assert canonical_text(read(data, name="changes.docx", tracked=choice).blocks) == text


def test_markdown_imports_as_the_same_text(desk):
    letter = factories.signing_open()
    answer = desk.get(f"/manage/{letter.slug}/text/1/markdown")
    assert answer["Content-Disposition"] == 'attachment; filename="a-joint-letter-on-counting-version-1.md"'
    assert canonical_text(read(answer.content, name="letter.md").blocks) == letter.on_the_table.text


def test_changes_between_any_two_versions_on_screen_and_in_word(desk):
    letter = factories.signing_open()
    first = letter.on_the_table
    factories.second_version(letter)
    third = factories.second_version(letter, factories.LATER.replace("Please print the result.", "Print it."))
    page = desk.get(f"/manage/{letter.slug}/text/3?from=1").content.decode()
    assert "Since version 1: 2 sentences changed" in page
    assert "Most</ins>" in page
    assert "<ins" not in desk.get(f"/manage/{letter.slug}/text/3").content.decode()
    answer = desk.get(f"/manage/{letter.slug}/text/3/tracked?from=1")
    assert "changes-1-to-3.docx" in answer["Content-Disposition"]
    for choice, text in (("accept", third.text), ("reject", first.text)):
        assert canonical_text(read(answer.content, name="changes.docx", tracked=choice).blocks) == text


@pytest.mark.parametrize("asked", ["3", "4", "x", "-1", "99999999999999999999"])
def test_a_version_is_compared_with_an_earlier_one_only(desk, asked):
    letter = factories.signing_open()
    factories.second_version(letter)
    answer = desk.get(f"/manage/{letter.slug}/text/2?from={asked}")
    assert (answer.status_code, answer.context["old"]) == (200, None)


def test_a_version_is_not_compared_with_a_later_one(desk):
    letter = factories.signing_open()
    factories.second_version(letter)
    assert desk.get(f"/manage/{letter.slug}/text/1?from=2").context["old"] is None


def test_an_unknown_kind_of_download_is_404(desk):
    letter = factories.signing_open()
    assert desk.get(f"/manage/{letter.slug}/text/1/poem").status_code == 404
    assert desk.get(f"/manage/{letter.slug}/text/7/word").status_code == 404


@pytest.mark.slow
def test_a_superseded_version_can_be_downloaded_as_a_marked_pdf(desk):
    letter = factories.signing_open()
    factories.second_version(letter)
    answer = desk.get(f"/manage/{letter.slug}/text/1/pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert 'filename="a-joint-letter-on-counting-superseded-version-1.pdf"' in answer["Content-Disposition"]
    pages = [page.get_textpage().get_text_range() for page in PdfDocument(answer.content)]
    assert all("Draft, version 1, superseded, not signed" in page for page in pages)


@pytest.mark.slow
def test_a_version_that_cannot_be_printed_leads_back_with_a_sentence(desk):
    letter = factories.signing_open()
    Version.objects.update(html="<p>\U0001fae8</p>")
    page = desk.get(f"/manage/{letter.slug}/text/1/pdf", follow=True).content.decode()
    assert "The fonts have no sign for" in page


def test_the_sealed_version_is_no_draft(desk):
    letter = factories.signing_open()
    Letter.objects.update(state=State.SEALED)
    assert desk.get(f"/manage/{letter.slug}/text/1/pdf").status_code == 404
    page = desk.get(f"/manage/{letter.slug}/text/1").content.decode()
    assert f"/l/{letter.slug}/letter.pdf" in page
    assert "not signed" not in page
