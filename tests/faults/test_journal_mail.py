"""Mail to a journal through failing servers: never a second copy without a person's decision, never a lost one."""

import datetime
import email

import pytest

from letters import jobs
from letters.deliver.send import send_submission
from letters.dispatch import going
from letters.lifecycle import NotNow
from letters.models import Edition, Job, JobState, Letter, Sending, State, Submission, database_now
from tests import factories
from tests.faults import acts
from tests.faults.postbox import DROP, WAITED_FOR, Postbox, postbox
from tests.letters.dispatch import stage

pytestmark = pytest.mark.django_db
NONE = datetime.timedelta(0)


def owed_submission() -> Submission:
    """The sealed letter on its way to a journal; nothing else is owed."""
    letter = factories.closed()
    assert acts.mark_sealed(Edition.objects.get().pk)
    Job.objects.all().delete()
    return stage.asked(stage.ready(factories.fresh(letter)))


def work_for_days(row: Submission) -> Submission:
    """All that is owed is done, with every pause and every lease already over."""
    for _ in range(12):
        Job.objects.filter(state=JobState.QUEUED).update(run_after=database_now())
        Job.objects.filter(state=JobState.RUNNING).update(lease_until=database_now())
        factories.work()
    return Submission.objects.select_related("sent_copy").get(pk=row.pk)


def again(row: Submission) -> Submission:
    """Alice decides to send once more."""
    going.send_again(by=factories.alice(), submission=row, now=database_now(), pause=NONE)
    return work_for_days(row)


def ids(server: Postbox) -> list[str]:
    return [email.message_from_bytes(raw)["Message-ID"] for raw in server.handed]


def test_what_is_kept_is_what_was_sent_byte_for_byte(through):
    row = owed_submission()
    with postbox() as server:
        through(server)
        row = work_for_days(row)
        assert row.state == Sending.SENT
        assert server.handed == [row.sent_copy.read()]
    assert Letter.objects.get().state == State.DELIVERED


@pytest.mark.parametrize("silence", [DROP, WAITED_FOR])
def test_silence_after_the_final_dot_waits_for_a_person(through, silence):
    row = owed_submission()
    with postbox(dot=[silence, silence, "250 taken"]) as server:
        through(server)
        row = work_for_days(row)
        assert (row.state, len(ids(server))) == (Sending.UNKNOWN, 1)
        row = again(row)
        assert (row.state, len(ids(server))) == (Sending.UNKNOWN, 2)
        row = again(row)
        assert (row.state, ids(server)) == (Sending.SENT, [row.message_id] * 3)
        with pytest.raises(NotNow, match="not sent twice"):
            again(row)


@pytest.mark.parametrize("script", [{"RCPT": "451 greylisted"}, {"DATA": DROP}, {"dot": "452 full"}], ids=str)
def test_what_was_not_taken_is_sent_later_and_once(through, script):
    row = owed_submission()
    ((step, trouble),) = script.items()
    with postbox(**{step: [trouble, Postbox().answer(step, 0)]}) as server:
        through(server)
        factories.work()
        assert Submission.objects.get().state == Sending.QUEUED
        row = work_for_days(row)
        assert (row.state, ids(server)[-1]) == (Sending.SENT, row.message_id)
        assert len(ids(server)) == (2 if step == "dot" else 1)


def test_a_refusal_fails_and_a_person_may_try_again(through):
    row = owed_submission()
    with postbox(RCPT=["550 no such journal", "250 ok"]) as server:
        through(server)
        row = work_for_days(row)
        assert (row.state, row.error) == (Sending.FAILED, "The mail server refused the message: 550 no such journal")
        assert again(row).state == Sending.SENT
        assert ids(server) == [row.message_id]


def test_a_server_that_never_comes_back_fails_the_submission_and_a_person_may_try_again(through):
    row = owed_submission()
    with postbox(banner="421 too busy") as server:
        through(server)
        row = work_for_days(row)
        assert (row.state, Job.objects.get().state) == (Sending.FAILED, JobState.DEAD)
        assert server.count == jobs.ATTEMPTS
    with postbox() as server:
        through(server)
        assert again(row).state == Sending.SENT
        assert ids(server) == [row.message_id]


def test_a_worker_that_dies_while_sending_is_never_followed_by_a_second_copy(through, monkeypatch):
    row = owed_submission()
    job = jobs.claim(Job.objects.get().pk, now=database_now())
    Submission.objects.update(state=Sending.SENDING)  # claimed, handed over perhaps, and then the process is gone
    assert job is not None
    with postbox() as server:
        through(server)
        row = work_for_days(row)
        assert (row.state, server.count) == (Sending.UNKNOWN, 0)
        assert row.error.startswith("The sending was interrupted")
        assert again(row).state == Sending.SENT


def test_a_persons_decision_is_not_lost_while_the_job_is_just_ending(through):
    row = owed_submission()
    with postbox(dot=[DROP, "250 taken"]) as server:
        through(server)
        job = jobs.claim(Job.objects.get().pk, now=database_now())
        send_submission(job)
        assert Submission.objects.get().state == Sending.UNKNOWN
        with pytest.raises(NotNow, match="in a moment"):
            going.send_again(by=factories.alice(), submission=row, now=database_now(), pause=NONE)
        jobs.finish(job)
        assert again(row).state == Sending.SENT
        assert len(ids(server)) == 2
