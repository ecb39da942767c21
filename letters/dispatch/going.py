"""The verbs of sending: ask, agree, stop, send again, say that it arrived, hand in; the machine is deliver's."""

import dataclasses
import datetime

from django.db import transaction
from django.db.models import Case, Value, When

from letters import jobs, lifecycle
from letters.deliver.send import facts
from letters.dispatch import checks
from letters.dispatch.actions import UNASKED
from letters.lifecycle import NotNow, how
from letters.models import Document, Event, Letter, Sending, Submission, User
from letters.models.document import Kind

TO_GO = (Sending.QUEUED, Sending.WAITING)
UNCLEAR = (Sending.FAILED, Sending.UNKNOWN)
ENDING = "The last attempt is just ending; press the button again in a moment."


@dataclasses.dataclass(frozen=True, slots=True)
class Handed:
    """What a person says of the handing in: when, which words went into the form, and what came back."""

    at: datetime.datetime
    pasted: str
    reference: str = ""
    receipt: str = ""
    file: bytes = b""


@transaction.atomic
def ask(
    *, by: User, submission: Submission, now: datetime.datetime, pause: datetime.timedelta, checked: str = ""
) -> Submission:
    """Let it go after the pause, or first to a second person where the letter wants two; raises NotNow.

    By mail it is sent by itself; what is handed in by hand waits for that.
    """
    letter = lifecycle.locked(submission.edition.letter)
    row = checks.fresh(submission.pk)
    if row.state != Sending.PREPARING:
        raise _moved(row)
    words = _checked(row, now)
    mine = Submission.objects.filter(pk=row.pk, state=Sending.PREPARING)
    asked = {"asked_by": by, "asked_at": now, "address": row.to_address, "words": words, "error": ""}
    if letter.two_people_send:
        mine.update(state=Sending.WAITING, **asked)
        _record(letter, "sending asked", row, by, now, checked)
        return checks.fresh(row.pk)
    mine.update(state=Sending.QUEUED, goes_at=now + pause if row.by_mail else None, **asked)
    return _owed(letter, row, by, now, checked)


@transaction.atomic
def agree(
    *, by: User, submission: Submission, seen: str, now: datetime.datetime, pause: datetime.timedelta,
    checked: str = "",
) -> Submission:  # fmt: skip
    """The second person's word for exactly what the page showed (`seen`, from checks.digest); raises NotNow."""
    letter = lifecycle.locked(submission.edition.letter)
    row = checks.fresh(submission.pk)
    if row.state != Sending.WAITING:
        raise _moved(row)
    if row.asked_by_id == by.pk:
        raise NotNow("You asked for it yourself; another coordinator must agree.")
    if seen != checks.digest(row):
        raise NotNow("It was changed since you looked. Read it again, then decide.")
    _checked(row, now)
    mine = Submission.objects.filter(pk=row.pk, state=Sending.WAITING)
    goes_at = now + pause if row.by_mail else None
    mine.update(state=Sending.QUEUED, agreed_by=by, agreed_at=now, goes_at=goes_at, error="")
    _record(letter, "sending agreed", row, by, now, checked)
    return _owed(letter, row, by, now, checked)


@transaction.atomic
def stop(*, by: User, submission: Submission, now: datetime.datetime) -> Submission:
    """Take it back before it goes, in one conditional update; raises NotNow when the sender was faster.

    What nobody could tell the end of stays so.
    """
    letter = lifecycle.locked(submission.edition.letter)
    back = Case(When(doubtful=True, then=Value(Sending.UNKNOWN)), default=Value(Sending.PREPARING))
    mine = Submission.objects.filter(pk=submission.pk, state__in=TO_GO)
    if not mine.update(state=back, error=f"Stopped by {by}.", **UNASKED):
        raise _moved(checks.fresh(submission.pk))
    row = checks.fresh(submission.pk)
    Event.objects.append(
        letter, "sending stopped", actor="coordinator", by=by, at=now, data={"journal": row.journal.name}
    )
    return row


@transaction.atomic
def send_again(
    *, by: User, submission: Submission, now: datetime.datetime, pause: datetime.timedelta, checked: str = ""
) -> Submission:
    """A person's decision to send once more what failed or what nobody can tell; recorded as theirs.

    Where the letter wants two people, a second one agrees to that as well.
    """
    letter = lifecycle.locked(submission.edition.letter)
    row = checks.fresh(submission.pk)
    state = Sending.WAITING if letter.two_people_send else Sending.QUEUED
    mine = Submission.objects.filter(pk=row.pk, state__in=UNCLEAR)
    goes_at = None if letter.two_people_send else now + pause
    new = {**UNASKED, "asked_by": by, "asked_at": now, "goes_at": goes_at, "error": "", "state": state}
    if not mine.update(**new):
        raise NotNow("This submission is sent or under way; it is not sent twice.")
    _record(letter, "submitted again", row, by, now, checked)
    if goes_at and not jobs.put_for("submission", row.pk, letter=letter, now=now, at=goes_at):
        raise NotNow(ENDING)
    return checks.fresh(row.pk)


@transaction.atomic
def arrived(*, by: User, submission: Submission, now: datetime.datetime, checked: str = "") -> Submission:
    """A person heard from the journal that it has what nobody could tell; raises NotNow."""
    letter = lifecycle.locked(submission.edition.letter)
    row = checks.fresh(submission.pk)
    if row.sent_copy is None:
        raise NotNow("No copy of that attempt was kept; send it again, or record the journal’s answer.")
    mine = Submission.objects.filter(pk=row.pk, state__in=UNCLEAR, doubtful=True)
    if not mine.update(state=Sending.SENT, sent_at=row.goes_at or row.asked_at or now, error=""):
        raise _moved(row)
    _record(letter, "arrived", row, by, now, checked)
    lifecycle.mark_delivered(letter, now=now, data=facts(row, row.sent_copy))
    return checks.fresh(row.pk)


@transaction.atomic
def hand_in(
    *, by: User, submission: Submission, handed: Handed, now: datetime.datetime, checked: str = ""
) -> Submission:
    """Record that a person put it into the journal's form or system; raises NotNow. Of two who say so one is told."""
    letter = lifecycle.locked(submission.edition.letter)
    row = checks.fresh(submission.pk)
    if row.by_mail:
        raise NotNow("This submission goes by mail; choose the journal’s form first.")
    ready = Sending.QUEUED if letter.two_people_send else Sending.PREPARING
    if row.state not in (ready, Sending.QUEUED):
        raise _moved(row)
    words = row.words if row.state == Sending.QUEUED else _checked(row, now)
    if handed.at > now:
        raise NotNow("The time at which you handed it in lies ahead; correct it.")
    pasted = Document.objects.keep(handed.pasted.encode(), kind=Kind.PASTED, edition=row.edition, now=now)
    file = Document.objects.keep(handed.file, kind=Kind.ANSWER, edition=None, now=now) if handed.file else None
    mine = Submission.objects.filter(pk=row.pk, state=row.state)
    mine.update(
        state=Sending.SENT, sent_at=handed.at, sent_copy=pasted, handed_in_by=by, reference=handed.reference,
        receipt=handed.receipt, receipt_file=file, words=words, error="",
    )  # fmt: skip
    _record(letter, "handed in", row, by, now, checked)
    lifecycle.mark_delivered(letter, now=now, data=facts(row, pasted))
    return checks.fresh(row.pk)


def _checked(row: Submission, now: datetime.datetime) -> str:
    """The covering letter as it goes; raises NotNow with the first thing that stands against it."""
    found = checks.checked(row, now)
    for said in found.stops(row):
        raise NotNow(said)
    return found.words


def _owed(letter: Letter, row: Submission, by: User, now: datetime.datetime, checked: str) -> Submission:
    """Put the job of a row that was just queued, and record it; a row handed in by hand owes none."""
    queued = checks.fresh(row.pk)
    if queued.goes_at is not None:
        _record(letter, "summary submitted" if row.summary else "submitted", row, by, now, checked)
        if not jobs.put_for("submission", row.pk, letter=letter, now=now, at=queued.goes_at):
            raise NotNow(ENDING)
    return queued


def _record(letter: Letter, kind: str, row: Submission, by: User, now: datetime.datetime, checked: str) -> None:
    data = {"journal": row.journal.name, "what": row.what, **how(checked)}
    Event.objects.append(letter, kind, actor="coordinator", by=by, at=now, data=data)


def _moved(row: Submission) -> NotNow:
    """Why the step is over, from the state the row is in now."""
    said = {
        Sending.PREPARING: "It is being prepared again; ask for it to go first.",
        Sending.WAITING: f"It waits for a second person since {row.asked_by} asked for it.",
        Sending.QUEUED: f"{row.agreed_by or row.asked_by} let it go already; it can still be stopped.",
        Sending.SENDING: "It is being sent at this moment; what is sent cannot be called back.",
        Sending.SENT: "It is sent; what is sent cannot be called back. Write to the editor.",
        Sending.FAILED: "It was not sent; change it or send it again.",
        Sending.UNKNOWN: "Nobody can tell whether it was sent; ask the journal, then decide.",
    }  # fmt: skip
    return NotNow(said[Sending(row.state)])
