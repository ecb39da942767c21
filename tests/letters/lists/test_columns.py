"""What columns mean by their headings, in several languages and orders, and when a person must be asked."""

import pytest

from letters.lists.columns import certain, guess, key, missing, sheet_of
from letters.lists.countries import country_code, language_code
from letters.lists.listing import read_listing
from letters.text.tabular import read_text

FULL = ("society", "contact_name", "office", "email")
HALVES = ("society", "first_name", "last_name", "office", "email")


def columns(text: str):
    return guess(sheet_of(read_text(text.encode(), name="a.csv")))


@pytest.mark.parametrize(
    ("heading", "fields"),
    [
        ("Society,Name,Office,E-Mail", FULL),
        ("Organisation,Contact person,Job title,E-mail address (work)", FULL),
        ("Société,Nom et prénom,Fonction,Courriel", FULL),
        ("Société savante,Nom,Titre,Adresse e-mail", FULL),
        ("Société,Prénom,Nom,Fonction,Courriel", HALVES),
        ("Fachgesellschaft,Ansprechpartner,Funktion,E-Mail-Adresse", FULL),
        ("Verein,Vorname,Name,Amt,Mail", HALVES),
        ("Sociedad,Nombre,Cargo,Correo electrónico", FULL),
        ("Sociedad,Nombre,Apellidos,Cargo,Correo", HALVES),
        ("学会,氏名,役職,メール", FULL),
    ],
)
def test_headings_are_guessed(heading, fields):
    found = columns(f"{heading}\n{','.join('x' * len(fields))}\n")
    assert found == fields
    assert certain(found)


def test_a_column_called_role_is_the_office_unless_it_holds_roles():
    assert columns("Society,Name,Role,E-Mail\nS,A,President,a@s.org\n") == FULL
    assert columns("Society,Name,Role,Office,E-Mail\nS,A,signer,President,a@s.org\n")[2] == "role"


def test_a_list_without_people_is_one_of_societies():
    found = columns("name,acronym,domain\nS,X,s.org\n")
    assert found == ("society", "short_name", "domain")
    assert missing(found) == ["contact_name", "office", "email"]


def test_lines_above_the_headings_are_passed_over_and_counted():
    sheet = sheet_of(read_text(b"List of May\n\nSociety,Name,Office,E-Mail\nS,A,President,a@s.org\n", name="a.csv"))
    assert (sheet.heading_at, [number for number, _ in sheet.lines]) == (3, [4])


def test_rows_without_headings_are_all_kept_and_their_addresses_told():
    sheet = sheet_of(read_text(b"S,Ann,President,a@s.org\nT,Ben,Chair,b@t.org\n", name="a.csv"))
    assert (sheet.heading_at, len(sheet.lines), guess(sheet)) == (0, 2, ("", "", "", "email"))


def test_two_columns_of_one_meaning_give_the_first_its_field():
    assert columns("Society,Name,Office,E-Mail,Mail\nS,A,P,a@s.org,b@s.org\n") == (*FULL, "")


def test_fingerprints_do_not_see_capitals_or_accents():
    assert key(" Société_Savante (FR) ") == "societesavante"


@pytest.mark.parametrize(
    ("words", "code"), [("", ""), ("us", "US"), ("Deutschland", "DE"), ("United  Kingdom", "GB"), ("Utopia", None)]
)
def test_countries_are_two_letters(words, code):
    assert country_code(words) == code


@pytest.mark.parametrize(("words", "tag"), [("", "en"), ("Français", "fr"), ("pt-BR", "pt-br"), ("gibberish", None)])
def test_languages_are_tags(words, tag):
    assert language_code(words) == tag


@pytest.mark.parametrize("cell", ["Ann <a@s.org>", "mailto:A@s.org", "A@S.ORG"])
def test_addresses_are_taken_out_of_what_stands_around_them(cell):
    (row,) = read_listing(f"Society,Name,Office,E-Mail\nS,A,P,{cell}\n".encode(), name="a.csv").rows
    assert row.email == "a@s.org"


def test_two_addresses_in_one_cell_are_refused():
    (bad,) = read_listing(b'Society,Name,Office,E-Mail\nS,A,P,"a@s.org; b@s.org"\n', name="a.csv").refused
    assert (bad.state, "is more than one e-mail address" in bad.why) == ("address", True)
