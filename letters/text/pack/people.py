"""Who stands behind a text, in which role, and who hands it in; how that is written is up to the writers."""

import re
from dataclasses import dataclass, replace

from letters.text.ror import ror_address
from letters.text.summary import counted
from letters.text.venue import Venue

AUTHOR, ON_BEHALF, ENDORSER, ACKNOWLEDGED = "author", "on behalf of", "endorser", "acknowledged"
# Who hands the text in without having any of these roles.
SUBMITTER = "submitter"
ROLES = (AUTHOR, ON_BEHALF, ENDORSER, ACKNOWLEDGED)
_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])/?", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")


class BadPeople(ValueError):
    """These people cannot stand under the text; the message is one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Contributor:
    """A person or a society in one role.

    A person has `family` (the whole printed name where its parts are not known, then `given` is empty), a society has
    `society`, its name as printed; nobody has both. `country` is an ISO 3166-1 code of two letters. `orcid` is kept as
    0000-0002-1825-0097, `ror` as https://ror.org/ and nine signs. `officer` and `office` are who signed for a society,
    `office` also what a person is. `interests` are those declared, "" when none were. Raises BadPeople.
    """

    role: str
    given: str = ""
    family: str = ""
    society: str = ""
    affiliation: str = ""
    country: str = ""
    email: str = ""
    orcid: str = ""
    ror: str = ""
    officer: str = ""
    office: str = ""
    interests: str = ""

    def __post_init__(self) -> None:
        if self.role not in (*ROLES, SUBMITTER):
            raise BadPeople(f"“{self.role}” is no role; there are: {', '.join(ROLES)}.")
        if bool(self.family) == bool(self.society) or (self.society and self.given):
            raise BadPeople(f"Give either a person's name or a society's, not {self.name or 'nothing'}.")
        if self.email and not _MAIL.fullmatch(self.email):
            raise BadPeople(f"“{self.email}” is no e-mail address; correct that of {self.name}.")
        if self.orcid:
            object.__setattr__(self, "orcid", orcid(self.orcid))
        if self.ror:
            object.__setattr__(self, "ror", ror(self.ror))

    @property
    def person(self) -> bool:
        """Whether it is a person."""
        return bool(self.family)

    @property
    def name(self) -> str:
        """The name in reading order."""
        return self.society or " ".join(filter(None, (self.given, self.family)))


@dataclass(frozen=True, slots=True)
class People:
    """All contributors in printed order, and the one person who hands the text in.

    The submitter's role says nothing about the handing in: it is one of the contributors, or has the role `SUBMITTER`.
    Raises BadPeople.
    """

    contributors: tuple[Contributor, ...]
    submitter: Contributor

    def __post_init__(self) -> None:
        if not self.submitter.person:
            raise BadPeople(f"One person hands the text in; {self.submitter.name} is a society.")
        if any(one.role == SUBMITTER for one in self.contributors):
            raise BadPeople("Who only hands the text in is named once, as the submitter.")
        if self.submitter.role != SUBMITTER and self.submitter not in self.contributors:
            raise BadPeople(f"{self.submitter.name} hands the text in as {self.submitter.role} but is not listed so.")
        if not self.among(AUTHOR):
            raise BadPeople("Name at least one author, a person or a society.")

    def among(self, role: str) -> tuple[Contributor, ...]:
        """The contributors in this role, in printed order."""
        return tuple(one for one in self.contributors if one.role == role)

    def once(self, role: str) -> tuple[Contributor, ...]:
        """The contributors in this role, a society for which several officers signed once."""
        found: dict[str, Contributor] = {}
        for one in self.among(role):
            found.setdefault(one.name, one)
        return tuple(found.values())

    @property
    def societies(self) -> tuple[str, ...]:
        """The names of the societies that stand behind the text as authors or on whose behalf it is written."""
        found = [one.society for one in self.contributors if one.society and one.role in (AUTHOR, ON_BEHALF)]
        return tuple(dict.fromkeys(found))


def orcid(typed: str) -> str:
    """An ORCID iD as 0000-0002-1825-0097, its check digit by ISO 7064 mod 11-2; raises BadPeople."""
    found = _ORCID.fullmatch(typed.strip())
    if found is None:
        raise BadPeople(f"“{typed}” is no ORCID iD; it looks like 0000-0002-1825-0097.")
    plain = found[1].upper()
    total = 0
    for digit in plain.replace("-", "")[:15]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if plain[-1] != ("X" if check == 10 else str(check)):
        raise BadPeople(f"The ORCID iD {plain} has a wrong digit somewhere; copy it anew from the person's record.")
    return plain


def ror(typed: str) -> str:
    """A ROR id as https://ror.org/ and nine signs; raises BadPeople."""
    try:
        return ror_address(typed)
    except ValueError as error:
        raise BadPeople(str(error)) from None


def for_venue(people: People, venue: Venue) -> People:
    """The people as this journal can print them.

    Where it takes no group, or fewer authors than there are, societies that are authors become those on whose behalf
    the named persons write. Raises BadPeople, saying how many persons to name, when none or too many are named.
    """
    most, no_group = venue.rule("authors").number, venue.rule("group").yes is False
    authors = people.among(AUTHOR)
    persons = [one for one in authors if one.person]
    groups = len(authors) - len(persons)
    at_most = f"takes at most {counted(most, 'author')}" if most is not None else ""
    if most is not None and len(persons) > most:
        raise BadPeople(f"{venue.name} {at_most}; {len(persons)} persons are named as authors.")
    if not groups or not (no_group or (most is not None and len(authors) > most)):
        return people
    if not persons:
        why = "takes no group as author" if no_group else at_most
        number = {None: "the persons", 1: "the person"}.get(most, f"1 to {most} persons")
        whom = f"the {groups} societies" if groups > 1 else f"{authors[0].society}"
        raise BadPeople(f"{venue.name} {why}: name {number} who wrote the text, on behalf of {whom}.")
    moved = (replace(one, role=ON_BEHALF) if one.society and one.role == AUTHOR else one for one in people.contributors)
    return replace(people, contributors=tuple(moved))
