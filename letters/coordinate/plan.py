"""The dry run of a list: which societies are new, matched or refused and why, before anything is written."""

import dataclasses

from letters.coordinate.listing import Listing, Row
from letters.models import Letter, Link, OfficersAsked, Society
from letters.models.society import name_key


@dataclasses.dataclass(frozen=True, slots=True)
class Planned:
    """One row of the dry run: `state` is new, matched, listed or refused; `society` is set when one matched."""

    number: int
    state: str
    why: str
    row: Row | None = None
    society: Society | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """The whole dry run, in the order of the file."""

    entries: tuple[Planned, ...]
    remarks: tuple[str, ...]

    def count(self, state: str) -> int:
        """Rows in this state."""
        return sum(entry.state == state for entry in self.entries)

    @property
    def good(self) -> list[Planned]:
        """Rows that an import writes."""
        return [entry for entry in self.entries if entry.state in ("new", "matched")]


def plan(letter: Letter, listing: Listing) -> Plan:
    """Compare the rows with the societies known; a society is matched by its full name, never by its short name."""
    keys = {name_key(row.society) for row in listing.rows}
    known: dict[str, list[Society]] = {}
    for society in Society.objects.filter(name_key__in=keys):
        known.setdefault(society.name_key, []).append(society)
    listed = set(
        Link.objects.live().filter(invitation__letter=letter).values_list(
            "invitation__society__name_key", "officer__user__email"
        )
    )  # fmt: skip
    shared = _shared_short_names(listing)
    several = _several_officers(letter, listing)
    entries = [Planned(number, "refused", why) for number, why in listing.refused] + [
        _planned(row, known.get(name_key(row.society), []), listed, shared, several) for row in listing.rows
    ]
    return Plan(tuple(sorted(entries, key=lambda entry: entry.number)), listing.remarks)


def _planned(
    row: Row,
    candidates: list[Society],
    listed: set[tuple[str, str]],
    shared: dict[str, list[str]],
    several: dict[str, int],
) -> Planned:
    key = name_key(row.society)
    if (key, row.email) in listed:
        return Planned(row.number, "listed", "Already on this letter’s list; nothing changes.", row)
    if row.country:
        candidates = [society for society in candidates if society.country in ("", row.country)]
    if len(candidates) > 1:
        countries = ", ".join(sorted(society.country or "no country" for society in candidates))
        why = f"Row {row.number}: this name belongs to societies in {countries}; fill in the column “country”."
        return Planned(row.number, "refused", why)
    notes = []
    others = [name for name in shared.get(row.short_name, []) if name_key(name) != key]
    if others:
        notes.append(f"Shares the short name {row.short_name} with {others[0]}; they are kept apart.")
    if several.get(key, 1) > 1:
        notes.append(f"One of {several[key]} officers of this society.")
    if candidates:
        return Planned(row.number, "matched", " ".join(["Known from the registry.", *notes]), row, candidates[0])
    return Planned(row.number, "new", " ".join(notes), row)


def _shared_short_names(listing: Listing) -> dict[str, list[str]]:
    names: dict[str, dict[str, str]] = {}
    for row in listing.rows:
        if row.short_name:
            names.setdefault(row.short_name, {})[name_key(row.society)] = row.society
    for short, official in Society.objects.filter(short_name__in=names).values_list("short_name", "official_name"):
        names[short].setdefault(name_key(official), official)
    return {short: list(found.values()) for short, found in names.items() if len(found) > 1}


def _several_officers(letter: Letter, listing: Listing) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in listing.rows:
        counts[name_key(row.society)] = counts.get(name_key(row.society), 0) + 1
    return counts


def slot_of(letter: Letter, taken: int) -> int:
    """The place of the next officer of a society that has `taken` signers already listed."""
    return taken + 1 if letter.officers_asked == OfficersAsked.EACH else 1
