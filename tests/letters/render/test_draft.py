"""A draft on paper says on each page that it is one, until the very moment it is sealed."""

import dataclasses
import io
from datetime import UTC, datetime

import pikepdf
import pypdfium2
import pytest
from PIL import ImageColor

from letters.models import State
from letters.render import conformance
from letters.render import draft as drafts
from letters.render.draft import Busy, Draft, draft_html, draft_of, draft_paper
from letters.render.watermark import COLOUR, outlines, watermark
from tests import factories
from tests.letters.render.sheets import BODY

DRAFT = Draft(
    title="Retraction requested",
    convener="Society of Spine & Pain",
    addressee="The Editor-in-Chief",
    language="en",
    mark="Draft, version 1, superseded, not signed",
    replaced_by="version 2",
    moment=datetime(2025, 3, 18, 17, tzinfo=UTC),
    content_hash="0123456789abcdef" * 4,
    identifier="https://signon.example/manage/retraction/text/1",
    letter_html=BODY + "<p>Many words follow one another here.</p>" * 60,
)


@pytest.fixture(scope="module")
def pdf():
    return draft_paper(DRAFT)


@pytest.mark.slow
def test_draft_says_so_in_the_words_of_each_page(pdf):
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    assert len(pages) > 1
    # Page 1 says it once more, among the facts.
    assert [page.count(DRAFT.mark) for page in pages] == [2, *([1] * (len(pages) - 1))]
    assert "This is not the letter: version 2 took its place." in pages[0]


@pytest.mark.slow
def test_draft_shows_its_mark_across_each_page_behind_the_words(pdf):
    red = ImageColor.getrgb(COLOUR)
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=1).to_pil().convert("RGB")
        across = picture.crop((0, picture.height // 4, picture.width, 3 * picture.height // 4))
        assert red in {colour for _, colour in across.getcolors(across.width * across.height)}


@pytest.mark.slow
def test_draft_conforms_and_its_marks_are_no_content(pdf):
    assert conformance.problems(pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            depth, loose = 0, []
            for operands, operator in pikepdf.parse_content_stream(page):
                depth += {"BMC": 1, "BDC": 1, "EMC": -1}.get(str(operator), 0)
                loose += [operands] if str(operator) in ("Tj", "TJ", "f", "Do") and depth == 0 else []
            assert loose == []


@pytest.mark.slow
def test_draft_of_equal_words_has_equal_bytes(pdf):
    drafts.forget()
    assert draft_paper(DRAFT) == pdf


@pytest.mark.slow
def test_equal_words_are_not_printed_again_while_they_are_remembered(pdf, monkeypatch):
    assert draft_paper(DRAFT) == pdf  # remembered from now on, whatever was printed in between
    monkeypatch.setattr(drafts, "PATIENCE", 0.01)
    with drafts._one_at_a_time:  # nothing can be printed
        assert draft_paper(DRAFT) == pdf
        with pytest.raises(Busy):
            draft_paper(dataclasses.replace(DRAFT, mark="Draft, version 1, not signed"))


@pytest.mark.slow
def test_few_papers_are_remembered_and_none_that_is_large(pdf, monkeypatch):
    monkeypatch.setattr(drafts, "MOST_KEPT", 2)
    drafts.forget()
    titled = [dataclasses.replace(DRAFT, title=f"Title {n}", letter_html="<p>Words.</p>") for n in range(4)]
    for one in titled[:3]:
        draft_paper(one)
    assert len(drafts._made) == 2
    monkeypatch.setattr(drafts, "MOST_BYTES", 100)
    draft_paper(titled[3])
    assert len(drafts._made) == 2
    drafts.forget()


def test_draft_keeps_a_place_for_the_signatories():
    assert '<p class="place" lang="en">The societies that sign will be printed here.</p>' in draft_html(DRAFT)
    assert "This is not the letter" not in draft_html(dataclasses.replace(DRAFT, replaced_by=""))


def test_drafts_are_printed_one_at_a_time(monkeypatch):
    drafts.forget()
    monkeypatch.setattr(drafts, "PATIENCE", 0.01)
    with drafts._one_at_a_time, pytest.raises(Busy, match="try again in a minute"):
        draft_paper(DRAFT)
    assert drafts._one_at_a_time.acquire(blocking=False)
    drafts._one_at_a_time.release()


def test_a_watermark_is_a_picture_without_text():
    assert "text" not in watermark("Draft")
    assert outlines("DD")[1] == 2 * outlines("D")[1] > 0
    assert outlines("D中")[:2] == outlines("D")[:2]


@pytest.mark.django_db
def test_the_mark_follows_what_became_of_the_version():
    letter = factories.reviewed()
    first = letter.versions.get()
    assert draft_of(first).mark == "Draft, version 1, not signed"
    factories.second_version(letter)
    letter = factories.fresh(letter)
    first, second = letter.versions.order_by("number")
    assert [draft_of(first).mark, draft_of(first).replaced_by] == [
        "Draft, version 1, superseded, not signed",
        "version 2",
    ]
    assert draft_of(second).mark == "Draft, version 2, not signed"
    type(letter).objects.update(state=State.SEALED)
    first, second = factories.fresh(letter).versions.order_by("number")
    assert draft_of(first).mark == "Draft, version 1, superseded, not signed"
    assert draft_of(second) is None
