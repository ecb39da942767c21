"""Makes rows and refusals of the lines of a list once it is known what its columns mean; knows no database."""

import dataclasses
import email.utils
import re
import unicodedata
from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from letters.lists.columns import FIELDS, Sheet, guess, missing, sheet_of, unused
from letters.lists.countries import country_code, language_code
from letters.models import Role
from letters.models.address import NoDomain, own_domain
from letters.render.glyphs import uncovered
from letters.text.canonical import Refused, one_line
from letters.text.ror import ror_address
from letters.text.tabular import BadTable, Lines, read_text
from letters.text.workbook import read_workbook

LIMITS = {"society": 300, "contact_name": 150, "office": 200, "short_name": 60}
MOST_ROWS = 5000
MOST_BYTES = 5 * 1024 * 1024
EXAMPLE = "Example Society (delete this row)"  # the society of the row that shows how the template is filled in


class BadList(ValueError):
    """The file cannot be read as a list of societies; one sentence names file, row and column."""


class BadAddress(BadList):
    """What a row gives as an e-mail address is none."""


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
class Refusal:
    """A row that cannot be written; `state` is refused, address (a bad one) or twice (the row repeats another)."""

    number: int
    why: str
    state: str = "refused"
    said: str = ""  # society, name and office as far as the row gives them


@dataclasses.dataclass(frozen=True, slots=True)
class Listing:
    """What a file held: good rows, refusals, and remarks about the whole file."""

    rows: tuple[Row, ...]
    refused: tuple[Refusal, ...]
    remarks: tuple[str, ...]


def read_lines(data: bytes, *, name: str, encoding: str = "", sheet: str = "") -> Lines:
    """The lines of a .csv, .tsv, .txt or .xlsx file, told apart by content; raises BadList."""
    if len(data) > MOST_BYTES:
        raise BadList(f"{name} is larger than 5 MB; split it.")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadList(f"{name} is in the old .xls format or has a password; save it as .xlsx without one.")
    try:
        book = data.startswith(b"PK\x03\x04")
        return read_workbook(data, name=name, sheet=sheet) if book else read_text(data, name=name, encoding=encoding)
    except BadTable as error:
        raise BadList(str(error)) from error


def table_in(read: Lines, *, name: str) -> Sheet:
    """The lines with their headings; raises BadList when there is nothing in them."""
    found = sheet_of(read)
    if not read.lines:
        raise BadList(f"{name} is empty; it needs a first row with the columns society, contact_name, office, email.")
    if not found.lines:
        raise BadList(f"{name} has a header but no rows; add one row per officer.")
    if len(found.lines) > MOST_ROWS:
        raise BadList(f"{name} has {len(found.lines)} rows; {MOST_ROWS} are read at once.")
    return found


def read_listing(data: bytes, *, name: str) -> Listing:
    """A whole file by the guess of what its columns mean; raises BadList when a column that must be there is not."""
    read = read_lines(data, name=name)
    table = table_in(read, name=name)
    columns = guess(table)
    absent = missing(columns)
    if absent:
        raise BadList(f"{name}, row {table.heading_at}: the column “{absent[0]}” is missing; add it and upload again.")
    return listing_of(read, table, columns)


def listing_of(
    read: Lines, table: Sheet, columns: Sequence[str], corrections: Mapping[int, str] | None = None
) -> Listing:
    """The rows by what the columns mean; `corrections` gives the address a person typed for a row, by its number."""
    rows: list[Row] = []
    refused: list[Refusal] = []
    seen: dict[tuple[str, str], int] = {}
    labels = FIELDS | {field: heading for field, heading in zip(columns, table.headings, strict=False) if field}
    for number, line in table.lines:
        cells = dict(zip(columns, line, strict=False))
        cells |= {"email": corrections[number]} if corrections and number in corrections else {}
        try:
            if number in read.hidden:
                raise BadList(f"Row {number} is hidden in the file; show it there to have it imported.")
            row = checked(number, cells, labels)
        except BadList as error:
            state = "address" if isinstance(error, BadAddress) else "refused"
            refused.append(Refusal(number, str(error), state, _said(cells)))
            continue
        key = (unicodedata.normalize("NFKC", row.society).casefold(), row.email)
        if key in seen:
            why = f"Row {number} repeats row {seen[key]}: the same officer of the same society."
            refused.append(Refusal(number, why, "twice", _said(cells)))
            continue
        seen[key] = number
        rows.append(row)
    ignored = unused(table, columns)
    remarks = [*read.remarks, *([f"Not read: {_columns(ignored)}."] if ignored else [])]
    return Listing(tuple(rows), tuple(refused), tuple(remarks))


def _columns(headings: Sequence[str]) -> str:
    named = ", ".join(f"“{heading}”" for heading in headings)
    return f"the column {named}" if len(headings) == 1 else f"the columns {named}"


def _said(cells: Mapping[str, str]) -> str:
    words = (cells.get(field, "") for field in ("society", "contact_name", "first_name", "last_name", "office"))
    return ", ".join(filter(None, words))[:300]


def checked(number: int, cells: Mapping[str, str], labels: Mapping[str, str]) -> Row:
    """One row with every field checked; raises BadList naming row and column."""
    values = {field: cells.get(field, "") for field in FIELDS}
    values["contact_name"] = values["contact_name"] or f"{values['first_name']} {values['last_name']}".strip()
    if values["society"] == EXAMPLE:
        raise BadList(f"Row {number} is the example of the template; write your own societies in its place.")
    for field in ("society", "contact_name", "office"):
        if not values[field]:
            raise BadList(f"Row {number}: the column “{labels[field]}” is empty.")
    for field, value in values.items():
        values[field] = _clean(number, field, labels[field], value)
    role = values["role"].lower() or Role.SIGNER.value
    if role not in Role.values:
        raise BadList(f"Row {number}: the role “{values['role']}” is not one of {', '.join(Role.values)}.")
    country = country_code(values["country"])
    if country is None:
        raise BadList(f"Row {number}: write the country “{values['country']}” as two letters, such as US.")
    language = language_code(values["language"])
    if language is None:
        raise BadList(f"Row {number}: write the language “{values['language']}” as two letters, such as fr.")
    registered = _registered(number, values, labels)
    return Row(
        number, values["society"], values["contact_name"], values["office"],
        _address(number, values["email"], labels["email"]), values["short_name"], country, values["credentials"],
        role, language, *registered,
    )  # fmt: skip


def _address(number: int, value: str, label: str) -> str:
    """The address in lower case, also from “Name <address>”; looked at last, because a person can mend it on screen."""
    if not value:
        raise BadAddress(f"Row {number}: the column “{label}” is empty.")
    bare = email.utils.parseaddr(value)[1] if "<" in value else re.sub(r"(?i)^mailto:", "", value)
    if bare.count("@") > 1:
        raise BadAddress(f"Row {number}: “{value}” is more than one e-mail address; give each officer a row.")
    try:
        validate_email(bare)
    except ValidationError:
        raise BadAddress(f"Row {number}: “{value}” is not an e-mail address.") from None
    return bare.lower()


def _registered(number: int, values: Mapping[str, str], labels: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    """The society's domains and its ROR id, each in its one spelling; raises BadList naming row and column."""
    try:
        domains = tuple(own_domain(word) for word in values["domain"].replace(";", " ").split())
    except NoDomain as error:
        raise BadList(f"Row {number}, column “{labels['domain']}”: {error}") from None
    try:
        return domains, ror_address(values["ror"]) if values["ror"] else ""
    except ValueError as error:
        raise BadList(f"Row {number}, column “{labels['ror']}”: {error}") from None


def _clean(number: int, field: str, label: str, value: str) -> str:
    try:
        value = one_line(value) if value else ""
    except Refused as error:
        raise BadList(f"Row {number}, column “{label}”: {error}") from None
    if len(value) > LIMITS.get(field, 200):
        raise BadList(f"Row {number}: the column “{label}” is longer than {LIMITS.get(field, 200)} characters.")
    strange = uncovered(value) if field in ("society", "contact_name", "office", "credentials") else []
    if strange:
        raise BadList(
            f"Row {number}, column “{label}”: the fonts on paper have no “{strange[0]}”; write the name without it."
        )
    return value
