"""Counting in words what signs, and who declared no interests."""

import pytest

from letters.proof.kinds import counted, declared, in_words, signers


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([("", "A")], "1 society"),
        ([("", "A"), ("", "A"), ("", "B")], "2 societies"),
        ([("person", "P"), ("", "A")], "1 society and 1 person"),
        ([("organisation", "O"), ("person", "P"), ("person", "Q"), ("", "A")],
         "1 society, 1 organisation and 2 persons"),
        ([], "0 societies"),
    ],
)  # fmt: skip
def test_counted_names_each_kind_once_in_printed_order(pairs, words):
    assert counted(pairs) == words


def test_a_record_made_before_there_were_kinds_is_a_society():
    assert signers([{"society": "A"}, {"society": "P", "kind": "person"}]) == [("", "A"), ("person", "P")]


def test_a_society_with_several_officers_declared_what_any_of_them_declared():
    said = [("", "A", "A grant."), ("", "A", ""), ("", "A", "A grant."), ("", "A", "A patent."), ("", "B", "")]
    assert declared(said) == ({"A": ["A grant.", "A patent."]}, "1 society")


def test_nobody_is_counted_as_silent_where_all_declared():
    assert declared([("", "A", "A grant.")]) == ({"A": ["A grant."]}, "")


def test_numbers_are_written_as_the_language_does():
    assert in_words({"": 12_345, "person": 1}, thousands=".", joint="und") == "12.345 societies und 1 person"
