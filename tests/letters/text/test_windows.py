"""Windows counted from several dates: the earliest counts until one is confirmed."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from letters.text.venue import Span
from letters.text.windows import Start, left, window

DAYS = st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2200, 1, 1))
STARTS = st.lists(
    st.builds(Start, st.sampled_from(["online", "updated", "print"]), DAYS), max_size=3, unique_by=lambda s: s.kind
)
WEEKS = Span(3, "week")


def test_the_three_dates_of_one_paper_give_three_ends():
    days = {"online": (2026, 1, 8), "updated": (2026, 2, 2), "print": (2026, 3, 12)}
    found = window(WEEKS, [Start(kind, datetime.date(*day)) for kind, day in days.items()])
    assert [(end.start.kind, str(end.day)) for end in found.ends] == [
        ("online", "2026-01-29"), ("updated", "2026-02-23"), ("print", "2026-04-02"),
    ]  # fmt: skip
    assert found.pinned is None
    assert found.counts == found.ends[0]


def test_the_confirmed_date_counts_before_an_earlier_one():
    starts = [Start("online", datetime.date(2026, 1, 8)), Start("print", datetime.date(2026, 3, 12), confirmed=True)]
    found = window(WEEKS, starts)
    assert found.counts == found.pinned == found.ends[1]


def test_without_dates_nothing_counts():
    assert window(WEEKS, []).counts is None


@given(STARTS)
def test_the_earliest_end_counts_while_none_is_confirmed(starts):
    found = window(WEEKS, starts)
    assert sorted(end.day for end in found.ends) == [end.day for end in found.ends]
    assert (found.counts.day if found.counts else None) == min((WEEKS.after(s.day) for s in starts), default=None)


def test_the_last_day_still_counts():
    day = datetime.date(2026, 3, 12)
    said = [left(day, day + datetime.timedelta(days=n)) for n in (-2, -1, 0, 1, 2)]
    assert said == ["2 days left", "1 day left", "ends today", "over for 1 day", "over for 2 days"]
