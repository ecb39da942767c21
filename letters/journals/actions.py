"""The verbs of the directory of journals: add, correct a fact, a rule or a contact; each change says who made it."""

import dataclasses
import datetime

from django.db import IntegrityError, transaction

from letters.lifecycle import NotNow
from letters.models import Journal, JournalContact, JournalCorrection, JournalRule, User
from letters.text.venue import KINDS

FACTS = ("name", "spoken", "issn", "publisher", "email", "note")


@dataclasses.dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a journal besides its rules."""

    name: str
    spoken: str = ""
    issn: str = ""
    publisher: str = ""
    email: str = ""
    note: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """What somebody read about one rule: `value` canonical, "" when not known; where and when it was read."""

    value: str
    silent: bool
    hard: bool
    note: str
    source: str
    origin: str
    checked_on: datetime.date | None


@dataclasses.dataclass(frozen=True, slots=True)
class Address:
    """One way to reach a journal."""

    way: str
    address: str
    note: str
    source: str
    checked_on: datetime.date


@transaction.atomic
def add(*, by: User, facts: Facts, now: datetime.datetime) -> Journal:
    """A journal with no rule known yet; raises NotNow when the name is taken."""
    try:
        with transaction.atomic():
            journal = Journal.objects.create(**dataclasses.asdict(facts))
    except IntegrityError:
        raise NotNow(_taken(facts.name)) from None
    journal.corrections.create(subject="name", before={}, after={"name": journal.name}, by=by, at=now)
    return journal


@transaction.atomic
def correct(*, by: User, journal: Journal, facts: Facts, now: datetime.datetime) -> Journal:
    """Correct the facts; raises NotNow when the name is another journal's."""
    row = _locked(journal)
    changed = [field for field in FACTS if getattr(row, field) != getattr(facts, field)]
    for field in changed:
        before, after = {field: getattr(row, field)}, {field: getattr(facts, field)}
        row.corrections.create(subject=field, before=before, after=after, by=by, at=now)
        setattr(row, field, getattr(facts, field))
    try:
        with transaction.atomic():
            row.save(update_fields=list(FACTS))
    except IntegrityError:
        raise NotNow(_taken(facts.name)) from None
    return row


@transaction.atomic
def correct_rule(
    *, by: User, journal: Journal, kind: str, finding: Finding, seen: int, now: datetime.datetime
) -> JournalRule:
    """Write down what was read about one rule; the same as before says that it was checked again.

    `seen` is what last_change() said when the form was shown. Raises NotNow when somebody was faster.
    """
    row = _locked(journal)
    if last_change(row, kind) != seen:
        raise NotNow(f"“{KINDS[kind].label}” was corrected by somebody else meanwhile. Look at it again, then save.")
    rule = row.rules.filter(kind=kind).first() or JournalRule(journal=row, kind=kind)
    before = rule.facts if rule.pk else {}
    for field, value in dataclasses.asdict(finding).items():
        setattr(rule, field, value)
    rule.checked_by = by
    rule.save()
    row.corrections.create(subject=kind, before=before, after=rule.facts, by=by, at=now)
    return rule


@transaction.atomic
def check_rule(*, by: User, journal: Journal, kind: str, seen: int, now: datetime.datetime) -> JournalRule:
    """Say that a known rule still stands as it is, today; raises NotNow when there is none or it changed meanwhile."""
    rule = journal.rules.filter(kind=kind).first()
    if rule is None or not rule.value_of().known:
        raise NotNow(f"“{KINDS[kind].label}” is not known yet: enter it first.")
    fields = {field.name: getattr(rule, field.name) for field in dataclasses.fields(Finding)}
    finding = Finding(**(fields | {"checked_on": now.date()}))
    return correct_rule(by=by, journal=journal, kind=kind, finding=finding, seen=seen, now=now)


@transaction.atomic
def set_contact(
    *, by: User, journal: Journal, contact: JournalContact | None, address: Address, now: datetime.datetime
) -> JournalContact:
    """Add a way to reach the journal, or correct one; raises NotNow when it stands there already."""
    row = _locked(journal)
    contact = contact or JournalContact(journal=row)
    before = contact.facts if contact.pk else {}
    for field, value in dataclasses.asdict(address).items():
        setattr(contact, field, value)
    contact.checked_by = by
    try:
        with transaction.atomic():
            contact.save()
    except IntegrityError:
        raise NotNow("This way with this address stands there already; correct that one.") from None
    row.corrections.create(subject="contact", before=before, after=contact.facts, by=by, at=now)
    return contact


@transaction.atomic
def drop_contact(*, by: User, contact: JournalContact, now: datetime.datetime) -> None:
    """Take a way to reach the journal away; the history keeps it."""
    row = _locked(contact.journal)
    row.corrections.create(subject="contact", before=contact.facts, after={}, by=by, at=now)
    contact.delete()


def last_change(journal: Journal, kind: str) -> int:
    """A number that changes with each correction of this rule."""
    newest = JournalCorrection.objects.filter(journal=journal, subject=kind).values_list("pk", flat=True).first()
    return newest or 0


def _locked(journal: Journal) -> Journal:
    return Journal.objects.select_for_update().get(pk=journal.pk)


def _taken(name: str) -> str:
    return f"There is a journal called “{name}” already; correct that one, or choose another name."
