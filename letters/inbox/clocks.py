"""Starts the clock of each submission that was sent: the due dates its journal's rules give; a person sets the rest."""

import datetime
import logging
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from letters import lifecycle
from letters.inbox.maildir import NoMaildir, take_in
from letters.models import Due, Event, JournalRule, Letter, Sending, Submission, User
from letters.text import clock
from letters.text.clock import Standard

log = logging.getLogger(__name__)


def tend(now: datetime.datetime) -> None:
    """What the sweep does here: start clocks, take mail in; what fails is logged and tried with the next sweep."""
    try:
        start_clocks(now)
        if settings.INBOUND_MAILDIR:
            take_in(Path(settings.INBOUND_MAILDIR), now=now)
    except NoMaildir as error:
        log.error("%s", error)
    except Exception:
        log.exception("the inbox was not tended")


def start_clocks(now: datetime.datetime) -> int:
    """Set each due date that a journal's rule gives and that nobody set; returns how many. Twice is once."""
    made = 0
    for row in _without().select_related("journal").prefetch_related("journal__rules", "correspondence"):
        try:
            made += _start(row, now)
        except Exception:  # the submissions after this one have their turn, too
            log.exception("the clock of submission %s was not started", row.pk)
    return made


def _without() -> QuerySet[Submission]:
    """Submissions that were sent and have a known rule for a step without any due date (one query)."""
    missing = Q()
    for step in clock.AFTER_SENDING:
        rule = JournalRule.objects.filter(journal=OuterRef("journal"), kind=clock.RULES[step]).exclude(value="")
        missing |= Q(Exists(rule)) & ~Q(Exists(Due.objects.filter(submission=OuterRef("pk"), step=step)))
    return Submission.objects.filter(missing, state=Sending.SENT, sent_at__isnull=False).order_by("pk")


@transaction.atomic
def _start(row: Submission, now: datetime.datetime) -> int:
    letter = lifecycle.locked(Letter.objects.get(editions__submissions=row))
    venue, have = row.journal.venue, set(row.dues.values_list("step", flat=True))
    since = sent_on(row, letter)
    came = [entry for entry in row.correspondence.all() if entry.removed_at is None]
    made = 0
    for step in clock.steps_of(venue, row.channel):
        rule = clock.standard(venue, step)
        on = rule.due(since)
        if on is None or step in have:
            continue
        due = wait_for(letter, row, step, since=since, on=on, standard=rule, by=None, now=now)
        answer = next((entry for entry in came if clock.ended_by(entry.kind, entry.day, step, since)), None)
        if answer:  # it came before anybody looked at the clock
            Due.objects.filter(pk=due.pk).update(ended_at=now, met_by=answer)
        made += 1
    return made


def sent_on(row: Submission, letter: Letter) -> datetime.date:
    """The day a submission went out, on the calendar of the letter; raises LookupError for one that did not."""
    if row.sent_at is None:
        raise LookupError(f"submission {row.pk} was not sent")
    return row.sent_at.astimezone(letter.zone).date()


def wait_for(
    letter: Letter, row: Submission | None, step: str, *, since: datetime.date, on: datetime.date, standard: Standard,
    by: User | None, now: datetime.datetime, what: str = "",
) -> Due:  # fmt: skip
    """Set one due date; `letter` must be locked. Raises IntegrityError where this step has an open one."""
    due = Due.objects.create(
        letter=letter, submission=row, step=step, since=min(since, on), on=on, what=what[:300],
        standard=standard.words[:300], source=standard.source[:500], created_at=now, created_by=by,
    )  # fmt: skip
    private = {"step": due.get_step_display(), "what": what, "day": on.isoformat(), "standard": due.standard}
    private |= {"journal": row.journal.name} if row else {}
    Event.objects.append(
        letter, "due set", actor="coordinator" if by else "system", by=by, at=now, data={"due": due.pk}, private=private
    )
    return due
