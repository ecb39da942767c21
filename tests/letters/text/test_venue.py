"""Rules of journals as values: how they are written, spans of time, and when a check is too old."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.text.venue import KINDS, BadValue, Rule, Span, Venue, canonical, read_span

DAY = datetime.date(2026, 11, 21)
DAYS = st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2200, 1, 1))
SPANS = st.builds(Span, st.integers(1, 9999), st.sampled_from(["day", "week", "month", "year"]))


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("words", " 1,000 ", "1000"),
        ("words", "", ""),
        ("references", "5", "5"),
        ("group", "NO", "no"),
        ("window", "1 Week", "1 week"),
        ("window", "18 month", "18 months"),
        ("excludes", "signatories, References", "references, signatories"),
    ],
)
def test_a_value_is_stored_in_one_form(kind, typed, stored):
    assert canonical(kind, typed) == stored
    assert canonical(kind, stored) == stored


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("words", "0", "Write a whole number from 1 to 100,000."),
        ("words", "about 600", "Write a whole number from 1 to 100,000."),
        ("words", "٦٠٠", "Write a whole number from 1 to 100,000."),
        ("group", "maybe", "Write yes or no."),
        ("window", "0 weeks", "Write a length of time, such as 21 days, 3 weeks or 18 months."),
        ("window", "soon", "Write a length of time, such as 21 days, 3 weeks or 18 months."),
        ("declarations", "interests, blood", "Choose among these: interests, funding, ai, authorship, exchange."),
    ],
)
def test_a_value_that_does_not_fit_says_how_to_write_it(kind, typed, sentence):
    with pytest.raises(BadValue) as caught:
        canonical(kind, typed)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("span", "start", "end"),
    [
        ("21 days", (2026, 3, 1), (2026, 3, 22)),
        ("3 weeks", (2026, 12, 20), (2027, 1, 10)),
        ("1 month", (2026, 1, 31), (2026, 2, 28)),
        ("1 month", (2028, 1, 31), (2028, 2, 29)),
        ("18 months", (2025, 2, 19), (2026, 8, 19)),
        ("12 months", (2025, 12, 31), (2026, 12, 31)),
        ("1 year", (2028, 2, 29), (2029, 2, 28)),
        ("9999 years", (2026, 1, 1), (9999, 12, 31)),
    ],
)
def test_a_span_ends_on_the_day_a_calendar_gives(span, start, end):
    assert read_span(span).after(datetime.date(*start)) == datetime.date(*end)


@given(SPANS, DAYS, DAYS)
def test_a_later_start_never_ends_earlier(span, one, other):
    first, second = sorted([one, other])
    assert first < span.after(first) <= span.after(second)


@given(SPANS)
def test_a_span_is_read_as_it_is_written(span):
    assert read_span(str(span)) == span


@given(st.text(max_size=30), st.sampled_from(sorted(KINDS)))
def test_what_is_stored_is_canonical_or_refused(typed, kind):
    try:
        stored = canonical(kind, typed)
    except BadValue:
        return
    assert canonical(kind, stored) == stored


@given(DAYS, st.integers(0, 400), st.integers(1, 365))
def test_a_known_rule_is_stale_exactly_when_its_check_is_older_than_the_days(checked, age, days):
    today = checked + datetime.timedelta(days=age)
    rule = Rule("words", "600", checked=checked)
    assert rule.stale(today, days) is (age > days)
    assert Rule("words", checked=checked).stale(today, days) is False


def test_a_rule_says_its_value_in_words():
    assert Rule("words", "1000").said == "1,000"
    assert Rule("words").said == "not known"
    assert Rule("words", silent=True).said == "none stated"
    assert Rule("excludes", "references, signatories").said == "references, author details and signatories"
    assert Rule("words", "600").stale(DAY, 1)


def test_a_venue_answers_for_each_kind_and_for_no_other():
    venue = Venue("x", "X", {"words": Rule("words", "600")})
    assert venue.rule("words").number == 600
    assert venue.rule("authors") == Rule("authors")
    with pytest.raises(KeyError):
        venue.rule("wrods")
