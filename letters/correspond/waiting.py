"""From what an address or a form says to a wait: which submission, since when, and what is known of the standard."""

import datetime
from collections.abc import Mapping
from typing import Any

from letters.correspond.about import submissions_of
from letters.correspond.page import standard_of
from letters.correspond.waits import Wait
from letters.inbox.clocks import sent_on
from letters.models import DueStep, Letter, Submission
from letters.text import clock
from letters.text.clock import Standard


def submission_of(letter: Letter, number: str) -> Submission | None:
    """The submission of this letter with that number; None for anything else."""
    return next((row for row in submissions_of(letter) if str(row.pk) == number), None)


def asked(letter: Letter, row: Submission | None, step: str, now: datetime.datetime) -> dict[str, Any]:
    """What the form is filled with: the date that stands, else what a rule of the journal gives."""
    step = step if step in DueStep.values else DueStep.OTHER
    open_now = letter.dues.open().filter(submission=row, step=step).exclude(step=DueStep.OTHER).first()
    if open_now:
        return {"step": step, "on": open_now.on, "standard": open_now.standard, "source": open_now.source}
    rule = standard_of(row, step)
    on = rule.due(since(letter, row, step, now)) if rule.span else None
    return {"step": step, "on": on, "standard": rule.words if rule.span else "", "source": rule.source}


def since(letter: Letter, row: Submission | None, step: str, now: datetime.datetime) -> datetime.date:
    """Since when a step is waited for: as it was, since the text was sent, else today."""
    old = letter.dues.filter(submission=row, step=step).exclude(step=DueStep.OTHER).order_by("-pk").first()
    if old:
        return old.since
    if row and row.sent_at and step in (*clock.AFTER_SENDING, DueStep.REPLY):
        return sent_on(row, letter)
    return now.astimezone(letter.zone).date()


def wait_from(letter: Letter, row: Submission | None, said: Mapping[str, Any], now: datetime.datetime) -> Wait:
    """The wait of a valid form."""
    start = since(letter, row, said["step"], now)
    return Wait(said["step"], start, said["on"], said["what"], Standard(None, said["standard"], said["source"]))
