"""Lists of societies as people send them: encodings, delimiters, missing columns, bad rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.lists.listing import BadList, read_listing
from tests.examples import examples

HEAD = "society,contact_name,office,email\n"
GOOD = "Society of Tests,Tina Test,President,tina@test.example\n"


def read(text: str, encoding: str = "utf-8", name: str = "list.csv"):
    return read_listing(text.encode(encoding), name=name)


def test_a_plain_list_is_read():
    (row,) = read(HEAD + GOOD).rows
    assert (row.number, row.society, row.email, row.role) == (2, "Society of Tests", "tina@test.example", "signer")


def test_the_real_list_gives_36_officers_of_34_societies(inputs):
    listing = read_listing((inputs / "societies-34.csv").read_bytes(), name="societies-34.csv")
    assert (len(listing.rows), len({row.society for row in listing.rows}), listing.refused) == (36, 34, ())
    assert 'American Fellowship of Orthopaedic Spine Surgeons ("AFOSS")' in {row.society for row in listing.rows}
    assert max(len(row.society) for row in listing.rows) == 124


def test_credentials_are_printed_behind_the_name():
    (row,) = read('society,contact_name,office,email,credentials\nS,Ann,Chair,a@s.example,"MD, PhD"\n').rows
    assert row.printed_name == "Ann, MD, PhD"


def test_windows_1252_is_read_and_said():
    listing = read(HEAD + "Société d’Essai,Zoë,Présidente,z@e.example\n", "cp1252")
    assert listing.rows[0].society == "Société d’Essai"
    assert "Western European (Windows)" in listing.remarks[0]


@pytest.mark.parametrize(("mark", "word"), [(";", "semicolons"), ("\t", "tabs")])
def test_other_delimiters_are_read_and_said(mark, word):
    listing = read((HEAD + GOOD).replace(",", mark))
    assert listing.rows[0].contact_name == "Tina Test"
    assert word in listing.remarks[0]


def test_a_byte_order_mark_and_other_column_names_are_understood():
    listing = read("Organisation,Name,Title,E-Mail\n" + GOOD, "utf-8-sig")
    assert listing.rows[0].office == "President"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "list.csv is empty; it needs a first row with the columns society, contact_name, office, email."),
        (HEAD, "list.csv has a header but no rows; add one row per officer."),
        (
            "society,contact_name,office\nS,T,U\n",
            "list.csv, row 1: the column “email” is missing; add it and upload again.",
        ),
    ],
)
def test_a_list_that_cannot_be_used_is_refused_in_one_sentence(text, sentence):
    with pytest.raises(BadList) as caught:
        read(text)
    assert str(caught.value) == sentence


def test_a_spreadsheet_file_is_named_as_such():
    with pytest.raises(BadList, match="save it again as"):
        read_listing(b"PK\x03\x04rest", name="list.xlsx")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("S,T,President,nobody\n", "Row 3: “nobody” is not an e-mail address."),
        ("S,,President,t@s.example\n", "Row 3: the column “contact_name” is empty."),
        (f"{'S' * 301},T,President,t@s.example\n", "Row 3: the column “society” is longer than 300 characters."),
        ("S\u202e,T,President,t@s.example\n", "Row 3, column “society”: Character 2 (‘U+202E’) is"),
        ("S 😀,T,President,t@s.example\n", "Row 3, column “society”: the fonts on paper have no “😀”"),
        (
            "Society of Tests,Tina,Chair,TINA@test.example\n",
            "Row 3 repeats row 2: the same officer of the same society.",
        ),
    ],
)
def test_a_bad_row_is_refused_by_number_and_the_good_one_is_kept(line, sentence):
    listing = read(HEAD + GOOD + line)
    assert len(listing.rows) == 1
    assert listing.refused[0].number == 3
    assert listing.refused[0].why.startswith(sentence)


def test_an_unknown_role_or_country_is_refused():
    listing = read(
        "society,contact_name,office,email,role,country\nS,T,U,t@s.example,king,\nS,T,U,u@s.example,,Utopia\n"
    )
    assert [one.why for one in listing.refused] == [
        "Row 2: the role “king” is not one of signer, approver, assistant, reviewer.",
        "Row 3: write the country “Utopia” as two letters, such as US.",
    ]


def test_row_numbers_are_those_of_the_spreadsheet_with_blank_lines_between():
    listing = read(HEAD + "\n" + GOOD + ",,,\n" + "S,T,U,bad\n")
    assert [row.number for row in listing.rows] == [3]
    assert listing.refused[0].number == 5


@examples(300)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_list_or_refused(data):
    found = read_or_sentence(data, "any.csv")
    assert "any.csv" in found if isinstance(found, str) else len(found.rows) + len(found.refused) > 0


def read_or_sentence(data: bytes, name: str):
    """The listing, or the sentence with which it was refused."""
    try:
        return read_listing(data, name=name)
    except BadList as error:
        return str(error)


@examples(200)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_names_in_a_row_are_kept_or_refused_with_the_row(society, name):
    cells = [f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in (society, name, "Chair", "a@b.example")]
    listing = read_or_sentence((HEAD + ",".join(cells) + "\n").encode("utf-8", "ignore"), "x.csv")
    if isinstance(listing, str):
        assert "x.csv" in listing
        return
    assert all("Row" in why for why in [one.why for one in listing.refused])
    assert all(row.society and row.contact_name for row in listing.rows)
