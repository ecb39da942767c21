"""People and workers meet at one submission in one instant: never two copies, and who loses is told."""

from pathlib import Path

import pytest
from django.conf import settings

from letters.dispatch import actions, checks
from letters.models import Event, Job, Sending, Submission, database_now
from tests import factories
from tests.faults import dispatch_acts as acts
from tests.faults.crowd import Act, Crowd
from tests.letters.dispatch import stage

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ALICE, PAUL = "alice@desk.example", "paul@desk.example"
ROUNDS = 24


def copies(row: Submission) -> int:
    """How many messages under this submission's Message-ID were handed to the mail server."""
    files = Path(settings.EMAIL_FILE_PATH).glob("*.eml")
    return sum(row.message_id.encode() in path.read_bytes() for path in files)


def kinds(letter) -> list[str]:
    return list(Event.objects.filter(letter=letter).order_by("seq").values_list("kind", flat=True))


@pytest.fixture
def letter():
    made = stage.sealed()
    factories.joined(made, "paul")
    return made


def job() -> int:
    return Job.objects.get(kind="submission").pk


def test_a_stop_and_the_sender_never_both_win(people: Crowd, letter):
    met = []
    for number in range(ROUNDS):
        row = stage.ready(letter, to=stage.journal(f"Journal {number}"))
        row = stage.asked(actions.ask_in_letter(by=factories.alice(), submission=row, asks=True, now=database_now()))
        job = Job.objects.get(kind="submission", subject=row.pk).pk
        early, late = number % 4 * 0.002, number // 4 % 4 * 0.002
        sending, stopping = people.together([Act(acts.perform, (job,), late), Act(acts.stop, (row.pk, PAUL), early)])
        assert sending.error == ""
        met.append((stage.fresh(row).state, stopping.error, copies(row)))
    stopped = met.count((Sending.PREPARING, "", 0))
    print(f"stopped in {stopped} of {ROUNDS} rounds")
    assert stopped + met.count((Sending.SENT, "NotNow", 1)) == ROUNDS
    assert 0 < stopped < ROUNDS
    assert kinds(letter).count("sending stopped") == stopped


def test_of_two_who_agree_one_does_and_one_copy_goes(people: Crowd, letter):
    actions.two_people(by=factories.alice(), letter=letter, wanted=True, now=database_now())
    quinn = factories.User.objects.create_user("quinn@desk.example", "Quinn Quist")
    letter.coordinators.create(user=quinn)
    row = stage.asked(stage.ready(letter))
    seen = checks.digest(checks.fresh(row.pk))
    met = people.together([Act(acts.agree, (row.pk, who, seen)) for who in (PAUL, quinn.email, PAUL, quinn.email)])
    assert sorted(one.error for one in met) == ["", "NotNow", "NotNow", "NotNow"]
    assert all("let it go already" in one.message for one in met if one.error)
    assert kinds(letter).count("sending agreed") == 1
    people.together([Act(acts.perform, (job(),))] * 4)
    assert (stage.fresh(row).state, copies(row)) == (Sending.SENT, 1)


def test_of_an_agreement_and_a_change_at_once_only_what_was_seen_goes(people: Crowd, letter):
    actions.two_people(by=factories.alice(), letter=letter, wanted=True, now=database_now())
    row = stage.ready(letter)
    for number in range(6):
        row = stage.asked(stage.fresh(row))
        seen = checks.digest(checks.fresh(row.pk))
        agreed, changed = people.together(
            [Act(acts.agree, (row.pk, PAUL, seen), number % 3 * 0.004), Act(acts.change, (row.pk, ALICE))]
        )
        row = stage.fresh(row)
        assert (bool(agreed.error), bool(changed.error)) in {(True, False), (False, True)}
        assert row.state == (Sending.PREPARING if agreed.error else Sending.QUEUED)
        if not agreed.error:
            acts.stop(row.pk, ALICE)
            Job.objects.filter(kind="submission").update(state="done")


def test_two_people_who_send_the_same_submission_send_one_copy(people: Crowd, letter):
    row = stage.ready(letter)
    met = people.together([Act(acts.ask, (row.pk, who)) for who in (ALICE, PAUL)])
    assert sorted(one.error for one in met) == ["", "NotNow"]
    people.together([Act(acts.perform, (job(),))] * 4)
    assert (stage.fresh(row).state, copies(row)) == (Sending.SENT, 1)


def test_two_people_who_send_again_send_one_copy(people: Crowd, letter):
    row = stage.asked(stage.ready(letter))
    Submission.objects.update(state=Sending.UNKNOWN, doubtful=True)
    Job.objects.filter(kind="submission").update(state="done")
    met = people.together([Act(acts.again, (row.pk, who)) for who in (ALICE, PAUL)])
    assert sorted(one.error for one in met) == ["", "NotNow"]
    people.together([Act(acts.perform, (job(),))] * 4)
    assert (stage.fresh(row).state, copies(row)) == (Sending.SENT, 1)


def test_two_people_who_begin_the_same_submission_begin_one(people: Crowd, letter):
    journal = stage.journal()
    met = people.together([Act(acts.prepare, (letter.slug, who, journal.pk)) for who in (ALICE, PAUL)])
    assert sorted(one.error for one in met) == ["", "NotNow"]
    assert Submission.objects.count() == 1


def test_of_two_who_handed_in_one_is_on_record(people: Crowd, letter):
    row = stage.ready(letter, channel="form")
    met = people.together([Act(acts.hand_in, (row.pk, who)) for who in (ALICE, PAUL)])
    assert sorted(one.error for one in met) == ["", "NotNow"]
    row = stage.fresh(row)
    assert row.sent_copy.read().decode() == f"as {row.reference} pasted it"
    assert kinds(letter).count("handed in") == 1
