"""The life of a letter: which state may follow which, and the named steps that guard and record every change."""

import datetime
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from letters.models import Document, Edition, Event, Letter, RosterRecord, Signature, State, User, Version, database_now
from letters.models.letter import BEFORE_CLOSE, PAST_SEAL
from letters.proof.records import instant

NEXT: dict[str, tuple[str, ...]] = {
    State.DRAFT: (State.REVIEW, State.ABANDONED),
    State.REVIEW: (State.DRAFT, State.SIGNING, State.ABANDONED),
    State.SIGNING: (State.REVIEW, State.CLOSED, State.ABANDONED),
    State.CLOSED: (State.SIGNING, State.SEALED, State.ABANDONED),
    State.SEALED: (State.DELIVERED, State.PUBLISHED),
    State.DELIVERED: (State.PUBLISHED,),
    State.PUBLISHED: (),
    State.ABANDONED: (),
}


class NotNow(Exception):
    """The step is not possible as things stand; the message says why and what to do."""


class Overtaken(NotNow):
    """Somebody else moved the letter first; the message says who and when."""


def origin(letter: Letter, what: str) -> str:
    """The name under which this installation signs checkpoints about a letter."""
    return f"{settings.SITE_URL.split('://', 1)[-1]}/{letter.slug}/{what}"


def how(checked: str) -> dict[str, str]:
    """For the record: how the person showed to be there, where a person did."""
    return {"checked": checked} if checked else {}


def locked(letter: Letter) -> Letter:
    """The letter's row, locked until the transaction ends and read afresh.

    Nothing is joined: a row joined before a wait for the lock would be older than the letter itself.
    """
    return Letter.objects.locked().get(pk=letter.pk)


@transaction.atomic
def move(
    letter: Letter, to: str, *, by: User | None, now: datetime.datetime, data: dict[str, Any] | None = None
) -> Letter:
    """Lock the letter, check that `to` may follow, write and record; returns the locked row.

    Raises Overtaken when the letter is no longer in the state the caller saw, NotNow when `to` cannot follow it.
    """
    row = locked(letter)
    if row.state != letter.state:
        last = row.events.filter(kind=row.state).order_by("-seq").first()
        when = f" on {last.at:%d %B at %H:%M} UTC" if last else ""
        who = f" by {last.by}" if last and last.by else ""
        raise Overtaken(f"The letter is now “{row.get_state_display()}”{who}{when}; look again before you go on.")
    if to not in NEXT[row.state]:
        raise NotNow(f"A letter that is “{row.get_state_display()}” cannot become “{State(to).label}”.")
    row.state = to
    row.published_at = now if to == State.PUBLISHED else row.published_at
    row.settled_at = now if to in PAST_SEAL else row.settled_at
    row.save(update_fields=["state", "published_at", "settled_at"])
    Event.objects.append(row, to, actor="coordinator" if by else "system", by=by, at=now, data=data)
    letter.state = to
    return row


@transaction.atomic
def circulate(version: Version, *, by: User, now: datetime.datetime) -> Letter:
    """Put `version` on the table; a letter in draft or open for signature goes to review with it."""
    letter = locked(version.letter)
    if letter.state not in BEFORE_CLOSE:
        raise NotNow(f"The letter is “{letter.get_state_display()}”; its text can no longer change.")
    if not Version.objects.filter(pk=version.pk, circulated_at=None).update(circulated_at=now):
        raise Overtaken(f"Version {version.number} is already published; look again before you go on.")
    letter.current = version
    letter.title = version.title
    letter.save(update_fields=["current", "title"])
    facts = {"version": version.number, "content_hash": version.content_hash, "change": version.change}
    if letter.state == State.REVIEW:
        Event.objects.append(letter, "version", actor="coordinator", by=by, at=now, data=facts)
        return letter
    return move(letter, State.REVIEW, by=by, now=now, data=facts)


def open_signing(letter: Letter, *, by: User, now: datetime.datetime) -> Letter:
    """Review → signing; raises NotNow without a deadline that lies ahead."""
    if letter.deadline is None or letter.deadline <= now:
        raise NotNow("Set a deadline that lies ahead, then open the letter for signature.")
    return move(letter, State.SIGNING, by=by, now=now, data={"version": letter.on_the_table.number})


@transaction.atomic
def close(
    letter: Letter, *, by: User, clock: Callable[[], datetime.datetime] = database_now, checked: str = ""
) -> Edition:
    """Signing → closed, and freeze the roster; raises NotNow when nobody signed the version on the table.

    The clock is read after the lock: no signature in the roster is younger than the close. `checked` is how the
    person showed to be there.
    """
    locked(letter)
    now = clock()
    if letter.state != State.SIGNING:
        raise NotNow(f"Only a letter open for signature can be closed; this one is “{letter.get_state_display()}”.")
    row = move(letter, State.CLOSED, by=by, now=now, data=how(checked))
    edition = freeze(row, now=now)
    if edition is None:
        raise NotNow(f"Nobody has signed {row.on_the_table}; there is nothing to close yet.")
    return edition


def freeze(letter: Letter, *, now: datetime.datetime) -> Edition | None:
    """Take the roster of the version on the table as the next edition, or None where it is empty.

    `letter` is locked by the caller; a roster frozen earlier and not yet sealed is set aside.
    """
    version = letter.on_the_table
    signatures = Signature.objects.filter(version=version).live().in_printed_order()
    letter.editions.filter(sealed_at=None, superseded_at=None).update(superseded_at=now)
    if not signatures.exists():
        return None
    number = letter.editions.filter(sealed_at__isnull=False).count() + 1
    edition = Edition(letter=letter, number=number, version=version, counts={}, root="", closed_at=now)
    edition.save()
    # The roster is written as the signatures are read, so its root and counts are known only then.
    edition.root, counting = RosterRecord.objects.write(edition, signatures.recorded(version))
    edition.counts = counting.counts()
    Edition.objects.filter(pk=edition.pk).update(root=edition.root, counts=edition.counts)
    facts = {"edition": edition.number, "version": version.number, "content_hash": version.content_hash}
    facts |= {"root": edition.root, "count": counting.number}
    Event.objects.append(letter, "frozen", actor="system", by=None, at=now, data=facts)
    return edition


def freeze_late(letter: Letter, *, now: datetime.datetime) -> Edition | None:
    """The next edition of a sealed letter, or None where no signature came since the last; `letter` is locked."""
    last = letter.editions.exclude(sealed_at=None).order_by("number").last()
    fresh = Signature.objects.filter(version=letter.on_the_table).live()
    if last:
        fresh = fresh.exclude(Exists(last.enrolled.filter(signature=OuterRef("pk"))))
    if fresh.exists():
        return freeze(letter, now=now)
    letter.editions.filter(sealed_at=None, superseded_at=None).update(superseded_at=now)
    return None


@transaction.atomic
def extend(
    letter: Letter, *, by: User, now: datetime.datetime, deadline: datetime.datetime, checked: str = ""
) -> Letter:
    """Set a later deadline; a closed letter is opened again and its frozen roster set aside.

    A soft date that is past, or would lie after the deadline, is dropped.
    """
    if deadline <= now:
        raise NotNow("The new deadline must lie ahead.")
    row = locked(letter)
    if row.state not in (State.SIGNING, State.CLOSED):
        raise NotNow(f"A letter that is “{row.get_state_display()}” has no deadline to extend.")
    row.deadline = deadline
    row.answer_by = row.answer_by if row.answer_by and now < row.answer_by <= deadline else None
    row.save(update_fields=["deadline", "answer_by"])
    if row.state == State.CLOSED:
        row.editions.filter(sealed_at=None, superseded_at=None).update(superseded_at=now)
        return move(row, State.SIGNING, by=by, now=now, data={"deadline": deadline.isoformat(), **how(checked)})
    facts = {"deadline": deadline.isoformat(), **how(checked)}
    Event.objects.append(row, "extended", actor="coordinator", by=by, at=now, data=facts)
    return row


@transaction.atomic
def mark_sealed(edition: Edition, *, document: Document, now: datetime.datetime) -> bool:
    """Give the edition its file: closed → sealed with the first, the state stays with a later one.

    False when the edition was set aside or sealed by another run meanwhile.
    """
    letter = locked(edition.letter)
    fresh = Edition.objects.filter(pk=edition.pk, superseded_at=None, sealed_at=None)
    if letter.state not in (State.CLOSED, *PAST_SEAL) or not fresh.update(document=document, sealed_at=now):
        return False
    facts = {"edition": edition.number, "sha256": document.sha256}
    if letter.state == State.CLOSED:
        move(letter, State.SEALED, by=None, now=now, data=facts)
    else:
        Letter.objects.filter(pk=letter.pk).update(settled_at=now)
        Event.objects.append(letter, "sealed", actor="system", by=None, at=now, data=facts)
    return True


@transaction.atomic
def mark_delivered(letter: Letter, *, now: datetime.datetime, data: dict[str, Any]) -> None:
    """Sealed → delivered at the first journal that took it; a later one is only recorded."""
    row = locked(letter)
    if row.state == State.SEALED:
        move(row, State.DELIVERED, by=None, now=now, data=data)
    else:
        Event.objects.append(row, "delivered", actor="system", by=None, at=now, data=data)


def publish(letter: Letter, *, by: User | None, now: datetime.datetime) -> Letter:
    """Sealed or delivered → published: the record opens to everybody; `by` is None when its hour had come."""
    return move(letter, State.PUBLISHED, by=by, now=now)


@transaction.atomic
def set_release(
    letter: Letter, *, by: User, now: datetime.datetime, at: datetime.datetime | None, checked: str = ""
) -> Event:
    """Write when the public page opens by itself, None for never; the event is what the job is about.

    Raises NotNow for an hour that is past, and once the page is open or about to.
    """
    row = locked(letter)
    if row.state in (State.PUBLISHED, State.ABANDONED):
        raise NotNow(f"The letter is “{row.get_state_display()}”; there is nothing to open any more.")
    if row.state in PAST_SEAL and row.release_at and row.release_at <= now:
        raise NotNow("The time has come and the page is about to open; it can no longer be changed.")
    if at is not None and at <= now:
        raise NotNow("Choose a time that lies ahead, or release the letter now.")
    row.release_at = at
    row.save(update_fields=["release_at"])
    facts = {**({"release_at": instant(at)} if at else {}), **how(checked)}
    kind = "release set" if at else "release unset"
    return Event.objects.append(row, kind, actor="coordinator", by=by, at=now, data=facts)
