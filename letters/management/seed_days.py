"""The moments of the demonstration's finished letter, its texts with the year they fall into, and work done then."""

import dataclasses
import datetime
import functools
from collections.abc import Callable
from pathlib import Path

from letters import jobs
from letters.models import Job, database_now

FOLDER = Path(__file__).resolve().parent / "demo"


@dataclasses.dataclass(frozen=True, slots=True)
class Days:
    """Everything is told by how long before `now` it happened."""

    now: datetime.datetime

    def ago(self, days: int, hour: int = 10) -> datetime.datetime:
        """That many days ago, at this hour UTC."""
        day = self.now - datetime.timedelta(days=days)
        return day.replace(hour=hour, minute=0, second=0, microsecond=0)

    def text(self, name: str) -> tuple[str, bytes]:
        """A file of the demonstration by name; the papers it cites are of the year they came out in."""
        words = (FOLDER / name).read_text(encoding="utf-8")
        return name, words.replace("{year}", str(self.ago(45).year)).encode()


def work_at(kind: str, subject: int, do: Callable[..., None], at: datetime.datetime) -> None:
    """Do the work that is owed as if it were `at`; the worker would do it by the present clock."""
    job = Job.objects.get(kind=kind, subject=subject)
    work = {kind: functools.partial(do, clock=lambda: at)}
    if not jobs.perform(job.pk, work, database_now):
        raise RuntimeError(f"{job.key} was not done: {Job.objects.get(pk=job.pk).last_error}")
