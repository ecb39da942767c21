"""Which societies a row of a list might mean, short of its full name: a hint that a person decides, never a match."""

import dataclasses

from django.db.models import Q

from letters.lists.listing import Listing, Row
from letters.models import Domain, Society, SocietyName
from letters.models.address import NoDomain, own_domain
from letters.models.society import name_key


@dataclasses.dataclass(frozen=True, slots=True)
class Likeness:
    """A society or another row that a row resembles, and what they share, as the end of a sentence."""

    shares: str
    society: Society | None = None
    row: Row | None = None

    @property
    def value(self) -> str:
        """How a form names the choice."""
        return f"society-{self.society.pk}" if self.society else f"row-{self.row.number if self.row else 0}"

    @property
    def label(self) -> str:
        """How a person reads the choice."""
        if self.society is None:
            return f"The same as row {self.row.number}: {self.row.society}" if self.row else ""
        facts = ", ".join(filter(None, [self.society.short_name, self.society.country, self.society.ror_id]))
        return f"The same as {self.society}" + (f" ({facts})" if facts else "")


def _hosts(row: Row) -> set[str]:
    """The domains a row speaks of: its own column and the officer's address."""
    try:
        mailed = {own_domain(row.email.rpartition("@")[2])}
    except NoDomain:
        mailed = set()
    return {*row.domains, *mailed}


class Registry:
    """What the registry and the file know of names, read in three queries whatever the number of rows."""

    def __init__(self, listing: Listing) -> None:
        self.rows_by_mark: dict[tuple[str, str], list[Row]] = {}
        for row in listing.rows:
            for mark in _marks(row):
                self.rows_by_mark.setdefault(mark, []).append(row)
        words = {word for row in listing.rows for word in (row.short_name, row.society) if word}
        keys = {name_key(word) for word in words}
        hosts = {host for row in listing.rows for host in _hosts(row)}
        ids = {row.ror for row in listing.rows if row.ror}
        short = Q(short_name__in={form for word in words for form in (word, word.upper(), word.casefold())})
        known = Society.objects.filter(Q(name_key__in=keys) | Q(ror_id__in=ids) | short).select_related("merged_into")
        self.societies = list(known)
        self.by_key: dict[str, list[Society]] = {}
        self.by_short: dict[str, list[Society]] = {}
        self.by_ror = {society.ror_id: society for society in self.societies if society.ror_id}
        for society in self.societies:
            self.by_key.setdefault(society.name_key, []).append(society)
            self.by_short.setdefault(name_key(society.short_name), []).append(society)
        named = SocietyName.objects.filter(key__in=keys, society__merged_into=None)
        self.names: dict[str, list[SocietyName]] = {}
        for name in named.select_related("society"):
            self.names.setdefault(name.key, []).append(name)
        self.hosts: dict[str, list[Society]] = {}
        for domain in Domain.objects.filter(name__in=hosts, society__merged_into=None).select_related("society"):
            self.hosts.setdefault(domain.name, []).append(domain.society)

    def named(self, row: Row) -> list[Society]:
        """Societies whose full name is the row's and whose country does not speak against it, or whose ROR id it is."""
        by_name = [s.surviving for s in self.by_key.get(name_key(row.society), ()) if _same_country(row, s)]
        by_id = [self.by_ror[row.ror]] if row.ror in self.by_ror else []
        return list({society.pk: society for society in (*by_name, *by_id)}.values())

    def alike(self, row: Row) -> list[Likeness]:
        """Every society of the registry and every other row that shares a short name, alias or domain with `row`."""
        keys = list(dict.fromkeys(key for key in (name_key(row.society), name_key(row.short_name)) if key))
        found: dict[str, Likeness] = {}
        for society in (society for key in keys for society in self.by_short.get(key, ())):
            if society.merged_into is None:
                _add(found, Likeness(f"the short name {society.short_name}", society=society))
        for society in (society for key in keys for society in self.by_key.get(key, ())):
            if society.merged_into is None:
                _add(found, Likeness("the name", society=society))
        for name in (name for key in keys for name in self.names.get(key, ())):
            _add(found, Likeness(f"the name “{name}”", society=name.society))
        for host, society in ((name, one) for name in sorted(_hosts(row)) for one in self.hosts.get(name, ())):
            _add(found, Likeness(f"the domain {host}", society=society))
        for mark in _marks(row):
            for other in self.rows_by_mark[mark]:
                if name_key(other.society) != name_key(row.society):
                    _add(found, Likeness(f"the {mark[0]} {mark[1]}", row=other))
        return list(found.values())


def _marks(row: Row) -> dict[tuple[str, str], None]:
    """What two rows of different names may have in common, as (what, value)."""
    marks = [("short name", " ".join(row.short_name.upper().split()))]
    marks += [("domain", host) for host in row.domains] + [("ROR id", row.ror)]
    return {mark: None for mark in marks if mark[1]}


def _add(found: dict[str, Likeness], *more: Likeness) -> None:
    for one in more:
        same = [held for held in found.values() if one.row and held.row and held.row.society == one.row.society]
        if not same:
            found.setdefault(one.value, one)


def _same_country(row: Row, society: Society) -> bool:
    return not row.country or society.country in ("", row.country)
