"""Close, seal, send, release: by the page and by the jobs, with a real PDF."""

import datetime
import email
import hashlib
from pathlib import Path

import pytest
from django.core import mail as outbox
from django.test import Client

from letters import jobs
from letters.deliver.send import send_submission
from letters.lifecycle import NotNow
from letters.models import Document, Edition, Job, Letter, Mail, Signature, State, Submission, database_now
from letters.proof.pages import missing, text_layer
from letters.proof.verify import verify_file
from letters.render import pdf
from letters.render.site_keys import site_keys
from letters.submit import actions, progress
from tests import factories

pytestmark = pytest.mark.django_db
SEND = {
    "journal_name": "Journal of Examples", "journal_email": "editor@journal.example",
    "subject": "A joint letter", "covering_letter": "Dear Editor,\n\nplease find it attached.\n",
}  # fmt: skip


def send(letter: Letter, **changes: str) -> Submission:
    return actions.send(by=factories.alice(), letter=letter, now=database_now(), **(SEND | changes))


def test_the_page_closes_a_letter(desk):
    letter = factories.signing_open()
    factories.signed(letter, "bob")
    assert desk.get(f"/manage/{letter.slug}/close").status_code == 405
    desk.post(f"/manage/{letter.slug}/close")
    assert factories.fresh(letter).state == State.CLOSED
    page = desk.get(f"/manage/{letter.slug}/deliver").content.decode()
    assert "Seal the letter" in page


def test_closing_an_unsigned_letter_says_why_not(desk):
    letter = factories.signing_open()
    page = desk.post(f"/manage/{letter.slug}/close", follow=True).content.decode()
    assert "Nobody has signed version 1" in page


def test_extending_by_the_page_opens_a_closed_letter_again(desk):
    letter = factories.closed()
    desk.post(f"/manage/{letter.slug}/extend", {"day": "2099-01-01", "time": "12:00"})
    letter = factories.fresh(letter)
    assert (letter.state, letter.deadline.isoformat()) == (State.SIGNING, "2099-01-01T17:00:00+00:00")
    page = desk.post(f"/manage/{letter.slug}/extend", {"day": "soon", "time": "12:00"}, follow=True)
    assert "Write the day as 2026-12-31." in page.content.decode()


def test_only_a_closed_letter_is_sealed_and_only_a_sealed_one_sent_or_released():
    letter = factories.signing_open()
    with pytest.raises(NotNow, match="Close the letter first"):
        actions.seal(by=factories.alice(), letter=letter, now=database_now())
    with pytest.raises(NotNow, match="Seal the letter first"):
        send(letter)
    with pytest.raises(NotNow, match="cannot become"):
        actions.release(by=factories.alice(), letter=letter, now=database_now())


def test_asking_for_the_seal_twice_owes_it_once():
    letter = factories.closed()
    for _ in range(2):
        actions.seal(by=factories.alice(), letter=letter, now=database_now())
    assert Job.objects.filter(kind="seal").count() == 1


def test_the_page_says_how_far_a_long_paper_has_come(desk):
    letter = factories.closed()
    edition = actions.seal(by=factories.alice(), letter=letter, now=database_now())
    address = f"/manage/{letter.slug}/deliver"
    assert "usually this takes a few seconds." in desk.get(address).content.decode()
    job = jobs.claim(Job.objects.get(kind="seal", subject=edition.pk).pk, now=database_now())
    jobs.tell(job, "12 of 84 parts")
    assert "12 of 84 parts are done." in desk.get(address).content.decode()


@pytest.mark.slow
def test_a_long_letter_is_sealed_with_an_annex_and_keeps_its_parts(settings, monkeypatch):
    monkeypatch.setattr(pdf, "LONG", 1)
    letter = factories.sealed("bob", "carol")
    document = Edition.objects.get(letter=letter).document.read()
    assert verify_file(document, trusted=[site_keys().certificate]).problems == []
    assert "Annex:signedby2societies" in text_layer(document)
    assert len(list((Path(settings.DATA) / "parts").iterdir())) == 2  # the body, and a part of two societies


def test_the_seal_under_way_says_since_when_and_what_to_do_when_it_stands_still(desk):
    letter = factories.closed()
    actions.seal(by=factories.alice(), letter=letter, now=database_now() - datetime.timedelta(seconds=5))
    address = f"/manage/{letter.slug}/deliver"
    page = desk.get(address).content.decode()
    assert "is being made and sealed since" in page
    assert "longer than usual" not in page
    assert "HX-Refresh" not in desk.get(address, headers={"HX-Request": "true"})
    edition, job = letter.editions.get(), Job.objects.get(kind="seal")
    later = database_now() + datetime.timedelta(minutes=3)
    assert progress.sealing(edition, job, later).slow
    jobs.postpone(jobs.claim(job.pk, now=later), "No space left on the disk", now=later)
    assert "repeated by itself at" in desk.get(address).content.decode()
    assert "No space left on the disk" in desk.get(address).content.decode()
    Job.objects.update(state="done")
    assert desk.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


@pytest.mark.slow
def test_a_seal_job_of_a_roster_set_aside_changes_nothing():
    letter = factories.closed("bob", "carol")
    edition = actions.seal(by=factories.alice(), letter=letter, now=database_now())
    signature = Signature.objects.get(society_name="Société du Sud")
    factories.signing.withdraw(by=factories.link_of(letter, "carol"), signature=signature, reason="")
    factories.work()
    assert Edition.objects.get(pk=edition.pk).document is None
    assert factories.fresh(letter).state == State.CLOSED


@pytest.mark.slow
def test_the_whole_end_of_a_letter(desk):
    letter = factories.closed("bob", "carol", "sato")
    desk.post(f"/manage/{letter.slug}/seal")
    factories.work()
    letter = factories.fresh(letter)
    edition = Edition.objects.get(letter=letter)
    pdf = edition.document.read()
    assert letter.state == State.SEALED
    assert hashlib.sha256(pdf).hexdigest() == edition.document.sha256
    verdict = verify_file(pdf, trusted=[site_keys().certificate])
    assert (verdict.ok, verdict.problems) == (True, [])
    assert missing([record["society"] for record in edition.roster], text_layer(pdf)) == []
    assert verify_file(edition.documents.get(kind="evidence").read()).ok
    assert {mail.to_email for mail in Mail.objects.filter(kind="sealed")} == {
        "bob@north.example", "carol@sud.example", "sato@jsc.example",
    }  # fmt: skip

    outbox.outbox.clear()
    assert desk.post(f"/manage/{letter.slug}/send", SEND).status_code == 302
    factories.work()
    submission = Submission.objects.get()
    (message,) = [m for m in outbox.outbox if "editor@journal.example" in m.to[0]]
    assert message.attachments[0].content == pdf
    assert message.extra_headers["Message-ID"] == submission.message_id
    kept = email.message_from_bytes(submission.sent_copy.read())
    assert kept["Message-ID"] == submission.message_id
    assert factories.fresh(letter).state == State.DELIVERED

    again = desk.post(f"/manage/{letter.slug}/send", SEND, follow=True).content.decode()
    assert "already has a submission" in again
    send_submission(Job.objects.get(kind="submission"))
    assert len([m for m in outbox.outbox if "editor@journal.example" in m.to[0]]) == 1

    desk.post(f"/manage/{letter.slug}/release")
    assert factories.fresh(letter).state == State.PUBLISHED


def test_an_abandoned_letter_opens_nothing_and_a_sealed_one_cannot_be_abandoned(desk):
    letter = factories.signing_open()
    token = factories.link_of(letter, "bob").token
    officer = Client()
    assert officer.get(f"/i/{token}").status_code == 302
    desk.post(f"/manage/{letter.slug}/abandon")
    assert factories.fresh(letter).state == State.ABANDONED
    assert officer.get(f"/i/{token}").status_code == 410
    assert "was abandoned" in desk.get(f"/manage/{letter.slug}/deliver").content.decode()
    with pytest.raises(NotNow, match="cannot become"):
        actions.abandon(by=factories.alice(), letter=sealed_without_paper(), now=database_now())


def sealed_without_paper() -> Letter:
    """A sealed letter whose file is a stand-in: for tests that are not about the paper."""
    letter = factories.closed()
    edition = actions.current_edition(letter)
    document = Document.objects.keep(b"%PDF stand-in", kind="pdf", edition=edition, now=database_now())
    assert factories.lifecycle.mark_sealed(edition, document=document, now=database_now())
    return factories.fresh(letter)


def test_send_refuses_a_bad_address_and_keeps_the_covering_letter(desk):
    letter = sealed_without_paper()
    answer = desk.post(f"/manage/{letter.slug}/send", SEND | {"journal_email": "nowhere"})
    assert answer.status_code == 422
    assert "please find it attached." in answer.content.decode()
    assert Submission.objects.count() == 0


def test_a_line_break_in_the_subject_starts_no_header(desk):
    letter = sealed_without_paper()
    desk.post(f"/manage/{letter.slug}/send", SEND | {"subject": "One\r\nBcc: all@else.example"})
    assert Submission.objects.get().subject == "One Bcc: all@else.example"


def test_a_submission_interrupted_while_sending_is_not_repeated_by_itself():
    letter = sealed_without_paper()
    submission = send(letter)
    Submission.objects.update(state="sending")
    factories.work()
    to_journal = [message for message in outbox.outbox if "editor@" in message.to[0]]
    submission.refresh_from_db()
    assert (submission.state, to_journal) == ("unknown", [])
    outbox.outbox.clear()
    actions.send_again(by=factories.alice(), submission=submission, now=database_now())
    factories.work()
    submission.refresh_from_db()
    assert (submission.state, len(outbox.outbox)) == ("sent", 1)
    assert outbox.outbox[0].extra_headers["Message-ID"] == submission.message_id
    with pytest.raises(NotNow, match="not sent twice"):
        actions.send_again(by=factories.alice(), submission=submission, now=database_now())


def test_a_name_the_fonts_cannot_print_ends_as_a_dead_job_with_a_sentence():
    letter = factories.signing_open()
    factories.signed(letter, "bob")
    edition = factories.lifecycle.close(letter, by=factories.alice())
    roster = [record | {"printed_name": "Bob 😀"} for record in edition.roster]
    Edition.objects.filter(pk=edition.pk).update(roster=roster)
    actions.seal(by=factories.alice(), letter=factories.fresh(letter), now=database_now())
    factories.work()
    job = Job.objects.get(kind="seal")
    assert (job.state, "😀" in job.last_error) == ("dead", True)
    assert factories.fresh(letter).state == State.CLOSED
