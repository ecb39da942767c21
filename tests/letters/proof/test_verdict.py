"""The verdict for people and for machines: moments in words for the one, as they stand in the file for the other."""

import pytest

from letters.proof.verdict import Verdict

RAW = "2026-11-26T03:07:05.123456Z"


def facts(value: str) -> Verdict:
    return Verdict(ok=True, headline="It holds.", facts=[("Closed", value)])


def test_people_read_a_moment_in_words_and_machines_as_it_stands():
    verdict = facts(RAW)
    assert verdict.lines()[2] == "Closed: 26 November 2026, 03:07:05 UTC"
    assert verdict.facts_in_words() == [("Closed", "26 November 2026, 03:07:05 UTC")]
    assert verdict.as_dict()["facts"] == [["Closed", RAW]]


def test_a_moment_elsewhere_is_told_in_utc():
    assert facts("2026-01-01T00:30:00+01:00").facts_in_words() == [("Closed", "31 December 2025, 23:30:00 UTC")]


@pytest.mark.parametrize("value", ["3", "2026-13-26T03:07:05Z", "0001-01-01T00:00:00+23:59", "", RAW + "x"])
def test_what_is_no_moment_stays_as_it_is(value):
    assert facts(value).facts_in_words() == [("Closed", value)]
