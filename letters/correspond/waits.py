"""The verbs of the clock: an entry ends what it answers, a person sets a date, ends a wait or records a complaint."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from letters import lifecycle
from letters.inbox.clocks import wait_for
from letters.lifecycle import NotNow
from letters.models import Came, Correspondence, Due, DueStep, Event, Letter, Submission, User
from letters.stale import Change
from letters.text import clock
from letters.text.clock import Standard
from letters.text.ladder import Rung

UNKNOWN = Standard(None)


@dataclass(frozen=True, slots=True)
class Wait:
    """A due date as a person sets it."""

    step: str
    since: datetime.date
    on: datetime.date
    what: str = ""
    standard: Standard = UNKNOWN


def said(day: datetime.date) -> str:
    """“3 April 2025”."""
    return f"{day.day} {day:%B %Y}"


def settle(
    letter: Letter, entry: Correspondence, *, also: Collection[int], by: User, now: datetime.datetime
) -> list[Due]:
    """End what the entry answers by its kind, and the waits in `also`; COPE's next word is then waited for anew."""
    ended = []
    for due in letter.dues.open().select_related("submission__journal"):
        same = entry.submission_id is not None and due.submission_id == entry.submission_id
        if due.pk in also or (same and clock.ended_by(entry.kind, entry.day, due.step, due.since)):
            _end(letter, due, by=by, now=now, met_by=entry)
            ended.append(due)
    for due in ended:
        if due.step == DueStep.COPE and entry.kind != Came.DECISION:
            rule = clock.COPE_UPDATES
            on = rule.due(entry.day)
            if on and not letter.dues.open().filter(submission=due.submission, step=due.step).exists():
                wait_for(letter, due.submission, due.step, since=entry.day, on=on, standard=rule, by=by, now=now)
    return ended


def reopen(letter: Letter, entry: Correspondence) -> None:
    """What the entry had ended is waited for again, unless somebody set another date for it meanwhile."""
    for due in letter.dues.filter(met_by=entry):
        open_now = letter.dues.open().filter(submission=due.submission, step=due.step).exclude(step=DueStep.OTHER)
        if open_now.exists():
            Due.objects.filter(pk=due.pk).update(met_by=None)
        else:
            Due.objects.filter(pk=due.pk).update(ended_at=None, ended_by=None, met_by=None, note="")


@transaction.atomic
def set_due(*, by: User, letter: Letter, submission: Submission | None, wait: Wait, now: datetime.datetime) -> Due:
    """Wait for something until a day, in place of an earlier date for the same; raises NotNow for an impossible one."""
    row = lifecycle.locked(letter)
    if wait.on < wait.since:
        raise NotNow(f"The day lies before {said(wait.since)}, from which on it is waited for: look at the date.")
    if wait.step != DueStep.OTHER:
        for old in row.dues.open().filter(submission=submission, step=wait.step):
            _end(row, old, by=by, now=now, note="Another date was set.")
    return wait_for(
        row, submission, wait.step, since=wait.since, on=wait.on, standard=wait.standard, by=by, now=now,
        what=wait.what,
    )  # fmt: skip


def last_act(letter: Letter, submission: Submission | None, step: str) -> Change | None:
    """Who set or ended the newest date for this step, and when."""
    dues = letter.dues.filter(submission=submission, step=step).select_related("created_by", "ended_by")
    due = dues.order_by("-pk").first()
    if due is None:
        return None
    return (due.ended_by, due.ended_at) if due.ended_at else (due.created_by, due.created_at)


@transaction.atomic
def end_due(*, by: User, due: Due, note: str, now: datetime.datetime) -> Due:
    """Stop waiting, at a person's word; raises NotNow for what has ended."""
    letter = lifecycle.locked(due.letter)
    row = letter.dues.open().filter(pk=due.pk).select_related("submission__journal").first()
    if row is None:
        raise NotNow("This is no longer waited for.")
    _end(letter, row, by=by, now=now, note=note)
    return row


@transaction.atomic
def wrote(
    *, by: User, letter: Letter, submission: Submission, rung: Rung, day: datetime.date, words: str,
    until: Mapping[str, datetime.date | None], now: datetime.datetime,
) -> Correspondence:  # fmt: skip
    """Record that a rung of the ladder was written to: an entry of what was sent, and the dates that follow from it.

    `until`: a day for each step waited for; None leaves a step out, but one must be there. Raises NotNow.
    """
    steps = {step: on for step, on in until.items() if on and step in rung.waits}
    if not steps:
        raise NotNow("Say until when you expect an answer; without a date nobody will notice that none came.")
    row, venue = lifecycle.locked(letter), submission.journal.venue
    entry = Correspondence.objects.create(
        letter=row, submission=submission, journal=submission.journal, kind=Came.SENT, day=day, text=words,
        title=f"{rung.title}: {submission.journal}"[:300], recorded_at=now, recorded_by=by,
    )  # fmt: skip
    tell(row, "answer recorded", entry, by=by, now=now)
    for step, on in steps.items():
        wait = Wait(step, day, on, standard=clock.standard(venue, step))
        set_due(by=by, letter=row, submission=submission, wait=wait, now=now)
        row.refresh_from_db(fields=["events_count", "events_head"])
    return entry


def tell(
    letter: Letter, kind: str, entry: Correspondence, *, by: User, now: datetime.datetime, changed: str = ""
) -> None:
    """One event about an entry; the record commits to what it says, and names only its number in public."""
    private = {
        "what": entry.get_kind_display(), "day": entry.day.isoformat(), "title": entry.title,
        "journal": entry.journal.name if entry.journal else "", "file": entry.file.sha256 if entry.file else "",
        "changed": changed, "person": by.email,
    }  # fmt: skip
    Event.objects.append(letter, kind, actor="coordinator", by=by, at=now, data={"entry": entry.pk}, private=private)


def _end(
    letter: Letter, due: Due, *, by: User, now: datetime.datetime, met_by: Correspondence | None = None, note: str = ""
) -> None:
    Due.objects.filter(Q(pk=due.pk), ended_at=None).update(ended_at=now, ended_by=by, met_by=met_by, note=note[:300])
    private = {
        "step": due.get_step_display(), "day": due.on.isoformat(), "note": note, "person": by.email,
        "by": f"entry {met_by.pk}" if met_by else "",
    }  # fmt: skip
    Event.objects.append(letter, "due ended", actor="coordinator", by=by, at=now, data={"due": due.pk}, private=private)
