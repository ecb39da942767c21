"""Files one message that came in with the submission it answers, once; what belongs to none is kept as a stray."""

import dataclasses
import datetime
import logging
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from letters import lifecycle
from letters.inbox.address import keys_in
from letters.models import Attachment, Correspondence, Document, Event, Letter, Stray, Submission
from letters.models.document import Kind
from letters.text.eml import MOST_BYTES, Unreadable, made_id, read_mail
from letters.text.mailed import Mailed

log = logging.getLogger(__name__)
NO_KEY = "It names no submission of this site."


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of a message: the entry or the stray; `new` is False for one that was known."""

    entry: Correspondence | None
    stray: Stray | None
    new: bool


def file_message(raw: bytes, *, now: datetime.datetime, addressed: str = "", place: str = "") -> Filed:
    """Take one message in; doing it twice is doing it once.

    `addressed`: addresses the mail server or provider named besides the headers. `place`: where the bytes lie.
    """
    try:
        mail = read_mail(raw)
    except Unreadable as error:
        return _stray(raw, None, str(error), now=now, place=place)
    keys = keys_in(f"{addressed}\n{mail.addressed}")
    found = {row.reply_key: row for row in Submission.objects.filter(reply_key__in=keys).select_related("journal")}
    row = next((found[key] for key in keys if key in found), None)
    if row is None:
        return _stray(raw, mail, NO_KEY, now=now, place=place)
    return _file(row, mail, raw, now)


def _file(row: Submission, mail: Mailed, raw: bytes, now: datetime.datetime) -> Filed:
    letter = Letter.objects.get(editions__submissions=row)
    for message_id in (mail.message_id, made_id(raw)):
        known = Correspondence.objects.select_related("original").filter(message_id=message_id).first()
        if known is None:
            try:
                with transaction.atomic():
                    return Filed(_entry(lifecycle.locked(letter), row, mail, message_id, raw, now), None, True)
            except IntegrityError:  # somebody else filed it in this moment
                known = Correspondence.objects.select_related("original").get(message_id=message_id)
        if known.letter_id == letter.pk and same(known, mail):
            return Filed(known, None, False)
        # Another message under the same Message-ID: it is filed under one made of its bytes.
    return Filed(known, None, False)


def same(known: Correspondence, mail: Mailed) -> bool:
    """Whether the message on record says what this one says; the way it took may differ."""
    if known.original is None:
        return True
    try:
        return read_mail(known.original.read()).words == mail.words
    except (Unreadable, OSError):
        return True


def _entry(
    letter: Letter, row: Submission, mail: Mailed, message_id: str, raw: bytes, now: datetime.datetime
) -> Correspondence:
    mail = _of_others(mail, row)
    entry = Correspondence(
        letter=letter, submission=row, journal=row.journal, sender=mail.wrote, title=mail.headed or "Without a subject",
        text=mail.text, message_id=message_id, automatic=mail.automatic, recorded_at=now, recorded_by=None,
    )  # fmt: skip
    today = now.astimezone(letter.zone).date()
    entry.day = min(mail.day(letter.zone) or today, today)  # a clock that runs ahead is not ours
    keep_mail(entry, mail, raw, now)
    facts = {"entry": entry.pk, "journal": row.journal.name}
    private = {"title": entry.title, "sender": entry.sender, "message": entry.original.sha256 if entry.original else ""}
    Event.objects.append(letter, "answer filed", actor="system", by=None, at=now, data=facts, private=private)
    return entry


def _of_others(mail: Mailed, row: Submission) -> Mailed:
    """The mail; where the journal forwards what we wrote ourselves, as a mail of the journal."""
    own = row.submitter_email.casefold()
    ours = mail.original is not None and own and own in mail.original.sender.casefold()
    return dataclasses.replace(mail, original=None) if ours else mail


def keep_mail(entry: Correspondence, mail: Mailed, raw: bytes, now: datetime.datetime) -> None:
    """Save an entry with the whole message and each of its files; the first PDF stands for it until one is chosen."""
    kept = [
        (file.name, Document.objects.keep(file.data, kind=Kind.ANSWER, edition=None, now=now)) for file in mail.files
    ]
    entry.forwarded_by = mail.forwarder
    entry.original = Document.objects.keep(raw, kind=Kind.ANSWER, edition=None, now=now)
    first = next(((name, document) for name, document in kept if name.lower().endswith(".pdf")), None)
    if first and entry.file is None:
        entry.file_name, entry.file = first
    entry.save()
    Attachment.objects.bulk_create(
        Attachment(correspondence=entry, position=position, name=name, document=document)
        for position, (name, document) in enumerate(kept, start=1)
    )


def _stray(raw: bytes, mail: Mailed | None, why: str, *, now: datetime.datetime, place: str) -> Filed:
    large = len(raw) > MOST_BYTES
    with transaction.atomic():
        kept = None if large else Document.objects.keep(raw, kind=Kind.ANSWER, edition=None, now=now)
        facts = {"sender": mail.sender if mail else "", "title": mail.title if mail else "", "why": why[:300]}
        facts |= {"place": place[:500] if large else ""}
        # By its bytes: two strays under one Message-ID are two, and none may shut another out.
        stray, new = Stray.objects.get_or_create(
            message_id=made_id(raw), defaults={**facts, "document": kept, "received_at": now}
        )
    if new:
        log.warning("a message from %r (%r) was not filed: %s", stray.sender, stray.title, why)
    return Filed(None, stray, new)
