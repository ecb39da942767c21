"""Reads a list of societies from a CSV file into rows and refusals; knows no database."""

import csv
import dataclasses
import io
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from letters.models import Role
from letters.models.address import NoDomain, own_domain
from letters.models.society import ror_address
from letters.render.glyphs import uncovered
from letters.text.canonical import Refused, one_line

REQUIRED = ("society", "contact_name", "office", "email")
OPTIONAL = ("short_name", "country", "credentials", "role", "language", "domain", "ror", "note")
ALSO_CALLED = {
    "name": "contact_name", "contact": "contact_name", "officer": "contact_name", "title": "office",
    "position": "office", "acronym": "short_name", "abbreviation": "short_name", "e_mail": "email",
    "ror_id": "ror", "domains": "domain", "website": "domain",
    "mail": "email", "email_address": "email", "organisation": "society", "organization": "society",
}  # fmt: skip
LIMITS = {"society": 300, "contact_name": 150, "office": 200, "short_name": 60}
MOST_ROWS = 5000
MOST_BYTES = 5 * 1024 * 1024


class BadList(ValueError):
    """The file cannot be read as a list of societies; one sentence names file, row and column."""


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One officer of one society; `number` is the line a spreadsheet shows (the header is 1)."""

    number: int
    society: str
    contact_name: str
    office: str
    email: str
    short_name: str = ""
    country: str = ""
    credentials: str = ""
    role: str = Role.SIGNER.value
    language: str = "en"
    domains: tuple[str, ...] = ()
    ror: str = ""

    @property
    def printed_name(self) -> str:
        """The name with its credentials, as it will be printed."""
        return f"{self.contact_name}, {self.credentials}" if self.credentials else self.contact_name


@dataclasses.dataclass(frozen=True, slots=True)
class Listing:
    """What a file held: good rows, refusals as (row number, sentence), and remarks about the whole file."""

    rows: tuple[Row, ...]
    refused: tuple[tuple[int, str], ...]
    remarks: tuple[str, ...]


def decoded(data: bytes, name: str) -> tuple[str, str]:
    """The text and a remark where the encoding had to be guessed."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise BadList(f"{name} is a spreadsheet file; save it as CSV (UTF-8) and upload that.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), ""
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
        return text, "The file is not UTF-8; it was read as Windows-1252. Check that names look right below."


def read_listing(data: bytes, *, name: str) -> Listing:
    """Read a CSV with commas, semicolons or tabs; raises BadList when nothing in it can be used."""
    if len(data) > MOST_BYTES:
        raise BadList(f"{name} is larger than 5 MB; split it.")
    text, remark = decoded(data, name)
    first_line = text.lstrip("\n\r").split("\n", 1)[0]
    delimiter = max(",;\t", key=first_line.count)
    try:
        lines = list(csv.reader(io.StringIO(text.lstrip("\n\r"), newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise BadList(f"{name} is not a CSV file ({error}); save the list as CSV (UTF-8) and upload that.") from None
    header = [column_of(cell) for cell in lines[0]] if lines else []
    missing = [column for column in REQUIRED if column not in header]
    if not header:
        raise BadList(f"{name} is empty; it needs a first row with the columns {', '.join(REQUIRED)}.")
    if missing:
        raise BadList(f"{name}, row 1: the column “{missing[0]}” is missing; add it and upload again.")
    body = [(number, line) for number, line in enumerate(lines[1:], start=2) if any(cell.strip() for cell in line)]
    if not body:
        raise BadList(f"{name} has a header but no rows; add one row per officer.")
    if len(body) > MOST_ROWS:
        raise BadList(f"{name} has {len(body)} rows; {MOST_ROWS} are read at once.")
    remarks = [remark] if remark else []
    if delimiter != ",":
        remarks.append(f"Columns are separated by {'semicolons' if delimiter == ';' else 'tabs'}; read as such.")
    rows, refused = _sorted_out(header, body)
    return Listing(tuple(rows), tuple(refused), tuple(remarks))


def column_of(cell: str) -> str:
    """The column's own name: lower case, blanks as underscores, common other names understood."""
    key = "_".join(cell.strip().lower().replace("-", " ").split())
    return ALSO_CALLED.get(key, key)


def _sorted_out(header: list[str], body: list[tuple[int, list[str]]]) -> tuple[list[Row], list[tuple[int, str]]]:
    rows: list[Row] = []
    refused: list[tuple[int, str]] = []
    seen: dict[tuple[str, str], int] = {}
    for number, line in body:
        cells = dict(zip(header, (" ".join(cell.split()) for cell in line), strict=False))
        try:
            row = checked(number, cells)
        except BadList as error:
            refused.append((number, str(error)))
            continue
        key = (unicodedata.normalize("NFKC", row.society).casefold(), row.email)
        if key in seen:
            refused.append((number, f"Row {number} repeats row {seen[key]}: the same officer of the same society."))
            continue
        seen[key] = number
        rows.append(row)
    return rows, refused


def checked(number: int, cells: dict[str, str]) -> Row:
    """One row with every field checked; raises BadList naming row and column."""
    values = {column: cells.get(column, "") for column in (*REQUIRED, *OPTIONAL)}
    for column in REQUIRED:
        if not values[column]:
            raise BadList(f"Row {number}: the column “{column}” is empty.")
    for column, value in values.items():
        values[column] = _clean(number, column, value)
    email = values["email"].lower()
    try:
        validate_email(email)
    except ValidationError:
        raise BadList(f"Row {number}: “{values['email']}” is not an e-mail address.") from None
    role = values["role"].lower() or Role.SIGNER.value
    if role not in Role.values:
        raise BadList(f"Row {number}: the role “{values['role']}” is not one of {', '.join(Role.values)}.")
    country = values["country"].upper()
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise BadList(f"Row {number}: write the country “{values['country']}” as two letters, such as US.")
    return Row(
        number, values["society"], values["contact_name"], values["office"], email, values["short_name"], country,
        values["credentials"], role, values["language"].lower() or "en", *_registered(number, values),
    )  # fmt: skip


def _registered(number: int, values: dict[str, str]) -> tuple[tuple[str, ...], str]:
    """The society's domains and its ROR id, each in its one spelling; raises BadList naming row and column."""
    try:
        domains = tuple(own_domain(word) for word in values["domain"].replace(";", " ").split())
    except NoDomain as error:
        raise BadList(f"Row {number}, column “domain”: {error}") from None
    try:
        return domains, ror_address(values["ror"]) if values["ror"] else ""
    except ValueError as error:
        raise BadList(f"Row {number}, column “ror”: {error}") from None


def _clean(number: int, column: str, value: str) -> str:
    try:
        value = one_line(value)
    except Refused as error:
        raise BadList(f"Row {number}, column “{column}”: {error}") from None
    if len(value) > LIMITS.get(column, 200):
        raise BadList(f"Row {number}: the column “{column}” is longer than {LIMITS.get(column, 200)} characters.")
    strange = uncovered(value) if column in ("society", "contact_name", "office", "credentials") else []
    if strange:
        raise BadList(
            f"Row {number}, column “{column}”: the fonts on paper have no “{strange[0]}”; write the name without it."
        )
    return value
