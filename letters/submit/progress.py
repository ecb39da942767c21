"""What a coordinator sees of work under way: since when it waits, why it is tried again, and when nothing moves."""

import dataclasses
import datetime

from letters.models import Edition, Event, Job, JobState

# From one word of the worker to the next; a seal of few takes seconds. After this something is wrong with the worker.
USUAL = datetime.timedelta(minutes=2)
MANY = 1_000  # names that are set in a few seconds


@dataclasses.dataclass(frozen=True, slots=True)
class Progress:
    """Work under way since a moment; `error` is why the last try failed, `again` when the next one is due, `slow` that
    nothing was heard of it for too long, `long` that the roster is one that takes more than seconds."""

    since: datetime.datetime
    error: str
    again: datetime.datetime | None
    slow: bool
    long: bool


def sealing(edition: Edition | None, job: Job | None, now: datetime.datetime) -> Progress | None:
    """How the seal of an edition stands, read from the rows, so that it is the same after a reload (one query)."""
    if edition is None or job is None or job.state not in (JobState.QUEUED, JobState.RUNNING):
        return None
    asked = Event.objects.filter(letter=edition.letter_id, kind="seal asked").order_by("-seq").first()
    since = asked.at if asked else job.created_at
    again = job.run_after if job.last_error and job.run_after > now else None
    heard = max(since, job.told_at) if job.told_at else since
    return Progress(since, job.last_error, again, now - heard > USUAL, edition.societies > MANY)
