"""The receipt as page, PDF and mail: the same number, words and checkpoint on each, in the officer's own time."""

import io

import pikepdf
import pypdfium2
import pytest
from django.test import Client

from letters.models import Link, Mail, Signature, database_now
from letters.proof import witness
from letters.proof.pages import squeeze, text_layer
from letters.proof.spoken import in_words
from letters.render.conformance import problems
from letters.render.site_keys import site_checkpoint
from letters.render.store import checkpoint_key
from letters.sign import receipts
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return factories.signing_open()


def receipt(letter, name: str = "bob", **changes) -> tuple[Signature, str]:
    link = factories.link_of(letter, name)
    consent = factories.consent(link, **changes)
    signature = factories.signing.sign(by=link, consent=consent, presence=factories.presence())
    return signature, f"/r/{letter.slug}/receipt/{signature.receipt_no}"


@pytest.mark.slow
def test_page_pdf_and_mail_hold_the_same_facts(letter, enter):
    Link.objects.update(time_zone="Asia/Tokyo")
    signature, address = receipt(letter, mandate_body="Council", mandate_minute="M 7", interests="A grant.\nA patent.")
    bob = enter(letter, "bob")
    page, pdf = bob.get(address).content.decode(), bob.get(f"{address}/receipt.pdf").content
    printed, mail = text_layer(pdf), Mail.objects.get(kind="receipt").text
    facts = [
        signature.receipt_no, "Northern Society of Counting", "Bob Barker, MD", "Council, M 7",
        " ".join(in_words(signature.content_hash)), signature.checkpoint.splitlines()[2], "Tokyo", "UTC",
    ]  # fmt: skip
    assert [fact for fact in facts if fact not in page] == []
    assert [fact for fact in facts if squeeze(fact) not in printed] == []
    assert [fact for fact in facts if fact not in mail] == []
    assert "Anorgrant" not in printed
    assert squeeze("A grant.") in printed
    assert squeeze(signature.content_hash) in printed
    assert squeeze(signature.statement) in printed


@pytest.mark.slow
def test_the_pdf_is_tagged_and_carries_the_checkpoint_as_it_is(letter, enter):
    signature, address = receipt(letter)
    answer = enter(letter, "bob").get(f"{address}/receipt.pdf")
    assert answer["Content-Disposition"] == f'attachment; filename="receipt-{signature.receipt_no}.pdf"'
    assert problems(answer.content) == []
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert pdf.attachments["checkpoint.txt"].get_file().read_bytes() == signature.checkpoint.encode()
        roster = pdf.attachments["roster.txt"].get_file().read_bytes().decode()
    assert roster == receipts.receipt_of(factories.link_of(letter, "bob"), signature.receipt_no).roster.text


@pytest.mark.slow
def test_the_lines_of_the_checkpoint_are_printed_without_a_hyphen(letter, enter):
    signature, address = receipt(letter)
    with pypdfium2.PdfDocument(enter(letter, "bob").get(f"{address}/receipt.pdf").content) as pdf:
        assert len(pdf) == 1
        shown = "".join(pdf[0].get_textpage().get_text_bounded().split())
    assert "".join(signature.checkpoint.split()) in shown


@pytest.mark.slow
def test_a_name_in_another_script_is_printed(letter, enter):
    _, address = receipt(letter, "sato")
    assert squeeze("日本計数学会") in text_layer(enter(letter, "sato").get(f"{address}/receipt.pdf").content)


def test_saving_the_receipt_comes_before_what_it_says(letter, enter):
    _, address = receipt(letter)
    page = enter(letter, "bob").get(address).content.decode()
    assert page.index("Save the receipt as PDF") < page.index('<dl class="facts">') < page.index("Back to the letter")


def test_a_receipt_that_cannot_be_printed_is_still_a_page(letter, enter):
    signature, address = receipt(letter)
    Signature.objects.filter(pk=signature.pk).update(interests="\u0e01")
    answer = enter(letter, "bob").get(f"{address}/receipt.pdf", follow=True)
    assert answer.redirect_chain == [(address, 302)]
    assert "cannot be printed: \u0e01 (U+0E01" in answer.content.decode()


@pytest.mark.slow
def test_a_withdrawn_receipt_says_so_on_paper_too(letter, enter):
    signature, address = receipt(letter)
    factories.signing.withdraw(by=factories.link_of(letter, "bob"), signature=signature, reason="private words")
    printed = text_layer(enter(letter, "bob").get(f"{address}/receipt.pdf").content)
    assert squeeze("and withdrew on") in printed
    assert squeeze("What happens next") not in printed
    assert squeeze("private words") not in printed


def test_the_receipt_fixes_the_roster_as_it_stood_right_after_the_signature(letter, enter):
    factories.signed(letter, "carol")
    signature, address = receipt(letter)
    factories.signed(letter, "sato")
    page = enter(letter, "bob").get(address).content.decode()
    assert "2 signatures stood under version 1 then; yours is number 2." in page
    held = receipts.receipt_of(factories.link_of(letter, "bob"), signature.receipt_no)
    events = [event.as_record() for event in letter.events.order_by("seq")]
    assert witness.check(held.roster.text, checkpoint_key(site_checkpoint()), events) == []
    factories.signing.withdraw(by=factories.link_of(letter, "carol"), signature=Signature.objects.first(), reason="")
    again = receipts.receipt_of(factories.link_of(letter, "bob"), signature.receipt_no)
    assert again.roster.text == held.roster.text  # what happens later changes nothing of it
    assert held.roster.text.splitlines()[1] in page


@pytest.mark.slow
def test_the_receipt_takes_as_many_queries_for_3_as_for_30_signatures(letter, enter, django_assert_num_queries):
    rows = [f"Society {n},S{n},GB,Officer {n},,President,o{n}@s{n}.example,signer" for n in range(27)]
    _, address = receipt(letter)
    bob = enter(letter, "bob")
    with django_assert_num_queries(100, exact=False) as few:
        bob.get(address)
    factories.listed(letter, "\n".join([factories.SOCIETIES.splitlines()[0], *rows]))
    factories.desk.invite(by=factories.alice(), letter=letter, now=database_now())
    factories.signed(letter, *[f"o{n}" for n in range(27)])
    with django_assert_num_queries(len(few)):
        bob.get(address)


def test_the_receipt_opens_for_its_society_alone_and_again_after_signing_in(letter, enter):
    _, address = receipt(letter)
    stranger = Client().get(address)
    assert (stranger.status_code, "next=" in stranger["Location"]) == (302, True)
    carol = enter(letter, "carol")
    assert [carol.get(path).status_code for path in (address, f"{address}/receipt.pdf")] == [404, 404]
