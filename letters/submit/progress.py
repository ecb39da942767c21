"""What a coordinator sees of work under way: since when it waits, why it is tried again, and when that is too long."""

import dataclasses
import datetime

from letters.models import Edition, Event, Job, JobState

USUAL = datetime.timedelta(minutes=2)  # a seal takes seconds; after this something is wrong with the worker


@dataclasses.dataclass(frozen=True, slots=True)
class Progress:
    """Work under way since a moment; `error` is why the last try failed, `again` when the next one is due."""

    since: datetime.datetime
    error: str
    again: datetime.datetime | None
    slow: bool


def sealing(edition: Edition | None, job: Job | None, now: datetime.datetime) -> Progress | None:
    """How the seal of an edition stands, read from the rows, so that it is the same after a reload (one query)."""
    if edition is None or job is None or job.state not in (JobState.QUEUED, JobState.RUNNING):
        return None
    asked = Event.objects.filter(letter=edition.letter_id, kind="seal asked").order_by("-seq").first()
    since = asked.at if asked else job.created_at
    again = job.run_after if job.last_error and job.run_after > now else None
    return Progress(since, job.last_error, again, now - since > USUAL)
