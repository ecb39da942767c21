"""Tests of contributors, their identifiers and roles, and of what a journal makes of them."""

import dataclasses

import pytest

from letters.text.pack.people import (
    AUTHOR,
    ENDORSER,
    ON_BEHALF,
    BadPeople,
    Contributor,
    People,
    for_venue,
    orcid,
    ror,
)
from letters.text.pack.signed import lines
from letters.text.venue import Rule, Venue
from tests.letters.text.pack.cases import ASIS, AUTHOR_BOB, BOB, GUILD, JOURNAL, NORD, PERSONS, SLOTS, SOCIETIES


# The examples of ORCID's own page on the structure of the identifier.
@pytest.mark.parametrize(
    "typed",
    ["0000-0002-1825-0097", "https://orcid.org/0000-0001-5109-3700", "0000-0002-1694-233X", "0000-0002-1694-233x"],
)
def test_an_orcid_id_with_a_right_check_digit_is_taken(typed):
    assert orcid(typed) == typed.removeprefix("https://orcid.org/").upper()


def test_every_single_wrong_digit_of_an_orcid_id_is_found():
    right = "0000-0002-1825-0097"
    for at, digit in enumerate(right):
        for other in "0123456789" if digit != "-" else "":
            if other != digit:
                with pytest.raises(BadPeople):
                    orcid(right[:at] + other + right[at + 1 :])


def test_a_wrong_orcid_id_is_told_in_one_sentence():
    with pytest.raises(BadPeople) as error:
        orcid("0000-0002-1825-0098")
    said = "The ORCID iD 0000-0002-1825-0098 has a wrong digit somewhere; copy it anew from the person's record."
    assert str(error.value) == said
    with pytest.raises(BadPeople, match="“12” is no ORCID iD; it looks like 0000-0002-1825-0097"):
        orcid("12")


def test_a_ror_id_gets_its_one_spelling():
    assert ror("ROR.org/021K9XW90") == ror("021k9xw90") == "https://ror.org/021k9xw90"
    with pytest.raises(BadPeople):
        ror("https://ror.org/021k9xw9")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"role": "signer", "family": "X"},
            "“signer” is no role; there are: author, on behalf of, endorser, acknowledged.",
        ),
        ({"role": AUTHOR}, "Give either a person's name or a society's, not nothing."),
        ({"role": AUTHOR, "family": "X", "society": "Y"}, "Give either a person's name or a society's, not Y."),
        ({"role": AUTHOR, "family": "X", "email": "x@y"}, "“x@y” is no e-mail address; correct that of X."),
    ],
)
def test_a_contributor_who_is_none_is_refused(given, sentence):
    with pytest.raises(BadPeople) as error:
        Contributor(**given)
    assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("contributors", "submitter", "sentence"),
    [
        ((ASIS,), ASIS, "One person hands the text in; Atlantic Spine Society is a society."),
        ((ASIS,), AUTHOR_BOB, "Bob Stone hands the text in as author but is not listed so."),
        ((ASIS, BOB), BOB, "Who only hands the text in is named once, as the submitter."),
        ((GUILD,), BOB, "Name at least one author, a person or a society."),
    ],
)
def test_one_person_hands_in_and_somebody_is_the_author(contributors, submitter, sentence):
    with pytest.raises(BadPeople) as error:
        People(contributors, submitter)
    assert str(error.value) == sentence


def test_roles_stay_apart():
    assert SOCIETIES.societies == ("Atlantic Spine Society", "Société du Nord")
    assert SOCIETIES.among(ENDORSER) == (GUILD,)
    assert lines(SOCIETIES) == (
        "Atlantic Spine Society", "Société du Nord", "Endorsed by:", "Guild of Imaging", "Acknowledged:", "Ida Berg",
    )  # fmt: skip


def test_a_society_with_two_officers_stands_once():
    both = People((ASIS, dataclasses.replace(ASIS, officer="Daniel Reyes"), NORD), BOB)
    assert lines(both) == ("Atlantic Spine Society", "Société du Nord")
    assert both.once(AUTHOR) == (ASIS, NORD)


def test_a_journal_without_rules_takes_everybody_as_they_are():
    assert for_venue(SOCIETIES, JOURNAL) is SOCIETIES
    assert for_venue(PERSONS, SLOTS) is PERSONS


def test_where_no_group_is_taken_persons_write_on_behalf_of_the_societies():
    mixed = People((AUTHOR_BOB, ASIS, NORD, GUILD), AUTHOR_BOB)
    made = for_venue(mixed, SLOTS)
    assert [(one.name, one.role) for one in made.contributors] == [
        ("Bob Stone", AUTHOR), ("Atlantic Spine Society", ON_BEHALF), ("Société du Nord", ON_BEHALF),
        ("Guild of Imaging", ENDORSER),
    ]  # fmt: skip
    assert lines(made)[:4] == (
        "Bob Stone, President, Atlantic Spine Society", "On behalf of:", "Atlantic Spine Society", "Société du Nord",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rules", "why"),
    [
        ({"authors": "3", "group": "no"}, "takes no group as author: name 1 to 3 persons"),
        ({"group": "no"}, "takes no group as author: name the persons"),
        ({"authors": "1"}, "takes at most 1 author: name the person"),
    ],
)
def test_societies_alone_cannot_fill_the_slots_of_authors(rules, why):
    venue = Venue("x", "X", {kind: Rule(kind, value) for kind, value in rules.items()})
    with pytest.raises(BadPeople) as error:
        for_venue(SOCIETIES, venue)
    assert str(error.value) == f"X {why} who wrote the text, on behalf of the 2 societies."


def test_too_many_persons_are_refused():
    four = tuple(Contributor(AUTHOR, given="A", family=name) for name in ("B", "C", "D", "E"))
    with pytest.raises(BadPeople, match="NEJM letter takes at most 3 authors; 4 persons are named as authors"):
        for_venue(People(four, four[0]), SLOTS)
