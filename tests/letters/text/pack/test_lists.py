"""Tests of the list of signatories and of the declared interests."""

import csv
import dataclasses
import io

from letters.text.blocks import new_ids
from letters.text.inline import Run, block
from letters.text.pack.lists import interests, interests_text, signatories_csv
from letters.text.pack.people import AUTHOR, Contributor, People
from tests.letters.text.pack.cases import ASIS, BOB, NORD, PERSONS, SOCIETIES, matter


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_line_per_contributor_with_its_role():
    assert rows(signatories_csv(SOCIETIES)) == [
        ["role", "society", "officer", "office", "country", "ROR", "ORCID"],
        ["author", "Atlantic Spine Society", "Margaret Okafor, MD", "President", "US", "https://ror.org/021k9xw90", ""],
        ["author", "Société du Nord", "Étienne Lefèvre", "", "FR", "", ""],
        ["endorser", "Guild of Imaging", "", "", "", "", ""],
        ["acknowledged", "", "Ida Berg", "", "", "", ""],
    ]
    assert rows(signatories_csv(PERSONS))[1] == [
        "author", "Atlantic Spine Society", "Bob Stone", "President", "US", "", "0000-0002-1825-0097",
    ]  # fmt: skip


def test_no_address_is_in_it_and_no_cell_is_a_formula():
    armed = Contributor(AUTHOR, society='=HYPERLINK("http://x")', officer="@SUM(1)", office="+1")
    data = signatories_csv(People((armed,), BOB))
    assert rows(data)[1][1:4] == ['\'=HYPERLINK("http://x")', "'@SUM(1)", "'+1"]
    assert b"asis.example" not in data


def test_interests_by_name_and_who_declared_none():
    assert interests_text(matter()) == (
        "Competing interests: Response to a guideline\n\nSociété du Nord: Grant of 2024.\n\n"
        "No competing interests declared by:\n- Atlantic Spine Society\n- Guild of Imaging\n"
    )


def test_what_the_text_states_itself_is_given_too():
    own = [*matter().blocks, block("paragraph", [Run("Competing interests: members perform them.")])]
    told = matter(blocks=new_ids(own), people=People((ASIS,), BOB))
    assert "Stated in the text: members perform them.\n" in interests_text(told)
    assert interests(told) == ["No competing interests were declared beside what the text states."]


def test_what_several_officers_of_a_society_declared_is_said_once():
    twice = (
        NORD,
        dataclasses.replace(NORD, officer="A"),
        dataclasses.replace(NORD, officer="B", interests="A patent."),
    )
    assert interests(matter(people=People((*twice, ASIS), BOB))) == [
        "Société du Nord: Grant of 2024. A patent.", "No competing interests were declared by the other one.",
    ]  # fmt: skip
