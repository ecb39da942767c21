"""What an answer says about a paper; strange answers say less and never break anything."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.lookup.paper import Paper, paper
from tests.letters.lookup.register import RECORDED

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def test_the_recorded_answer_is_read():
    assert paper(RECORDED) == Paper(
        citation="Okoro JW, Petit JL, Counting Group. A guideline on counting & reckoning. "
        "J Exempl 2025;388(2):e079970.",
        dates={"online": (datetime.date(2025, 2, 19), "day"), "print": (datetime.date(2025, 4, 1), "month")},
        notices=("This paper was corrected on 2 May 2025 (doi 10.5555/example.9).",),
    )


def test_of_more_than_six_authors_the_first_three_are_named():
    many = [{"family": name, "given": "A"} for name in "BCDEFGH"]
    assert paper({"author": many}).citation == "B A, C A, D A, et al."
    assert paper({"author": many[:6]}).citation == "B A, C A, D A, E A, F A, G A."


def test_a_citation_without_volume_or_authors_has_no_empty_places():
    bare = {"title": ["Counting?"], "container-title": ["BMJ"], "issued": {"date-parts": [[2025]]}, "page": "e1"}
    assert paper(bare).citation == "Counting? BMJ 2025:e1."


@pytest.mark.parametrize(
    ("message", "dates"),
    [
        ({"issued": {"date-parts": [[2025]]}}, {"online": (datetime.date(2025, 1, 1), "year")}),
        ({"published-print": {"date-parts": [[2025, 13, 1]]}, "issued": {"date-parts": [[2024, 5, 6]]}},
         {"online": (datetime.date(2024, 5, 6), "day")}),
        ({"published-print": {"date-parts": [[2025, 1, 2]]}, "issued": {"date-parts": [[2024, 5, 6]]}},
         {"print": (datetime.date(2025, 1, 2), "day")}),
        ({"issued": {"date-parts": [[None]]}}, {}),
        ({"issued": {"date-parts": [[True, True, True]]}}, {}),
        ({}, {}),
    ],
)  # fmt: skip
def test_dates_are_as_exact_as_they_are_given(message, dates):
    assert paper(message).dates == dates


def test_a_retraction_is_told():
    update = {"type": "retraction", "DOI": "10.5555/gone", "updated": {"date-parts": [[2026, 1, 2]]}}
    told = paper({"updated-by": [update, update, {"type": "expression_of_concern"}, {"type": "other"}, 5]}).notices
    assert told == (
        "This paper was retracted on 2 January 2026 (doi 10.5555/gone).",
        "This paper carries an expression of concern.",
    )


@given(st.dictionaries(st.sampled_from(sorted(RECORDED)), JSON))
def test_no_answer_breaks_the_reader(message):
    found = paper(message)
    assert len(found.citation) <= 1000 and "\n" not in found.citation
    assert found.dates.keys() <= {"online", "print"}
