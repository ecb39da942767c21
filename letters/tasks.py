"""The only Celery tasks: run one job by its id, and sweep up what a lost nudge left behind."""

import datetime

from celery import shared_task
from django.db import close_old_connections

from letters import jobs
from letters.deliver.release import release_at_its_hour
from letters.deliver.send import send_submission, submission_lost
from letters.inbox.clocks import tend
from letters.lists.importing import KIND, import_lost, sweep_arrivals, write_arrival
from letters.lookup.fetch import look_up, look_up_lost
from letters.models import database_now
from letters.notify.announce import announce_edition
from letters.notify.kits import mail_kits
from letters.notify.plan import prepare_due, send_planned
from letters.notify.send import mail_lost, send_mail
from letters.render.shares import draw_picture
from letters.render.store import seal_edition

WORK: jobs.Work = {
    "mail": send_mail,
    "seal": seal_edition,
    "submission": send_submission,
    "announce": announce_edition,
    KIND: write_arrival,
    "release": release_at_its_hour,
    "kits": mail_kits,
    "pictures": draw_picture,
    "lookup": look_up,
    "round": send_planned,
}
LOST: jobs.Losses = {
    "mail": mail_lost, "submission": submission_lost, KIND: import_lost, "lookup": look_up_lost,
}  # fmt: skip


@shared_task(name="letters.tasks.run")  # type: ignore[untyped-decorator]
def run(job_id: int) -> None:
    """Do one job; does nothing when it is done, not due, or in other hands."""
    close_old_connections()
    jobs.perform(job_id, WORK, database_now, LOST)


@shared_task(name="letters.tasks.sweep")  # type: ignore[untyped-decorator]
def sweep(overdue_seconds: float = 0.0) -> int:
    """Nudge every job that has been due for that long, then clear up and prepare; returns how many were nudged."""
    close_old_connections()
    since = database_now() - datetime.timedelta(seconds=overdue_seconds)
    owed = list(jobs.due(since).values_list("pk", flat=True)[:500])
    for job_id in owed:
        jobs.nudge(job_id)
    sweep_arrivals(database_now())
    prepare_due(database_now())
    tend(database_now())
    return len(owed)


def drain() -> int:
    """Do every job that is due in this process, without a broker; returns how many were done."""
    owed = list(jobs.due(database_now()).values_list("pk", flat=True))
    return sum(jobs.perform(job_id, WORK, database_now, LOST) for job_id in owed)
