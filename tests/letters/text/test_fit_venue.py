"""Preflight of what lies around the words: authors, window, prior publication, permissions, old checks."""

import datetime

import pytest

from letters.text.finding import OK, STOP, WARN, Allowed
from tests.letters.text.looks import TODAY, found, look, other, rule


def test_more_signatories_than_authors_need_persons():
    three = rule("authors", "3")
    looked = look(three, rule("group", "no"), signatories=tuple(f"Society {n}" for n in range(34)))
    assert found("authors", looked) == [(STOP, "34 signatories; at most 3 authors.")]
    assert found("group", looked) == [(WARN, "A group may not stand as author.")]
    (todo,) = [one.todo for one in looked.findings if one.kind == "authors"]
    assert todo.startswith("Name at most 3 persons as authors “on behalf of” the societies;")
    assert found("authors", look(three, signatories=("A", "B", "C"))) == [(OK, "At most 3 authors.")]


@pytest.mark.parametrize(
    ("around", "state", "said"),
    [
        ({}, WARN, "Letters are taken for 3 weeks; no date of the paper is known."),
        ({"ends": TODAY}, WARN, "The window of 3 weeks ends on 26 November 2026, counted from the earliest date"),
        ({"ends": TODAY, "confirmed": True}, OK, "The window of 3 weeks ends on 26 November 2026."),
        ({"ends": datetime.date(2026, 11, 25)}, STOP, "The window of 3 weeks ended on 25 November 2026."),
    ],
)
def test_the_window_is_open_until_its_last_day(around, state, said):
    ((got, sentence),) = found("window", look(rule("window", "3 weeks"), **around))
    assert got == state and sentence.startswith(said)


def test_a_public_text_is_refused_where_only_others_are_taken():
    wants = rule("unpublished", "yes")
    public = "on this site since 2026-11-01"
    assert found("unpublished", look(wants, public=public)) == [
        (STOP, f"The text is public already ({public}), and only text that is not public is taken.")
    ]
    assert found("unpublished", look(public=public))[0][0] == WARN
    assert found("unpublished", look(rule("unpublished", "no"), public=public)) == []
    assert found("unpublished", look(wants)) == [(WARN, "Only text that is not public is taken.")]


def test_a_second_journal_needs_both_editors():
    looked = look(rule("unpublished", "no"), elsewhere=("J One", "J Two"))
    assert found("unpublished", looked) == [(WARN, "The letter went to J One and J Two as well.")]
    assert [one.todo for one in looked.findings if one.kind == "unpublished"] == [
        "A second journal needs the permission of both editors, in writing."
    ]


def test_permissions_on_record_are_named_and_only_what_lacks_is_asked_for():
    def allowed(journal: str) -> Allowed:
        return Allowed(journal, "Ed Itor", datetime.date(2026, 3, 1), "Alice", datetime.date(2026, 3, 2))

    def looked(*journals: str) -> tuple[str, str, str]:
        around = look(rule("unpublished", "no"), elsewhere=("J One",), allowed=tuple(map(allowed, journals)))
        ((one,),) = [[one for one in around.findings if one.kind == "unpublished"]]
        return one.state, one.said, one.todo

    said = "Ed Itor allowed it for {} on 1 March 2026; Alice recorded that on 2 March 2026."
    assert looked("J One", "J Else") == (
        WARN, f"The letter went to J One as well. {said.format('J One')}",
        "The permission of J Test is still to be had, in writing.",
    )  # fmt: skip
    assert looked("J One", "J Test") == (
        OK, f"The letter went to J One as well. {said.format('J One')} {said.format('J Test')}", ""
    )  # fmt: skip


def test_a_journal_that_takes_no_letters_stops():
    ((state, said),) = found("submitted", look(rule("submitted", "no", note="Picked by the editors.")))
    assert (state, said) == (STOP, "J Test cannot be submitted. Picked by the editors.")


def test_old_checks_warn():
    old = rule("words", "600", checked=TODAY - datetime.timedelta(days=181))
    assert other(look(old)) == ["Not checked for more than 180 days: “Words at most”."]
    assert other(look(rule("words", "600", checked=TODAY - datetime.timedelta(days=180)))) == []
