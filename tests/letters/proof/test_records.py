"""Canonical records: one byte form, times that survive a database, hashes with their prefixes."""

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from letters.proof import records
from tests.examples import examples

WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


def test_canonical_json_sorts_keys_by_utf16_as_rfc_8785_shows():
    value = {"€": 1, "\r": 2, "\ufb33": 3, "1": 4, "😀": 5, "\x80": 6, "ö": 7}
    assert records.canonical_json(value) == ('{"\\r":2,"1":4,"\x80":6,"ö":7,"€":1,"😀":5,"\ufb33":3}'.encode())


@given(VALUES)
@examples(150)
def test_canonical_json_survives_a_round_trip(value):
    once = records.canonical_json(value)
    assert json.loads(once) == value
    assert records.canonical_json(json.loads(once)) == once


@given(VALUES)
@examples(300)
def test_canonical_json_is_what_rfc8785_writes(value):
    assert records.canonical_json(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [1.0, (1,), b"x", {1: "a"}, {"a": [0.5]}, 2**53, "\ud800", {"\udfff": 1}])
def test_canonical_json_refuses_what_another_reader_could_read_otherwise(value):
    with pytest.raises(ValueError, match=r"."):
        records.canonical_json(value)


def test_canonical_json_refuses_a_record_nested_too_deep():
    value: list = []
    for _ in range(100):
        value = [value]
    with pytest.raises(ValueError, match="32 levels"):
        records.canonical_json(value)


def test_instant_is_utc_with_microseconds():
    moment = datetime(2025, 3, 18, 11, 0, 0, tzinfo=timezone(timedelta(hours=2)))
    assert records.instant(moment) == "2025-03-18T09:00:00.000000Z"
    assert records.instant(datetime(2025, 3, 18, 9, 0, 0, 7, UTC)) == "2025-03-18T09:00:00.000007Z"


def test_instant_refuses_a_time_without_zone():
    with pytest.raises(ValueError, match="no time zone"):
        records.instant(datetime(2025, 3, 18))


def test_hashes_are_taken_over_their_prefix():
    def sha(data):
        return hashlib.sha256(data).hexdigest()

    assert records.content_hash("é\n") == sha(b"signon/letter/v1\n\xc3\xa9\n")
    assert records.statement_hash("I sign") == sha(b"signon/statement/v1\nI sign")
    assert records.private_digest({"b": 1, "a": "x"}, "salt") == sha(b'signon/private/v1\nsalt\n{"a":"x","b":1}')
