"""The worker inside the web process: Celery over the memory broker and a sweeper thread, started after any fork."""

import logging
import threading
import time
import warnings

from celery.platforms import EX_OK, SecurityWarning
from celery.worker import state

from letters import jobs, tasks
from letters.models import database_now
from signon.celery import app

log = logging.getLogger(__name__)
SWEEP_SECONDS = 3.0
OVERDUE_SECONDS = 10.0
STOP_SECONDS = 5.0  # the worker looks at least every two seconds whether it should stop
_started = threading.Lock()
_threads: list[threading.Thread] = []


def _sweep_for_ever() -> None:
    overdue = 0.0  # the first pass takes over what other processes left; later ones only what a lost nudge left
    while True:
        try:
            tasks.sweep(overdue)
            overdue = OVERDUE_SECONDS
        except Exception:
            log.exception("sweep failed; trying again")
        time.sleep(SWEEP_SECONDS)


def start() -> None:
    """Start worker and sweeper as daemon threads, once per process."""
    if not _started.acquire(blocking=False):
        return
    # Celery advises against root; the web process it runs in here has been started as whoever the operator chose.
    warnings.simplefilter("ignore", SecurityWarning)
    worker = app.Worker(
        pool="threads", concurrency=2, without_gossip=True, without_mingle=True, without_heartbeat=True,
        quiet=True, loglevel="WARNING",
    )  # fmt: skip
    _threads.append(threading.Thread(target=worker.start, name="worker", daemon=True))
    _threads[0].start()
    threading.Thread(target=_sweep_for_ever, name="sweeper", daemon=True).start()
    log.info("worker and sweeper run inside this process; %s jobs are due", jobs.due(database_now()).count())


def stop() -> None:
    """Let the worker take no more work; a process that ends while it still does would leave a trace of that."""
    state.should_stop = EX_OK
    for thread in _threads:
        thread.join(STOP_SECONDS)
