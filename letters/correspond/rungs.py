"""What the page of the ladder shows for one submission: the rungs, whom to write to, and what to have at hand."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from letters.correspond.about import named
from letters.correspond.due_forms import WroteForm
from letters.correspond.page import clock_of, rung_of
from letters.inbox.clocks import sent_on
from letters.models import Claim, Correspondence, JournalContact, Letter, Sending, Signature, Submission
from letters.models.journal import Channel
from letters.text import clock
from letters.text.clock import Standard
from letters.text.ladder import LADDER, Ready, Rung, at_hand


@dataclass(frozen=True, slots=True)
class Step:
    """One rung with its form, whether it is the one to take now, whom to write to, the standards of its waits."""

    rung: Rung
    form: WroteForm
    now: bool
    contacts: list[JournalContact]
    email: str
    standards: list[Standard]


def page(letter: Letter, row: Submission, now: datetime.datetime, bound: WroteForm | None = None) -> Mapping[str, Any]:
    """All the page shows; `bound` is the form that was sent."""
    today = now.astimezone(letter.zone).date()
    entries = list(letter.correspondence.kept().filter(submission=row))
    dues = list(row.dues.all())
    sent = sent_on(row, letter) if row.state == Sending.SENT and row.sent_at else None
    offered = rung_of(clock_of(row, entries, dues, sent, today), entries, dues)
    return {
        "letter": letter, "submission": row, "named": named(row), "ready": ready(letter, row, entries),
        "offered": offered, "steps": [_step(row, rung, offered, today, bound) for rung in LADDER],
        "form": bound,
    }  # fmt: skip


def _step(row: Submission, rung: Rung, offered: Rung | None, today: datetime.date, bound: WroteForm | None) -> Step:
    form = bound if bound and bound.to is rung else WroteForm(rung=rung, submission=row, today=today)
    ways = {"editor": (Channel.OFFICE, Channel.MAIL), "complaints": (Channel.COMPLAINTS,)}.get(rung.key, ())
    contacts = [contact for contact in row.journal.contacts.all() if contact.way in ways]
    standards = [clock.standard(row.journal.venue, step) for step in rung.waits]
    email = row.journal.email if rung.key == "editor" else ""
    return Step(rung, form, rung is offered or form is bound, contacts, email, [one for one in standards if one.span])


def ready(letter: Letter, row: Submission, entries: list[Correspondence]) -> list[Ready]:
    """What a complaint should carry, held against what is on record (three queries)."""
    counts = (
        Claim.objects.standing()
        .filter(letter=letter)
        .aggregate(n=Count("pk"), bare=Count("pk", filter=Q(evidence="")), open=Count("pk", filter=Q(remedy="")))
    )
    signed = (
        Signature.objects.filter(version=letter.current)
        .live()
        .aggregate(n=Count("pk"), said=Count("pk", filter=~Q(interests="")))
    )
    some = f"{signed['said']} of {signed['n']} signatures declare some; they are printed in the letter."
    name, email = row.submitter_name or str(row.created_by), row.submitter_email or row.created_by.email
    return at_hand(
        dois=[target.doi for target in letter.targets.all()], claims=counts["n"], without_evidence=counts["bare"],
        without_remedy=counts["open"], interests=some if signed["said"] else "",
        contact=f"{name}, {email}", exchanges=len(entries),
    )  # fmt: skip
