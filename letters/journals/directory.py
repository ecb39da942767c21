"""What the pages of the directory show, read in a number of queries that does not grow; changes nothing."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from letters.journals.actions import last_change
from letters.models import Journal, JournalContact, JournalCorrection, JournalRule
from letters.models.journal import TAKES
from letters.text.venue import KINDS, Rule


@dataclass(frozen=True, slots=True)
class Line:
    """One journal of the list: the rules that decide most, how it takes letters, the oldest check of a known rule."""

    journal: Journal
    words: Rule
    references: Rule
    authors: Rule
    window: Rule
    channels: list[str]
    open: bool
    stale: int
    oldest: datetime.date | None


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule of a journal; `row` is None while nothing is on record, `seen` goes into the form that corrects it."""

    rule: Rule
    label: str
    row: JournalRule | None
    seen: int
    stale: bool


def lines(today: datetime.date) -> list[Line]:
    """All journals by name."""
    found = []
    for journal in Journal.objects.prefetch_related("rules", "contacts"):
        venue = journal.venue
        stale = sum(rule.stale(today, settings.RULES_STALE_DAYS) for rule in venue.rules.values())
        shown = {kind: venue.rule(kind) for kind in ("words", "references", "authors", "window")}
        channels = [contact.way for contact in journal.contacts.all() if contact.way in TAKES]
        ways = dict.fromkeys(channels + (["mail"] if journal.email else []))
        checks = [rule.checked for rule in venue.rules.values() if rule.known and rule.checked]
        takes = venue.rule("submitted").yes is not False
        found.append(
            Line(journal, **shown, channels=list(ways), open=takes, stale=stale, oldest=min(checks, default=None))
        )
    return found


def rule_lines(journal: Journal, today: datetime.date) -> list[RuleLine]:
    """One line for each kind of rule, known or not."""
    rows = {row.kind: row for row in journal.rules.select_related("checked_by")}
    newest: dict[str, int] = {}
    for subject, pk in journal.corrections.values_list("subject", "pk"):
        newest[subject] = max(pk, newest.get(subject, 0))
    found = []
    for kind in KINDS.values():
        row = rows.get(kind.key)
        rule = row.value_of() if row else Rule(kind.key)
        stale = rule.stale(today, settings.RULES_STALE_DAYS)
        found.append(RuleLine(rule, kind.label, row, newest.get(kind.key, 0), stale))
    return found


def rule_of(journal: Journal, kind: str) -> tuple[JournalRule, int]:
    """The rule of this kind, unsaved where none is on record, and the number of its last change."""
    return journal.rules.filter(kind=kind).first() or JournalRule(journal=journal, kind=kind), last_change(
        journal, kind
    )


def contacts(journal: Journal) -> QuerySet[JournalContact]:
    """The ways to reach it, with who checked each."""
    return journal.contacts.select_related("checked_by")


def history(journal: Journal) -> QuerySet[JournalCorrection]:
    """Who changed what, the newest first."""
    return journal.corrections.select_related("by")
