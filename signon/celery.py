"""The Celery application and the bell that nudges a worker; the job row, not the message, is the queue."""

import logging
import os
import time

from celery import Celery
from kombu.entity import Queue
from kombu.transport.redis import QoS

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "signon.settings")

from django.conf import settings

log = logging.getLogger(__name__)
REST_SECONDS = 20.0  # how long a broken broker is left alone; sweep finds the jobs meanwhile
_rest_until = 0.0

# A worker whose Redis dies would try to hand back through the dead line what it had not acknowledged, and half the
# time end itself over that (kombu 5.7). Nothing has to go back: a message is a nudge, and sweep finds its job.
QoS.restore_at_shutdown = False

app = Celery("signon")
app.conf.update(
    broker_url=settings.REDIS_URL or "memory://localhost/",
    # A stalled broker must not hold a request: without the time limits send_task blocks for minutes, and with them
    # it would still dial again and again for six seconds, whatever its own retry=False says.
    broker_transport_options={
        "polling_interval": 0.1,
        "visibility_timeout": 1800,
        "socket_timeout": 1,
        "socket_connect_timeout": 1,
        "max_retries": 0,
    }
    if settings.REDIS_URL
    else {"polling_interval": 0.1},
    broker_connection_retry_on_startup=True,
    task_ignore_result=True,
    # A worker takes from both in turn, so that a code does not wait behind a thousand invitations.
    task_queues=[Queue("work"), Queue("urgent")],  # type: ignore[no-untyped-call]
    task_default_queue="work",
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_max_tasks_per_child=500,
    task_serializer="json",
    accept_content=["json"],
    timezone="UTC",
    # Urgent: a sweep behind a thousand slow mails would find a lost nudge only after them.
    beat_schedule={
        "sweep": {
            "task": "letters.tasks.sweep",
            "schedule": settings.SWEEP_SECONDS,
            "options": {"queue": "urgent", "expires": settings.SWEEP_SECONDS},
        }
    },
)
app.autodiscover_tasks(["letters"])


def ring(job_id: int, *, urgent: bool = False) -> bool:
    """Tell a worker that job `job_id` is owed; False when the broker did not take it (sweep will find the job).

    Waits about a second for a broker that does not answer, and then leaves it alone for REST_SECONDS.
    """
    global _rest_until
    now = time.monotonic()
    if now < _rest_until:
        return False
    if _rest_until:  # after a rest one caller tries; the others do not wait with it
        _rest_until = now + REST_SECONDS
    try:
        app.send_task("letters.tasks.run", args=[job_id], queue="urgent" if urgent else "work", retry=False)
    except Exception as error:
        _rest_until = time.monotonic() + REST_SECONDS
        log.warning("broker did not take job %s (%s); sweep will run it", job_id, error)
        return False
    _rest_until = 0.0
    return True
