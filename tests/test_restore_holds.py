"""After a restore nothing goes out by itself that may have gone out since; a person is shown it and decides."""

import contextlib
import datetime

import pytest
from django.core import mail as outbox
from django.core.management import call_command

from letters import jobs, tasks
from letters.desk.attention import attention, owed
from letters.desk.grid import lines
from letters.dispatch import going
from letters.management.backup import held
from letters.models import Event, Invitation, Job, JobState, Letter, Mail, Round, Sending, Submission, database_now
from letters.notify import owed as notices
from letters.notify import plan
from letters.render.site_keys import site_keys
from letters.submit import actions as submit
from letters.templatetags.letter_tags import event_text
from tests import factories
from tests.letters.dispatch import stage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SAID = "Restored from a backup of "
NONE = datetime.timedelta(0)


@pytest.fixture
def restored(tmp_path, settings):
    """What lets the work go on after a backup, and then puts the backup back: the machine that was lost at one."""
    site_keys()  # made where all tests have them
    settings.DATA = tmp_path / "data"

    def since(then=lambda: None) -> None:
        file = tmp_path / "noon.signon"
        call_command("backup", str(file), verbosity=0)
        then()
        outbox.outbox.clear()
        settings.DATA = tmp_path / "anew"
        with contextlib.suppress(SystemExit):  # the stand-in of a paper is none
            call_command("restore", str(file), "--replace", verbosity=0)
        assert Event.objects.filter(kind="restored").exists()

    return since


def at_last() -> None:
    """All that would ever go by itself, months later."""
    Job.objects.update(run_after=database_now() - datetime.timedelta(days=90))
    factories.work()
    tasks.sweep()
    factories.work()


def needs_attention(letter: Letter) -> dict[str, str]:
    letter = factories.fresh(letter)
    now = database_now()
    return {one.sentence: one.address for one in attention(letter, lines(letter, now), owed(letter), now)}


def to_journal() -> list:
    return [message for message in outbox.outbox if stage.MAIL in message.to[0]]


def test_a_submission_that_went_after_the_backup_does_not_go_again(restored):
    letter = stage.sealed()
    row = stage.asked(stage.ready(letter), minutes=10)
    assert (row.state, row.goes_at is not None) == (Sending.QUEUED, True)

    def at_one() -> None:
        Submission.objects.update(goes_at=database_now())
        Job.objects.update(run_after=database_now())
        factories.work()
        assert (stage.fresh(row).state, len(to_journal())) == (Sending.SENT, 1)

    restored(at_one)
    at_last()
    row = stage.fresh(row)
    assert (row.state, row.doubtful, to_journal()) == (Sending.UNKNOWN, True, [])
    assert row.error.startswith(SAID)
    assert row.error.endswith("; nobody can tell whether this was done after it.")
    assert needs_attention(letter)["sent to a journal without a clear answer"] == f"/manage/{letter.slug}/submissions"
    going.send_again(by=factories.alice(), submission=row, now=database_now(), pause=NONE)
    factories.work()
    assert (stage.fresh(row).state, len(to_journal())) == (Sending.SENT, 1)


@pytest.mark.parametrize(
    ("state", "channel", "after"),
    [
        (Sending.SENDING, "mail", Sending.UNKNOWN),
        (Sending.FAILED, "mail", Sending.UNKNOWN),
        (Sending.PREPARING, "mail", Sending.PREPARING),
        (Sending.WAITING, "mail", Sending.PREPARING),
        (Sending.QUEUED, "form", Sending.PREPARING),
        (Sending.UNKNOWN, "mail", Sending.UNKNOWN),
    ],
)
def test_what_else_was_under_way_to_a_journal_waits_for_a_word(restored, state, channel, after):
    letter = stage.sealed()
    row = stage.ready(letter)
    Submission.objects.update(state=state, channel=channel, asked_by=factories.alice(), asked_at=database_now())
    restored()
    at_last()
    row = stage.fresh(row)
    assert (row.state, to_journal()) == (after, [])
    assert row.error.startswith(SAID) is (state != Sending.UNKNOWN)
    assert (row.asked_by is None) is (after == Sending.PREPARING)
    assert row.doubtful is (after == Sending.UNKNOWN and state != Sending.UNKNOWN)


def test_mails_that_waited_are_not_sent_a_second_time(restored):
    letter = factories.signing_open()
    factories.signed(letter, "bob")
    waited = Mail.objects.filter(state="queued").count()
    restored(factories.work)
    at_last()
    assert (outbox.outbox, waited > 4) == ([], True)
    assert set(Mail.objects.values_list("state", flat=True)) == {"unknown"}
    assert needs_attention(letter)["messages may not have arrived"] == f"/manage/{letter.slug}/mail"


def test_a_mail_nobody_could_tell_of_has_no_repeat(restored):
    factories.signing_open()
    Mail.objects.update(state="unknown")
    restored()
    at_last()
    assert outbox.outbox == []
    assert set(Job.objects.filter(kind="mail").values_list("state", flat=True)) == {JobState.DEAD}


def test_reminders_of_today_wait_as_a_draft(restored):
    letter = factories.signing_open()
    factories.work()
    deadline = datetime.datetime(2099, 12, 2, 22, tzinfo=datetime.UTC)
    morning = deadline - datetime.timedelta(days=7, hours=8)
    Letter.objects.update(reminders_go=True, deadline=deadline)
    Invitation.objects.update(invited_at=morning - datetime.timedelta(days=90))

    def at_eight() -> None:
        plan.prepare_due(morning)
        at_last()
        assert Round.objects.get(kind="reminder").state == "sent"

    restored(at_eight)
    plan.prepare_due(morning)
    at_last()
    assert (Round.objects.get(kind="reminder").state, outbox.outbox) == ("waiting", [])
    assert needs_attention(letter)["draft of a mail waits to be sent"].startswith(f"/manage/{letter.slug}/mail")


def test_a_seal_is_not_made_a_second_time_by_itself(restored):
    letter = factories.closed("bob", "carol")
    submit.seal(by=factories.alice(), letter=letter, now=database_now())
    Job.objects.filter(kind="seal").update(
        state="running", lease_until=database_now() + jobs.LEASE, lease_token="x" * 32
    )
    restored()
    at_last()
    assert factories.fresh(letter).state == "closed"
    (said,) = [one for one in needs_attention(letter) if one.startswith("Work was given up")]
    assert said.endswith("a second seal has other bytes. Then ask for the seal again.")
    submit.seal(by=factories.alice(), letter=factories.fresh(letter), now=database_now())
    assert Job.objects.get(kind="seal").state == JobState.QUEUED


def test_a_page_does_not_open_at_an_hour_that_may_have_been_changed(restored):
    letter = stage.sealed()
    later = database_now() + datetime.timedelta(hours=1)
    submit.set_release(by=factories.alice(), letter=letter, at=later, now=database_now())
    restored()
    Letter.objects.update(release_at=Letter.objects.get().release_at)
    at_last()
    assert factories.fresh(letter).state == "sealed"
    (said,) = [one for one in needs_attention(letter) if one.startswith("Work was given up")]
    assert said.endswith("The public page does not open by itself: set its hour again, or release it.")
    again = database_now() + datetime.timedelta(minutes=5)
    submit.set_release(by=factories.alice(), letter=factories.fresh(letter), at=again, now=database_now())
    at_last()
    assert factories.fresh(letter).state == "published"


def test_work_that_tells_nobody_goes_on(restored):
    letter = stage.sealed()
    jobs.put("pictures", letter.editions.get().pk, letter=letter, now=database_now())
    Job.objects.update(state="running", lease_until=database_now() + jobs.LEASE, lease_token="x" * 32)
    jobs.put("kits", letter.editions.get().pk, letter=letter, now=database_now())
    restored()
    found = dict(Job.objects.values_list("kind", "state"))
    assert found == {"pictures": JobState.QUEUED, "kits": JobState.DEAD}


def test_every_kind_of_work_is_held_unless_it_is_known_to_be_silent():
    assert set(tasks.WORK) - set(held.GOES_ON) == {
        "mail", "submission", "seal", "announce", "release", "kits", "round",
    }  # fmt: skip
    assert set(held.THEN) | {"mail", "submission"} == set(tasks.WORK) - set(held.GOES_ON)


def test_codes_have_run_out_and_the_record_says_what_happened(restored):
    letter = factories.signing_open()
    factories.work()
    code = factories.link_of(letter, "bob").codes.create(created_at=database_now())
    notices.code(code, now=database_now())
    notices.sign_in(factories.alice(), "271828", now=database_now())
    restored()
    mails = Mail.objects.filter(kind__in=["code", "sign_in"])
    assert {(one.state, one.error, one.code) for one in mails} == {("failed", "The code ran out.", None)}
    event = Event.objects.filter(letter=letter).order_by("seq").last()
    assert event_text(event).startswith("All was put back as it stood on ")
    assert event_text(event).endswith("; what happened later is not in this record.")
