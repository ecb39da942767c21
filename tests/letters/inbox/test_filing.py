"""Messages filed once with the submission they answer; a maildir read twice or killed between; strays are kept."""

import io
import json

import pytest
from django.core.management import call_command

from letters import tasks
from letters.inbox import maildir
from letters.inbox.address import address_of, keys_in
from letters.inbox.clocks import tend
from letters.inbox.filing import file_message
from letters.inbox.maildir import NoMaildir, take_in
from letters.management.refusal import Signon
from letters.models import Correspondence, Due, Event, Stray, database_now
from tests import factories
from tests.letters.correspond import stage
from tests.letters.correspond.stage import BASE, PDF, mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def taken_in(settings):
    settings.INBOUND_ADDRESS = BASE


@pytest.fixture
def letter():
    return factories.closed()


@pytest.fixture
def submission(letter):
    return stage.sent(letter, stage.journal())


@pytest.fixture
def box(tmp_path):
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    return tmp_path


def filed(raw, **more):
    return file_message(raw, now=database_now(), **more)


def put(box, name, raw):
    (box / "new" / name).write_bytes(raw)


def held(box):
    return {part: sorted(path.name for path in (box / part).iterdir()) for part in ("new", "cur")}


def test_the_address_holds_the_key_behind_a_plus(settings):
    key = "0123456789abcdef0123"
    assert address_of(key) == f"answers+{key}@letters.example"
    assert keys_in(f"Box <ANSWERS+{key.upper()}@Letters.Example>, answers@letters.example") == [key]
    assert keys_in(f"xanswers+{key}@letters.example answers+{key}@letters.example.org answers+{key[1:]}@x") == []
    settings.INBOUND_ADDRESS = ""
    assert (address_of(key), keys_in(f"+{key}@")) == ("", [])


def test_a_message_waits_unsorted_with_its_files_and_ends_nothing(letter, submission):
    due = stage_due(letter, submission)
    raw = mail(address_of(submission.reply_key), files=(("notes.txt", b"x"), ("reply.pdf", PDF)))
    entry = filed(raw).entry
    assert (entry.kind, entry.public, entry.submission, entry.journal) == ("", False, submission, submission.journal)
    assert (entry.sender, entry.title) == ("Editor <editor@journal.example>", "Your letter")
    assert (entry.text, entry.day.isoformat()) == ("We have it.", "2025-03-19")
    assert entry.original.read() == raw
    assert [one.name for one in entry.attachments.all()] == ["notes.txt", "reply.pdf"]
    assert (entry.file.read(), entry.file_name) == (PDF, "reply.pdf")
    assert Due.objects.get(pk=due.pk).ended_at is None


def stage_due(letter, submission):
    stage.journal(acknowledges="3 working days")
    tend(database_now())
    return Due.objects.get(submission=submission)


def test_the_record_names_the_journal_and_hides_who_wrote(letter, submission):
    filed(mail(address_of(submission.reply_key)))
    event = Event.objects.get(kind="answer filed")
    assert event.data == {"entry": Correspondence.objects.get().pk, "journal": "BMJ rapid response"}
    assert (event.actor, event.by) == ("system", None)
    assert event.details["sender"] == "Editor <editor@journal.example>" and event.private


def test_a_message_that_comes_twice_is_filed_once(submission):
    raw = mail(address_of(submission.reply_key))
    assert [filed(raw).new, filed(raw).new] == [True, False]
    other_way = b"Received: from elsewhere\r\n" + raw
    assert filed(other_way).new is False
    assert Correspondence.objects.count() == 1


def test_another_message_under_the_same_id_is_not_lost(submission):
    to = address_of(submission.reply_key)
    assert filed(mail(to)).new
    second = mail(to, text="No further action.")
    assert [filed(second).new, filed(second).new] == [True, False]
    assert sorted(Correspondence.objects.values_list("text", flat=True)) == ["No further action.", "We have it."]


def test_a_message_without_an_id_is_filed_once(submission):
    raw = mail(address_of(submission.reply_key), message_id="")
    assert [filed(raw).new, filed(raw).new] == [True, False]


def test_each_submission_gets_its_own(letter, submission):
    other = stage.sent(letter, stage.journal("The Spine Journal"))
    first = filed(mail(address_of(submission.reply_key))).entry
    second = filed(mail(address_of(other.reply_key), message_id="<2@journal.example>")).entry
    assert (first.submission, second.submission) == (submission, other)


def test_the_envelope_counts_where_no_header_names_the_key(submission):
    raw = mail("undisclosed@journal.example", Delivered_To=address_of(submission.reply_key))
    assert filed(raw).entry.submission == submission
    blind = mail("undisclosed@journal.example", message_id="<2@journal.example>")
    assert filed(blind, addressed=address_of(submission.reply_key)).entry.submission == submission


def test_an_out_of_office_reply_is_marked(submission):
    entry = filed(mail(address_of(submission.reply_key), Auto_Submitted="auto-replied")).entry
    assert (entry.automatic, entry.kind) == ("reply", "")


def test_a_message_for_no_known_key_is_kept_for_the_operator(submission, caplog):
    raw = mail("answers+ffffffffffffffffffff@letters.example")
    assert [filed(raw).new, filed(raw).new] == [True, False]
    stray = Stray.objects.get()
    assert stray.document.read() == raw
    assert (stray.title, stray.why) == ("Your letter", "It names no submission of this site.")
    assert "was not filed" in caplog.text
    said = io.StringIO()
    call_command("inbox", strays=True, stdout=said)
    assert str(stray.document.path) in said.getvalue()
    assert said.getvalue().endswith("For no submission: 1.\n")


def test_strays_under_one_id_are_all_kept(submission):
    filed(mail("nobody@letters.example"))
    filed(mail("nobody@letters.example", text="Another."))
    assert Stray.objects.count() == 2


def test_a_maildir_is_read_once_however_often_it_is_read(submission, box):
    to = address_of(submission.reply_key)
    put(box, "1.host", mail(to))
    put(box, "2.host", mail("nobody@letters.example"))
    put(box, "3.host", mail(to, message_id="<3@journal.example>"))
    taken = take_in(box, now=database_now())
    assert (taken.filed, taken.known, taken.strays, taken.left) == (2, 0, 1, 0)
    assert held(box) == {"new": [], "cur": ["1.host:2,S", "2.host:2,S", "3.host:2,S"]}
    assert take_in(box, now=database_now()).filed == 0
    assert Correspondence.objects.count() == 2


def test_a_kill_between_filing_and_moving_loses_and_doubles_nothing(submission, box, monkeypatch):
    put(box, "1.host", mail(address_of(submission.reply_key)))

    real = maildir.Path.rename

    def killed(path, target):
        if path.parent.name == "new":
            raise KeyboardInterrupt
        return real(path, target)

    with monkeypatch.context() as hands:
        hands.setattr(maildir.Path, "rename", killed)
        with pytest.raises(KeyboardInterrupt):
            take_in(box, now=database_now())
    assert held(box) == {"new": ["1.host"], "cur": []}
    taken = take_in(box, now=database_now())
    assert (taken.filed, taken.known) == (0, 1)
    assert held(box) == {"new": [], "cur": ["1.host:2,S"]}
    assert Correspondence.objects.count() == 1


def test_a_message_that_breaks_the_program_stays_and_the_next_has_its_turn(submission, box, monkeypatch):
    to = address_of(submission.reply_key)
    put(box, "1.host", mail(to))
    put(box, "2.host", mail(to, message_id="<2@journal.example>"))
    real = maildir.file_message

    def choosy(raw, **more):
        if b"<1@" in raw:
            raise RuntimeError("no")
        return real(raw, **more)

    monkeypatch.setattr(maildir, "file_message", choosy)
    taken = take_in(box, now=database_now())
    assert (taken.filed, taken.left) == (1, 1)
    assert held(box) == {"new": ["1.host"], "cur": ["2.host:2,S"]}


def test_a_message_that_is_too_large_is_left_whole_and_named(submission, box, monkeypatch):
    monkeypatch.setattr("letters.text.eml.MOST_BYTES", 400)
    monkeypatch.setattr("letters.inbox.filing.MOST_BYTES", 400)
    put(box, "1.host", mail(address_of(submission.reply_key), text="x" * 500))
    assert take_in(box, now=database_now()).strays == 1
    stray = Stray.objects.get()
    assert (stray.document, stray.place) == (None, str(box / "cur" / "1.host:2,S"))
    assert stray.why.startswith("The message is larger than")


@pytest.mark.django_db(transaction=True)
def test_the_sweep_reads_the_maildir(submission, box, settings):
    settings.INBOUND_MAILDIR = str(box)
    put(box, "1.host", mail(address_of(submission.reply_key)))
    tasks.sweep()
    assert Correspondence.objects.count() == 1


def test_the_sweep_goes_on_where_the_folder_is_no_maildir(settings, tmp_path, caplog):
    settings.INBOUND_MAILDIR = str(tmp_path)
    tend(database_now())
    assert "is no maildir: it needs the folders new and cur" in caplog.text


def test_the_command_says_what_it_did_or_why_it_could_not(submission, box, tmp_path, settings):
    put(box, "1.host", mail(address_of(submission.reply_key)))
    said = io.StringIO()
    call_command("inbox", str(box), json=True, stdout=said)
    assert json.loads(said.getvalue()) == {"filed": 1, "known": 0, "strays": 0, "left": 0}
    with pytest.raises(Signon, match="is no maildir"):
        call_command("inbox", str(tmp_path / "nowhere"))
    with pytest.raises(Signon, match="set SIGNON_INBOUND_MAILDIR"):
        call_command("inbox")
    with pytest.raises(NoMaildir):
        take_in(tmp_path / "nowhere", now=database_now())
