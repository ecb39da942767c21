"""The verbs about the papers a letter answers and the journals it may go to."""

import dataclasses
import datetime
from collections.abc import Collection, Mapping

from django.conf import settings
from django.db import IntegrityError, transaction

from letters import jobs, lifecycle
from letters.lifecycle import NotNow
from letters.models import Aim, Event, Journal, Letter, State, Target, TargetDate, User

BY_HAND = "by hand"


@dataclasses.dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed about a paper: `dates` has a day for each kind that is known."""

    citation: str
    dates: Mapping[str, datetime.date]


@transaction.atomic
def name_target(*, by: User, letter: Letter, doi: str, now: datetime.datetime) -> Target:
    """Say that the letter answers the paper with this normal DOI, and owe the look-up of the rest."""
    row = _open(letter)
    try:
        with transaction.atomic():
            target = Target.objects.create(letter=row, doi=doi, added_at=now, added_by=by)
    except IntegrityError:
        raise NotNow(f"{doi} is among the papers already.") from None
    Event.objects.append(row, "target", actor="coordinator", by=by, at=now, data={"doi": doi})
    _owe(target, now)
    return target


@transaction.atomic
def correct_target(*, by: User, target: Target, typed: Typed, now: datetime.datetime) -> Target:
    """Write citation and dates by hand; a date that is emptied goes. Raises NotNow for one that is confirmed."""
    _open(target.letter)
    row = Target.objects.select_for_update().get(pk=target.pk)
    row.citation = typed.citation
    row.save(update_fields=["citation"])
    have = {date.kind: date for date in row.dates.all()}
    for kind, date in have.items():
        if kind not in typed.dates or typed.dates[kind] != date.day:
            if date.confirmed_at is not None:
                raise NotNow(f"The date {date.get_kind_display()} is confirmed; take the confirmation back first.")
            date.delete()
    for kind, day in typed.dates.items():
        if kind not in have or have[kind].day != day:
            TargetDate.objects.create(target=row, kind=kind, day=day, source=BY_HAND, by=by)
    return row


@transaction.atomic
def confirm_date(*, by: User, target: Target, kind: str, how: str, now: datetime.datetime) -> TargetDate:
    """Pin the date the journal counts from, in place of any other; `how` says how that is known."""
    letter = _open(target.letter)
    date = target.dates.filter(kind=kind).first()
    if date is None:
        raise NotNow("This date is not there yet: enter it first.")
    target.dates.update(confirmed_at=None, confirmed_by=None, confirmed_how="")
    target.dates.filter(pk=date.pk).update(confirmed_at=now, confirmed_by=by, confirmed_how=how)
    facts = {"doi": target.doi, "kind": kind, "day": date.day.isoformat()}
    Event.objects.append(letter, "target date", actor="coordinator", by=by, at=now, data=facts)
    date.refresh_from_db()
    return date


@transaction.atomic
def unpin(*, by: User, target: Target, now: datetime.datetime) -> None:
    """Take the confirmation back; then the earliest date counts again."""
    letter = _open(target.letter)
    if target.dates.exclude(confirmed_at=None).update(confirmed_at=None, confirmed_by=None, confirmed_how=""):
        facts = {"doi": target.doi}
        Event.objects.append(letter, "target date open", actor="coordinator", by=by, at=now, data=facts)


@transaction.atomic
def drop_target(*, by: User, target: Target, now: datetime.datetime) -> None:
    """Take a paper off the letter; the record keeps that it was there."""
    letter = _open(target.letter)
    Event.objects.append(letter, "target dropped", actor="coordinator", by=by, at=now, data={"doi": target.doi})
    target.delete()


@transaction.atomic
def look_up(*, by: User, target: Target, now: datetime.datetime) -> None:
    """Ask once more, at a person's word; raises NotNow where nothing is looked up here."""
    _open(target.letter)
    if not settings.CROSSREF_URL:
        raise NotNow("This site looks nothing up: type citation and dates by hand.")
    _owe(target, now)
    jobs.again("lookup", target.pk, now=now)


@transaction.atomic
def aim(*, by: User, letter: Letter, journals: Collection[Journal], now: datetime.datetime) -> None:
    """Say which journals the letter may go to."""
    row = _open(letter)
    row.aims.exclude(journal__in=journals).delete()
    have = set(row.aims.values_list("journal", flat=True))
    Aim.objects.bulk_create(Aim(letter=row, journal=journal) for journal in journals if journal.pk not in have)


def _owe(target: Target, now: datetime.datetime) -> None:
    if settings.CROSSREF_URL:
        Target.objects.filter(pk=target.pk).update(asked_at=now, trouble="")
        jobs.put("lookup", target.pk, letter=target.letter, now=now)


def _open(letter: Letter) -> Letter:
    """The letter, locked; raises NotNow when it was given up."""
    row = lifecycle.locked(letter)
    if row.state == State.ABANDONED:
        raise NotNow("The letter was abandoned; nothing more can be done with it.")
    return row
