"""Work that is owed: a row written with the change, claimed under a lease, finished by token; sweep finds the rest."""

import contextlib
import datetime
import logging
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping

from django.db import Error, connection, transaction
from django.db.models import Case, F, Q, QuerySet, Value, When

from letters.models import Job, JobState, Letter
from signon.celery import ring

log = logging.getLogger(__name__)
# A lease is short, so that the work of a dead worker is soon taken over, and renewed while the work goes on.
LEASE = datetime.timedelta(seconds=40)
RENEWAL = datetime.timedelta(seconds=10)
RENEWALS = 180  # half an hour: what hangs for longer is taken over
PAUSES = (5, 30, 120, 600, 3600, 6 * 3600, 12 * 3600, 24 * 3600)  # seconds between attempts: about two days in all
ATTEMPTS = len(PAUSES) + 1
INTERRUPTED = "The worker that had this work stopped before it could say how it ended."

Clock = Callable[[], datetime.datetime]
Work = Mapping[str, Callable[[Job], None]]
Losses = Mapping[str, Callable[[Job, str], None]]


class Later(Exception):
    """The work could not be done now and may be tried again; the message is kept on the row."""


class GiveUp(Exception):
    """Trying again cannot help; the message is kept on the row and shown to the coordinators."""


def put(
    kind: str, subject: int, *, letter: Letter | None, now: datetime.datetime, urgent: bool = False, new: bool = False,
    at: datetime.datetime | None = None,
) -> Job:  # fmt: skip
    """Owe one piece of work in the caller's transaction; owing it twice is owing it once. Nudges after commit.

    `new` spares the look-up where the subject was made in the same transaction. Work with `at` waits until then.
    """
    key, facts = f"{kind}:{subject}", {"kind": kind, "subject": subject, "letter": letter}
    facts |= {"run_after": at or now, "created_at": now}
    job = Job.objects.create(key=key, **facts) if new else Job.objects.get_or_create(key=key, defaults=facts)[0]
    pk = job.pk  # alone: one transaction may owe work to a hundred thousand people
    transaction.on_commit(lambda: nudge(pk, urgent=urgent), robust=True)
    return job


def again(kind: str, subject: int, *, now: datetime.datetime) -> bool:
    """Owe finished or given-up work once more, at a person's word; False when it is still under way."""
    changed = Job.objects.filter(key=f"{kind}:{subject}", state__in=[JobState.DONE, JobState.DEAD]).update(
        state=JobState.QUEUED, run_after=now, attempts=0, last_error=""
    )
    if changed:
        pk = Job.objects.only("pk").get(key=f"{kind}:{subject}").pk
        transaction.on_commit(lambda: nudge(pk), robust=True)
    return bool(changed)


def put_for(kind: str, subject: int, *, letter: Letter, now: datetime.datetime, at: datetime.datetime) -> bool:
    """Owe work at this hour, also where it was owed for another, has ended or was given up; False while it goes on."""
    job = put(kind, subject, letter=letter, now=now, at=at)
    mine = Job.objects.filter(pk=job.pk).exclude(state=JobState.RUNNING)
    return bool(mine.update(state=JobState.QUEUED, run_after=at, attempts=0, last_error=""))


def nudge(job_id: int, *, urgent: bool = False) -> None:
    """Ring for a worker; nothing is lost when nobody hears."""
    ring(job_id, urgent=urgent)


def due(now: datetime.datetime) -> QuerySet[Job]:
    """Jobs to run now: queued and due, or running under a lease that ran out."""
    return Job.objects.filter(
        Q(state=JobState.QUEUED, run_after__lte=now) | Q(state=JobState.RUNNING, lease_until__lt=now)
    ).order_by("run_after", "pk")


def claim(job_id: int, *, now: datetime.datetime) -> Job | None:
    """Take the job under a lease, or None when it is not due or somebody else has it (one conditional UPDATE)."""
    mine = due(now).filter(pk=job_id).order_by()
    if not mine.exists():  # a nudge that came twice must not wait for a write lock
        return None
    token = secrets.token_hex(16)
    left = Case(When(state=JobState.RUNNING, then=Value(INTERRUPTED)), default=F("last_error"))
    taken = mine.update(
        state=JobState.RUNNING, lease_until=now + LEASE, lease_token=token, attempts=F("attempts") + 1, last_error=left
    )
    return Job.objects.filter(pk=job_id, lease_token=token).first() if taken else None


def tell(job: Job, progress: str, *, now: datetime.datetime) -> None:
    """Say how far the work has come; what a worker says whose lease is lost is not written."""
    Job.objects.filter(pk=job.pk, lease_token=job.lease_token).update(progress=progress, told_at=now)


def interrupted(job: Job) -> bool:
    """True when the claimed job was taken over from a worker that went silent, maybe with the work done."""
    return job.last_error == INTERRUPTED


@contextlib.contextmanager
def _kept(job: Job, clock: Clock) -> Iterator[None]:
    """Renew the lease while the block runs; a renewal that fails is not the end of the work."""
    over = threading.Event()
    mine = Job.objects.filter(pk=job.pk, lease_token=job.lease_token)

    def renew() -> None:
        for _ in range(RENEWALS):
            if over.wait(RENEWAL.total_seconds()):
                return
            try:
                mine.update(lease_until=clock() + LEASE)
            except Error as error:
                log.warning("the lease of job %s was not renewed: %s", job.key, error)
            finally:
                connection.close()  # this thread's own

    threading.Thread(target=renew, name=f"lease of {job.key}", daemon=True).start()
    try:
        yield
    finally:
        over.set()


def _settle(job: Job, **values: object) -> bool:
    """Write the outcome if the lease is still ours; a zombie's write changes no row."""
    changed = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, lease_token=job.lease_token).update(
        lease_until=None, lease_token="", progress="", told_at=None, **values
    )
    return bool(changed)


def finish(job: Job) -> bool:
    """Mark the work done."""
    return _settle(job, state=JobState.DONE, last_error="")


def postpone(job: Job, error: str, *, now: datetime.datetime, lost: Losses | None = None) -> bool:
    """Try again after a pause that grows; give up after the last attempt."""
    if job.attempts >= ATTEMPTS:
        return give_up(job, error, lost=lost)
    pause = datetime.timedelta(seconds=PAUSES[job.attempts - 1])
    return _settle(job, state=JobState.QUEUED, run_after=now + pause, last_error=error[:500])


@transaction.atomic
def give_up(job: Job, error: str, *, lost: Losses | None = None) -> bool:
    """Mark the work dead, and with it what it was about; a coordinator is shown the error and may start it again."""
    log.error("job %s given up: %s", job.key, error)
    settled = _settle(job, state=JobState.DEAD, last_error=error[:500])
    if settled and lost and job.kind in lost:
        lost[job.kind](job, error)
    return settled


def perform(job_id: int, work: Work, clock: Clock, lost: Losses | None = None) -> bool:
    """Claim and do one job with the function of its kind; True when this call did it to the end.

    When the job is given up, the function of its kind in `lost` marks what it was about in the same transaction.
    """
    job = claim(job_id, now=clock())
    if job is None:
        return False
    try:
        if job.attempts > ATTEMPTS:  # it stopped its worker each time
            raise GiveUp(INTERRUPTED)
        with _kept(job, clock):
            work[job.kind](job)
    except Later as reason:
        postpone(job, str(reason), now=clock(), lost=lost)
    except GiveUp as reason:
        give_up(job, str(reason), lost=lost)
    except Exception as error:
        log.exception("job %s failed", job.key)
        postpone(job, f"{type(error).__name__}: {error}", now=clock(), lost=lost)
    else:
        return finish(job)
    return False
