"""A coordinator's verbs on a summary: bring in, publish, remind; and the real short form of a real letter."""

import datetime
import hashlib

import pytest

from letters.behind import standing
from letters.lifecycle import NotNow, Overtaken
from letters.models import Event, Journal, Link, Mail, Summary, SummaryVersion, database_now
from letters.models.version import Frozen
from letters.proof import chain
from letters.summarise import actions
from letters.summarise.actions import Brought, Naming
from letters.text.canonical import content_hash, summary_hash
from letters.text.reading import Unreadable
from tests import factories
from tests.letters.summarise import stage

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


def asked():
    """Who got a mail about a summary, in order, by address."""
    return [mail.to_email for mail in Mail.objects.filter(kind="summary").order_by("pk")]


def test_a_summary_is_read_as_a_letter_is_and_waits():
    summary = stage.begun(stage.letter())
    (version,) = summary.versions.all()
    assert (summary.number, summary.current, version.number, version.circulated_at) == (1, None, 1, None)
    assert ["ok", "1 reference, all cited, none missing."] in version.check_lines
    assert version.content_hash == summary_hash(version.text)
    assert asked() == []


def test_the_same_words_hash_otherwise_as_a_letter():
    text = "We ask for a new count.\n"
    assert summary_hash(text) == hashlib.sha256(b"signon/summary/v1\n" + text.encode()).hexdigest()
    assert summary_hash(text) != content_hash(text)


def test_the_real_short_form_comes_in_from_word(inputs):
    data = (inputs / "summary-rapid-response.docx").read_bytes()
    summary = actions.begin(
        by=factories.alice(), letter=stage.letter(), brought=Brought("summary-rapid-response.docx", data),
        naming=Naming(), now=database_now(),
    )  # fmt: skip
    version = summary.versions.get()
    assert summary.name == "Summary of the multisociety response, for posting on the journal’s site"
    assert (version.words, version.stops) == (429, [])
    assert ["ok", "3 references, all cited, none missing."] in version.check_lines


def test_a_second_summary_for_the_same_journal_stands_beside_the_first():
    letter = stage.letter()
    journal = Journal.objects.create(key="j", name="Journal of Examples")
    one = stage.published(letter, name="On the guideline", journal=journal)
    two = stage.published(letter, stage.LATER, name="On the review", journal=journal)
    stage.approve(one, "bob")
    assert [(row.number, row.journal) for row in Summary.objects.order_by("number")] == [(1, journal), (2, journal)]
    assert (standing(stage.version_of(one)).behind, standing(stage.version_of(two)).behind) == (1, 0)


def test_publishing_asks_each_officer_of_the_societies_under_the_letter_once():
    summary = stage.published(stage.letter("bob", "carol"))
    assert asked() == ["carol@sud.example", "bob@north.example", "erin@north.example"]
    event = Event.objects.get(kind="summary")
    assert event.data == {"summary": 1, "version": 1, "content_hash": summary.current.content_hash}
    assert "Please look at the first sentence." in Mail.objects.filter(kind="summary").first().text
    assert chain.check([one.as_record() for one in summary.letter.events.order_by("seq")]) == []


def test_the_mail_of_a_later_version_says_what_changed_and_that_nothing_moved():
    stage.second_version(stage.published(stage.letter()))
    mail = Mail.objects.filter(kind="summary", link__officer__user__email="bob@north.example").first()
    assert mail.subject == "A summary to approve, version 2: A joint letter on counting"
    assert "does not count for this one. 1 sentence changed" in " ".join(mail.text.split())


def test_a_published_version_cannot_be_changed_or_published_again():
    summary = stage.published(stage.letter())
    version = stage.version_of(summary)
    with pytest.raises(Frozen):
        version.save()
    with pytest.raises(Overtaken):
        actions.publish(by=factories.alice(), version=version, note="", now=database_now())
    with pytest.raises(NotNow, match="has the same words as version 1"):
        actions.add_version(by=factories.alice(), summary=summary, brought=stage.brought(), now=database_now())
    assert SummaryVersion.objects.count() == 1


def test_a_text_uploaded_again_takes_the_place_of_the_one_that_waits():
    summary = stage.begun(stage.letter())
    actions.add_version(
        by=factories.alice(), summary=summary, brought=stage.brought(stage.LATER), now=database_now()
    )  # fmt: skip
    assert [(version.number, "to ten" in version.text) for version in summary.versions.all()] == [(1, True)]


def test_nothing_is_published_while_nobody_signed():
    letter = factories.signing_open()
    summary = stage.begun(letter)
    with pytest.raises(NotNow, match="publish its summary once the first has"):
        stage.put_out(summary)
    assert (asked(), summary.versions.get().circulated_at) == ([], None)


def test_a_draft_of_a_letter_has_no_summary():
    with pytest.raises(NotNow, match="a summary is made of a letter that is out"):
        stage.begun(factories.drafted())


def test_a_file_that_is_none_is_refused_and_leaves_nothing_behind():
    letter = stage.letter()
    with pytest.raises(Unreadable):
        actions.begin(
            by=factories.alice(), letter=letter, brought=Brought("a.docx", b"no zip"), naming=Naming(),
            now=database_now(),
        )  # fmt: skip
    assert Summary.objects.count() == 0


def test_a_reminder_goes_to_who_is_silent_wants_it_and_got_no_mail_for_a_day():
    summary = stage.published(stage.letter())
    stage.approve(summary, "carol")
    with pytest.raises(NotNow, match="There is nobody to remind now"):
        actions.remind(by=factories.alice(), summary=summary, now=database_now())
    Mail.objects.filter(kind="summary").update(created_at=database_now() - DAY)
    Link.objects.filter(officer__user__email="erin@north.example").update(stopped_at=database_now())
    before = set(Mail.objects.values_list("pk", flat=True))
    assert actions.remind(by=factories.alice(), summary=summary, now=database_now()) == 2
    mails = Mail.objects.exclude(pk__in=before).order_by("pk")
    assert [mail.to_email for mail in mails] == ["bob@north.example", "sato@jsc.example"]
    assert [mail.subject.startswith("Still open for") for mail in mails] == [True, True]
    assert Event.objects.filter(kind="mailed").last().data == {"officers": 2, "what": "reminder of summary 1"}


def test_the_name_changes_and_what_was_said_stays():
    summary = stage.published(stage.letter())
    stage.approve(summary, "bob")
    actions.describe(by=factories.alice(), summary=summary, naming=Naming("Web response"), now=database_now())
    assert (stage.fresh(summary).name, standing(stage.version_of(summary)).approved) == ("Web response", 1)
    assert Event.objects.get(kind="summary named").details["changed"] == ["name"]
    actions.describe(by=factories.alice(), summary=summary, naming=Naming("Web response"), now=database_now())
    assert Event.objects.filter(kind="summary named").count() == 1
