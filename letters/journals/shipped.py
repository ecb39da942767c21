"""The journals that come with the program: reads their file and takes it into the database, never over a person."""

import datetime
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from letters.journals.values import stored_value
from letters.models import Journal, JournalContact, JournalRule
from letters.text.venue import KINDS, Rule, Venue

FILE = Path(__file__).resolve().with_name("venues.toml")
FACTS = ("name", "spoken", "issn", "publisher", "email", "note")


class BadFile(ValueError):
    """The file of journals cannot be used; the message names the journal and the rule."""


def read(path: Path = FILE) -> dict[str, dict[str, Any]]:
    """{key: {"facts": {field: text}, "rules": {kind: fields of JournalRule}, "contacts": [fields of JournalContact]}}.

    Raises BadFile for a kind, field or value that does not exist, and for a value without a source.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadFile(f"{path.name} cannot be read: {error}") from None
    checked = data.pop("checked", None)
    if not isinstance(checked, datetime.date):
        raise BadFile(f"{path.name} must say when it was checked, such as: checked = 2026-11-21")
    return {key: _journal(key, one, checked) for key, one in data.items()}


def venues(path: Path = FILE) -> dict[str, Venue]:
    """The journals of the file as values, without a database."""
    return {
        key: Venue(
            key, one["facts"]["name"], {kind: _value(kind, row) for kind, row in one["rules"].items()},
            one["facts"].get("spoken", ""),
        )
        for key, one in read(path).items()
    }  # fmt: skip


def _value(kind: str, row: Mapping[str, Any]) -> Rule:
    named = ("value", "silent", "hard", "note", "source")
    return Rule(kind, **{field: row[field] for field in named}, checked=row["checked_on"])


def _journal(key: str, one: Mapping[str, Any], checked: datetime.date) -> dict[str, Any]:
    strange = one.keys() - {*FACTS, "source", "origin", "rules", "contacts"}
    if strange or "name" not in one:
        raise BadFile(f"{key}: {f'unknown field {min(strange)}' if strange else 'the name is missing'}.")
    base = {"source": one.get("source", ""), "origin": one.get("origin", "own")}
    rules = {kind: _rule(key, kind, base | row, checked) for kind, row in one.get("rules", {}).items()}
    given = [{"address": "", "note": "", "source": base["source"]} | row for row in one.get("contacts", [])]
    contacts = [{**row, "checked_on": checked} for row in given]
    return {"facts": {f: one[f] for f in FACTS if f in one}, "rules": rules, "contacts": contacts}


def _rule(key: str, kind: str, row: Mapping[str, Any], checked: datetime.date) -> dict[str, Any]:
    if kind not in KINDS or row.keys() - {"value", "silent", "soft", "note", "source", "origin"}:
        raise BadFile(f"{key}, {kind}: there is no such rule or field.")
    if not row["source"]:
        raise BadFile(f"{key}, {kind}: the source is missing.")
    try:
        value = stored_value(kind, str(row.get("value", "")))
    except ValueError as error:
        raise BadFile(f"{key}, {kind}: {error}") from None
    return {
        "value": value, "silent": bool(row.get("silent", False)), "hard": not row.get("soft", False),
        "note": row.get("note", ""), "source": row["source"], "origin": row["origin"], "checked_on": checked,
    }  # fmt: skip


@transaction.atomic
def take(*, now: datetime.datetime, path: Path = FILE) -> dict[str, int]:
    """Bring the journals of the file into the database; {"made": n, "updated": n, "kept": n} counts rules.

    A rule a person corrected or confirmed is kept. So are facts that were corrected by hand, and all facts of a
    journal of the same name that was there before. Doing it twice is doing it once. Raises BadFile.
    """
    done = {"made": 0, "updated": 0, "kept": 0}
    for key, one in read(path).items():
        journal = _take_facts(key, one["facts"], now)
        have = {rule.kind: rule for rule in journal.rules.all()}
        for kind, fields in one["rules"].items():
            done[_take_rule(journal, have.get(kind), kind, fields, now)] += 1
        for contact in one["contacts"]:
            _take_contact(journal, contact)
    return done


def _take_facts(key: str, facts: Mapping[str, str], now: datetime.datetime) -> Journal:
    locked = Journal.objects.select_for_update()
    journal = locked.filter(key=key).first() or locked.filter(name=facts["name"]).first()
    if journal is None:
        return Journal.objects.create(key=key, shipped=True, **facts)
    by_hand = set(journal.corrections.exclude(by=None).values_list("subject", flat=True))
    for field, text in facts.items():
        before = getattr(journal, field)
        if before != text and field not in by_hand and (journal.shipped or not before):
            setattr(journal, field, text)
            journal.corrections.create(subject=field, before={field: before}, after={field: text}, by=None, at=now)
    journal.save()
    return journal


def _take_rule(
    journal: Journal, row: JournalRule | None, kind: str, fields: Mapping[str, Any], now: datetime.datetime
) -> str:
    if row is None:
        JournalRule.objects.create(journal=journal, kind=kind, **fields)
        return "made"
    if row.checked_by_id is not None or all(getattr(row, field) == value for field, value in fields.items()):
        return "kept"
    before = row.facts
    for field, value in fields.items():
        setattr(row, field, value)
    row.save()
    journal.corrections.create(subject=kind, before=before, after=row.facts, by=None, at=now)
    return "updated"


def _take_contact(journal: Journal, fields: Mapping[str, Any]) -> None:
    """Only where a person has not corrected the contacts, and no contact of this way is there."""
    by_hand = journal.corrections.filter(subject="contact").exclude(by=None)
    if not by_hand.exists() and not journal.contacts.filter(way=fields["way"]).exists():
        JournalContact.objects.create(journal=journal, **fields)
