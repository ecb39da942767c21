"""What a page weighs on the line and how often it asks the database, as DESIGN limits them."""

import gzip
import re
from pathlib import Path

import pytest

from tests import factories

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent
MOST_BYTES = 60 * 1024


def test_the_reading_page_of_a_long_letter_weighs_less_than_60_kb_without_fonts(enter):
    words = "\n\n".join(["Many words follow one another here. " * 20] * 18)
    long = factories.TEXT.replace("## What we ask", f"{words}\n\n## What we ask")
    letter = factories.signing_open()
    factories.second_version(letter, long)
    assert factories.fresh(letter).on_the_table.words > 2_200
    answer = enter(letter, "bob").get(f"/r/{letter.slug}", headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    page = gzip.decompress(answer.content).decode()
    assert "Many words follow" in page
    weight = len(answer.content)
    beside = re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg))"', page)
    assert "/static/django_htmx/htmx-4.min.js" in beside
    for address in beside:
        sent = enter(letter, "bob").get(address, headers={"accept-encoding": "gzip"})
        assert sent["Content-Encoding"] == "gzip" or len(sent.getvalue()) < 200, address
        weight += len(sent.getvalue())
    assert weight <= MOST_BYTES


def test_the_own_stylesheets_weigh_less_than_12_kb_compressed():
    sheets = b"".join(path.read_bytes() for path in sorted(ROOT.glob("static/css/*.css")) if path.name != "paper.css")
    assert len(gzip.compress(sheets)) <= 12 * 1024


def test_the_reading_page_takes_at_most_twelve_queries_with_changes_to_show(client, django_assert_max_num_queries):
    letter = factories.signing_open()
    factories.signed(letter, "bob", "carol")
    factories.second_version(letter)
    client.get(f"/i/{factories.link_of(letter, 'bob').token}")
    with django_assert_max_num_queries(12):
        assert "not yet version 2" in client.get(f"/r/{letter.slug}").content.decode()
