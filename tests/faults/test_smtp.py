"""Mail to people through servers that refuse, wait, drop and stall: each ends as sent, failed or "cannot tell"."""

import datetime
import email
import email.policy
import time

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Keeper

from letters import jobs, mail
from letters.desk import attention, grid
from letters.mailing import actions as mailing
from letters.models import Job, JobState, Mail, MailState, Signature, database_now
from signon import post
from tests import factories, services
from tests.faults.postbox import DROP, STALL, TRICKLE, WAITED_FOR, Postbox, postbox

pytestmark = pytest.mark.django_db
TEXT = "Dear Zoë,\n\n.a line with a dot\n..two\n.\nČesko, 日本, " + "long " * 300 + "\nlast"


def owed_receipt() -> Mail:
    """One mail that is owed: the receipt of a signature that stands."""
    letter = factories.signing_open()
    Job.objects.all().delete()
    factories.signed(letter, "bob")
    return Mail.objects.get(kind="receipt")


def work_for_days(mail_row: Mail, rounds: int = 12) -> Mail:
    """All that is owed is done, with every pause already over; the row afterwards."""
    for _ in range(rounds):
        Job.objects.filter(state=JobState.QUEUED).update(run_after=database_now())
        factories.work()
    return Mail.objects.get(pk=mail_row.pk)


def ids(server: Postbox) -> list[str]:
    return [email.message_from_bytes(raw)["Message-ID"] for raw in server.handed]


class Kept(Keeper):
    """Keeps the bytes as they came."""

    def __init__(self) -> None:
        super().__init__()
        self.contents: list[bytes] = []

    def handle_message(self, message) -> None: ...

    def prepare_message(self, session, envelope):
        self.contents.append(envelope.original_content)
        return super().prepare_message(session, envelope)


def test_a_mail_arrives_unchanged_in_both_forms(through):
    kept = Kept()
    server = Controller(kept, hostname="127.0.0.1", port=services.free_port())
    server.start()
    try:
        through(server.port)
        message = mail.envelope(
            mail.Message("Signed – “yes”", TEXT, f"<p>{TEXT}</p>"), sender="Signon <letters@signon.example>",
            to='"Créac\'h, Carol" <carol@sud.example>', message_id="<1@signon.example>", reply_to="a@desk.example",
        )  # fmt: skip
        assert mail.post(message) == (mail.Answer.SENT, "")
    finally:
        server.stop()
    assert kept.contents == [mail.wire(message)]
    arrived = email.message_from_bytes(kept.contents[0], policy=email.policy.default)
    assert [part.get_content_type() for part in arrived.iter_parts()] == ["text/plain", "text/html"]
    plain, html = (part.get_content().replace("\r\n", "\n").strip() for part in arrived.iter_parts())
    assert (plain, html) == (TEXT, f"<p>{TEXT}</p>")
    assert (arrived["Message-ID"], arrived["Subject"]) == ("<1@signon.example>", "Signed – “yes”")


WAITING = [
    {"banner": "421 too busy"}, {"banner": DROP}, {"EHLO": DROP}, {"MAIL": "421 closing"}, {"RCPT": "451 greylisted"},
    {"RCPT": DROP}, {"DATA": "452 disk full"}, {"dot": "451 try again"}, {"dot": "421 closing"},
    pytest.param({"MAIL": STALL}, marks=pytest.mark.slow),
]  # fmt: skip


@pytest.mark.parametrize("script", WAITING, ids=str)
def test_what_was_not_taken_is_sent_later_and_once(through, script):
    row = owed_receipt()
    ((step, trouble),) = script.items()
    with postbox(**{step: [trouble, trouble, Postbox().answer(step, 0)]}) as server:
        through(server)
        factories.work()
        waiting = Mail.objects.get(pk=row.pk)
        assert (waiting.state, Job.objects.get().state) == (MailState.QUEUED, JobState.QUEUED)
        assert waiting.error.startswith("The mail server could not be reached or asked to wait:")
        assert work_for_days(row).state == MailState.SENT
        assert set(ids(server)) == {row.message_id}
        assert len(ids(server)) == (3 if step == "dot" else 1)


def test_a_server_that_is_not_there_is_tried_for_two_days_and_then_the_mail_has_failed(through):
    row = owed_receipt()
    through(services.free_port())
    factories.work()
    assert Mail.objects.get(pk=row.pk).state == MailState.QUEUED
    assert datetime.timedelta(seconds=sum(jobs.PAUSES)) > datetime.timedelta(hours=40)
    row = work_for_days(row)
    assert (row.state, Job.objects.get().attempts) == (MailState.FAILED, jobs.ATTEMPTS)
    assert "Connection refused" in row.error
    assert Signature.objects.live().count() == 1
    with postbox() as server:
        through(server)
        mailing.send_again(by=factories.alice(), mail=row, now=database_now())
        assert work_for_days(row).state == MailState.SENT
        assert ids(server) == [row.message_id]


REFUSALS = [{"MAIL": "550 not from you"}, {"RCPT": "550 no such person"}, {"DATA": "554 no"}, {"dot": "554 spam"}]


@pytest.mark.parametrize("script", REFUSALS, ids=str)
def test_a_refusal_is_final_and_the_coordinator_is_told(through, script):
    row = owed_receipt()
    with postbox(**script) as server:
        through(server)
        row = work_for_days(row)
        assert (row.state, Job.objects.get().state) == (MailState.FAILED, JobState.DEAD)
        assert row.error == f"The mail server refused the message: {next(iter(script.values()))}"
        assert server.count == 1
    now = database_now()
    rows, owed = grid.lines(row.letter, now), attention.owed(row.letter)
    told = [entry.sentence for entry in attention.attention(row.letter, rows, owed, now)]
    assert "message was not sent" in told


@pytest.mark.parametrize("silence", [DROP, WAITED_FOR, "gibberish"])
def test_silence_after_the_final_dot_is_unknown_and_repeated_once(through, silence):
    row = owed_receipt()
    with postbox(dot=silence) as server:
        through(server)
        factories.work()
        assert Mail.objects.get(pk=row.pk).state == MailState.UNKNOWN
        row = work_for_days(row)
        assert (row.state, Job.objects.get().state) == (MailState.UNKNOWN, JobState.DEAD)
        assert ids(server) == [row.message_id] * 2
    with postbox() as server:
        through(server)
        mailing.send_again(by=factories.alice(), mail=row, now=database_now())
        assert work_for_days(row).state == MailState.SENT
        assert ids(server) == [row.message_id]


def test_a_repeat_that_is_answered_ends_the_doubt(through):
    row = owed_receipt()
    with postbox(dot=[DROP, "250 taken"]) as server:
        through(server)
        assert work_for_days(row).state == MailState.SENT
        assert ids(server) == [row.message_id] * 2


@pytest.mark.slow
def test_a_line_that_breaks_in_a_long_text_is_not_taken(through):
    words = mail.Message("Long", "word " * 2_000_000, "")
    long = mail.envelope(words, sender="a@b.example", to="c@d.example", message_id="<2@b.example>")
    with postbox(text=DROP) as server:
        through(server)
        assert mail.post(long)[0] is mail.Answer.NOT_YET
        assert server.handed == []


@pytest.mark.parametrize("end", [DROP, WAITED_FOR])
def test_how_the_goodbye_ends_does_not_matter(through, end):
    row = owed_receipt()
    with postbox(QUIT=end) as server:
        through(server)
        assert work_for_days(row).state == MailState.SENT
        assert ids(server) == [row.message_id]


@pytest.mark.slow
def test_a_server_that_answers_byte_by_byte_does_not_hold_a_worker(through, monkeypatch):
    row = owed_receipt()
    monkeypatch.setattr(post.OverSMTP, "longest", 1.0)
    with postbox(RCPT=TRICKLE) as server:
        through(server)
        began = time.monotonic()
        factories.work()
        assert time.monotonic() - began < 30
    assert Mail.objects.get(pk=row.pk).state == MailState.QUEUED


def test_a_worker_that_dies_while_sending_leaves_at_most_two_copies(through):
    row = owed_receipt()
    with postbox() as server:
        through(server)
        for _ in range(3):
            job = jobs.claim(Job.objects.get().pk, now=database_now())
            if job:  # the text is handed over, and then the process is gone: nothing is settled
                mail.post(mail.envelope(mail.Message("s", "t", ""), sender="a@b.example", to="c@d.example",
                                        message_id=row.message_id))  # fmt: skip
            Job.objects.filter(state=JobState.RUNNING).update(lease_until=database_now())
            factories.work()
            assert ids(server) == [row.message_id] * 2
        assert Mail.objects.get(pk=row.pk).state == MailState.SENT


def test_two_deaths_end_in_doubt_and_not_in_a_third_copy(through, monkeypatch):
    row = owed_receipt()
    deaths = []

    class Dead(BaseException):
        """Ends the process as far as the job is concerned."""

    def die(message):
        deaths.append(message)
        raise Dead

    monkeypatch.setattr(mail, "post", die)
    for _ in range(4):
        Job.objects.filter(state=JobState.RUNNING).update(lease_until=database_now())
        try:
            factories.work()
        except Dead:
            assert Job.objects.get().state == JobState.RUNNING
    assert len(deaths) == 2
    assert Mail.objects.get(pk=row.pk).state == MailState.UNKNOWN
    assert Job.objects.get().state == JobState.DEAD


def test_an_address_in_a_domain_with_umlauts_is_dialled_as_dns_knows_it(through):
    with postbox() as server:
        through(server)
        message = mail.envelope(mail.Message("s", "t", ""), sender="a@b.example", to="Bob <bob@münchen.example>",
                                message_id="<3@b.example>")  # fmt: skip
        assert mail.post(message)[0] is mail.Answer.SENT
        assert "rcpt TO:<bob@xn--mnchen-3ya.example>" in server.heard


def test_what_cannot_be_written_is_refused_before_dialling(through):
    with postbox() as server:
        through(server)
        for to, subject in (("bób@b.example", "s"), ("bob@b.example", "two\nlines")):
            message = mail.envelope(
                mail.Message(subject, "t", ""), sender="a@b.example", to=to, message_id="<4@b.example>"
            )
            answer, why = mail.post(message)
            assert answer is mail.Answer.REFUSED
            assert why.startswith("The message cannot be written as mail: ")
        assert server.handed == []
