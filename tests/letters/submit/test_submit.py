"""Close, seal, release: by the page and by the jobs, with a real PDF."""

import datetime
import hashlib
from pathlib import Path

import pytest
from django.core import mail as outbox
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from letters import jobs
from letters.lifecycle import NotNow
from letters.models import Edition, Job, Letter, Mail, Signature, State, database_now
from letters.proof.pages import missing, text_layer
from letters.proof.verify import verify_file
from letters.render import pdf
from letters.render.site_keys import site_keys
from letters.submit import actions, progress
from tests import factories
from tests.letters.dispatch import stage

pytestmark = pytest.mark.django_db


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


def test_only_a_closed_letter_is_sealed_and_only_a_sealed_one_released():
    letter = factories.signing_open()
    with pytest.raises(NotNow, match="Close the letter first"):
        actions.seal(by=factories.alice(), letter=letter, now=database_now())
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
    jobs.tell(job, "12 of 84 parts", now=database_now())
    assert "12 of 84 parts are done." in desk.get(address).content.decode()


def test_a_seal_that_moves_is_not_called_slow_however_long_it_takes():
    letter, asked = factories.closed(), database_now()
    edition = actions.seal(by=factories.alice(), letter=letter, now=asked)
    job, later = Job.objects.get(kind="seal"), asked + datetime.timedelta(minutes=7)
    job = jobs.claim(job.pk, now=asked)
    jobs.tell(job, "80 of 84 parts", now=later - datetime.timedelta(seconds=90))
    assert not progress.sealing(edition, Job.objects.get(kind="seal"), later).slow
    assert progress.sealing(edition, Job.objects.get(kind="seal"), later + datetime.timedelta(minutes=1)).slow
    jobs.finish(job)
    assert Job.objects.get(kind="seal").told_at is None


def test_a_long_roster_is_not_said_to_take_a_few_seconds(desk):
    letter = factories.closed()
    edition = actions.seal(by=factories.alice(), letter=letter, now=database_now())
    address = f"/manage/{letter.slug}/deliver"
    Edition.objects.filter(pk=edition.pk).update(counts={"signed": {"": 1_001}, "silent": {}})
    assert "so many names take a minute or more." in desk.get(address).content.decode()


def test_the_page_that_waits_for_the_seal_reads_neither_roster_nor_societies(desk):
    letter = factories.closed("bob", "carol")
    actions.seal(by=factories.alice(), letter=letter, now=database_now())
    with CaptureQueriesContext(connection) as asked:
        page = desk.get(f"/manage/{letter.slug}/deliver").content.decode()
    assert "2 societies, version 1, closed" in page
    read = [query["sql"] for query in asked.captured_queries]
    assert [sql for sql in read if "roster" in sql or "letters_invitation" in sql] == []


@pytest.mark.slow
def test_a_long_letter_is_sealed_with_an_annex_and_keeps_its_parts(settings, monkeypatch):
    monkeypatch.setattr(pdf, "LONG", 1)
    letter = factories.sealed.__wrapped__("bob", "carol")  # built here, with that limit
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
    row = stage.asked(stage.ready(letter))
    factories.work()
    (message,) = [m for m in outbox.outbox if stage.MAIL in m.to[0]]
    assert message.attachments[0].content == pdf
    assert factories.fresh(letter).state == State.DELIVERED
    assert f"/submissions/{row.pk}" in desk.get(f"/manage/{letter.slug}/deliver").content.decode()

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
        actions.abandon(by=factories.alice(), letter=stage.sealed(), now=database_now())


def test_a_name_the_fonts_cannot_print_ends_as_a_dead_job_with_a_sentence():
    letter = factories.signing_open()
    factories.signed(letter, "bob")
    edition = factories.lifecycle.close(letter, by=factories.alice())
    factories.enrolled_anew(edition, printed_name="Bob 😀")
    actions.seal(by=factories.alice(), letter=factories.fresh(letter), now=database_now())
    factories.work()
    job = Job.objects.get(kind="seal")
    assert (job.state, "😀" in job.last_error) == ("dead", True)
    assert factories.fresh(letter).state == State.CLOSED


def test_the_form_for_the_hour_of_release_stands_folded_until_the_letter_is_sealed(desk):
    letter = factories.signing_open()
    folded, unfolded = "<details><summary>At a set time", "<details open><summary>At a set time"
    page = desk.get(f"/manage/{letter.slug}/deliver").content.decode()
    assert (page.count(folded), page.count(unfolded)) == (1, 0)
    assert "On the clock of New York." in page
    Letter.objects.filter(pk=letter.pk).update(state=State.SEALED)
    page = desk.get(f"/manage/{letter.slug}/deliver").content.decode()
    assert (page.count(folded), page.count(unfolded)) == (0, 1)
