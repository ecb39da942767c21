"""Preflight: a text against a journal, each finding with what to do; from values alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.journals.shipped import venues
from letters.text.blocks import new_ids
from letters.text.finding import OK, STOP, UNKNOWN, WARN, Around
from letters.text.fit_text import count_words
from letters.text.preflight import preflight
from letters.text.reading import read, words
from letters.text.venue import KINDS, PARTS
from tests.letters.text.letters import one_block
from tests.letters.text.looks import LETTER, TODAY, blocks, found, look, other, rule, venue

LETTERS = st.lists(one_block(), max_size=12).map(new_ids)


@pytest.mark.parametrize(
    ("excluded", "count"),
    [
        ([], 49), (["title"], 47), (["references"], 32), (["references", "signatories"], 29),
        (["headings"], 47), (["declarations"], 42), (list(PARTS), 19),
    ],
)  # fmt: skip
def test_words_are_counted_without_what_the_journal_leaves_out(excluded, count):
    assert count_words(blocks(), excluded) == count


def test_names_of_signatories_are_counted_in_their_place():
    names = ("Northern Society of Counting", "Société du Sud")
    assert count_words(blocks(), [], names) == count_words(blocks(), ["signatories"]) + 7


def test_a_text_within_the_limit_fits_and_one_word_more_does_not():
    excludes = rule("excludes", "references, signatories")
    assert found("words", look(rule("words", "29"), excludes)) == [
        (OK, "29 of 29 words, without references, author details and signatories.")
    ]
    assert found("words", look(rule("words", "28"), excludes)) == [
        (STOP, "29 words, without references, author details and signatories; at most 28 are taken.")
    ]
    assert found("words", look(rule("words", "28", hard=False), excludes))[0][0] == WARN


def test_where_it_is_not_known_what_is_counted_both_counts_are_told():
    assert found("excludes", look(rule("words", "40"))) == [
        (WARN, "49 words with references and signatories, 29 without; at most 40 are taken.")
    ]
    assert found("words", look(rule("words", "28")))[0][0] == STOP
    assert found("words", look(rule("words", "40"), rule("excludes", silent=True)))[0][0] == STOP


def test_unknown_is_not_none_stated():
    assert found("words", look()) == [(UNKNOWN, "“Words at most” is not known.")]
    assert found("words", look(rule("words", silent=True))) == [(OK, "49 words; no limit is stated.")]


def test_references_over_the_limit_lost_and_not_cited():
    assert found("references", look(rule("references", "1"))) == [(STOP, "2 references; at most 1 are taken.")]
    assert found("references", look(rule("references", "2"))) == [(OK, "2 of 2 references.")]
    text = LETTER.replace("[2]", "[3]")
    assert other(look(text=text)) == ["Cited but not listed: [3].", "Listed but not cited: [2]."]


def test_the_paper_answered_is_looked_for_among_the_references():
    assert other(look()) == []
    assert other(look(targets=())) == ["No paper is named that the letter answers."]
    assert other(look(targets=("10.5555/example.1", "10.5555/example"))) == [
        "Not among the references: 10.5555/example, which the letter answers."
    ]
    first = rule("target_first", "yes")
    assert found("target_first", look(first)) == [(OK, "The first reference is the paper answered.")]
    assert found("target_first", look(first, targets=("10.5555/example.2",)))[0][0] == STOP


def test_declarations_asked_for_must_be_there_and_interests_always():
    looked = look(rule("declarations", "interests, funding, authorship"))
    assert found("declarations", looked) == [
        (OK, "Declared: competing interests, in paragraph 2 of Why."),
        (STOP, "Nothing is declared on funding."),
        (WARN, "Asked for beside the text: a form or statement of each author."),
    ]
    bare = LETTER.replace("Competing interests: ", "Among us ")
    assert found("declarations", look(rule("declarations", "funding"), text=bare))[0] == (
        WARN, "Nothing is declared on competing interests."
    )  # fmt: skip
    assert found("declarations", look(rule("declarations", "interests"), text=bare))[0][0] == STOP


def test_what_nobody_filled_in_stops():
    looked = look(text=LETTER.replace("named below", "named below [insert date]"))
    assert ("stop", "“[insert date]” in paragraph 1 of the opening is still to be filled in.") in found("", looked)
    twice = LETTER.replace("## Why", "[Names of societies]\n\n## Why")
    assert any(said.startswith("2 places for the signatories") for said in other(look(text=twice)))


def test_the_real_summary_fits_a_rapid_response_and_the_real_letter_does_not(inputs):
    bmj = venues()["bmj-rapid-response"]
    around = Around(TODAY, signatories=("A society",) * 34, targets=("10.1136/bmj-2024-079970",))
    looked = {}
    for name in ("summary-rapid-response", "multisociety-letter-v2"):
        reading = read((inputs / f"{name}.docx").read_bytes(), name=name, tracked="accept", bold="take")
        looked[name] = preflight(reading.blocks, bmj, around)
    short, long = looked.values()
    assert short.fits and found("words", short)[0] == (
        OK, "350 of 600 words, without references, author details and signatories."
    )  # fmt: skip
    assert other(short) == ["Not among the references: 10.1136/bmj-2024-079970, which the letter answers."]
    assert [one.said for one in long.findings if one.state == STOP] == [
        "1,402 words, without references, author details and signatories; at most 600 are taken.",
        "Nothing is declared on competing interests.",
    ]
    assert long.verdict == "2 to mend first, 2 not known"


VENUES = st.builds(
    lambda words_, refs, authors, declared, closed: venue(
        *(rule(k, str(v)) for k, v in (("words", words_), ("references", refs), ("authors", authors)) if v),
        *([rule("declarations", ", ".join(declared))] if declared else []), rule("submitted", closed),
    ),
    st.none() | st.integers(1, 300), st.none() | st.integers(1, 9), st.none() | st.integers(1, 9),
    st.lists(st.sampled_from(["interests", "funding", "ai", "exchange"]), unique=True), st.sampled_from(["yes", "no"]),
)  # fmt: skip


@given(LETTERS, VENUES, st.lists(st.text(min_size=1, max_size=20), max_size=12))
def test_each_finding_that_is_not_fine_says_what_to_do(made, one, names):
    looked = preflight(made, one, Around(TODAY, signatories=tuple(names)))
    assert looked == preflight(list(made), one, Around(TODAY, signatories=tuple(names)))
    for finding in looked.findings:
        assert finding.state in (OK, WARN, STOP, UNKNOWN)
        assert finding.said and bool(finding.todo) == (finding.state != OK)
        assert finding.kind in {"", *KINDS}
    assert looked.fits == all(finding.state != STOP for finding in looked.findings)


@given(LETTERS, st.sets(st.sampled_from(sorted(PARTS))), st.sampled_from(sorted(PARTS)))
def test_leaving_more_out_never_counts_more(made, excluded, more):
    assert 0 <= count_words(made, [*excluded, more]) <= count_words(made, list(excluded)) <= words(made)


@given(LETTERS, st.integers(1, 200))
def test_a_limit_stops_exactly_what_is_longer(made, limit):
    silent = rule("excludes", silent=True)
    looked = preflight(made, venue(rule("words", str(limit)), silent), Around(TODAY))
    assert (found("words", looked)[0][0] == STOP) == (count_words(made, []) > limit)
