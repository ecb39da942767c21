"""What the columns of a list mean: a guess from their headings in several languages, which a person may correct."""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from letters.models import Role
from letters.text.tabular import Lines

# The fields of a row, with what a person calls them; a name may also come in two columns.
FIELDS = {
    "society": "Society", "short_name": "Short name", "country": "Country", "contact_name": "Officer’s name",
    "first_name": "First name", "last_name": "Last name", "credentials": "Credentials", "office": "Office",
    "email": "E-mail", "role": "Role here", "language": "Language", "domain": "Web domain", "ror": "ROR id",
}  # fmt: skip
REQUIRED = ("society", "contact_name", "office", "email")
# English, French, German, Spanish and a little Japanese; without accents, blanks and signs, as `key` makes them.
_WORDS = {
    "society": "society societyname nameofsociety nameofthesociety organisation organization organisationname "
    "organizationname association learnedsociety societe societesavante nomdelasociete organisme verein gesellschaft "
    "fachgesellschaft verband sociedad asociacion entidad organizacion nombredelasociedad 学会 学会名",
    "short_name": "shortname acronym abbreviation abbr sigle acronyme abreviation kurzname abkurzung kurzel kurzform "
    "sigla siglas acronimo abreviatura 略称",
    "country": "country countrycode land pays pais staat 国",
    "contact_name": "contactname contact name fullname officer officername person signatory signer contactperson "
    "nomcomplet nometprenom nomprenom prenomnom representant ansprechpartner ansprechpartnerin ansprechperson kontakt "
    "kontaktperson vollername contacto nombrecompleto nombreyapellidos nombreyapellido persona representante "
    "printedname 氏名",
    "first_name": "firstname givenname givennames forename prenom vorname nombre nombres 名",
    "last_name": "lastname surname familyname nom nomdefamille nachname familienname zuname apellido apellidos 姓",
    "credentials": "credentials degree degrees academictitle academicdegree postnominals qualifications titel "
    "akademischertitel titres diplomes diplome titulacion",
    "office": "office title position function jobtitle fonction poste titre charge funktion amt stellung cargo puesto "
    "funcion titulo 役職 役職名",
    "email": "email emailaddress mail mailaddress emails emailadresse emailadress mailadresse courriel adressemail "
    "adresseemail adressecourriel adresseelectronique correo correoelectronico direcciondecorreo epost "
    "メール メールアドレス",
    "role": "role rolle",
    "language": "language lang langue sprache idioma lengua 言語",
    "domain": "domain domains webdomain website web url homepage siteweb site internet webseite paginaweb sitioweb",
    "ror": "ror rorid",
}  # fmt: skip
FIELD_OF = {word: field for field, words in _WORDS.items() for word in words.split()}
WHY = "Why this row was left out"  # the first column of the file of what was left out
_SEARCHED = 10  # lines in which the headings are looked for


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its headings told from its rows; `heading_at` is 0 where the first line is a row already."""

    headings: tuple[str, ...]
    heading_at: int
    lines: tuple[tuple[int, tuple[str, ...]], ...]

    @property
    def fingerprint(self) -> str:
        """What makes two header lines the same for whoever said before what the columns mean."""
        return hashlib.sha256("\x1f".join(key(cell) for cell in self.headings).encode()).hexdigest()


def key(heading: str) -> str:
    """A heading without capitals, accents, blanks, signs and what stands in brackets."""
    plain = unicodedata.normalize("NFKD", heading.partition("(")[0].casefold())
    return "".join(char for char in plain if char.isalnum())


def sheet_of(read: Lines) -> Sheet:
    """Find the headings: the first line with two known ones, else the first line unless an address stands in it."""
    lines = read.lines
    for at, (number, cells) in enumerate(lines[:_SEARCHED]):
        if len({FIELD_OF[key(cell)] for cell in cells if key(cell) in FIELD_OF}) >= 2:
            return Sheet(cells, number, lines[at + 1 :])
    if lines and not any("@" in cell for cell in lines[0][1]):
        return Sheet(lines[0][1], lines[0][0], lines[1:])
    width = max((len(cells) for _, cells in lines), default=0)
    return Sheet(tuple(f"Column {place}" for place in range(1, width + 1)), 0, lines)


def guess(sheet: Sheet) -> tuple[str, ...]:
    """For each column the field it holds, or "" for none; each field at most once, the first column wins."""
    found: list[str] = []
    for heading in sheet.headings:
        field = FIELD_OF.get(key(heading), "")
        found.append(field if field not in found else "")
    if "first_name" in found and "last_name" not in found and "contact_name" in found:
        found[found.index("contact_name")] = "last_name"  # „Vorname“ beside „Name“
    for half, other in (("first_name", "last_name"), ("last_name", "first_name")):
        if half in found and other not in found and "contact_name" not in found:
            found[found.index(half)] = "contact_name"  # “Nom” or “Nombre” alone
    if "society" not in found and "contact_name" in found and not {"email", "office"} & set(found):
        found[found.index("contact_name")] = "society"  # a list of societies without people
    if "role" in found and "office" not in found and not _are_roles(sheet, found.index("role")):
        found[found.index("role")] = "office"
    if "@" not in "".join(sheet.headings) and not any(found):
        found = _by_address(sheet, found)
    return tuple(found)


def _by_address(sheet: Sheet, found: list[str]) -> list[str]:
    """Without any known heading at least the addresses can be told."""
    for column in range(len(found)):
        cells = [cells[column] for _, cells in sheet.lines[:20] if column < len(cells)]
        if cells and all("@" in cell for cell in cells):
            return [*found[:column], "email", *found[column + 1 :]]
    return found


def certain(columns: Sequence[str]) -> bool:
    """True when nobody need be asked: every field that a row must have has its column."""
    return not missing(columns)


def missing(columns: Sequence[str]) -> list[str]:
    """The fields a row must have for which there is no column; a name may be in two."""
    whole = {*columns, *(["contact_name"] if {"first_name", "last_name"} <= set(columns) else [])}
    return [field for field in REQUIRED if field not in whole]


def unused(sheet: Sheet, columns: Sequence[str]) -> list[str]:
    """The headings of columns that nothing is read from."""
    return [
        heading
        for heading, field in zip(sheet.headings, columns, strict=False)
        if heading and not field and heading != WHY
    ]


def _are_roles(sheet: Sheet, column: int) -> bool:
    said = {cells[column].lower() for _, cells in sheet.lines if column < len(cells) and cells[column]}
    return said <= set(Role.values)
