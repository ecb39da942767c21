"""The reminder plan: on its days a round of reminders is prepared, and sent by itself where a coordinator chose so."""

import datetime
import logging

from django.db import transaction

from letters import jobs, lifecycle
from letters.jobs import GiveUp
from letters.lifecycle import NotNow
from letters.models import Job, Letter, MailKind, Round, RoundState, State, database_now
from letters.models.letter import BEFORE_CLOSE
from letters.notify import rounds
from letters.notify.recipients import recipients

log = logging.getLogger(__name__)
FROM_HOUR = 8  # on the convener's clock; nobody is reminded at night
LONGEST = 60  # days before the deadline


def ended(letter: Letter) -> bool:
    """True once nobody is reminded any more, as the letter was closed or given up; an extension takes it up again."""
    return letter.state not in BEFORE_CLOSE


def due_on(letter: Letter, now: datetime.datetime) -> datetime.date | None:
    """Today on the convener's calendar where the plan names today and it is after eight, else None."""
    local, last = now.astimezone(letter.zone), letter.deadline_local
    if last is None or local.hour < FROM_HOUR or now >= last:
        return None
    return local.date() if (last.date() - local.date()).days in letter.reminder_days else None


def next_days(letter: Letter, now: datetime.datetime) -> list[datetime.date]:
    """The days of the plan that lie ahead, today among them, soonest first."""
    last, today = letter.deadline_local, now.astimezone(letter.zone).date()
    if last is None or ended(letter):
        return []
    days = {last.date() - datetime.timedelta(days=before) for before in letter.reminder_days}
    return sorted(day for day in days if day >= today)


def prepare_due(now: datetime.datetime) -> int:
    """Prepare what the plans of all open letters name for today; once a day, however often it is called."""
    horizon = now + datetime.timedelta(days=LONGEST + 1)
    made = 0
    for letter in Letter.objects.filter(state=State.SIGNING, deadline__gt=now, deadline__lte=horizon):
        day = due_on(letter, now)
        if day and not letter.rounds.filter(planned_on=day).exists():
            try:
                made += prepare_for(letter, day, now)
            except Exception:  # the letters after this one have their day, too
                log.exception("the reminders of %s were not prepared", letter.slug)
    return made


@transaction.atomic
def prepare_for(letter: Letter, day: datetime.date, now: datetime.datetime) -> bool:
    """The round of one day; False where somebody else made it. One that would go to nobody is dropped at once."""
    row = lifecycle.locked(letter)
    if row.rounds.filter(planned_on=day).exists() or due_on(row, now) != day:
        return False
    try:
        made = rounds.prepare(by=None, letter=row, kind=MailKind.REMINDER, now=now, planned_on=day)
    except NotNow:
        return False
    if not recipients(made, row, now).going:
        rounds.drop(row=made)
    elif row.reminders_go:
        jobs.put("round", made.pk, letter=row, now=now, new=True)
    return True


def send_planned(job: Job) -> None:
    """Send the round of this job unless a person did, or dropped it; raises GiveUp with the reason."""
    row = Round.objects.select_related("letter").get(pk=job.subject)
    if row.state != RoundState.WAITING:
        return
    try:
        rounds.send(by=None, row=row, now=database_now())
    except NotNow as reason:
        raise GiveUp(f"The planned reminders were not sent: {reason}") from reason
