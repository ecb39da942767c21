"""The verbs of the directory: each change says who made it, and nobody overwrites what they did not see."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from letters.journals import actions, shipped
from letters.journals.actions import Address, Facts, Finding
from letters.lifecycle import NotNow
from letters.models import Journal, JournalContact, JournalRule, database_now
from letters.models.version import Frozen
from tests import factories

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 24)


def finding(value: str = "400", **changes) -> Finding:
    given = {"silent": False, "hard": True, "note": "", "source": "https://j.example/rules", "origin": "own"}
    return Finding(value, **(given | {"checked_on": DAY} | changes))


@pytest.fixture
def journal():
    factories.shipped_journals()
    return Journal.objects.get(key="bmj-rapid-response")


def correct(journal, value="400", kind="words", **changes):
    seen = actions.last_change(journal, kind)
    return actions.correct_rule(
        by=factories.alice(), journal=journal, kind=kind, finding=finding(value, **changes), seen=seen,
        now=database_now(),
    )  # fmt: skip


def test_a_correction_keeps_what_stood_there_who_changed_it_and_when(journal):
    correct(journal, hard=False)
    (one,) = journal.corrections.all()
    assert one.by == factories.alice()
    assert one.about == "Words at most"
    assert one.differences == [
        ("value", "600", "400"), ("binds", "hard", "soft"),
        ("note", "Since March 2022; longer ones are not posted.", ""),
        ("source", "https://www.bmj.com/rapid-responses", "https://j.example/rules"),
        ("origin", "A copy of its own page", "The journal’s or publisher’s own page"),
        ("checked", "2026-11-21", "2026-11-24"),
    ]  # fmt: skip
    with pytest.raises(Frozen):
        one.save()


def test_a_rule_nobody_knew_is_entered(journal):
    correct(journal, "2", kind="authors")
    assert journal.venue.rule("authors").number == 2
    assert journal.corrections.get().differences[0] == ("value", "not known", "2")


def test_who_did_not_see_the_last_correction_cannot_overwrite_it(journal):
    correct(journal)
    with pytest.raises(NotNow, match="“Words at most” was corrected by somebody else meanwhile"):
        actions.correct_rule(
            by=factories.dan(), journal=journal, kind="words", finding=finding("500"), seen=0, now=database_now()
        )
    with pytest.raises(NotNow, match="corrected by somebody else"):
        actions.check_rule(by=factories.dan(), journal=journal, kind="words", seen=0, now=database_now())
    assert journal.venue.rule("words").number == 400


def test_a_check_moves_the_day_and_names_who_checked(journal):
    now = database_now()
    actions.check_rule(by=factories.alice(), journal=journal, kind="words", seen=0, now=now)
    row = JournalRule.objects.get(journal=journal, kind="words")
    assert (row.value, row.checked_on, row.checked_by) == ("600", now.date(), factories.alice())
    with pytest.raises(NotNow, match="“Named authors at most” is not known yet"):
        actions.check_rule(by=factories.alice(), journal=journal, kind="authors", seen=0, now=now)


def test_facts_are_corrected_one_line_of_history_each(journal):
    facts = Facts("BMJ rapid response", "BMJ", "1756-1833", publisher="BMJ", email="bmj@j.example", note=journal.note)
    actions.correct(by=factories.alice(), journal=journal, facts=facts, now=database_now())
    assert {one.subject: one.differences for one in journal.corrections.all()} == {
        "issn": [("issn", "", "1756-1833")], "email": [("email", "", "bmj@j.example")],
        "spoken": [("in a sentence", "The BMJ", "BMJ")],
    }  # fmt: skip
    assert journal.corrections.get(subject="spoken").about == "In a sentence"


def test_a_name_is_taken_once(journal):
    with pytest.raises(NotNow, match="There is a journal called “BMJ letter” already"):
        actions.add(by=factories.alice(), facts=Facts("BMJ letter"), now=database_now())
    with pytest.raises(NotNow, match="There is a journal called “BMJ letter” already"):
        actions.correct(by=factories.alice(), journal=journal, facts=Facts("BMJ letter"), now=database_now())
    assert Journal.objects.get(pk=journal.pk).name == "BMJ rapid response"


def test_a_new_journal_gets_a_key_of_its_own():
    first = actions.add(by=factories.alice(), facts=Facts("New"), now=database_now())
    second = actions.add(by=factories.alice(), facts=Facts("NEW!"), now=database_now())
    third = actions.add(by=factories.alice(), facts=Facts("数学"), now=database_now())
    assert [first.key, second.key, third.key] == ["new-2", "new-3", "journal"]
    assert [rule.said for rule in first.all_rules] == ["not known"] * 17


def test_contacts_are_added_corrected_and_taken_away_with_history(journal):
    way = Address("complaints", "complaints@j.example", "", "https://j.example/complaints", DAY)
    row = actions.set_contact(by=factories.alice(), journal=journal, contact=None, address=way, now=database_now())
    with pytest.raises(NotNow, match="stands there already"):
        actions.set_contact(by=factories.alice(), journal=journal, contact=None, address=way, now=database_now())
    actions.drop_contact(by=factories.alice(), contact=row, now=database_now())
    assert [one.after for one in journal.corrections.all()] == [
        {}, {"way": "complaints", "address": "complaints@j.example", "note": "",
             "source": "https://j.example/complaints", "checked": "2026-11-24"},
    ]  # fmt: skip
    assert shipped.take(now=database_now())["made"] == 0
    assert sorted(row.way for row in journal.contacts.all()) == ["complaints", "form"]


def test_another_address_typed_while_sending_is_on_record():
    now, by = database_now(), factories.alice()
    Journal.objects.addressed("J", "one@j.example", by=by, now=now)
    row = Journal.objects.addressed("J", "two@j.example", by=by, now=now)
    assert (row.email, row.corrections.get().differences) == (
        "two@j.example",
        [("email", "one@j.example", "two@j.example")],
    )


def test_the_database_refuses_a_value_without_source_or_day_and_silence_with_a_value(journal):
    rows = JournalRule.objects.filter(journal=journal, kind="words")
    for change in ({"source": ""}, {"checked_on": None}, {"silent": True}, {"kind": "wrods"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.filter(kind="words").update(kind="window")
    with pytest.raises(IntegrityError), transaction.atomic():
        JournalContact.objects.filter(journal=journal).update(note="", address="")
