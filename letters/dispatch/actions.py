"""The verbs of preparing: a submission, its words, its people, the permissions; what sends it is going.py's."""

import dataclasses
import datetime
import urllib.parse
import uuid
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db import IntegrityError, transaction

from letters import lifecycle, stale
from letters.behind import behind
from letters.deliver.matter import sealed_edition, signers
from letters.dispatch import channels
from letters.lifecycle import NotNow
from letters.models import (
    Contributor,
    Document,
    Edition,
    Event,
    Journal,
    Letter,
    Part,
    Permission,
    Sending,
    Submission,
    SummaryVersion,
    Target,
    User,
)
from letters.models.document import Kind
from letters.models.letter import PAST_SEAL
from letters.models.submission import about
from letters.stale import Change
from letters.text.pack.cover import DEFAULT
from letters.text.pack.tongues import ENGLISH

CHANGED = "It was changed; ask again for it to go."
# What is changed by itself, as the record says it.
PARTS = {
    "people": "the list of people", "words": "the covering letter or its address",
    "despite": "the word against preflight", "asks": "the asking for permission",
}  # fmt: skip
# What an asking leaves behind, taken away.
UNASKED: dict[str, None] = dict.fromkeys(("asked_by", "asked_at", "agreed_by", "agreed_at", "goes_at"))


@dataclasses.dataclass(frozen=True, slots=True)
class Text:
    """What goes: the full letter, or a version of a summary; to the paper's own page where the journal has one."""

    summary: SummaryVersion | None = None
    target: Target | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Person:
    """A named person with a submission; ORCID in its plain form or empty."""

    part: str
    family_name: str
    given_names: str = ""
    affiliation: str = ""
    email: str = ""
    orcid: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class People:
    """Who submits, the named persons, and the role of each society by invitation; who is left out is not named."""

    submitter_name: str
    submitter_email: str
    persons: Sequence[Person]
    societies: Mapping[int, str]


@transaction.atomic
def prepare(
    *, by: User, letter: Letter, journal: Journal, text: Text, now: datetime.datetime, channel: str = ""
) -> Submission:
    """A submission of the newest sealed edition, filled in as far as it can be; raises NotNow."""
    row = lifecycle.locked(letter)
    edition = sealed_edition(row)
    if row.state not in PAST_SEAL or edition is None:
        raise NotNow("Seal the letter first; only what is sealed goes to a journal.")
    way, address = channels.proposed(journal, text.target, channel)
    host = urllib.parse.urlsplit(settings.SITE_URL).hostname
    try:
        with transaction.atomic():
            made = Submission.objects.create(
                edition=edition, journal=journal, summary=text.summary, target=text.target,
                about=about(text.summary, text.target), channel=way, address=address,
                subject=text.summary.title if text.summary else row.title, covering_letter=DEFAULT,
                submitter_name=str(row.owner), submitter_email=row.owner.email,
                message_id=f"<{uuid.uuid4()}@{host}>", created_at=now, created_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise NotNow(f"There is a submission of this text to {journal} already; open that one.") from None
    first = Person(Part.AUTHOR, str(row.owner), email=row.owner.email)
    _write_people(made, [first], dict.fromkeys(societies(edition, text.summary), Part.BEHALF))
    return made


def societies(edition: Edition, summary: SummaryVersion | None) -> list[int]:
    """The invitations whose societies stand behind a text, in printed order."""
    if summary is not None:
        return [one.invitation.pk for one in behind(summary)]
    return list(signers(edition))


@transaction.atomic
def name_people(*, by: User, submission: Submission, people: People, now: datetime.datetime) -> Submission:
    """Write down who stands with it in which role; takes a request to send it back."""
    letter, row = _opened(submission)
    before = _named(row)
    row.submitter_name, row.submitter_email = people.submitter_name, people.submitter_email
    row.save(update_fields=["submitter_name", "submitter_email"])
    _write_people(row, people.persons, people.societies)
    if _named(row) != before:
        _tell(letter, row, "people", by=by, now=now)
    return row


@transaction.atomic
def write(
    *, by: User, submission: Submission, channel: str, address: str, cc: Sequence[str], subject: str, words: str,
    now: datetime.datetime, language: str = ENGLISH.language,
) -> Submission:  # fmt: skip
    """Write down how it goes, to whom and with which words; takes a request to send it back."""
    facts = {"channel": channel, "address": address, "cc": list(cc), "subject": subject, "language": language}
    facts |= {"covering_letter": words}
    return _changed(submission, "words", facts, by=by, now=now)


@transaction.atomic
def object_to(*, by: User, submission: Submission, despite: str, now: datetime.datetime) -> Submission:
    """Say why it goes although preflight says no; an empty reason takes that back."""
    return _changed(submission, "despite", {"despite": despite}, by=by, now=now)


@transaction.atomic
def ask_in_letter(*, by: User, submission: Submission, asks: bool, now: datetime.datetime) -> Submission:
    """The covering letter asks for the editors' permission itself, or no longer."""
    return _changed(submission, "asks", {"asks_permission": asks}, by=by, now=now)


def last_act(submission: Submission, part: str) -> Change | None:
    """Who changed this part of the submission last, one of PARTS, and when."""
    return stale.last_act(submission.edition.letter, "submission changed", submission=submission.pk, part=part)


@transaction.atomic
def permit(
    *, by: User, letter: Letter, journal: Journal, editor: str, given_on: datetime.date, note: str, file: bytes,
    now: datetime.datetime,
) -> Permission:  # fmt: skip
    """Record that an editor allows the text in another journal as well; raises NotNow where one is recorded."""
    row = lifecycle.locked(letter)
    kept = Document.objects.keep(file, kind=Kind.ANSWER, edition=None, now=now) if file else None
    try:
        with transaction.atomic():
            made = Permission.objects.create(
                letter=row, journal=journal, editor=editor, given_on=given_on, note=note, file=kept, recorded_at=now,
                recorded_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise NotNow(f"A permission of {journal.in_sentences} is on record already.") from None
    Event.objects.append(row, "permission", actor="coordinator", by=by, at=now, data={"journal": journal.name})
    return made


@transaction.atomic
def discard(*, by: User, submission: Submission) -> None:
    """Throw away what was never sent; raises NotNow for anything else."""
    _opened(submission)[1].delete()


@transaction.atomic
def two_people(*, by: User, letter: Letter, wanted: bool, now: datetime.datetime) -> Letter:
    """Let nothing go without a second person's agreement, or no longer ask for it; what waits goes on waiting."""
    row = lifecycle.locked(letter)
    if row.two_people_send != wanted:
        row.two_people_send = wanted
        row.save(update_fields=["two_people_send"])
        kind = "two people send" if wanted else "one person sends"
        Event.objects.append(row, kind, actor="coordinator", by=by, at=now)
    return row


def _opened(submission: Submission) -> tuple[Letter, Submission]:
    """Letter and row, locked, to be changed; a request to send it is taken back. Raises NotNow once it is under way."""
    letter = lifecycle.locked(submission.edition.letter)
    changeable = [Sending.PREPARING, Sending.WAITING, Sending.FAILED]
    mine = Submission.objects.filter(pk=submission.pk, doubtful=False, state__in=changeable)
    if not mine.exclude(state=Sending.PREPARING).update(state=Sending.PREPARING, error=CHANGED, **UNASKED):
        mine.update(error="")
    row = mine.first()
    if row is None:
        raise NotNow("It is sent, under way or perhaps with the journal already: stop it first, then change it.")
    return letter, row


def _changed(
    submission: Submission, part: str, facts: Mapping[str, object], *, by: User, now: datetime.datetime
) -> Submission:
    letter, row = _opened(submission)
    before = [_plain(row, name) for name in facts]
    for name, value in facts.items():
        setattr(row, name, value)
    row.save(update_fields=list(facts))
    if [_plain(row, name) for name in facts] != before:
        _tell(letter, row, part, by=by, now=now)
    return row


def _plain(row: Submission, name: str) -> object:
    """A field as it works: the journal's own address is an address, and blanks around words are none."""
    value = row.to_address if name == "address" and row.by_mail else getattr(row, name)
    return value.strip() if isinstance(value, str) else value


def _tell(letter: Letter, row: Submission, part: str, *, by: User, now: datetime.datetime) -> None:
    private = {"journal": row.journal.name, "what": PARTS[part], "person": by.email}
    data = {"submission": row.pk, "part": part}
    Event.objects.append(letter, "submission changed", actor="coordinator", by=by, at=now, data=data, private=private)


def _named(row: Submission) -> list[tuple[object, ...]]:
    """Who stands with it, as values."""
    names = ("part", "invitation", "given_names", "family_name", "affiliation", "email", "orcid")
    return [(row.submitter_name, row.submitter_email), *row.contributors.order_by("position").values_list(*names)]


def _write_people(row: Submission, persons: Sequence[Person], roles: Mapping[int, str]) -> None:
    row.contributors.all().delete()
    rows = [Contributor(submission=row, position=at, **dataclasses.asdict(one)) for at, one in enumerate(persons, 1)]
    for at, (invitation, part) in enumerate(roles.items(), len(rows) + 1):
        rows.append(Contributor(submission=row, position=at, part=part, invitation_id=invitation))
    Contributor.objects.bulk_create(rows)
