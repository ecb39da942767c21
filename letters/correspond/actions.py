"""The verbs of correspondence: record, sort or correct, and remove an entry; each is an event, nothing is deleted."""

import dataclasses
import datetime

from django.db import IntegrityError, transaction

from letters import lifecycle, stale
from letters.correspond.files import Given
from letters.correspond.waits import reopen, said, settle, tell
from letters.inbox.filing import keep_mail
from letters.lifecycle import NotNow
from letters.models import Came, Correspondence, Document, Event, Journal, Letter, Outcome, Submission, User
from letters.models.document import Kind
from letters.stale import Change

ACTS = ("answer filed", "answer recorded", "answer sorted", "answer corrected", "answer removed", "answer shown",
        "answer hidden")  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Typed:
    """What a person says about an entry; `answers` are waits it ends besides those its kind ends."""

    kind: str
    day: datetime.date
    outcome: str = Outcome.NONE
    submission: Submission | None = None
    journal: Journal | None = None
    sender: str = ""
    title: str = ""
    text: str = ""
    url: str = ""
    doi: str = ""
    public: bool = False
    file_public: bool = False
    answers: tuple[int, ...] = ()


@transaction.atomic
def record(*, by: User, letter: Letter, typed: Typed, file: Given | None, now: datetime.datetime) -> Correspondence:
    """Put an entry on record and end what it answers; raises NotNow for a message that is there already."""
    row = lifecycle.locked(letter)
    entry = Correspondence(letter=row, recorded_at=now, recorded_by=by)
    _say(entry, typed)
    if file and file.mail:
        entry.message_id = _free_id(row, file.mail.message_id)
        entry.automatic = file.mail.automatic
    elif file:
        entry.file = Document.objects.keep(file.data, kind=Kind.ANSWER, edition=None, now=now)
        entry.file_name = file.name
    try:
        with transaction.atomic():
            if file and file.mail:
                keep_mail(entry, file.mail, file.data, now)
            entry.file_public = typed.file_public and entry.file is not None
            entry.save()
    except IntegrityError:  # the same message came by mail in this moment
        raise NotNow("This message is on record already; look at the list.") from None
    tell(row, "answer recorded", entry, by=by, now=now)
    _show(row, entry, was=False, by=by, now=now)
    settle(row, entry, also=typed.answers, by=by, now=now)
    return entry


@transaction.atomic
def correct(
    *, by: User, entry: Correspondence, typed: Typed, file: Given | None, now: datetime.datetime,
    chosen: int | None = None,
) -> Correspondence:  # fmt: skip
    """Sort or correct an entry; `chosen` is the attachment that stands for it, 0 for none. What it ends follows.

    The whole message that came stays as it is. Raises NotNow for an entry that was removed, or an e-mail as new file.
    """
    letter, row = lifecycle.locked(entry.letter), standing(entry)
    before, unsorted, was = _facts(row), row.kind == Came.UNSORTED, row.public
    _say(row, typed)
    if chosen is not None:
        attached = row.attachments.select_related("document").filter(position=chosen).first()
        row.file, row.file_name = (attached.document, attached.name) if attached else (None, "")
    elif file and file.mail:
        raise NotNow("An e-mail is an entry of its own: record it as a new one, and remove this one if it is the same.")
    elif file:
        row.file = Document.objects.keep(file.data, kind=Kind.ANSWER, edition=None, now=now)
        row.file_name = file.name
    row.file_public = typed.file_public and row.file is not None and typed.public
    row.save()
    changed = ", ".join(name for name, value in _facts(row).items() if before[name] != value)
    if unsorted or changed:
        tell(letter, "answer sorted" if unsorted else "answer corrected", row, by=by, now=now, changed=changed)
    _show(letter, row, was=was, by=by, now=now)
    reopen(letter, row)
    settle(letter, row, also=typed.answers, by=by, now=now)
    return row


@transaction.atomic
def remove(*, by: User, entry: Correspondence, now: datetime.datetime) -> None:
    """Take an entry off the pages; its row and the record keep it, and what it had ended is waited for again."""
    letter, row = lifecycle.locked(entry.letter), standing(entry)
    if row.claim_answers.filter(claim__removed_at=None).exists():
        raise NotNow("Claims refer to this entry: take back there what it said to them, then remove it.")
    was = row.public
    row.public, row.file_public, row.removed_at = False, False, now
    row.save(update_fields=["public", "file_public", "removed_at"])
    tell(letter, "answer removed", row, by=by, now=now)
    _show(letter, row, was=was, by=by, now=now)
    reopen(letter, row)


def standing(entry: Correspondence) -> Correspondence:
    """The entry as it stands now; raises NotNow where it was removed."""
    row = Correspondence.objects.kept().select_related("letter", "journal", "file").filter(pk=entry.pk).first()
    if row is None:
        gone = stale.last_act(entry.letter, "answer removed", entry=entry.pk)
        who = f"{gone[0]} removed this entry" if gone and gone[0] else "This entry was removed"
        raise NotNow(f"{who} meanwhile: what you typed is not saved. Record it as a new one if it still counts.")
    return row


def last_act(entry: Correspondence) -> Change | None:
    """Who did the last thing to the entry, and when."""
    return stale.last_act(entry.letter, *ACTS, entry=entry.pk)


def _say(entry: Correspondence, typed: Typed) -> None:
    for name in ("kind", "outcome", "day", "submission", "sender", "text", "url", "doi", "public"):
        setattr(entry, name, getattr(typed, name))
    entry.journal = typed.submission.journal if typed.submission else typed.journal
    entry.title = typed.title or _title(entry)


def _title(entry: Correspondence) -> str:
    kind = Came(entry.kind).label
    return f"{kind}, {entry.journal}"[:300] if entry.journal else kind


def _facts(entry: Correspondence) -> dict[str, object]:
    names = ("kind", "outcome", "day", "submission_id", "journal_id", "sender", "title", "text", "url", "doi",
             "file_id", "file_public")  # fmt: skip
    return {name.removesuffix("_id"): getattr(entry, name) for name in names}


def _show(letter: Letter, entry: Correspondence, *, was: bool, by: User, now: datetime.datetime) -> None:
    """Say in public that an entry became public, and what it is; or that it is not any more."""
    if entry.public == was:
        return
    data: dict[str, object] = {"entry": entry.pk}
    if entry.public:
        data |= {"what": entry.get_kind_display(), "day": entry.day.isoformat()}
        data |= {"journal": entry.journal.name} if entry.journal else {}
    kind = "answer shown" if entry.public else "answer hidden"
    Event.objects.append(letter, kind, actor="coordinator", by=by, at=now, data=data)


def _free_id(letter: Letter, message_id: str) -> str | None:
    """The Message-ID, None where it is taken elsewhere; raises NotNow where the message is on record here."""
    known = Correspondence.objects.filter(message_id=message_id).first()
    if known and known.letter_id == letter.pk and known.removed_at is None:
        raise NotNow(f"This message is on record already, as “{known.title}” of {said(known.day)}.")
    return None if known else message_id
