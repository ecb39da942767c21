"""The verbs of drafting: start a letter, bring in a text, set its terms, publish it as a version."""

import dataclasses
import datetime
import secrets

from django.db import transaction
from django.utils.text import slugify

from letters import lifecycle
from letters.draft.word_comments import bring_in, remarks
from letters.lifecycle import NotNow
from letters.models import Change, Coordinator, Document, Event, Letter, MailKind, State, User, Version
from letters.models.document import Kind
from letters.models.letter import BEFORE_CLOSE, Paper
from letters.notify import rounds
from letters.text.blocks import carry_ids, new_ids
from letters.text.canonical import canonical_text, content_hash
from letters.text.check import import_check
from letters.text.diff import redline
from letters.text.markup import letter_html
from letters.text.reading import Reading, read


@dataclasses.dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in; what to do with tracked changes ("ask", "accept", "reject"), and with bold lines that look
    like headings ("ask", "take", "leave")."""

    name: str
    data: bytes
    tracked: str = "ask"
    bold: str = "ask"

    def read(self) -> Reading:
        """The letter in the file; raises Unreadable or Refused."""
        return read(self.data, name=self.name, tracked=self.tracked, bold=self.bold)


def _slug(title: str) -> str:
    """A readable address that is not taken; a short random tail settles clashes."""
    base = slugify(title)[:50].strip("-") or "letter"
    taken = Letter.objects.filter(slug=base).exists()
    return f"{base}-{secrets.token_hex(2)}" if taken else base


@transaction.atomic
def new_letter(*, by: User, upload: Upload, convener: str, now: datetime.datetime) -> Letter:
    """A letter in draft from its first text; raises text.reading.Unreadable or text.canonical.Refused."""
    reading = upload.read()
    letter = Letter.objects.create(
        slug=_slug(reading.title),
        title=reading.title[:300],
        convener=convener,
        created_at=now,
        created_by=by,
        owner=by,
    )
    Coordinator.objects.create(letter=letter, user=by)
    store(letter, reading, upload, by=by, now=now)
    return letter


@transaction.atomic
def add_version(*, by: User, letter: Letter, upload: Upload, now: datetime.datetime) -> Version:
    """The next text as an unpublished version, in place of one that was waiting; circulated versions stay.

    Raises NotNow when the text can no longer change or is the same, Unreadable or Refused for a bad file.
    """
    reading = upload.read()
    row = lifecycle.locked(letter)
    if row.state not in BEFORE_CLOSE:
        raise NotNow(f"The letter is “{row.get_state_display()}”; its text can no longer change.")
    row.versions.filter(circulated_at=None).delete()
    return store(row, reading, upload, by=by, now=now)


def decide(*, by: User, letter: Letter, now: datetime.datetime, tracked: str = "", bold: str = "") -> Version:
    """Read the waiting file again with what is decided now, the rest as before; raises NotNow without one."""
    before = _waiting(letter)
    upload = dataclasses.replace(before, tracked=tracked or before.tracked, bold=bold or before.bold)
    return add_version(by=by, letter=letter, upload=upload, now=now)


def _waiting(letter: Letter) -> Upload:
    """The file that waits, with what was decided about it so far."""
    waiting = letter.versions.filter(circulated_at=None).select_related("source").first()
    if waiting is None:
        raise NotNow("No file is waiting any more; upload it again.")
    return Upload(waiting.source_name, waiting.source.read(), waiting.tracked, waiting.bold)


def store(letter: Letter, reading: Reading, upload: Upload, *, by: User, now: datetime.datetime) -> Version:
    """The reading as the version that waits; raises NotNow when its words are those of the version on the table."""
    before = letter.current
    blocks = carry_ids(before.parts, reading.blocks) if before else new_ids(reading.blocks)
    text = canonical_text(blocks)
    if before and before.content_hash == content_hash(text):
        raise NotNow(f"{upload.name} has the same words as {before}; there is nothing to publish.")
    check = import_check(reading)
    return Version.objects.create(
        letter=letter,
        number=before.number + 1 if before else 1,
        title=reading.title[:300],
        text=text,
        html=letter_html(blocks),
        blocks=[block.as_dict() for block in blocks],
        content_hash=content_hash(text),
        words=check.words,
        change=Change.SUBSTANTIVE if before else Change.FIRST,
        summary=redline(before.parts, blocks).summary[:600] if before else "",
        source_name=upload.name[:255],
        source=Document.objects.keep(upload.data, kind=Kind.SOURCE, edition=None, now=now),
        tracked=upload.tracked,
        bold=upload.bold,
        check_lines=[list(line) for line in check.lines()],
        remarks=remarks(reading.comments, blocks),
        created_at=now,
        created_by=by,
    )


@dataclasses.dataclass(frozen=True, slots=True)
class Terms:
    """What a coordinator sets for a letter; `deadline` and the soft date `answer_by` are aware instants.

    `logo` is a picture made by logo.reencoded, None to leave what there is.
    """

    convener: str
    addressee: str
    language: str
    deadline: datetime.datetime
    time_zone: str
    officers_asked: str
    answer_by: datetime.datetime | None = None
    embargo: str = ""
    letterhead: str = ""
    paper: str = Paper.A4
    logo: bytes | None = None
    drop_logo: bool = False


@transaction.atomic
def set_terms(*, by: User, letter: Letter, terms: Terms, now: datetime.datetime) -> Letter:
    """Write the terms; once the letter is open for signature the deadline can only be extended."""
    row = lifecycle.locked(letter)
    if row.state not in (State.DRAFT, State.REVIEW):
        raise NotNow(f"The letter is “{row.get_state_display()}”; only its deadline can still be extended.")
    if terms.deadline <= now:
        raise NotNow("The deadline must lie ahead.")
    if terms.answer_by and terms.answer_by > terms.deadline:
        raise NotNow("“Please answer by” must not lie after the deadline.")
    if row.officers_asked != terms.officers_asked and row.invitations.exists():
        raise NotNow("Societies are already on the list; who signs for each can no longer change.")
    named = [field.name for field in dataclasses.fields(terms) if field.name not in ("logo", "drop_logo")]
    changed = [name for name in named if getattr(row, name) != getattr(terms, name)]
    for name in changed:
        setattr(row, name, getattr(terms, name))
    if terms.logo or terms.drop_logo:
        row.letterhead_logo = (
            Document.objects.keep(terms.logo, kind=Kind.LOGO, edition=None, now=now) if terms.logo else None
        )
        changed.append("letterhead_logo")
    row.save(update_fields=[*named, "letterhead_logo"])
    if changed:
        private = {"person": by.email, "changed": changed}
        Event.objects.append(row, "terms", actor="coordinator", by=by, at=now, private=private)
    return row


@transaction.atomic
def publish(
    *,
    by: User,
    version: Version,
    change: str,
    note: str,
    now: datetime.datetime,
    bring: bool = False,
    tell: bool = True,
) -> Letter:
    """Circulate the waiting version; a letter that was open for signature is opened again with the new text.

    With `bring` the comments of its Word file come in, for the coordinators to answer.
    Each invited officer gets one mail, at once or (without `tell`) as a draft that waits for the coordinator;
    signatures stay with the version they were given to.
    """
    if version.stops:
        raise NotNow(version.stops[0])
    was_open = lifecycle.locked(version.letter).state == State.SIGNING
    if version.number > 1:
        Version.objects.filter(pk=version.pk, circulated_at=None).update(change=change, note=note.strip())
        version.refresh_from_db()
    letter = lifecycle.circulate(version, by=by, now=now)
    if was_open:
        letter = lifecycle.open_signing(letter, by=by, now=now)
    if bring:
        bring_in(version, by=by, now=now)
    if letter.invitations.exclude(invited_at=None).exists():
        notice = rounds.prepare(by=by, letter=letter, kind=MailKind.NEW_VERSION, now=now)
        if tell:
            rounds.send(by=by, row=notice, now=now)
    return letter
