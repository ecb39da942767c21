"""The chain of events: any change, gap or move in it is named."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.proof import chain
from tests.examples import examples

GAP = ": an event was left out, added or moved."
CHANGED = "Event 3 of the record does not have the hash it states: it was changed after it was recorded."


def chained(count: int) -> list[dict]:
    entries, prev = [], chain.GENESIS
    for seq in range(1, count + 1):
        record = {
            "seq": seq,
            "at": f"2025-03-01T00:00:{seq:02}.000000Z",
            "kind": "note",
            "actor": "alice",
            "data": {"n": seq},
            "private": "",
            "prev": prev,
        }
        prev = chain.event_hash(record)
        entries.append(record | {"hash": prev})
    return entries


def test_check_finds_nothing_in_an_unbroken_chain():
    assert chain.check(chained(5)) == []
    assert chain.check([]) == []


def test_event_hash_has_not_changed_since_the_first_release():
    assert chained(1)[0]["hash"] == "510eb14bbdb74f2193f764f98d5ee5b49065918ef77a3364615a2002a7106537"


@pytest.mark.parametrize(
    ("alter", "problem"),
    [
        (lambda e: e.pop(2), "Event 3 of the record carries the number 4" + GAP),
        (lambda e: e.pop(0), "Event 1 of the record carries the number 2" + GAP),
        (lambda e: e[2].update(actor="bob"), CHANGED),
        (lambda e: e[2].pop("kind"), 'Event 3 of the record lacks "kind".'),
        (lambda e: e[2].update(more=1), 'Event 3 of the record has an unknown part "more".'),
        (lambda e: e[2].update(seq=True), 'Event 3 of the record has a "seq" of the wrong kind.'),
        (lambda e: e[2]["data"].update(n=0.5), CHANGED),
        (lambda e: e.__setitem__(2, "x"), "Event 3 of the record is not an object."),
    ],
)
def test_check_names_the_first_broken_event(alter, problem):
    entries = chained(5)
    alter(entries)
    assert chain.check(entries)[0] == problem


def test_check_notices_a_new_beginning_in_the_middle():
    entries = chained(5)
    for number in (2, 3, 4):
        record = {key: value for key, value in entries[number].items() if key != "hash"}
        record["prev"] = chain.GENESIS if number == 2 else entries[number - 1]["hash"]
        entries[number] = record | {"hash": chain.event_hash(record)}
    assert chain.check(entries) == [
        "Event 3 of the record does not follow from the event before it: the chain is broken here."
    ]


@given(st.integers(0, 5), st.sampled_from(["at", "kind", "actor", "private", "prev", "hash"]), st.data())
@examples(80)
def test_check_catches_any_changed_character(number, key, data):
    entries = chained(6)
    old = entries[number][key]
    new = data.draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=70).filter(lambda t: t != old))
    entries[number][key] = new
    assert chain.check(entries) != []


@given(st.integers(0, 5), st.integers(0, 5))
@examples(40)
def test_check_catches_swapped_and_repeated_events(first, second):
    entries = chained(6)
    swapped = copy.deepcopy(entries)
    swapped[first], swapped[second] = swapped[second], swapped[first]
    assert (chain.check(swapped) == []) == (first == second)
    assert chain.check([*entries[: first + 1], *entries[first:]]) != []
