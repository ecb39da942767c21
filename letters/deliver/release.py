"""Opens the public page, at its hour by a job or at once at a person's word, and owes what the release brings."""

import datetime

from django.db import transaction

from letters import jobs, lifecycle
from letters.models import Event, Job, Letter, State, User, database_now
from letters.proof.records import instant


@transaction.atomic
def open_page(letter: Letter, *, by: User | None, now: datetime.datetime) -> Letter:
    """Publish the letter and owe the notice kits; raises NotNow before the seal, Overtaken where it is open."""
    row = lifecycle.publish(letter, by=by, now=now)
    edition = row.editions.exclude(sealed_at=None).order_by("number").last()
    if edition:
        jobs.put("pictures", edition.pk, letter=row, now=now)
        jobs.put("kits", edition.pk, letter=row, now=now)
    return row


@transaction.atomic
def release_at_its_hour(job: Job) -> None:
    """Open the page if the hour this job was put for is still the one that counts; raises GiveUp before the seal.

    The job's subject is the event that set the hour: an hour set later has an event and a job of its own.
    """
    event = Event.objects.select_related("letter").get(pk=job.subject)
    row = lifecycle.locked(event.letter)
    set_for = instant(row.release_at) if row.release_at else ""
    if row.state in (State.PUBLISHED, State.ABANDONED) or set_for != event.data["release_at"]:
        return
    if State.PUBLISHED not in lifecycle.NEXT[row.state]:
        raise jobs.GiveUp(
            "The letter was not sealed when its public page was to open; it stays closed. "
            "Seal it, then set another time or release it."
        )
    open_page(row, by=None, now=database_now())
