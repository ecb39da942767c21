"""The dry run of a list: which rows are new, matched, ambiguous or refused and why, before anything is written."""

import dataclasses
from collections.abc import Mapping

from letters.lists.likeness import Likeness, Registry
from letters.lists.listing import Listing, Row
from letters.models import Letter, Link, Society
from letters.models.society import name_key

NEW = "new"
# Every state of a row, in the order in which a person should look: what waits for a word first, then what is left out.
STATES = {
    "ambiguous": "To decide", "address": "Bad address", "refused": "Refused", "twice": "Twice in the file",
    "listed": "Already on the list", "new": "New", "matched": "Matched",
}  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Planned:
    """One row of the dry run; `state` is one of STATES, `society` is set when matched."""

    number: int
    state: str
    why: str
    row: Row | None = None
    society: Society | None = None
    likely: tuple[Likeness, ...] = ()
    said: str = ""  # what the row says of itself, where it could not be read as a row


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """The whole dry run, in the order of the file."""

    entries: tuple[Planned, ...]
    remarks: tuple[str, ...]

    def count(self, state: str) -> int:
        """Rows in this state."""
        return sum(entry.state == state for entry in self.entries)

    def of(self, state: str) -> list[Planned]:
        """The rows in this state."""
        return [entry for entry in self.entries if entry.state == state]

    @property
    def left_out(self) -> list[Planned]:
        """Rows that an import would not write although a person may want them: all but those on the list already."""
        return [entry for entry in self.entries if entry.state not in (NEW, "matched", "listed")]

    @property
    def good(self) -> list[Planned]:
        """Rows that an import writes."""
        return [entry for entry in self.entries if entry.state in (NEW, "matched")]

    @property
    def ambiguous(self) -> list[Planned]:
        """Rows of which a person must say which society is meant; an import leaves them out until then."""
        return [entry for entry in self.entries if entry.state == "ambiguous"]


def plan(letter: Letter, listing: Listing, decisions: Mapping[int, str] | None = None) -> Plan:
    """Compare the rows with the societies known.

    A society is matched by its full name or its ROR id. A shared short name, alias or domain makes a row ambiguous;
    `decisions` gives by row number what a person chose: "new", or the value of a Likeness.
    """
    registry = Registry(listing)
    listed = set(
        Link.objects.live().filter(invitation__letter=letter).values_list(
            "invitation__society", "officer__user__email"
        )
    )  # fmt: skip
    several = _several_officers(listing)
    entries = {one.number: Planned(one.number, one.state, one.why, said=one.said) for one in listing.refused}
    for row in listing.rows:
        found = _planned(row, registry, (decisions or {}).get(row.number, ""))
        entries[row.number] = _finished(found, listed, several)
    for number, choice in (decisions or {}).items():
        if choice.startswith("row-") and number in entries and entries[number].state == "ambiguous":
            entries[number] = _joined(entries, entries[number], choice)
    return Plan(tuple(entries[number] for number in sorted(entries)), listing.remarks)


def _planned(row: Row, registry: Registry, choice: str) -> Planned:
    named, alike = registry.named(row), registry.alike(row)
    if len(named) == 1 and not _other_ror_id(row, named[0]):
        others = [f"Shares {one.shares} with {one.society or (one.row and one.row.society)}; they are kept apart."
                  for one in alike if one.society != named[0]]  # fmt: skip
        same = name_key(row.society) == named[0].name_key
        known = "Known from the registry." if same else f"Known from the registry, as {named[0]}."
        return Planned(row.number, "matched", " ".join([known, *others]), row, named[0])
    if len({society.country for society in named}) > 1 and not (row.country or row.ror):
        countries = ", ".join(sorted(society.country or "no country" for society in named))
        why = f"Row {row.number}: this name belongs to societies in {countries}; fill in the column “country”."
        return Planned(row.number, "refused", why)
    likely = {one.value: one for one in (*(Likeness("the name", society=society) for society in named), *alike)}
    if not likely:
        return Planned(row.number, NEW, "", row)
    chosen = likely.get(choice)
    if chosen and chosen.society:
        return Planned(row.number, "matched", "The same society, as you said.", row, chosen.society)
    if choice == NEW and not named:
        return Planned(row.number, NEW, "A society of its own, as you said.", row)
    shared = "; ".join(f"{one.shares} with {one.society or (one.row and one.row.society)}" for one in likely.values())
    return Planned(row.number, "ambiguous", f"Shares {shared}.", row, likely=tuple(likely.values()))


def _joined(entries: dict[int, Planned], entry: Planned, choice: str) -> Planned:
    """A row that a person called the same as another row takes over that row's society, once that one is decided."""
    chosen = next((one.row for one in entry.likely if one.value == choice), None)
    target = entries.get(chosen.number) if chosen else None
    if entry.row is None or target is None or target.row is None:
        return entry
    if target.state not in (NEW, "matched"):
        return dataclasses.replace(entry, why=f"Decide row {target.number} first. {entry.why}")
    row = dataclasses.replace(
        entry.row, society=target.row.society, short_name=target.row.short_name, country=target.row.country
    )
    why = f"The same society as row {target.number}, as you said."
    return Planned(entry.number, target.state, why, row, target.society)


def _finished(entry: Planned, listed: set[tuple[int, str]], several: dict[str, int]) -> Planned:
    if entry.row is None or entry.state == "ambiguous":
        return entry
    if entry.society and (entry.society.pk, entry.row.email) in listed:
        return Planned(entry.number, "listed", "Already on this letter’s list; nothing changes.", entry.row)
    count = several[name_key(entry.row.society)]
    note = f"One of {count} officers of this society." if count > 1 else ""
    return dataclasses.replace(entry, why=" ".join(filter(None, [entry.why, note])))


def _other_ror_id(row: Row, society: Society) -> bool:
    return bool(row.ror and society.ror_id and row.ror != society.ror_id)


def _several_officers(listing: Listing) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in listing.rows:
        counts[name_key(row.society)] = counts.get(name_key(row.society), 0) + 1
    return counts
