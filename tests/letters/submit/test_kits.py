"""The notice kits that a release brings: one for each society that stands, its picture drawn on demand."""

import pytest

from letters.models import Job, Mail, MailKind, database_now
from letters.notify import kits
from letters.render import draft
from letters.submit import actions
from tests import factories
from tests.letters.submit.test_release import SECOND, quickly_sealed, run

pytestmark = pytest.mark.django_db


def test_each_society_gets_one_kit_and_a_second_run_sends_none():
    letter = quickly_sealed("bob", "carol")
    actions.release(by=factories.alice(), letter=letter, now=database_now())
    run("kits", database_now())
    mails = Mail.objects.filter(kind=MailKind.KIT)
    assert sorted(mails.values_list("to_email", flat=True)) == ["bob@north.example", "carol@sud.example"]
    text = mails.get(to_email="carol@sud.example").text
    said = "Société du Sud and 1 other society have signed a joint letter to The Editor: “A joint letter on counting”"
    assert said in text
    assert f"/l/{letter.slug}/letter.pdf" in text
    Job.objects.filter(kind="kits").update(state="queued")
    assert run("kits", database_now() + SECOND) == [True]
    assert mails.count() == 2


def test_the_kits_of_many_are_owed_for_some_officers_at_a_time(monkeypatch):
    monkeypatch.setattr(kits, "AT_ONCE", 2)
    letter = quickly_sealed("bob", "carol", "sato")
    actions.release(by=factories.alice(), letter=letter, now=database_now())
    assert run("kits", database_now()) == [True]
    told = Mail.objects.filter(kind=MailKind.KIT).values_list("to_email", flat=True)
    assert sorted(told) == ["bob@north.example", "carol@sud.example", "sato@jsc.example"]


def test_a_picture_that_cannot_be_drawn_now_is_answered_by_a_sentence(enter, monkeypatch, settings, tmp_path):
    settings.DATA = tmp_path  # where no picture is kept yet
    monkeypatch.setattr(draft, "PATIENCE", 0)
    letter = quickly_sealed("bob", "carol")
    actions.release(by=factories.alice(), letter=letter, now=database_now())
    bob = enter(letter, "bob")
    with draft._one_at_a_time:
        answer = bob.get(f"/r/{letter.slug}/kit/picture.png")
    assert (answer.status_code, answer.content.decode()) == (503, "Another PDF is being made; try again in a minute.")
    assert 'src="/r/' in bob.get(f"/r/{letter.slug}/kit").content.decode()


def test_a_society_that_took_its_support_back_gets_no_kit():
    letter = quickly_sealed("bob", "carol")
    link = factories.link_of(letter, "carol")
    signature = link.invitation.signatures.get()
    factories.signing.note(by=link, signature=signature, words="")
    actions.release(by=factories.alice(), letter=letter, now=database_now())
    run("kits", database_now())
    assert [mail.to_email for mail in Mail.objects.filter(kind=MailKind.KIT)] == ["bob@north.example"]
