"""The door, the letter and the redline as an officer meets them."""

import re

import pytest
from pypdfium2 import PdfDocument

from letters.draft import actions as draft
from letters.models import Letter, Link, Signature, State, Version, database_now
from tests import factories
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


def test_door_takes_the_token_out_of_the_address_and_burns_nothing(client):
    letter = factories.signing_open()
    token = factories.link_of(letter, "bob").token
    for _ in range(2):
        answer = client.get(f"/i/{token}")
        assert (answer.status_code, answer["Location"]) == (302, f"/r/{letter.slug}")
        assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert client.get(f"/r/{letter.slug}").status_code == 200


def test_door_refuses_an_unknown_token_with_a_way_out(client):
    answer = client.get("/i/AAAAAAAAAAAAAAAAAAAAAA")
    assert answer.status_code == 404
    assert b"sign in with your e-mail address" in answer.content


def test_door_does_not_let_a_signed_in_person_act_as_another(client):
    letter = factories.signing_open()
    signed_in(client, factories.link_of(letter, "bob").officer.user)
    answer = client.get(f"/i/{factories.link_of(letter, 'carol').token}")
    assert answer.status_code == 403
    assert "bob@north.example" in answer.content.decode()
    page = client.get(f"/r/{letter.slug}").content.decode()
    assert "Northern Society of Counting" in page
    assert "Sign for SDS" not in page


def test_letter_shows_text_deadline_and_the_button_of_the_society(enter):
    letter = factories.signing_open()
    page = enter(letter, "bob").get(f"/r/{letter.slug}").content.decode()
    assert "The authors counted to nine." in page
    assert "New York" in page
    assert "Sign for NSC" in page
    assert letter.on_the_table.html in re.sub(r'<(a class="remark"|div class="thread-slot").*?</(a|div)>', "", page)


def test_letter_offers_a_comment_on_each_block_by_its_place(enter):
    letter = factories.signing_open()
    page = enter(letter, "bob").get(f"/r/{letter.slug}").content.decode()
    assert page.count('aria-label="Comment on ') == len(letter.on_the_table.parts) - 2  # not on title and signatories
    assert 'aria-label="Comment on paragraph 1 of What was counted"' in page
    assert 'aria-label="Comment on item 2 of What we ask"' in page


def test_letter_reading_changes_nothing(enter):
    letter = factories.signing_open()
    before = list(Link.objects.order_by("pk").values())
    events = letter.events.count()
    enter(letter, "bob").get(f"/r/{letter.slug}")
    assert list(Link.objects.order_by("pk").values()) == before
    assert letter.events.count() == events


def test_letter_says_that_a_signature_stays_with_the_earlier_version(enter):
    letter = factories.signing_open()
    factories.signed(letter, "bob")
    factories.second_version(letter)
    page = enter(letter, "bob").get(f"/r/{letter.slug}").content.decode()
    assert "Signed version 1, not yet version 2." in page
    assert "Keep our signature on version 2" in page


def test_letter_after_the_close_offers_no_signing(enter):
    letter = factories.closed("carol")
    page = enter(letter, "bob").get(f"/r/{letter.slug}").content.decode()
    assert "nothing more can be signed" in page
    assert "Sign for" not in page


def test_letter_has_a_link_to_a_receipt_once_signed(enter):
    letter = factories.signing_open()
    factories.signed(letter, "bob")
    page = enter(letter, "bob").get(f"/r/{letter.slug}").content.decode()
    assert Signature.objects.get().receipt_no in page


def test_changes_marks_the_words_that_differ(enter):
    letter = factories.signing_open()
    factories.signed(letter, "bob")
    factories.second_version(letter)
    page = enter(letter, "bob").get(f"/r/{letter.slug}/changes?from=1").content.decode()
    assert "<del>" in page
    assert "Most" in page


@pytest.mark.parametrize("asked", ["", "x", "-1", "99", "²", "1" * 400])
def test_changes_survives_any_number(enter, asked):
    letter = factories.signing_open()
    factories.second_version(letter)
    assert enter(letter, "bob").get(f"/r/{letter.slug}/changes", {"from": asked}).status_code == 200


def test_changes_of_a_first_version_goes_back_to_the_letter(enter):
    letter = factories.signing_open()
    assert enter(letter, "bob").get(f"/r/{letter.slug}/changes").status_code == 302


def test_letter_needs_the_same_queries_for_3_and_60_societies(client, django_assert_max_num_queries):
    rows = [f"Society {n},S{n},GB,Officer {n},,President,o{n}@s{n}.example,signer" for n in range(57)]
    many = factories.signing_open("\n".join([factories.SOCIETIES.strip(), *rows]))
    factories.signed(many, "bob", "carol", "o1", "o2", "o3")
    client.get(f"/i/{factories.link_of(many, 'sato').token}")
    with django_assert_max_num_queries(12):
        answer = client.get(f"/r/{many.slug}")
    assert "5 of 60 societies" in answer.content.decode()


@pytest.mark.slow
def test_draft_gives_an_officer_any_circulated_version_marked_as_such(enter):
    letter = factories.signing_open()
    factories.second_version(letter)
    bob = enter(letter, "bob")
    for number, mark in ((1, "Draft, version 1, superseded, not signed"), (2, "Draft, version 2, not signed")):
        answer = bob.get(f"/r/{letter.slug}/version-{number}.pdf")
        assert answer["Content-Type"] == "application/pdf"
        assert mark in PdfDocument(answer.content)[0].get_textpage().get_text_range()


def test_draft_of_a_text_that_still_waits_is_not_for_officers(enter):
    letter = factories.signing_open()
    draft.add_version(by=factories.alice(), letter=letter, upload=factories.upload(factories.LATER), now=database_now())
    assert enter(letter, "bob").get(f"/r/{letter.slug}/version-2.pdf").status_code == 404


def test_draft_of_the_sealed_version_is_the_sealed_pdf(enter):
    letter = factories.signing_open()
    bob = enter(letter, "bob")
    Letter.objects.update(state=State.SEALED)
    answer = bob.get(f"/r/{letter.slug}/version-1.pdf")
    assert (answer.status_code, answer["Location"]) == (302, f"/r/{letter.slug}/letter.pdf")


@pytest.mark.slow
def test_draft_that_cannot_be_printed_leads_back_with_a_sentence(enter):
    letter = factories.signing_open()
    Version.objects.update(html="<p>\U0001fae8</p>")
    page = enter(letter, "bob").get(f"/r/{letter.slug}/version-1.pdf", follow=True).content.decode()
    assert "The fonts have no sign for" in page
