"""What people and workers do to one submission, as functions of plain values for other processes."""

import datetime

from letters import jobs, tasks
from letters.dispatch import actions, checks, going
from letters.models import Letter, Submission, User, database_now

NONE = datetime.timedelta(0)


def _who(email: str) -> User:
    return User.objects.get(email=email)


def ask(pk: int, email: str) -> str:
    """A coordinator lets it go; the state after it."""
    return going.ask(by=_who(email), submission=checks.fresh(pk), now=database_now(), pause=NONE).state


def agree(pk: int, email: str, seen: str) -> str:
    """A second coordinator agrees; the state after it."""
    row, now = checks.fresh(pk), database_now()
    return going.agree(by=_who(email), submission=row, seen=seen, now=now, pause=NONE).state


def stop(pk: int, email: str) -> str:
    """A coordinator stops it; the state after it."""
    return going.stop(by=_who(email), submission=checks.fresh(pk), now=database_now()).state


def again(pk: int, email: str) -> str:
    """A coordinator sends once more; the state after it."""
    return going.send_again(by=_who(email), submission=checks.fresh(pk), now=database_now(), pause=NONE).state


def hand_in(pk: int, email: str) -> str:
    """A coordinator says that it was handed in; the state after it."""
    handed = going.Handed(database_now(), f"as {email} pasted it", reference=email)
    return going.hand_in(by=_who(email), submission=checks.fresh(pk), handed=handed, now=database_now()).state


def change(pk: int, email: str) -> str:
    """A coordinator changes a word; the state after it."""
    return actions.object_to(
        by=_who(email), submission=Submission.objects.get(pk=pk), despite="Else.", now=database_now()
    ).state


def prepare(slug: str, email: str, journal: int) -> int:
    """A coordinator begins a submission of the full letter; its primary key."""
    letter, to = Letter.objects.get(slug=slug), actions.Journal.objects.get(pk=journal)
    return actions.prepare(by=_who(email), letter=letter, journal=to, text=actions.Text(), now=database_now()).pk


def perform(job: int) -> bool:
    """A worker takes this job; True when it did it to the end."""
    return jobs.perform(job, tasks.WORK, database_now, tasks.LOST)
