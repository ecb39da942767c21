"""Entries on record: what they end, what the record says of them, corrected and removed without anything lost."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from letters.correspond import actions, waits
from letters.correspond.actions import Typed
from letters.correspond.files import BadFile, given
from letters.correspond.waits import Wait
from letters.inbox.address import address_of
from letters.inbox.clocks import start_clocks
from letters.inbox.filing import file_message
from letters.lifecycle import NotNow
from letters.models import Correspondence, Due, Event, database_now
from letters.proof import chain
from letters.text.ladder import COMPLAINTS, COPE, EDITOR
from tests import factories
from tests.letters.correspond import stage
from tests.letters.correspond.stage import PDF, mail, record

pytestmark = pytest.mark.django_db
RULES = {"acknowledges": "3 working days", "answers": "4 weeks", "complaint_receipt": "3 working days"}


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture
def letter():
    return factories.closed()


@pytest.fixture
def submission(letter):
    row = stage.sent(letter, stage.journal(**RULES))
    start_clocks(database_now())
    return row


def correct(entry, **facts):
    names = ("kind", "outcome", "day", "submission", "journal", "sender", "title", "text", "url", "doi", "public")
    typed = Typed(**({name: getattr(entry, name) for name in names} | facts))
    return actions.correct(by=factories.alice(), entry=entry, typed=typed, file=None, now=database_now())


def waiting(letter):
    return {due.step: due.on.isoformat() for due in letter.dues.open()}


def kinds(letter):
    return list(letter.events.order_by("seq").values_list("kind", flat=True))


def test_an_entry_ends_what_its_kind_answers(letter, submission):
    assert waiting(letter) == {"acknowledgement": "2025-03-21", "answer": "2025-04-15"}
    entry = record(letter, "acknowledgement", "2025-03-19", submission=submission)
    assert waiting(letter) == {"answer": "2025-04-15"}
    assert Due.objects.get(step="acknowledgement").met_by == entry
    record(letter, "decision", "2025-04-18", submission=submission, outcome="no_action")
    assert waiting(letter) == {}


def test_an_entry_about_another_submission_ends_nothing_here(letter, submission):
    other = stage.sent(letter, stage.journal("The Spine Journal"))
    record(letter, "decision", "2025-04-18", submission=other, outcome="taken")
    record(letter, "decision", "2025-04-18", journal=submission.journal)
    assert set(waiting(letter)) == {"acknowledgement", "answer"}


def test_a_wait_named_by_hand_ends_too(letter, submission):
    wait = Wait("other", day("2025-03-20"), day("2025-04-01"), what="A telephone call")
    due = waits.set_due(by=factories.alice(), letter=letter, submission=None, wait=wait, now=database_now())
    record(letter, "press", "2025-03-30", answers=(due.pk,))
    assert Due.objects.get(pk=due.pk).met_by.kind == "press"


def test_a_corrected_kind_is_waited_for_again(letter, submission):
    entry = record(letter, "decision", "2025-04-18", submission=submission, outcome="no_action")
    correct(entry, kind="query", outcome="")
    assert waiting(letter) == {"answer": "2025-04-15"}


def test_a_removed_entry_stays_in_the_record_and_its_waits_go_on(letter, submission):
    entry = record(letter, "acknowledgement", "2025-03-19", submission=submission, public=True)
    actions.remove(by=factories.alice(), entry=entry, now=database_now())
    row = Correspondence.objects.get(pk=entry.pk)
    assert (row.public, row.removed_at is not None) == (False, True)
    assert list(Correspondence.objects.kept()) == []
    assert set(waiting(letter)) == {"acknowledgement", "answer"}
    assert kinds(letter)[-2:] == ["answer removed", "answer hidden"]
    with pytest.raises(NotNow, match="Alice Archer removed this entry meanwhile"):
        correct(entry, title="New")


def test_the_record_names_what_is_public_and_commits_to_the_rest(letter, submission):
    entry = record(letter, "reply", "2025-04-10", submission=submission, title="From the authors", sender="J Busse")
    recorded = Event.objects.get(kind="answer recorded")
    assert recorded.data == {"entry": entry.pk}
    assert (recorded.details["what"], recorded.details["title"]) == ("Authors’ reply", "From the authors")
    correct(entry, public=True)
    shown = Event.objects.get(kind="answer shown")
    assert shown.data == {
        "entry": entry.pk, "what": "Authors’ reply", "day": "2025-04-10", "journal": "BMJ rapid response",
    }  # fmt: skip
    correct(entry, public=True, title="Authors answer")
    assert Event.objects.get(kind="answer corrected").details["changed"] == "title"
    assert chain.check([event.as_record() for event in letter.events.order_by("seq")]) == []


def test_saving_without_a_change_writes_no_correction(letter, submission):
    entry = record(letter, "reply", "2025-04-10", submission=submission)
    correct(entry)
    assert "answer corrected" not in kinds(letter)


def test_an_uploaded_mail_brings_its_files_and_is_taken_in_once(letter, submission, settings):
    settings.INBOUND_ADDRESS = stage.BASE
    raw = mail(address_of(submission.reply_key), files=(("decision.pdf", PDF),))
    entry = record(letter, "decision", "2025-04-18", file=("answer.eml", raw), submission=submission)
    assert (entry.file.read(), entry.file_name, entry.original.read()) == (PDF, "decision.pdf", raw)
    with pytest.raises(NotNow, match="on record already, as “Decision, BMJ rapid response” of 18 April 2025"):
        record(letter, "decision", "2025-04-18", file=("again.eml", raw), submission=submission)
    assert file_message(raw, now=database_now()).new is False


def test_a_mail_of_another_letter_can_be_recorded_here_as_well(letter, submission):
    raw = mail("office@desk.example")
    record(letter, "query", "2025-03-19", file=("answer.eml", raw))
    other = factories.signing_open()
    entry = record(other, "query", "2025-03-19", file=("answer.eml", raw))
    assert entry.message_id is None


def test_a_filed_message_is_sorted_and_keeps_its_whole_text(letter, submission, settings):
    settings.INBOUND_ADDRESS = stage.BASE
    raw = mail(
        address_of(submission.reply_key), text="We have it. Call me on 555.", files=(("a.pdf", PDF), ("b.txt", b"b"))
    )
    entry = file_message(raw, now=database_now()).entry
    typed = Typed(
        kind="acknowledgement", day=entry.day, submission=submission, title=entry.title, text="We have it.",
        public=True, file_public=True,
    )  # fmt: skip
    row = actions.correct(by=factories.alice(), entry=entry, typed=typed, file=None, now=database_now(), chosen=2)
    assert (row.text, row.original.read(), row.file.read(), row.file_public) == ("We have it.", raw, b"b", True)
    assert kinds(letter)[-3:] == ["answer sorted", "answer shown", "due ended"]
    none = actions.correct(by=factories.alice(), entry=row, typed=typed, file=None, now=database_now(), chosen=0)
    assert (none.file, none.file_public) == (None, False)


def test_the_complaint_is_an_entry_and_sets_the_next_dates(letter, submission):
    entry = waits.wrote(
        by=factories.alice(), letter=letter, submission=submission, rung=COMPLAINTS, day=day("2025-05-05"),
        words="We complain.", until={"receipt": day("2025-05-08"), "complaint": day("2025-06-02")}, now=database_now(),
    )  # fmt: skip
    assert (entry.kind, entry.title, entry.day) == (
        "sent",
        "Complain to the journal: BMJ rapid response",
        day("2025-05-05"),
    )
    assert waiting(letter) == {
        "acknowledgement": "2025-03-21", "answer": "2025-04-15", "receipt": "2025-05-08", "complaint": "2025-06-02",
    }  # fmt: skip
    assert Due.objects.get(step="receipt").standard.endswith("acknowledges a complaint within 3 working days")
    record(letter, "decision", "2025-04-18", submission=submission, outcome="no_action")  # from before the complaint
    assert set(waiting(letter)) == {"receipt", "complaint"}
    record(letter, "acknowledgement", "2025-05-06", submission=submission)
    assert set(waiting(letter)) == {"complaint"}


def test_writing_to_the_editor_moves_the_date_of_the_answer(letter, submission):
    until = {"answer": day("2025-05-20")}
    waits.wrote(
        by=factories.alice(), letter=letter, submission=submission, rung=EDITOR, day=day("2025-05-05"), words="Please.",
        until=until, now=database_now(),
    )  # fmt: skip
    assert waiting(letter)["answer"] == "2025-05-20"
    assert Due.objects.filter(step="answer").count() == 2
    with pytest.raises(NotNow, match="without a date nobody will notice"):
        waits.wrote(
            by=factories.alice(), letter=letter, submission=submission, rung=EDITOR, day=day("2025-05-05"), words="x",
            until={"answer": None, "cope": day("2025-06-01")}, now=database_now(),
        )  # fmt: skip


def test_word_from_cope_sets_the_next_four_weeks(letter, submission):
    waits.wrote(
        by=factories.alice(), letter=letter, submission=submission, rung=COPE, day=day("2025-07-01"), words="Our case.",
        until={"cope": day("2025-07-29")}, now=database_now(),
    )  # fmt: skip
    due = Due.objects.get(step="cope")
    record(letter, "query", "2025-07-20", submission=submission, answers=(due.pk,))
    assert waiting(letter)["cope"] == "2025-08-17"
    again = Due.objects.open().get(step="cope")
    record(letter, "decision", "2025-08-10", submission=submission, answers=(again.pk,))
    assert "cope" not in waiting(letter)


def test_a_wait_ends_at_a_persons_word_once(letter, submission):
    due = Due.objects.get(step="answer")
    waits.end_due(by=factories.alice(), due=due, note="They called.", now=database_now())
    row = Due.objects.get(pk=due.pk)
    assert (row.ended_by, row.note, row.met_by) == (factories.alice(), "They called.", None)
    with pytest.raises(NotNow, match="no longer waited for"):
        waits.end_due(by=factories.alice(), due=due, note="", now=database_now())


def test_a_date_before_the_wait_began_is_refused(letter, submission):
    wait = Wait("answer", day("2025-03-18"), day("2025-03-01"))
    with pytest.raises(NotNow, match="lies before 18 March 2025"):
        waits.set_due(by=factories.alice(), letter=letter, submission=submission, wait=wait, now=database_now())


def test_the_database_holds_one_open_wait_for_a_step(letter, submission):
    facts = {"letter": letter, "submission": submission, "step": "answer", "created_at": database_now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Due.objects.create(since=day("2025-03-18"), on=day("2025-05-01"), standard="x", **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Due.objects.create(since=day("2025-05-02"), on=day("2025-05-01"), standard="x", **facts | {"step": "other"})


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("answer.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "answer.msg is a file of Outlook that only Outlook reads"),
        ("answer.docx", b"PK\x03\x04\x00\x00", "answer.docx is neither an e-mail"),
        ("answer.eml", b"\n", "answer.eml: This is no e-mail"),
        ("empty.txt", b"  ", "empty.txt is neither an e-mail"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(name, data, sentence):
    with pytest.raises(BadFile, match=sentence):
        given(name, data)


def test_files_are_told_apart_by_what_is_in_them():
    assert given("x", PDF).mail is None and given("x", PDF).text == ""
    assert given("x.txt", "Grüße".encode("cp1252")).text == "Grüße"
    assert given("mail", mail("a@b.example")).mail.title == "Your letter"
    assert given("..\\..\\evil\u202e.pdf", PDF).name == "evil.pdf"
