"""The signatories of a sealed edition as the public sees them: by kind, page by page, searched.

A roster may be long: pages hold PER_PAGE entries, and whoever wants all goes through them one by one. What programs
get is left to roster_data.
"""

import dataclasses
import datetime
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.db.models import Count, QuerySet

from letters.models import Edition, RosterRecord, Signature
from letters.models.roster import CHUNK
from letters.models.society import name_key
from letters.proof import kinds
from letters.proof.records import instant
from signon.site import absolute

PER_PAGE = 200
# Of each signature, what is in its record already or is not shown.
UNREAD = ("sought", "leaf", "signature__statement", "signature__checkpoint", "signature__interests")


@dataclasses.dataclass(frozen=True, slots=True)
class Signatory:
    """One entry of the roster: `noted` where the society took its support back after the seal.

    `page` is the address of the society's page here, empty for a person and where the support was taken back.
    """

    record: dict[str, Any]
    noted: Signature | None
    logo: bool
    page: str = ""
    ror: str = ""

    def as_data(self) -> dict[str, Any]:
        """The entry for a program; the fields are explained in docs/public.md."""
        record, noted = self.record, self.noted
        return {
            "position": record["position"], "society": record["society"], "short_name": record["short_name"],
            "kind": record.get("kind", "society"), "country": record["country"], "officer": record["printed_name"],
            "office": record["office"], "interests": record["interests"], "ror": self.ror,
            "page": absolute(self.page) if self.page else "",
            "support_taken_back": _instant(noted.withdrawn_at if noted else None),
            "note": noted.public_note if noted else "",
        }  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Listed:
    """A page of the roster, or of what was found in it: `shown` entries of `everybody` on `pages` pages.

    `groups` are those on this page by kind, as they are printed, each kind with its whole count in words.
    """

    groups: list[tuple[str, list[Signatory]]]
    everybody: int
    shown: int
    page: int
    pages: int

    @property
    def rows(self) -> list[Signatory]:
        """Those on this page."""
        return [row for _, group in self.groups for row in group]

    def said(self, asked: str) -> str:
        """Which of all are on this page; nothing where it shows the whole roster."""
        first, last = (self.page - 1) * PER_PAGE + 1, min(self.page * PER_PAGE, self.shown)
        if self.pages > 1:
            found = f"{self.shown:,} found among " if asked else ""
            return f"{first:,} to {last:,} of {found}{self.everybody:,} shown."
        return f"{self.shown:,} of {self.everybody:,} shown." if asked else ""


def listed(edition: Edition, asked: str = "", page: str = "") -> Listed:
    """The entries in which all the words asked for stand, on the page of that number, the nearest there is.

    Two queries, three for a search.
    """
    words = name_key(asked).split()
    found = _found(edition, words)
    counts, shown = edition.counts["signed"], edition.size
    if words:
        counts, shown = _counted(found)
    pages = max(1, -(-shown // PER_PAGE))
    wanted = int(page) if page.isascii() and page.isdecimal() and len(page) < 9 else 1
    number = min(max(wanted, 1), pages)
    start, end = (number - 1) * PER_PAGE, number * PER_PAGE
    places: Iterable[int] = range(start + 1, end + 1)
    if words:  # counted without the people, who would be read for all entries before the page
        places = found.order_by("position").values_list("position", flat=True)[start:end]
    held = _with_people(edition.enrolled.filter(position__in=list(places)))
    groups = [
        (kinds.in_words({kind: counts[kind]}), [_signatory(row) for row in group])
        for kind, group in groupby(held, key=lambda row: row.kind)
    ]
    return Listed(groups, edition.size, shown, number, pages)


def _found(edition: Edition, words: list[str]) -> QuerySet[RosterRecord]:
    rows = edition.enrolled.all()
    for word in words:
        rows = rows.filter(sought__contains=word)
    return rows


def _counted(rows: QuerySet[RosterRecord]) -> tuple[dict[str, int], int]:
    """How many different names of each kind there are among these, and how many entries."""
    found = list(rows.order_by().values_list("kind").annotate(Count("society", distinct=True), Count("pk")))
    return {kind: names for kind, names, _ in found}, sum(number for _, _, number in found)


def signatories(edition: Edition) -> Iterator[Signatory]:
    """The whole roster in printed order, some entries at a time (one query)."""
    return (_signatory(row) for row in _with_people(edition.enrolled.all()).iterator(CHUNK))


def names(edition: Edition) -> Iterator[str]:
    """Those who stand behind the letter still, in printed order (one query); some sign with several officers."""
    return _standing(edition).order_by("position").values_list("society", flat=True).iterator(CHUNK)


def number_of_names(edition: Edition) -> int:
    """How many different names those are (one query)."""
    return _standing(edition).values("society").distinct().count()


def _standing(edition: Edition) -> QuerySet[RosterRecord]:
    return edition.enrolled.filter(signature__withdrawn_after_seal=False)


def _with_people(rows: QuerySet[RosterRecord]) -> QuerySet[RosterRecord]:
    return rows.select_related("signature__invitation__society__merged_into").defer(*UNREAD).order_by("position")


def _signatory(row: RosterRecord) -> Signatory:
    """The entry; the logo is shown where the society signed with it and its use is still allowed."""
    signature, society = row.signature, row.signature.invitation.society
    noted = signature if signature.withdrawn_after_seal else None
    logo = bool(row.record.get("logo") and signature.logo_id and society.logo_id)
    if noted or row.kind == kinds.PERSON:
        return Signatory(row.record, noted, logo)
    return Signatory(row.record, noted, logo, society.surviving.get_absolute_url(), society.ror_id)


def _instant(at: datetime.datetime | None) -> str:
    return instant(at) if at else ""
