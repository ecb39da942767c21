"""What waits for a person after a restore: nothing that may have gone out since the backup goes out by itself."""

import dataclasses
import datetime

from django.db.models import Case, Value, When

from letters.dispatch.actions import UNASKED
from letters.lists.importing import KIND as IMPORT
from letters.models import (
    Event,
    Job,
    JobState,
    Letter,
    Mail,
    MailKind,
    MailState,
    Sending,
    Submission,
)
from letters.models.journal import Channel
from letters.models.letter import BEFORE_CLOSE
from letters.proof.records import instant

# Work that tells nobody anything goes on by itself; all other kinds wait, also those there will be one day.
GOES_ON = ("lookup", "pictures", IMPORT)
OWED = (JobState.QUEUED, JobState.RUNNING)
CODES = (MailKind.CODE, MailKind.SIGN_IN)
THEN = {
    "seal": "Look for a PDF that was sealed since; a second seal has other bytes. Then ask for the seal again.",
    "release": "The public page does not open by itself: set its hour again, or release it.",
    "round": "The reminders wait as a draft.",
    "announce": "The officers may not know of the seal; a note can tell them.",
    "kits": "The officers may not have their notice kits; a note can tell them.",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Held:
    """How many submissions, mails and other pieces of work wait, and letters whose planned reminders do."""

    submissions: int
    mails: int
    work: int
    reminders: int


def hold(taken_at: datetime.datetime, now: datetime.datetime) -> Held:
    """Hold back what is owed as a crash would, in the caller's transaction, and say so in the record of each letter."""
    when = f"{taken_at.astimezone(datetime.UTC):%-d %B %Y, %H:%M} UTC"
    said = f"Restored from a backup of {when}; nobody can tell whether this was done after it."
    submissions = _submissions(said)
    mails = _mails(said)
    work = _work(said, now)
    ahead = Letter.objects.filter(state__in=BEFORE_CLOSE, reminders_go=True)
    reminders = ahead.update(reminders_go=False)
    for letter in Letter.objects.order_by("pk"):
        data = {"as_of": instant(taken_at)}
        Event.objects.append(letter, "restored", actor="system", by=None, at=now, data=data)
    return Held(submissions, mails, work, reminders)


def _submissions(said: str) -> int:
    """By mail, all that was asked for is doubtful now. The rest has to be asked for again, by who has read this."""
    asked = (Sending.QUEUED, Sending.SENDING, Sending.FAILED)
    mine = Submission.objects.filter(channel=Channel.MAIL, state__in=asked)
    unclear = mine.update(state=Sending.UNKNOWN, doubtful=True, error=said)
    back = Case(When(doubtful=True, then=Value(Sending.UNKNOWN)), default=Value(Sending.PREPARING))
    mine = Submission.objects.filter(state__in=(Sending.PREPARING, Sending.WAITING, Sending.QUEUED))
    return unclear + mine.update(state=back, error=said, **UNASKED)


def _mails(said: str) -> int:
    """Whoever waited for a code has to ask for another; all the rest may have arrived."""
    mine = Mail.objects.filter(state=MailState.QUEUED, kind__in=CODES)
    over = mine.update(state=MailState.FAILED, error="The code ran out.")
    return over + Mail.objects.filter(state=MailState.QUEUED).update(state=MailState.UNKNOWN, error=said)


def _work(said: str, now: datetime.datetime) -> int:
    """Jobs, of which those for submissions and mails are not counted: their rows are."""
    none = {"lease_until": None, "lease_token": "", "progress": "", "told_at": None}
    Job.objects.filter(state=JobState.RUNNING, kind__in=GOES_ON).update(state=JobState.QUEUED, run_after=now, **none)
    mine = Job.objects.filter(state__in=OWED, kind="submission")
    mine.update(state=JobState.DONE, **none)  # as where a sending ends without an answer
    mine = Job.objects.filter(state__in=OWED, kind="mail")
    mine.update(state=JobState.DEAD, last_error=said, **none)
    words = Case(*(When(kind=kind, then=Value(f"{said} {then}")) for kind, then in THEN.items()), default=Value(said))
    mine = Job.objects.filter(state__in=OWED).exclude(kind__in=GOES_ON)
    return mine.update(state=JobState.DEAD, last_error=words, **none)
