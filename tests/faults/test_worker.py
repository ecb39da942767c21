"""Real workers are killed and Redis is stopped, emptied, frozen: work is late, and none of it is lost."""

import os
import signal
import socket
import statistics
import time
from collections import Counter
from email import message_from_bytes
from pathlib import Path

import pytest
import redis

from letters.models import Edition, Job, JobState, Letter, Mail, MailState, Sending, State, Submission
from letters.submit import actions as submit
from tests import factories
from tests.faults import acts
from tests.faults.crowd import Act, crowd
from tests.faults.machines import eventually, manage, own_redis, worker
from tests.faults.postbox import Postbox, postbox
from tests.letters.dispatch import stage

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MAILS = 24


def mailing(environment: dict[str, str], server: Postbox, **more: str) -> dict[str, str]:
    """The environment of a worker that sends to this server."""
    return environment | more | {
        "SIGNON_SMTP_HOST": "127.0.0.1", "SIGNON_SMTP_PORT": str(server.port), "SIGNON_SMTP_TLS": "none",
    }  # fmt: skip


def done() -> int:
    return Job.objects.filter(state=JobState.DONE).count()


def all_sent(server: Postbox, *, most: int) -> Counter[str]:
    """Every mail is sent and every job done; the copies of each, none of which exceeds `most`."""
    assert set(Mail.objects.values_list("state", flat=True)) == {MailState.SENT}
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}
    copies = Counter(message_from_bytes(raw)["Message-ID"] for raw in server.handed)
    assert set(copies) == set(Mail.objects.values_list("message_id", flat=True))
    assert max(copies.values()) <= most
    return copies


def test_a_nudge_is_heard_and_an_emptied_redis_loses_nothing(environment: dict[str, str], tmp_path: Path):
    with postbox(pause=0.1) as server, worker(mailing(environment, server), tmp_path):
        factories.signing_open()
        took = eventually(lambda: done() == 4, seconds=20, what="sending four mails after a nudge")
        print(f"four mails sent {took:.2f} s after their nudges")
        factories.signing_open(acts.listing(MAILS))
        eventually(lambda: done() > 6, seconds=20, what="the first of the mails")
        redis.Redis.from_url(environment["REDIS_URL"]).flushall()
        left = 4 + MAILS - done()
        took = eventually(lambda: done() == 4 + MAILS, seconds=30, what=f"sending {left} mails after FLUSHALL")
        print(f"{left} mails left at FLUSHALL, all sent {took:.1f} s later")
        assert left > 0
        all_sent(server, most=1)


def test_killed_workers_lose_nothing_and_mail_nobody_a_third_time(environment: dict[str, str], tmp_path: Path):
    with postbox(pause=0.2) as server:
        factories.signing_open(acts.listing(MAILS))
        with worker(mailing(environment, server), tmp_path) as machine:
            eventually(lambda: done() >= 3, seconds=20, what="some mails")
            os.kill(machine.children()[-1], signal.SIGKILL)  # as the kernel would when memory is short
            eventually(lambda: done() >= 9, seconds=20, what="mails by a worker that lost a child")
            machine.kill()
        running, before = Job.objects.filter(state=JobState.RUNNING).count(), done()
        assert before < MAILS
        with worker(mailing(environment, server), tmp_path):
            took = eventually(lambda: done() == MAILS, seconds=40, what=f"the rest ({MAILS - before} mails)")
        copies = all_sent(server, most=2)
    print(
        f"{before} of {MAILS} mails done and {running} running at the kill; the rest done {took:.1f} s after the "
        f"restart, {sum(number > 1 for number in copies.values())} mails twice"
    )


def test_a_redis_that_dies_twice_and_comes_back_empty_is_found_again(environment: dict[str, str], tmp_path: Path):
    with own_redis(tmp_path) as broker, postbox(pause=0.3) as server:
        with worker(mailing(environment, server, REDIS_URL=broker.url), tmp_path) as machine:

            def found(mails: int) -> float:
                what = f"finding Redis again:\n{machine.said()[-3000:]}\nthat"
                broker.start()
                return eventually(lambda: done() >= mails, seconds=40, what=what)

            broker.kill()  # under the first sweep
            factories.signing_open(acts.listing(MAILS))  # nobody rings at this Redis, sweep does
            time.sleep(1.5)
            assert done() == 0
            idle = found(4)
            broker.kill()  # under two mails
            left = MAILS - done()
            time.sleep(1.5)
            busy = found(MAILS)
        print(f"four mails {idle:.1f} s after Redis came back, then {left} of {MAILS} {busy:.1f} s after it came back")
        assert left > 4
        all_sent(server, most=1)


def test_without_redis_a_signature_is_quick_and_a_sweep_does_the_rest(environment: dict[str, str]):
    dead = environment | {"REDIS_URL": "redis://127.0.0.1:9/0"}
    with crowd(dead, processes=1) as lonely:
        letter = Letter.objects.get(slug=lonely.ask(acts.opened))
        text = letter.on_the_table.content_hash
        links = [factories.link_of(letter, name).pk for name in ("bob", "carol")]
        met = [lonely.ask(acts.timed, acts.sign, link, text) for link in links]
    times = [seconds for seconds, (state, _) in met if state == "signed"]
    print(f"signed in {', '.join(f'{seconds:.2f} s' for seconds in times)} without Redis")
    assert len(times) == 2
    assert max(times) < 10  # without limits on the line it would be minutes
    submit.close(by=factories.alice(), letter=factories.fresh(letter))
    submit.seal(by=factories.alice(), letter=factories.fresh(letter), now=factories.database_now())
    manage(dead, "sweep")
    edition = Edition.objects.get()
    assert edition.document.read().startswith(b"%PDF-")
    stage.asked(stage.ready(factories.fresh(letter)))
    manage(dead, "sweep")
    assert Submission.objects.get().state == Sending.SENT
    assert factories.fresh(letter).state == State.DELIVERED
    assert set(Mail.objects.values_list("state", flat=True)) == {MailState.SENT}
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}


def test_a_redis_that_takes_calls_and_says_nothing_holds_nobody_for_long(environment: dict[str, str]):
    with socket.create_server(("127.0.0.1", 0), backlog=64) as silent:
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        with crowd(environment | {"REDIS_URL": url}, processes=1) as callers:
            met = callers.together([Act(acts.rung, ())] * 2)
            met += callers.together([Act(acts.rung, ())] * 2)  # it is left alone now
    print(f"ring() took {', '.join(f'{outcome.value[0]:.2f} s' for outcome in met)}")
    assert [outcome.value[1] for outcome in met] == [False] * 4
    assert max(outcome.value[0] for outcome in met) < 10
    assert max(outcome.value[0] for outcome in met[2:]) < 0.9  # one wait on the line is a second


def test_a_redis_that_freezes_under_an_open_line_is_left_alone_and_heard_again(environment, tmp_path: Path):
    with own_redis(tmp_path) as broker, crowd(environment | {"REDIS_URL": broker.url}, processes=1) as callers:
        assert callers.ask(acts.rung, 0.5)[1] is True
        broker.tell(signal.SIGSTOP)
        met = callers.together([Act(acts.rung, (0.5,))] * 2)
        time.sleep(0.7)  # longer than the rest
        met += callers.together([Act(acts.rung, (0.5,))] * 4)
        broker.tell(signal.SIGCONT)
        assert callers.together([Act(acts.rung, (0.5,), 1.0)])[0].value[1] is True
    times = [outcome.value[0] for outcome in met]
    print(f"ring() took {', '.join(f'{seconds:.2f} s' for seconds in times)} with Redis frozen")
    assert [outcome.value[1] for outcome in met] == [False] * 6
    assert max(times) < 10
    assert statistics.median(times[2:]) < 0.9, "after a rest one caller tries, and the others do not wait with it"
