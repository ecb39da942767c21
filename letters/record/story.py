"""The story of a letter in the order of its days: from the paper it answers to what the journals did."""

import dataclasses
import datetime
import zoneinfo

from letters.models import Came, Correspondence, Outcome, TargetDate, Version
from letters.record import wording
from letters.record.rows import Rows, without_addresses

BEFORE, AT, AFTER = range(3)  # where a thing stands within its day: papers come first, what journals said comes last


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened. `key` is its name within the letter, for ever; `at` is None where only a day is known.

    `url` leads to what it is about, `file` is the key of a released entry whose file can be downloaded.
    """

    key: str
    day: datetime.date
    when: str
    words: str
    at: datetime.datetime | None = None
    detail: str = ""
    url: str = ""
    file: int | None = None
    place: int = AT
    known_at: datetime.datetime | None = None
    weighty: bool = False


def steps(rows: Rows) -> list[Step]:
    """All of them, the oldest first."""
    found = [*_papers(rows), *_versions(rows), *_signing(rows), *_sendings(rows), *_comings(rows), *_release(rows)]
    instant = datetime.datetime.min.replace(tzinfo=datetime.UTC)
    return sorted(found, key=lambda step: (step.day, step.place, step.at or instant))


def _at(key: str, at: datetime.datetime, zone: zoneinfo.ZoneInfo, words: str, **more: object) -> Step:
    day = at.astimezone(zone).date()
    return Step(key, day, wording.plain_day(day), words, at, known_at=at, **more)  # type: ignore[arg-type]


def doi_address(doi: str) -> str:
    """Where a DOI resolves; empty without one."""
    return f"https://doi.org/{doi}" if doi else ""


def _papers(rows: Rows) -> list[Step]:
    found = []
    for target in rows.targets:
        date: TargetDate | None = wording.counting(target)
        if date:
            found.append(
                Step(f"paper-{target.pk}", date.day, date.said, wording.publishing(date), detail=str(target),
                     url=doi_address(target.doi), place=BEFORE, known_at=target.answered_at or target.added_at)
            )  # fmt: skip
    return found


def version_words(version: Version, sealed: Version) -> str:
    """What became of a version, for somebody who holds a copy of it."""
    if version.pk == sealed.pk:
        return "signed and sealed"
    return "superseded; it is not the text that was sealed" if version.signed else "superseded, not signed"  # type: ignore[attr-defined]


def _versions(rows: Rows) -> list[Step]:
    found = []
    for version in rows.versions:
        words = f"Version {version.number} went to the societies."
        if version.pk != rows.edition.version_id:
            words = f"Version {version.number} went to the societies ({version_words(version, rows.edition.version)})."
        if version.circulated_at:
            found.append(_at(f"version-{version.number}", version.circulated_at, rows.letter.zone, words))
    return found


def _signing(rows: Rows) -> list[Step]:
    zone, several = rows.letter.zone, len(rows.editions) > 1
    found = [
        _at(f"opened-{event.seq}", event.at, zone, f"Opened for signature{' again' if place else ''}.")
        for place, event in enumerate(rows.openings)
    ]
    for edition in reversed(rows.editions):
        which = f"Edition {edition.number} closed" if several else "Closed"
        words = f"{which} with {edition.signers}."
        found.append(_at(f"edition-{edition.number}-closed", edition.closed_at, zone, words, weighty=True))
        if edition.sealed_at:
            which = f"Edition {edition.number} sealed" if several else "Sealed"
            words = f"{which}: no word and no name in it can change any more."
            found.append(_at(f"edition-{edition.number}-sealed", edition.sealed_at, zone, words))
    return found


def _sendings(rows: Rows) -> list[Step]:
    return [
        _at(f"sent-{row.pk}", row.sent_at, rows.letter.zone, wording.sending(row)) for row in rows.sent if row.sent_at
    ]


def _comings(rows: Rows) -> list[Step]:
    return [
        Step(
            f"entry-{row.pk}", row.day, wording.plain_day(row.day), wording.coming(row, rows.articles),
            detail=without_addresses(row.title), url=row.url or doi_address(row.doi),
            file=row.pk if row.file_public else None, place=AFTER, known_at=row.recorded_at,
            weighty=row.kind in (Came.DECISION, Came.PUBLICATION, Came.RETRACTION, Came.CORRECTION),
        )
        for row in rows.came
    ]  # fmt: skip


def _release(rows: Rows) -> list[Step]:
    at = rows.letter.published_at
    return [_at("released", at, rows.letter.zone, "Released to the public on this page.")] if at else []


def in_short(rows: Rows) -> list[tuple[str, list[str]]]:
    """What somebody who reads no further must know: who signed, who got it, what came of it."""
    edition = rows.edition
    journals = list(dict.fromkeys(row.journal.name for row in rows.sent))
    decided = [row for row in rows.came if row.kind in (Came.DECISION, Came.RETRACTION, Came.CORRECTION, Came.CONCERN)]
    # A journal that takes the letter decides nothing about the paper; that it appeared is said below.
    decided = [row for row in decided if row.outcome != Outcome.TAKEN]
    appeared = [row for row in rows.came if row.kind == Came.PUBLICATION]
    replies = [row for row in rows.came if row.kind == Came.REPLY]
    closed = wording.plain_day(edition.closed_at.astimezone(rows.letter.zone).date())
    nothing = ["None is known here."] if journals else []
    said = [
        ("Signed by", [f"{edition.signers}, {closed}"]),
        ("Decision", [_dated(row, rows) for row in decided] or nothing),
        ("About", [str(target) for target in rows.targets]),
        ("Sent to", [_joined(journals) if journals else "No journal yet"]),
        ("Authors’ reply", [_dated(row, rows) for row in replies]),
        ("Where it appeared", [wording.appearing(row, rows.articles) for row in appeared]),
    ]
    return [(name, lines) for name, lines in said if lines]


def _dated(row: Correspondence, rows: Rows) -> str:
    return f"{wording.coming(row, rows.articles)[:-1]}, {wording.plain_day(row.day)}."


def _joined(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
