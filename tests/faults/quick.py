"""The project's worker, server and commands with a lease of two seconds, so that a test need not wait for the real one.

`python -m celery -A tests.faults.quick worker -B` and `python -m tests.faults.quick serve` take the arguments of the
real ones.
"""

import datetime
import sys

import django
from django.core.management import execute_from_command_line

from signon.celery import app

django.setup()

from letters import jobs  # noqa: E402 -- Django must be set up before
from signon import embedded  # noqa: E402

__all__ = ["app"]
SWEEP = 1.0
jobs.LEASE, jobs.RENEWAL = datetime.timedelta(seconds=2), datetime.timedelta(seconds=0.5)
embedded.SWEEP_SECONDS = embedded.OVERDUE_SECONDS = SWEEP
app.conf.beat_schedule["sweep"]["schedule"] = SWEEP

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
