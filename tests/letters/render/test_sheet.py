"""The sheet itself."""

import dataclasses

import pytest

from letters.render.sheet import Sheet
from tests.letters.render.sheets import sheet, signatory


def test_sheet_survives_json():
    one = sheet(title="Ẹgbẹ́ “quoted”\n", earlier="Edition 1 had 1 society.")
    assert Sheet.from_json(one.to_json()) == one


def test_sheet_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        sheet().title = "Another"


def test_sheet_refuses_time_without_zone():
    with pytest.raises(ValueError, match="names no time zone"):
        sheet(closed_at="2025-03-18T17:00:00")


def test_moment_of_the_close_is_in_utc_to_the_second():
    assert sheet(closed_at="2025-03-18T19:00:00.123456+02:00").moment.isoformat() == "2025-03-18T17:00:00+00:00"


def test_sheet_refuses_date_that_is_none():
    with pytest.raises(ValueError):
        sheet(date="18 March")


def test_sheet_counts_societies_not_officers():
    people = (signatory("A"), signatory("A", printed_name="Second"), signatory("B"))
    assert sheet(signatories=people).societies == 2
