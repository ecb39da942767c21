"""The journals that come with the program: what is in their file, and that a person's correction is never lost."""

import datetime
import io

import pytest
from django.core.management import call_command

from letters.journals import actions, shipped
from letters.journals.actions import Facts, Finding
from letters.management.refusal import Signon
from letters.models import Journal, JournalRule, database_now
from tests import factories

DAY = datetime.date(2026, 11, 24)


def rule(key: str, kind: str) -> JournalRule:
    return JournalRule.objects.get(journal__key=key, kind=kind)


def changed_file(tmp_path, old: str, new: str):
    text = shipped.FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "venues.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_the_file_says_what_was_confirmed_and_no_more():
    found = shipped.venues()
    assert len(found) == 12
    bmj, nejm = found["bmj-rapid-response"], found["nejm-letter"]
    assert (bmj.rule("words").number, bmj.rule("words").hard) == (600, True)
    assert bmj.rule("excludes").items == ("references", "signatories")
    assert bmj.rule("window").said == "none stated"
    assert bmj.rule("article").yes is False
    assert [nejm.rule(kind).said for kind in ("words", "references", "authors", "group", "window")] == [
        "175", "5", "3", "no", "3 weeks"
    ]  # fmt: skip
    assert [found["lancet-correspondence"].rule(kind).said for kind in ("words", "references", "window")] == [
        "not known"
    ] * 3
    assert found["bmj-letter"].rule("submitted").yes is False
    assert (
        found["science-advances-eletter"].rule("words").number,
        found["science-advances-eletter"].rule("words").hard,
    ) == (1000, False)
    assert {r.checked for v in found.values() for r in v.rules.values()} == {datetime.date(2026, 11, 21)}
    assert all(r.source for v in found.values() for r in v.rules.values())


def test_forms_of_one_journal_are_called_by_its_name_in_sentences():
    found = shipped.venues()
    assert {key: venue.in_sentences for key, venue in found.items() if venue.spoken} == {
        "bmj-rapid-response": "The BMJ", "bmj-letter": "The BMJ", "lancet-correspondence": "The Lancet",
        "nejm-letter": "The New England Journal of Medicine", "jama-letter": "JAMA", "nature-matters-arising": "Nature",
        "nature-correspondence": "Nature", "science-advances-eletter": "Science Advances", "jmir-letter": "JMIR",
    }  # fmt: skip
    assert found["the-spine-journal"].in_sentences == "The Spine Journal"


@pytest.mark.django_db
def test_taking_the_file_twice_is_taking_it_once():
    first = shipped.take(now=database_now())
    journals, rules = Journal.objects.count(), JournalRule.objects.count()
    second = shipped.take(now=database_now())
    assert first == {"made": rules, "updated": 0, "kept": 0}
    assert second == {"made": 0, "updated": 0, "kept": rules}
    assert Journal.objects.count() == journals == 12
    assert Journal.objects.get(key="pain-medicine").contacts.count() == 1


@pytest.mark.django_db
def test_a_newer_file_updates_a_rule_nobody_touched_and_says_so(tmp_path):
    shipped.take(now=database_now())
    newer = changed_file(tmp_path, 'rules.words = { value = "300" }', 'rules.words = { value = "350" }')
    assert shipped.take(now=database_now(), path=newer)["updated"] == 1
    assert rule("bmj-letter", "words").value == "350"
    (one,) = Journal.objects.get(key="bmj-letter").corrections.all()
    assert (one.subject, one.by, one.differences) == ("words", None, [("value", "300", "350")])


@pytest.mark.django_db
def test_a_newer_file_never_overwrites_what_a_person_corrected_or_confirmed(tmp_path):
    shipped.take(now=database_now())
    journal, by = Journal.objects.get(key="bmj-letter"), factories.alice()
    finding = Finding("320", False, True, "", "https://example.org/letters", "own", DAY)
    actions.correct_rule(by=by, journal=journal, kind="words", finding=finding, seen=0, now=database_now())
    actions.check_rule(by=by, journal=journal, kind="submitted", seen=0, now=database_now())
    actions.correct(by=by, journal=journal, facts=Facts("BMJ letter", note="Ours."), now=database_now())
    newer = changed_file(tmp_path, 'rules.words = { value = "300" }', 'rules.words = { value = "350" }')
    text = newer.read_text(encoding="utf-8").replace("Picked by the editors", "Chosen by the editors")
    newer.write_text(text.replace("Editors choose letters", "The editors choose letters"), encoding="utf-8")
    assert shipped.take(now=database_now(), path=newer)["updated"] == 0
    assert rule("bmj-letter", "words").value == "320"
    assert rule("bmj-letter", "submitted").note.startswith("Picked")
    assert Journal.objects.get(key="bmj-letter").note == "Ours."


@pytest.mark.django_db
def test_a_journal_that_was_there_before_keeps_its_facts_and_gets_the_rules():
    old = Journal.objects.addressed("Pain Medicine", "editor@pain.example", by=None, now=database_now())
    Journal.objects.filter(pk=old.pk).update(publisher="OUP")
    shipped.take(now=database_now())
    (row,) = Journal.objects.filter(name="Pain Medicine")
    assert (row.pk, row.email, row.publisher) == (old.pk, "editor@pain.example", "OUP")
    assert rule(row.key, "unpublished").value == "yes"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('rules.words = { value = "300" }', 'rules.words = { value = "many" }', "bmj-letter, words: Write a whole"),
        ('rules.words = { value = "300" }', 'rules.wrods = { value = "300" }', "bmj-letter, wrods: there is no such"),
        ('name = "BMJ letter"', "", "bmj-letter: the name is missing."),
        ("checked = 2026-11-21", "", "venues.toml must say when it was checked"),
        ("[bmj-letter]", "[bmj-letter", "venues.toml cannot be read"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_whole(tmp_path, old, new, sentence):
    with pytest.raises(Signon, match=sentence):
        call_command("journals", file=changed_file(tmp_path, old, new))
    assert Journal.objects.count() == 0


@pytest.mark.django_db
def test_the_command_names_stale_rules(settings):
    shipped.take(now=database_now())
    said = io.StringIO()
    call_command("journals", stale=True, stdout=said)
    assert said.getvalue().endswith(" rules were last checked over 180 days ago.\n")
    settings.RULES_STALE_DAYS = 0
    JournalRule.objects.exclude(journal__key="nejm-letter", kind="words").update(checked_on=database_now().date())
    JournalRule.objects.filter(journal__key="nejm-letter", kind="words").update(checked_on=datetime.date(2020, 1, 1))
    said = io.StringIO()
    call_command("journals", stale=True, stdout=said)
    assert said.getvalue().startswith("NEJM letter to the editor: Words at most: 175; last checked 2020-01-01; https")
    assert f"\n1 of {JournalRule.objects.count()} rules" in said.getvalue()
