"""Tests of reference lists in the styles of journals, against lists a person has read."""

from pathlib import Path

import pytest

from letters.journals import shipped
from letters.text.pack.bibliography import BadStyle, Entry, check_style, in_style, style_of
from letters.text.pack.citation import read_reference
from letters.text.venue import Rule, Venue

FOLDER = Path(__file__).resolve().parents[3] / "fixtures" / "references"
PRINTED = (FOLDER / "printed.txt").read_text().splitlines()
CITED = [read_reference(text, n) for n, text in enumerate(PRINTED, 1)]


def one(text: str, style: str, n: int = 1) -> Entry:
    return in_style([read_reference(text, n)], style)[0]


@pytest.mark.parametrize("style", ["american-medical-association", "bmj", "elsevier-vancouver"])
def test_the_references_of_the_founding_letter_in_a_style(style):
    made = [f"{e.label} {e.text}" + (f" <{e.why}>" if e.why else "") for e in in_style(CITED, style)]
    assert made == (FOLDER / f"{style}.txt").read_text().splitlines()


STYLES = {key: style_of(venue) for key, venue in shipped.venues().items() if style_of(venue)}


@pytest.mark.parametrize("style", sorted(set(STYLES.values())))
def test_every_style_of_a_shipped_journal_sets_all_articles(style):
    made = in_style(CITED, style)
    kept = {entry.number for entry in made if entry.why}
    assert kept <= {6, 19, 20, 21}
    assert all(entry.text == CITED[entry.number - 1].printed for entry in made if entry.why)
    assert [entry.number for entry in made] == list(range(1, 24))


@pytest.mark.parametrize(
    ("style", "why"),
    [
        ("nature", {20: "lost “Maus”"}),
        ("science-advances", {6: "left a hole"}),
        (
            "journal-of-medical-internet-research",
            {6: "lost “Cochrane Handbook for Systematic Reviews of Interventions…”"},
        ),
    ],
)
def test_a_style_that_loses_or_leaves_out_something_is_caught(style, why):
    made = {entry.number: entry.why.removeprefix(f"the style {style} ") for entry in in_style(CITED, style)}
    assert {n: made[n] for n in why} == why


def test_a_chapter_stays_in_its_book():
    text = "Li T. A chapter. In: A handbook. Cochrane, 2024."
    assert one(text, "bmj").why == "the style bmj lost the “In” before the book"
    edited = "Li T. A chapter. In: Page MJ (ed). A handbook. Cochrane, 2024."
    assert one(edited, "bmj").text == "Li T. A chapter. In: Page MJ, ed. A handbook. Cochrane 2024."


def test_each_shipped_journal_but_one_has_a_style_that_is_there_with_its_source():
    assert set(shipped.venues()) - set(STYLES) == {"interventional-pain-medicine"}
    for key, style in STYLES.items():
        rule = shipped.venues()[key].rule("style")
        assert rule.source.startswith("https://github.com/citation-style-language/styles/blob/master/")
        assert rule.source.endswith(f"/{style}.csl")


def test_a_style_that_no_longer_comes_with_the_program_is_none():
    assert style_of(Venue("j", "J", {"style": Rule("style", "gone-for-good")})) == ""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("vancouver", "There is no reference style “vancouver”; take a name from the Zotero style repository. Near"),
        ("bjm", "There is no reference style “bjm”; take a name from the Zotero style repository."),
        ("apa", "The style “apa” does not number references; the letter cites them by number."),
    ],
)  # fmt: skip
def test_a_style_that_cannot_be_chosen_says_what_is_near(name, said):
    with pytest.raises(BadStyle) as error:
        check_style(name)
    assert str(error.value).startswith(said)
    assert ("vancouver" in str(error.value).partition("Near it are: ")[2]) == (name == "vancouver")


def test_without_a_style_everything_stays_as_printed():
    made = in_style(CITED, style_of(Venue("somewhere", "Somewhere", {})))
    assert [entry.text for entry in made] == PRINTED
    assert {entry.why for entry in made} == {"no style is known for this journal"}
    assert made[8].label == "9."


def test_initials_and_full_pages_come_out_whole():
    text = "Higgins JPT, Li T, et al. A title. BMJ 2025;388:1149-68."
    assert (
        one(text, "american-medical-association").text == "Higgins JPT, Li T, et al. A title. BMJ. 2025;388:1149-1168."
    )
    assert one(text, "nature").text == "Higgins, J. P. T., Li, T. et al. A title. BMJ 388, 1149–68 (2025)."
    assert one(text, "science-advances").text == "J. P. T. Higgins, T. Li, et al., A title. BMJ 388, 1149–68 (2025)."


def test_labels_are_those_of_the_style_and_carry_the_number_of_the_letter():
    text = "Wang X. A title. BMJ 2025;388:1-2."
    assert [one(text, style, 11).label for style in ("bmj", "elsevier-vancouver", "pain-medicine")] == [
        "11", "[11]", "11.",
    ]  # fmt: skip


def test_an_entry_that_is_not_understood_gets_the_label_of_the_others():
    made = in_style(
        [read_reference("Data on file.", 1), read_reference("Wang X. A title. BMJ 2025;388:1-2.", 2)], "bmj"
    )
    assert [(entry.label, bool(entry.why)) for entry in made] == [("1", True), ("2", False)]


def test_a_title_with_signs_of_markup_stays():
    title = "Trials with p <0.05 & n >10: <i>what</i> now?"
    assert title in one(f"Wang X. {title} BMJ 2025;388:1-2.", "bmj").text


@pytest.mark.parametrize(
    ("style", "sentence"),
    [
        ("vancouver", "There is no reference style “vancouver”; take a name from the Zotero style repository."),
        ("../bmj", "There is no reference style “../bmj”; take a name from the Zotero style repository."),
        ("apa", "The style “apa” does not number references; the letter cites them by number."),
    ],
)
def test_a_style_that_cannot_be_used_is_told(style, sentence):
    with pytest.raises(BadStyle) as error:
        in_style(CITED, style)
    assert str(error.value) == sentence
