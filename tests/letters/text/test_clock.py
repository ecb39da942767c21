"""The clock as values: what a journal's rules give, what ends a wait, working days, and the rung of the ladder."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.models import Came, DueStep
from letters.text import clock
from letters.text.ladder import COMPLAINTS, COPE, EDITOR, LADDER, at_hand, next_rung
from letters.text.venue import KINDS, Rule, Span, Venue, read_span

DAY = datetime.date(2025, 3, 18)  # a Tuesday
BMJ = Venue(
    "bmj", "BMJ rapid response",
    {
        "posts": Rule("posts", "1 day", hard=False, note="It aims at 24 hours.", source="https://bmj.example/r"),
        "complaint_receipt": Rule("complaint_receipt", "3 working days", source="https://bmj.example/c"),
        "acknowledges": Rule("acknowledges", silent=True, source="https://bmj.example/r"),
    },
)  # fmt: skip


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("span", "start", "end"),
    [
        ("3 working days", "2025-03-18", "2025-03-21"),  # Tuesday to Friday
        ("3 working days", "2025-03-19", "2025-03-24"),  # over a weekend
        ("1 working day", "2025-03-21", "2025-03-24"),
        ("1 working day", "2025-03-22", "2025-03-24"),
        ("1 working day", "2025-03-23", "2025-03-24"),
        ("5 working days", "2025-03-22", "2025-03-28"),
        ("10 Working  Days", "2025-03-18", "2025-04-01"),
        ("9999 working days", "2025-03-18", "2063-07-16"),
    ],
)
def test_working_days_are_monday_to_friday(span, start, end):
    assert read_span(span).after(day(start)) == day(end)


@given(st.integers(1, 60), st.dates(day("2000-01-01"), day("2100-01-01")))
def test_working_days_are_those_a_person_counts(count, start):
    walked, left = start, count
    while left:
        walked += datetime.timedelta(days=1)
        left -= walked.weekday() < 5
    assert Span(count, "working day").after(start) == walked


def test_a_standard_says_whose_it_is_and_where_it_stands():
    posts = clock.standard(BMJ, "posting")
    said = "BMJ rapid response: posts a web response within 1 day, as its aim. It aims at 24 hours."
    assert (posts.words, posts.source, posts.due(DAY)) == (said, "https://bmj.example/r", day("2025-03-19"))
    assert clock.standard(BMJ, "receipt").due(DAY) == day("2025-03-21")
    assert clock.standard(BMJ, "cope").due(DAY) == day("2025-04-15")


def test_what_nobody_knows_and_what_a_journal_does_not_state_give_no_date():
    assert clock.standard(BMJ, "answer").due(DAY) is None
    silent = clock.standard(BMJ, "acknowledgement")
    assert (silent.due(DAY), silent.words) == (None, "BMJ rapid response states no time.")
    assert clock.standard(BMJ, "other") == clock.Standard(None)


def test_a_response_is_waited_for_only_where_responses_are_posted():
    assert clock.steps_of(BMJ, "form") == ("acknowledgement", "posting", "answer")
    assert clock.steps_of(Venue("x", "X", {}), "form") == ("acknowledgement", "answer")
    web = Venue("x", "X", {"article": Rule("article", "no")})
    assert clock.steps_of(web, "form") == ("acknowledgement", "posting", "answer")
    assert clock.steps_of(web, "mail") == ("acknowledgement", "answer")


@pytest.mark.parametrize(
    ("kind", "ended"),
    [
        ("acknowledgement", {"acknowledgement", "receipt"}),
        ("query", {"acknowledgement", "receipt"}),
        ("reply", {"acknowledgement", "posting", "reply"}),
        ("decision", {"acknowledgement", "answer", "receipt", "complaint"}),
        ("publication", {"acknowledgement", "posting", "answer"}),
        ("retraction", {"acknowledgement", "answer", "receipt", "complaint"}),
        ("press", set()),
        ("sent", set()),
        ("", set()),
    ],
)
def test_an_entry_ends_what_its_kind_answers(kind, ended):
    assert {step for step in DueStep.values if clock.ended_by(kind, DAY, step, DAY)} == ended


def test_an_entry_from_before_the_wait_ends_nothing():
    assert not clock.ended_by("decision", DAY, "complaint", day("2025-03-19"))
    assert clock.ended_by("decision", DAY, "complaint", DAY)


def test_steps_and_kinds_are_those_of_the_rows():
    assert set(clock.RULES) | {"reply", "cope", "other"} == set(DueStep.values)
    assert set(clock.RULES.values()) <= set(KINDS)
    assert set(clock.ENDS) <= set(Came.values)
    assert set().union(*clock.ENDS.values()) <= set(DueStep.values)
    assert {step for rung in LADDER for step in rung.waits} <= set(DueStep.values)


@pytest.mark.parametrize(
    ("on", "stands", "left"),
    [
        ("2025-03-16", "over", "2 days over"),
        ("2025-03-17", "over", "1 day over"),
        ("2025-03-18", "soon", "today"),
        ("2025-03-19", "soon", "tomorrow"),
        ("2025-03-21", "soon", "in 3 days"),
        ("2025-03-22", "waiting", "in 4 days"),
    ],
)
def test_the_day_itself_is_not_over(on, stands, left):
    assert (clock.stands(day(on), DAY), clock.left(day(on), DAY)) == (stands, left)


@pytest.mark.parametrize(
    ("overdue", "taken", "decided", "rung"),
    [
        ((), (), False, None),
        (("acknowledgement",), (), False, EDITOR),
        (("answer",), ("editor",), False, COMPLAINTS),
        ((), ("editor",), False, None),
        ((), (), True, COMPLAINTS),
        ((), ("complaints",), False, None),
        (("complaint",), ("complaints",), False, COPE),
        (("answer",), ("complaints",), False, None),
        ((), ("complaints",), True, COPE),
        (("complaint",), ("complaints", "cope"), True, None),
    ],
)
def test_the_ladder_goes_up_one_rung_at_a_time(overdue, taken, decided, rung):
    assert next_rung(overdue, taken, decided) is rung


def test_what_is_missing_for_a_complaint_is_said():
    bare = at_hand(dois=(), claims=0, without_evidence=0, without_remedy=0, interests="", contact="", exchanges=0)
    assert [one.there for one in bare] == [False] * 6
    some = at_hand(
        dois=("10.5555/x",),
        claims=3,
        without_evidence=2,
        without_remedy=1,
        interests="2 of 3",
        contact="A",
        exchanges=1,
    )
    assert [one.said for one in some] == [
        "10.5555/x", "3 on record; 2 without evidence.", "1 of 3 claims do not say it.", "2 of 3", "A",
        "1 entry on record.",
    ]  # fmt: skip
    full = at_hand(dois=("x",), claims=3, without_evidence=0, without_remedy=0, interests="1", contact="A", exchanges=2)
    assert all(one.there for one in full)
