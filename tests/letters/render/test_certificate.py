"""The certificate of signatures and a society's copy: what they show, to whom, and that they conform."""

import hashlib
import io

import pikepdf
import pytest
from django.test import Client

from letters.models import Event, Letter, State, database_now
from letters.proof.pages import squeeze, text_layer
from letters.record import cached, shelf
from letters.render import conformance
from letters.render.certificate import MOST, certificate_pdf, copy_pdf
from letters.render.pdf import Unprintable
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return factories.sealed()


def body(answer) -> bytes:
    assert answer["Content-Type"] == "application/pdf"
    return answer.content


@pytest.mark.slow
def test_certificate_lists_each_signature_with_its_decision_and_time(letter, desk: Client):
    pdf = body(desk.get(f"/l/{letter.slug}/signatures.pdf"))
    edition = shelf.edition_of(letter)
    shown = text_layer(pdf)
    for record in edition.roster:
        for words in (record["society"], record["printed_name"], record["receipt"], record["authenticated"]):
            assert squeeze(words) in shown
    assert edition.document.sha256 in shown
    assert conformance.problems(pdf) == []


@pytest.mark.slow
def test_certificate_is_private_until_a_coordinator_makes_it_public(letter, desk: Client):
    Letter.objects.update(state=State.PUBLISHED, published_at=database_now())
    public, address = Client(), f"/l/{letter.slug}/signatures.pdf"
    assert public.get(address).status_code == 404
    assert address not in public.get(f"/l/{letter.slug}").content.decode()
    desk.post(f"/manage/{letter.slug}/certificate", {"shown": "1"})
    assert public.get(address).status_code == 200
    cached.forget()  # a second later
    assert address in public.get(f"/l/{letter.slug}").content.decode()
    assert "Keep the certificate private" in desk.get(f"/manage/{letter.slug}/deliver").content.decode()
    desk.post(f"/manage/{letter.slug}/certificate", {"shown": "0"})
    desk.post(f"/manage/{letter.slug}/certificate", {"shown": "0"})
    assert public.get(address).status_code == 404
    told = Event.objects.filter(letter=letter, kind="certificate").values_list("data__shown", flat=True)
    assert list(told.order_by("seq")) == ["public", "private"]


def test_there_is_no_certificate_before_the_seal(desk: Client):
    open_letter = factories.signing_open()
    assert desk.get(f"/l/{open_letter.slug}/signatures.pdf").status_code == 404
    page = desk.post(f"/manage/{open_letter.slug}/certificate", {"shown": "1"}, follow=True).content.decode()
    assert "There is no certificate of signatures before the seal." in page


@pytest.mark.slow
def test_copy_puts_the_society_first_and_holds_the_sealed_file_unchanged(letter, enter):
    edition = shelf.edition_of(letter)
    browser = enter(letter, "bob")
    assert f"/r/{letter.slug}/copy.pdf" in browser.get(f"/r/{letter.slug}").content.decode()
    pdf = body(browser.get(f"/r/{letter.slug}/copy.pdf"))
    name = f"{letter.slug}-edition-1.pdf"
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        inside = opened.attachments[name].get_file().read_bytes()
    assert hashlib.sha256(inside).hexdigest() == edition.document.sha256
    society = edition.roster[0]["society"]
    assert text_layer(pdf).startswith(squeeze(society))
    assert conformance.problems(pdf) == []


@pytest.mark.slow
def test_society_that_did_not_sign_gets_a_sentence_and_no_copy(enter):
    letter = factories.sealed("bob")
    answer = enter(letter, "carol").get(f"/r/{letter.slug}/copy.pdf", follow=True)
    assert "is printed in no sealed edition yet." in answer.content.decode()
    with pytest.raises(LookupError):
        copy_pdf(shelf.edition_of(letter), "Society of Nobody")


@pytest.mark.slow
def test_certificate_of_too_many_signatures_is_refused_with_a_sentence(letter):
    edition = shelf.edition_of(letter)
    edition.size = MOST + 1
    with pytest.raises(Unprintable, match=r"More than 1,000 signatures are too many"):
        certificate_pdf(edition)
