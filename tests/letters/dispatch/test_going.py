"""A submission goes: once, after a pause, stopped in time, agreed by two, sent again or handed in by a person."""

import datetime
import email

import pytest
from django.core import mail as outbox

from letters.deliver.send import send_submission
from letters.dispatch import actions, checks, going
from letters.lifecycle import NotNow
from letters.models import Event, Job, Sending, State, Submission, database_now
from tests import factories
from tests.letters.dispatch import stage

pytestmark = pytest.mark.django_db
NONE = datetime.timedelta(0)


def to_journal() -> list:
    return [message for message in outbox.outbox if stage.MAIL in message.to[0]]


def agree(row: Submission, by, seen: str = "") -> Submission:
    seen = seen or checks.digest(checks.fresh(row.pk))
    return going.agree(by=by, submission=row, seen=seen, now=database_now(), pause=NONE)


def stop(row: Submission, by=None) -> Submission:
    return going.stop(by=by or factories.alice(), submission=row, now=database_now())


def again(row: Submission) -> Submission:
    return going.send_again(by=factories.alice(), submission=row, now=database_now(), pause=NONE)


@pytest.fixture
def letter():
    return stage.sealed()


@pytest.fixture
def paul(letter):
    return factories.joined(letter, "paul").user


def two(letter):
    actions.two_people(by=factories.alice(), letter=letter, wanted=True, now=database_now())


def test_it_goes_once_with_its_copies_and_what_went_is_kept(letter, settings):
    settings.INBOUND_ADDRESS = "answers@signon.example"
    row = stage.ready(letter)
    actions.write(
        by=factories.alice(), submission=row, channel="mail", address=stage.MAIL, cc=["office@desk.example"],
        subject="A joint letter", words="Dear Editor,\n\n{title}\n", now=database_now(),
    )  # fmt: skip
    stage.asked(row)
    factories.work()
    row = stage.fresh(row)
    (message,) = to_journal()
    assert (row.state, factories.fresh(letter).state) == (Sending.SENT, State.DELIVERED)
    assert message.recipients() == [f"Journal of Examples <{stage.MAIL}>", "office@desk.example"]
    assert message.body == "Dear Editor,\n\nA joint letter on counting\n" == row.words
    assert message.reply_to == ["alice@desk.example", f"answers+{row.reply_key}@signon.example"]
    assert [(one.filename, one.content) for one in message.attachments] == [
        ("a-joint-letter-on-counting-edition-1.pdf", b"%PDF-stand-in")
    ]
    kept = email.message_from_bytes(row.sent_copy.read())
    assert (kept["Message-ID"], kept["Cc"]) == (row.message_id, "office@desk.example")
    send_submission(Job.objects.get(kind="submission"))
    assert len(to_journal()) == 1


def test_a_summary_goes_as_word_file_and_text_with_the_sealed_letter(letter):
    row = stage.ready(letter, summary=stage.summary(letter, "bob"))
    stage.asked(row)
    factories.work()
    (message,) = to_journal()
    names = [one.filename for one in message.attachments]
    stem = "a-joint-letter-on-counting-"
    assert names == [f"{stem}summary-1.docx", f"{stem}summary-1.txt", f"{stem}edition-1.pdf"]
    text = message.attachments[1].content
    assert "Northern Society of Counting" in text
    assert "Société du Sud" not in text
    assert Event.objects.filter(kind="summary submitted").count() == 1


def test_it_waits_for_its_hour_and_is_stopped_in_time(letter):
    row = stage.asked(stage.ready(letter), minutes=10)
    left = row.goes_at - database_now()
    assert datetime.timedelta(minutes=9) < left < datetime.timedelta(minutes=10, seconds=1)
    factories.work()
    assert to_journal() == []
    stop(row)
    Job.objects.update(run_after=database_now())
    factories.work()
    row = stage.fresh(row)
    assert (row.state, row.asked_by, row.goes_at, to_journal()) == (Sending.PREPARING, None, None, [])
    stage.asked(row)
    factories.work()
    assert (stage.fresh(row).state, len(to_journal())) == (Sending.SENT, 1)


def test_a_job_before_the_hour_sends_nothing_and_is_not_lost(letter):
    row = stage.asked(stage.ready(letter), minutes=10)
    Job.objects.update(run_after=database_now())
    factories.work()
    assert (stage.fresh(row).state, Job.objects.get(kind="submission").state, to_journal()) == ("queued", "queued", [])


def test_bytes_made_for_an_earlier_hour_do_not_go_at_a_later_one(letter, monkeypatch):
    row = stage.asked(stage.ready(letter))
    job = Job.objects.get(kind="submission")

    def slow(parcel):
        stop(row)
        stage.asked(stage.fresh(row))
        return b"bytes of the first asking"

    monkeypatch.setattr("letters.deliver.send.mail.wire", slow)
    send_submission(job)
    assert (stage.fresh(row).state, to_journal()) == (Sending.QUEUED, [])


def test_what_is_sent_cannot_be_stopped(letter):
    row = stage.asked(stage.ready(letter))
    factories.work()
    with pytest.raises(NotNow, match="cannot be called back"):
        stop(row)
    Submission.objects.update(state=Sending.SENDING)
    with pytest.raises(NotNow, match="being sent at this moment"):
        stop(row)


def test_nothing_changes_while_it_is_about_to_go(letter):
    row = stage.asked(stage.ready(letter), minutes=10)
    with pytest.raises(NotNow, match="stop it first"):
        actions.object_to(by=factories.alice(), submission=row, despite="x", now=database_now())
    with pytest.raises(NotNow, match="let it go already"):
        stage.asked(row)


def test_who_asked_cannot_agree_and_the_second_agrees_to_what_was_seen(letter, paul):
    two(letter)
    row = stage.asked(stage.ready(letter))
    assert (row.state, Job.objects.filter(kind="submission").count()) == (Sending.WAITING, 0)
    with pytest.raises(NotNow, match="another coordinator must agree"):
        agree(row, factories.alice())
    with pytest.raises(NotNow, match="changed since you looked"):
        agree(row, paul, seen="0" * 20)
    assert agree(row, paul).agreed_by == paul
    with pytest.raises(NotNow, match="Paul Page let it go already"):
        agree(row, paul)
    factories.work()
    assert (stage.fresh(row).state, len(to_journal())) == (Sending.SENT, 1)


def test_a_change_takes_the_request_back(letter, paul):
    two(letter)
    row = stage.asked(stage.ready(letter))
    seen = checks.digest(checks.fresh(row.pk))
    actions.write(
        by=factories.alice(), submission=row, channel="mail", address="else@journal.example", cc=[], subject="s",
        words="w", now=database_now(),
    )  # fmt: skip
    assert (stage.fresh(row).state, stage.fresh(row).asked_by) == (Sending.PREPARING, None)
    with pytest.raises(NotNow, match="being prepared again"):
        agree(row, paul, seen)
    stage.asked(stage.fresh(row))
    with pytest.raises(NotNow, match="changed since you looked"):
        agree(row, paul, seen)


def test_an_interrupted_sending_is_not_repeated_by_itself_and_may_have_arrived(letter):
    row = stage.asked(stage.ready(letter))
    Submission.objects.update(state=Sending.SENDING)
    factories.work()
    row = stage.fresh(row)
    assert (row.state, row.doubtful, to_journal()) == (Sending.UNKNOWN, True, [])
    with pytest.raises(NotNow, match="perhaps with the journal"):
        actions.object_to(by=factories.alice(), submission=row, despite="x", now=database_now())
    with pytest.raises(NotNow, match="No copy of that attempt"):
        going.arrived(by=factories.alice(), submission=row, now=database_now())
    again(row)
    factories.work()
    assert (stage.fresh(row).state, [m.extra_headers["Message-ID"] for m in to_journal()]) == ("sent", [row.message_id])
    with pytest.raises(NotNow, match="not sent twice"):
        again(row)


def test_sending_again_can_be_stopped_and_stays_what_nobody_can_tell(letter, paul):
    row = stage.asked(stage.ready(letter))
    Submission.objects.update(state=Sending.SENDING)
    factories.work()
    again(row)
    assert stage.fresh(row).state == Sending.QUEUED
    stop(row)
    assert stage.fresh(row).state == Sending.UNKNOWN
    two(letter)
    again(row)
    assert stage.fresh(row).state == Sending.WAITING
    with pytest.raises(NotNow, match="another coordinator"):
        agree(row, factories.alice())
    agree(row, paul)
    factories.work()
    assert (stage.fresh(row).state, len(to_journal())) == (Sending.SENT, 1)


def hand(row: Submission, by=None, **what) -> Submission:
    now = database_now()
    handed = going.Handed(**({"at": now, "pasted": "The text.", "reference": "R-1"} | what))
    return going.hand_in(by=by or factories.alice(), submission=row, handed=handed, now=now)


def test_what_is_handed_in_is_kept_and_delivers_the_letter(letter):
    row = hand(stage.ready(letter, channel="form"), file=b"%PDF-receipt", receipt="Thanks.")
    assert (row.state, row.handed_in_by, row.reference) == (Sending.SENT, factories.alice(), "R-1")
    assert (row.sent_copy.read(), row.sent_copy.kind) == (b"The text.", "pasted")
    assert (row.receipt_file.read(), row.receipt_file.kind) == (b"%PDF-receipt", "answer")
    assert factories.fresh(letter).state == State.DELIVERED
    with pytest.raises(NotNow, match="It is sent"):
        hand(row)


def test_handing_in_needs_a_form_a_past_hour_and_the_second_person(letter, paul):
    with pytest.raises(NotNow, match="goes by mail"):
        hand(stage.ready(letter))
    row = stage.ready(letter, to=stage.journal("Another", ""), channel="form")
    actions.ask_in_letter(by=factories.alice(), submission=row, asks=True, now=database_now())
    with pytest.raises(NotNow, match="lies ahead"):
        hand(row, at=database_now() + datetime.timedelta(hours=1))
    two(letter)
    with pytest.raises(NotNow, match="ask for it to go first"):
        hand(row)
    agree(stage.asked(stage.fresh(row)), paul)
    assert hand(row).state == Sending.SENT
    assert Job.objects.filter(kind="submission").count() == 0
