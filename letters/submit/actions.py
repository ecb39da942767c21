"""The verbs between the open letter and its public page: close, extend, seal, release, abandon."""

import datetime
from collections.abc import Callable

from django.db import transaction

from letters import jobs, lifecycle
from letters.deliver.matter import sealed_edition as sealed_edition
from letters.deliver.release import open_page
from letters.lifecycle import NotNow
from letters.models import Edition, Event, Letter, MailKind, State, User, database_now
from letters.models.letter import PAST_SEAL
from letters.notify import rounds


def current_edition(letter: Letter) -> Edition | None:
    """The edition that counts: the newest one not set aside."""
    return letter.editions.filter(superseded_at=None).select_related("version", "document").last()


def close(
    *, by: User, letter: Letter, clock: Callable[[], datetime.datetime] = database_now, checked: str = ""
) -> Edition:
    """Close for signature and freeze the roster; raises NotNow."""
    return lifecycle.close(letter, by=by, clock=clock, checked=checked)


@transaction.atomic
def seal(*, by: User, letter: Letter, now: datetime.datetime, checked: str = "") -> Edition:
    """Owe the sealed PDF of the frozen edition; a job that was given up is started again."""
    row = lifecycle.locked(letter)
    edition = current_edition(row)
    late = row.state in PAST_SEAL and edition is not None and edition.sealed_at is None
    if edition is None or not (row.state == State.CLOSED or late):
        raise NotNow("Close the letter first; then its frozen roster can be sealed.")
    Event.objects.append(
        row,
        "seal asked",
        actor="coordinator",
        by=by,
        at=now,
        data={"edition": edition.number, **lifecycle.how(checked)},
    )
    jobs.put("seal", edition.pk, letter=row, now=now)
    jobs.again("seal", edition.pk, now=now)
    return edition


@transaction.atomic
def abandon(*, by: User, letter: Letter, now: datetime.datetime) -> Letter:
    """Give the letter up: nothing more is signed and its links open nothing. Raises NotNow once it is sealed."""
    return lifecycle.move(letter, State.ABANDONED, by=by, now=now)


def release(*, by: User, letter: Letter, now: datetime.datetime) -> Letter:
    """Open the public record at once, whatever hour was set; raises NotNow before the seal."""
    return open_page(letter, by=by, now=now)


@transaction.atomic
def set_release(
    *, by: User, letter: Letter, at: datetime.datetime | None, now: datetime.datetime, checked: str = ""
) -> Letter:
    """Let the public page open by itself at `at`, or not by itself (None). Raises NotNow."""
    event = lifecycle.set_release(letter, by=by, now=now, at=at, checked=checked)
    if at is not None:
        jobs.put("release", event.pk, letter=event.letter, now=now, at=at, new=True)
    return event.letter


@transaction.atomic
def extend(
    *, by: User, letter: Letter, deadline: datetime.datetime, now: datetime.datetime, checked: str = "",
    tell: bool = True,
) -> Letter:  # fmt: skip
    """Set a later deadline; a closed letter opens again. Every officer who was invited is told, at once or (without
    `tell`) by a draft that waits for the coordinator. Raises NotNow."""
    row = lifecycle.extend(letter, by=by, now=now, deadline=deadline, checked=checked)
    notice = rounds.prepare(by=by, letter=row, kind=MailKind.EXTENDED, now=now)
    if tell:
        rounds.send(by=by, row=notice, now=now)
    return row


@transaction.atomic
def show_certificate(*, by: User, letter: Letter, shown: bool, now: datetime.datetime) -> Letter:
    """Let everybody have the certificate of signatures, or the team alone again; raises NotNow before the seal."""
    row = lifecycle.locked(letter)
    if row.state not in PAST_SEAL:
        raise NotNow("There is no certificate of signatures before the seal.")
    if row.certificate_public != shown:
        row.certificate_public = shown
        row.save(update_fields=["certificate_public"])
        data = {"shown": "public" if shown else "private"}
        Event.objects.append(row, "certificate", actor="coordinator", by=by, at=now, data=data)
    return row
