"""The desk of a letter with 500 societies: few queries, the same for 3 and 30, and pages a phone can load."""

import gzip

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.bench._societies import lively

pytestmark = pytest.mark.django_db
MOST_BYTES = 150 * 1024
# With those of the session and the person; PostgreSQL is asked for the time in one more, which makes twelve.
QUERIES = {
    "": 11,
    "/societies": 8,
    "/societies?view=silent&sort=step&q=international": 8,
    "/societies?choose=all": 8,
    "/activity": 5,
}
PAGES = list(QUERIES)


def asked(desk, address):
    """The page's bytes and the statements it took."""
    with CaptureQueriesContext(connection) as queries:
        answer = desk.get(address)
    assert answer.status_code == 200
    return answer.content, [query["sql"] for query in queries if "clock_timestamp" not in query["sql"]]


@pytest.mark.slow
def test_pages_of_500_societies_are_light(desk):
    letter = lively(500)
    found = {page: asked(desk, f"/manage/{letter.slug}{page}") for page in PAGES}
    weights = {page: len(content) for page, (content, _) in found.items()}
    assert {page: weight for page, weight in weights.items() if weight > MOST_BYTES} == {}
    counts = {page: len(queries) for page, (_, queries) in found.items()}
    assert counts == QUERIES, found
    assert "500 societies" in found["/societies"][0].decode()
    assert len(gzip.compress(found[""][0])) < 30 * 1024


@pytest.mark.parametrize("many", [3, 30])
def test_pages_take_as_many_queries_as_for_500(desk, many):
    letter = lively(many)
    assert {page: len(asked(desk, f"/manage/{letter.slug}{page}")[1]) for page in PAGES} == QUERIES
