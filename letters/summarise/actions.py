"""A coordinator's verbs: begin a summary, bring in its next text, name it, publish it for approval, remind."""

import dataclasses
import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from letters import behind, lifecycle
from letters.lifecycle import NotNow, Overtaken
from letters.models import (
    Document,
    Event,
    Journal,
    Letter,
    State,
    Summary,
    SummaryVersion,
    Target,
    User,
)
from letters.models.document import Kind
from letters.notify import summaries
from letters.text.blocks import carry_ids, new_ids
from letters.text.canonical import canonical_text, summary_hash
from letters.text.check import import_check
from letters.text.diff import redline
from letters.text.markup import letter_html
from letters.text.reading import Reading, read


@dataclasses.dataclass(frozen=True, slots=True)
class Brought:
    """A file as it came in, with what to do about tracked changes and bold lines, and a note to the officers."""

    name: str
    data: bytes
    tracked: str = "ask"
    bold: str = "ask"
    note: str = ""

    def read(self) -> Reading:
        """The text in the file; raises Unreadable or Refused."""
        return read(self.data, name=self.name, tracked=self.tracked, bold=self.bold)


@dataclasses.dataclass(frozen=True, slots=True)
class Naming:
    """What a summary is called and where it is meant to go; an empty name takes the title of its text."""

    name: str = ""
    journal: Journal | None = None
    target: Target | None = None


@transaction.atomic
def begin(*, by: User, letter: Letter, brought: Brought, naming: Naming, now: datetime.datetime) -> Summary:
    """A summary with its first text, which waits to be published.

    Raises NotNow where there is no letter yet to shorten, Unreadable or Refused for a bad file.
    """
    reading = brought.read()
    row = _changeable(letter)
    last = row.summaries.aggregate(last=Max("number"))["last"] or 0
    name = (naming.name or reading.title)[:200] or f"Summary {last + 1}"
    summary = Summary.objects.create(
        letter=row, number=last + 1, name=name, journal=naming.journal, target=naming.target, created_at=now,
        created_by=by,
    )  # fmt: skip
    _store(summary, reading, brought, by=by, now=now)
    return summary


@transaction.atomic
def add_version(*, by: User, summary: Summary, brought: Brought, now: datetime.datetime) -> SummaryVersion:
    """The next text as an unpublished version, in place of one that was waiting; published versions stay.

    Raises NotNow when the words are the same, Unreadable or Refused for a bad file.
    """
    reading = brought.read()
    _changeable(summary.letter)
    summary.versions.filter(circulated_at=None).delete()
    return _store(summary, reading, brought, by=by, now=now)


def decide(
    *, by: User, summary: Summary, now: datetime.datetime, tracked: str = "", bold: str = ""
) -> SummaryVersion:  # fmt: skip
    """Read the waiting file again with what is decided now, the rest as before; raises NotNow without one."""
    waiting = summary.versions.filter(circulated_at=None).select_related("source").first()
    if waiting is None:
        raise NotNow("No file is waiting any more; upload it again.")
    brought = Brought(
        waiting.source_name, waiting.source.read(), tracked or waiting.tracked, bold or waiting.bold, waiting.note
    )
    return add_version(by=by, summary=summary, brought=brought, now=now)


@transaction.atomic
def describe(*, by: User, summary: Summary, naming: Naming, now: datetime.datetime) -> Summary:
    """Name it anew and say where it is meant to go; its text and what was said of it stay as they are."""
    letter = _changeable(summary.letter)
    before = Summary.objects.get(pk=summary.pk)
    values: dict[str, Any] = {field.name: getattr(naming, field.name) for field in dataclasses.fields(naming)}
    changed = [name for name, value in values.items() if getattr(before, name) != value]
    if changed:
        Summary.objects.filter(pk=summary.pk).update(**values)
        private = {"person": by.email, "changed": changed}
        facts = {"summary": summary.number}
        Event.objects.append(letter, "summary named", actor="coordinator", by=by, at=now, data=facts, private=private)
    return Summary.objects.get(pk=summary.pk)


@transaction.atomic
def publish(*, by: User, version: SummaryVersion, note: str, now: datetime.datetime) -> int:
    """Ask the societies under the letter to approve the version that waits; returns how many officers get a mail.

    What was said of an earlier version stays there. Raises NotNow while nobody signed, Overtaken when it is out.
    """
    summary = version.summary
    letter = _changeable(summary.letter)
    if version.stops:
        raise NotNow(version.stops[0])
    signed = [one.invitation_id for one in behind.printed(letter) if one.withdrawn_at is None]
    if not signed:
        raise NotNow("No society has signed the letter as it stands; publish its summary once the first has.")
    waits = SummaryVersion.objects.filter(pk=version.pk, circulated_at=None)
    if not waits.update(circulated_at=now, note=note.strip()):
        raise Overtaken("This version was published or replaced meanwhile; look again before you go on.")
    before = Summary.objects.select_related("current").get(pk=summary.pk).current
    Summary.objects.filter(pk=summary.pk).update(current=version)
    version.refresh_from_db()
    facts = {"summary": summary.number, "version": version.number, "content_hash": version.content_hash}
    Event.objects.append(letter, "summary", actor="coordinator", by=by, at=now, data=facts)
    changed = redline(before.parts, version.parts).summary if before else ""
    return len(summaries.ask(version, summaries.who_speaks(signed), now=now, changed=changed))


@transaction.atomic
def remind(*, by: User, summary: Summary, now: datetime.datetime) -> int:
    """Write once more to the officers of societies that have not answered; returns to how many.

    Raises NotNow when nobody is left to write to: nobody is written to twice in 24 hours.
    """
    letter = lifecycle.locked(summary.letter)
    version = Summary.objects.select_related("current__summary__letter__owner").get(pk=summary.pk).current
    if version is None or letter.state == State.ABANDONED:
        raise NotNow("No version of this summary is published; there is nothing to answer yet.")
    silent = [row.invitation.pk for row in behind.places(version) if row.how == behind.How.SILENT]
    links = summaries.to_remind(version, silent, now=now)
    if not links:
        raise NotNow("There is nobody to remind now: who has not answered was written to in the last 24 hours.")
    summaries.ask(version, links, now=now, again=True)
    facts = {"officers": len(links), "what": f"reminder of summary {summary.number}"}
    Event.objects.append(letter, "mailed", actor="coordinator", by=by, at=now, data=facts)
    return len(links)


def _changeable(letter: Letter) -> Letter:
    """The letter, locked; raises NotNow for one that has no text yet or was given up."""
    row = lifecycle.locked(letter)
    if row.state in (State.DRAFT, State.ABANDONED):
        raise NotNow(f"The letter is “{row.get_state_display()}”; a summary is made of a letter that is out.")
    return row


def _store(
    summary: Summary, reading: Reading, brought: Brought, *, by: User, now: datetime.datetime
) -> SummaryVersion:  # fmt: skip
    """The reading as the version that waits; raises NotNow when its words are those of the published version."""
    before = summary.current
    blocks = carry_ids(before.parts, reading.blocks) if before else new_ids(reading.blocks)
    text = canonical_text(blocks)
    if before and before.content_hash == summary_hash(text):
        raise NotNow(f"{brought.name} has the same words as version {before.number}; there is nothing to publish.")
    check = import_check(reading)
    return SummaryVersion.objects.create(
        summary=summary, number=before.number + 1 if before else 1, title=reading.title[:300], text=text,
        html=letter_html(blocks), blocks=[block.as_dict() for block in blocks], content_hash=summary_hash(text),
        words=check.words, note=brought.note.strip(), source_name=brought.name[:255],
        source=Document.objects.keep(brought.data, kind=Kind.SOURCE, edition=None, now=now),
        tracked=brought.tracked, bold=brought.bold, check_lines=[list(line) for line in check.lines()],
        created_at=now, created_by=by,
    )  # fmt: skip
