"""The row as the queue: owed once, claimed once, tried again, given up, and zombies changing nothing."""

import datetime

import pytest

from letters import jobs
from letters.models import Job, JobState, database_now
from signon import celery

pytestmark = pytest.mark.django_db


def put(subject: int = 1) -> Job:
    return jobs.put("mail", subject, letter=None, now=database_now())


def run(job: Job, work) -> bool:
    return jobs.perform(job.pk, {"mail": work}, database_now)


def test_put_twice_owes_once():
    assert put().pk == put().pk
    assert Job.objects.count() == 1


def test_perform_does_the_work_once():
    done = []
    job = put()
    assert run(job, done.append) is True
    assert run(job, done.append) is False
    assert len(done) == 1
    assert Job.objects.get().state == JobState.DONE


def test_claim_goes_to_one_only():
    job = put()
    assert jobs.claim(job.pk, now=database_now()) is not None
    assert jobs.claim(job.pk, now=database_now()) is None


def test_a_lease_that_ran_out_is_claimed_again_and_the_zombie_changes_nothing():
    job = put()
    now = database_now()
    zombie = jobs.claim(job.pk, now=now)
    heir = jobs.claim(job.pk, now=now + jobs.LEASE + datetime.timedelta(seconds=1))
    assert heir is not None
    assert jobs.finish(zombie) is False
    assert Job.objects.get().state == JobState.RUNNING
    assert jobs.finish(heir) is True
    assert Job.objects.get().attempts == 2


def test_progress_is_told_by_who_has_the_work_and_gone_when_it_ends():
    job = put()
    now = database_now()
    zombie = jobs.claim(job.pk, now=now)
    heir = jobs.claim(job.pk, now=now + jobs.LEASE + datetime.timedelta(seconds=1))
    jobs.tell(heir, "2 of 7 parts", now=now)
    jobs.tell(zombie, "1 of 7 parts", now=now)
    assert Job.objects.get().progress == "2 of 7 parts"
    jobs.finish(heir)
    assert Job.objects.get().progress == ""


def test_later_waits_longer_each_time_and_keeps_the_reason():
    job = put()

    def not_now(_job):
        raise jobs.Later("the mail server is down")

    run(job, not_now)
    row = Job.objects.get()
    assert (row.state, row.last_error) == (JobState.QUEUED, "the mail server is down")
    assert 0 < (row.run_after - database_now()).total_seconds() <= jobs.PAUSES[0]
    assert run(job, not_now) is False
    assert Job.objects.get().attempts == 1


def test_an_unforeseen_error_is_kept_and_tried_again():
    job = put()

    def broken(_job):
        raise ZeroDivisionError("oh")

    run(job, broken)
    row = Job.objects.get()
    assert (row.state, row.last_error) == (JobState.QUEUED, "ZeroDivisionError: oh")


def test_after_the_last_attempt_a_job_is_dead_and_can_be_owed_again():
    job = put()
    Job.objects.update(attempts=jobs.ATTEMPTS - 1)

    def not_now(_job):
        raise jobs.Later("still down")

    run(job, not_now)
    assert Job.objects.get().state == JobState.DEAD
    assert jobs.again("mail", 1, now=database_now()) is True
    row = Job.objects.get()
    assert (row.state, row.attempts) == (JobState.QUEUED, 0)


def test_again_leaves_work_under_way_alone():
    job = put()
    jobs.claim(job.pk, now=database_now())
    assert jobs.again("mail", 1, now=database_now()) is False


def test_a_broker_that_refuses_does_not_fail_the_caller_and_is_left_alone_for_a_while(monkeypatch):
    calls = []

    def refuse(*args, **kwargs):
        calls.append(args)
        raise ConnectionError("no broker")

    monkeypatch.setattr(celery.app, "send_task", refuse)
    monkeypatch.setattr(celery, "_rest_until", 0.0)
    assert celery.ring(1) is False
    assert celery.ring(2) is False
    assert len(calls) == 1
