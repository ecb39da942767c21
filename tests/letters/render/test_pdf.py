"""From sheet to unsealed PDF: what is on it, that it is the same twice, and what cannot be printed."""

import io
import re

import pikepdf
import pypdfium2
import pytest

from letters.render.pdf import Limits, Unprintable, paper
from tests.letters.render.sheets import BODY, sheet, signatory

pytestmark = pytest.mark.slow


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


@pytest.fixture(scope="module")
def plain():
    return paper(sheet(), {"letter.txt": b"text", "roster.json": b"[]"})


def test_paper_shows_version_edition_hash_and_address(plain):
    text = text_of(plain)
    groups = re.findall("[0-9a-f]{8}", sheet().content_hash)
    assert "Version 2 · Edition 1 · 2 societies" in text
    assert " ".join(groups) in text
    assert "https://signon.example/v/0123456789ab-1" in text
    assert "Version 2 · Edition 1 · 1 of 1" in text


def test_paper_is_the_same_twice(plain):
    assert paper(sheet(), {"roster.json": b"[]", "letter.txt": b"text"}) == plain


def test_paper_describes_itself_as_dublin_core(plain):
    with pikepdf.open(io.BytesIO(plain)) as pdf, pdf.open_metadata() as xmp:
        found = {name: xmp.get(f"dc:{name}") for name in ("title", "creator", "identifier", "language", "date")}
        assert found == {
            "title": "Retraction requested",
            "creator": ["Society of Spine & Pain"],
            "identifier": "https://signon.example/v/0123456789ab-1",
            "language": {"en"},
            "date": ["2025-03-18"],
        }
        assert xmp["dc:description"] == f"Version 2, edition 1, content hash {sheet().content_hash}"
        assert xmp["xmp:CreateDate"] == xmp["xmp:ModifyDate"] == "2025-03-18T17:00:00Z"


def test_paper_carries_its_evidence(plain):
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        files = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
        dates = {spec.get_file().creation_date.isoformat() for spec in pdf.attachments.values()}
        assert files == {"letter.txt": b"text", "roster.json": b"[]"}
        assert dates == {"2025-03-18T17:00:00+00:00"}
        assert len(pdf.Root.AF) == 2


def test_paper_bookmarks_its_headings(plain):
    with pikepdf.open(io.BytesIO(plain)) as pdf, pdf.open_outline() as outline:
        top = outline.root[0]
        assert top.title == "Retraction requested"
        assert [item.title for item in top.children] == [
            "What we ask", "Signed by 2 societies", "Interests declared", "References",
        ]  # fmt: skip


def test_paper_keeps_the_numbers_of_a_list(plain):
    # The markers follow all other text of their page: two of the list, the dash inside it, the reference's.
    assert re.findall(r"(?<= )(\d\.|–)(?= )", text_of(plain))[-4:] == ["1.", "–", "3.", "1."]


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"title": "A ก letter"}, "The title"),
        ({"signatories": (signatory("สมาคม ก"),)}, "The entry of “สมาคม ก”"),
        ({"signatories": (signatory("A", printed_name="ก"),)}, "The officer's entry for “A”"),
        ({"letter_html": "<p>All is well.</p><p>Here ก is not.</p>"}, "The passage “Here ก is not.…”"),
    ],
)
def test_paper_refuses_a_character_without_glyph(changed, where):
    with pytest.raises(Unprintable) as refused:
        paper(sheet(**changed), {})
    assert str(refused.value).startswith(f"{where} has what cannot be printed: ")
    assert "U+0E01 THAI CHARACTER KO KAI" in str(refused.value)


def test_paper_stops_at_its_limit_of_computing():
    endless = BODY.replace("<p id", "<p>word</p>" * 60_000 + "<p id", 1)
    with pytest.raises(Unprintable, match="took 1 seconds of computing"):
        paper(sheet(letter_html=endless), {}, limits=Limits(cpu=1))


def test_paper_stops_at_its_limit_of_time():
    with pytest.raises(Unprintable, match="was not done in 0 seconds"):
        paper(sheet(), {}, limits=Limits(clock=0))
