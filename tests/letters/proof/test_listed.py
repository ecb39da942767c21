"""A list of records is read one by one, whole, and only in its one exact form."""

import json

import pytest

from letters.proof import listed
from letters.proof.records import canonical_json

RECORDS = [
    {
        "name": f"Société 脊椎 𠮷 {number}, “{'x' * (number % 7)}”",
        "said": "the same",
        "in": {"a": number, "b": [1, None]},
    }
    for number in range(60)
] + [{"other": "keys"}, {"long": "},{" * 500}]


@pytest.mark.parametrize("window", [*range(1, 260), 2**18])
def test_records_are_those_of_the_whole(monkeypatch, window):
    monkeypatch.setattr(listed, "WINDOW", window)
    data = canonical_json(RECORDS)
    found = list(listed.records(data))
    assert [value for value, _ in found] == json.loads(data) == RECORDS
    assert b"[%s]" % b",".join(written for _, written in found) == data


def test_no_records_are_an_empty_list():
    assert list(listed.records(b"[]")) == []


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{}", b"[", b"[ ]", b"[]\n", b'[{"a":1}', b'[{"a":1},]', b'[{"a":1}]]', b'[{"a":1} ,{"a":2}]',
        b'[{"a": 1}]', b'[{"b":1,"a":2}]', b'[{"a":1.0}]', b'[{"a":1}{"a":2}]', b"[1]", b'[{"a":"\xff"}]',
        b'[{"a":1};{"a":2}]',
        b'[{"a":"\\u0041"}]', b'[{"a":1,"a":1}]', b'[{"a":1}]\x00', b'\xef\xbb\xbf[{"a":1}]',
    ],
)  # fmt: skip
@pytest.mark.parametrize("window", [1, 2**18])
def test_other_forms_are_refused(monkeypatch, data, window):
    monkeypatch.setattr(listed, "WINDOW", window)
    with pytest.raises(listed.OtherForm):
        list(listed.records(data))


def test_equal_strings_and_keys_are_kept_once():
    (first, _), (second, _) = list(listed.records(canonical_json(RECORDS[:2])))
    assert first["said"] is second["said"]
    assert all(one is other for one, other in zip(first, second, strict=True))


@pytest.mark.parametrize("window", [1, 50, 2**18])
def test_records_are_made_anew_whenever_they_are_gone_through(monkeypatch, window):
    monkeypatch.setattr(listed, "WINDOW", window)
    found = listed.Listed(canonical_json(RECORDS), len(RECORDS))
    assert (list(found), list(found), len(found)) == (RECORDS, RECORDS, len(RECORDS))
    assert (found[0], found[61], found[-1], found[3:5]) == (RECORDS[0], RECORDS[61], RECORDS[-1], RECORDS[3:5])
    with pytest.raises(IndexError):
        found[len(RECORDS)]
    found.forget()
    assert (list(found), len(found)) == ([], len(RECORDS))
