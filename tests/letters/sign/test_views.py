"""Signing over HTTP: the code, the check page, every refusal, the receipt."""

import pytest
from django.test import Client

from letters.models import Code, Invitation, Mail, Signature
from letters.proof.records import statement_hash
from letters.sign.statement import statement
from tests import factories
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


def start(client: Client, letter, act: str = "sign") -> str:
    """Press the button; returns the digits that were mailed."""
    client.post(f"/r/{letter.slug}/start", {"act": act})
    code = Code.objects.first()
    return code.digits if code else ""


def fields(letter, code: str, society: str = "NSC", **changes: str) -> dict[str, str]:
    version = letter.on_the_table
    return {
        "content_hash": version.content_hash, "number": str(version.number), "printed_name": "Bob Barker, MD",
        "statement_hash": statement_hash(statement(Invitation.objects.get(society__short_name=society), version)),
        "office": "President", "mandate_body": "Board", "mandate_date": "", "mandate_minute": "", "code": code,
    } | changes  # fmt: skip


def post(client: Client, letter, code: str, **changes: str):
    return client.post(f"/r/{letter.slug}/sign", fields(letter, code, **changes))


def test_start_sends_a_code_and_goes_to_the_check_page(enter):
    letter = factories.signing_open()
    bob = enter(letter, "bob")
    answer = bob.post(f"/r/{letter.slug}/start", {"act": "sign"})
    assert (answer.status_code, answer["Location"]) == (302, f"/r/{letter.slug}/sign")
    assert Mail.objects.filter(kind="code", to_email="bob@north.example").count() == 1


def test_start_by_get_sends_nothing(enter):
    letter = factories.signing_open()
    assert enter(letter, "bob").get(f"/r/{letter.slug}/start").status_code == 405
    assert Code.objects.count() == 0


def test_check_page_shows_what_will_be_signed(enter):
    letter = factories.signing_open()
    bob = enter(letter, "bob")
    start(bob, letter)
    page = bob.get(f"/r/{letter.slug}/sign").content.decode()
    assert "On behalf of Northern Society of Counting I sign version 1" in page
    assert 'value="Bob Barker, MD"' in page
    assert letter.on_the_table.content_hash in page


def test_sign_with_the_code_leads_to_a_receipt_and_signs_the_person_in(enter):
    letter = factories.signing_open()
    bob = enter(letter, "bob")
    answer = post(bob, letter, start(bob, letter))
    signature = Signature.objects.get()
    assert answer["Location"] == f"/r/{letter.slug}/receipt/{signature.receipt_no}"
    page = bob.get(answer["Location"]).content.decode()
    assert signature.receipt_no in page
    assert signature.checkpoint.splitlines()[0] in page
    assert bob.session["_auth_user_id"] == str(signature.officer.user_id)


@pytest.mark.parametrize("code", ["", "000", "abcdef", "12345678901"])
def test_sign_without_the_right_code_signs_nothing_and_keeps_what_was_typed(enter, code):
    letter = factories.signing_open()
    bob = enter(letter, "bob")
    start(bob, letter)
    answer = post(bob, letter, code, mandate_body="Council of seven")
    assert answer.status_code == 422
    assert "Council of seven" in answer.content.decode()
    assert Signature.objects.count() == 0


def test_sign_by_link_alone_is_refused_even_for_a_signed_in_person_without_a_recent_check(enter):
    letter = factories.signing_open()
    bob = enter(letter, "bob")
    signed_in(bob, factories.link_of(letter, "bob").officer.user)
    assert post(bob, letter, "").status_code == 422
    assert Signature.objects.count() == 0


def test_a_second_post_leads_to_the_same_receipt(enter):
    letter = factories.signing_open()
    bob = enter(letter, "bob")
    first = post(bob, letter, start(bob, letter))
    second = post(bob, letter, "")
    assert second["Location"] == first["Location"]
    assert Signature.objects.count() == 1


def test_a_click_repeated_from_a_browser_that_was_not_yet_signed_in_leads_to_the_same_receipt(enter):
    letter = factories.signing_open()
    bob = enter(letter, "bob")
    code = start(bob, letter)
    twin = Client()
    twin.get(f"/i/{factories.link_of(letter, 'bob').token}")
    first, second = post(bob, letter, code), post(twin, letter, code)
    assert second["Location"] == first["Location"]
    assert post(twin, letter, "000000" if code != "000000" else "1").status_code == 422
    assert (Signature.objects.count(), Code.objects.get().tries) == (1, 1)


def test_a_new_version_between_reading_and_signing_is_409_with_the_redline(enter):
    letter = factories.signing_open()
    bob = enter(letter, "bob")
    code = start(bob, letter)
    old = fields(letter, code)
    factories.second_version(letter)
    answer = bob.post(f"/r/{letter.slug}/sign", old)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Nothing was signed" in page
    assert "<del>" in page
    assert Signature.objects.count() == 0


def test_after_the_close_a_post_is_409_and_names_the_time(enter):
    letter = factories.signing_open()
    factories.signed(letter, "carol")
    bob = enter(letter, "bob")
    code = start(bob, letter)
    factories.lifecycle.close(letter, by=factories.alice())
    answer = post(bob, letter, code)
    assert answer.status_code == 409
    assert "was closed on" in answer.content.decode()
    assert Signature.objects.count() == 1


def test_a_colleague_is_told_who_signed(enter):
    letter = factories.signing_open()
    factories.signed(letter, "bob")
    erin = enter(letter, "erin")
    answer = post(erin, letter, start(erin, letter), printed_name="Erin Eames")
    assert answer.status_code == 409
    assert "by Bob Barker, MD" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("printed_name", "", "Write your name as it is to be printed."),
        ("printed_name", "Bob \u202eBarker", "U+202E"),
        ("office", "President \U0001f600", "The fonts on paper have no"),
        ("mandate_body", "\u0e01", "The fonts on paper have no"),
        ("interests", "None \U0001f600", "The fonts on paper have no"),
        ("mandate_date", "31.12.2026", "Write the date as 2026-12-31."),
    ],
)
def test_sign_refuses_a_bad_field_in_one_sentence(enter, field, value, sentence):
    letter = factories.signing_open()
    bob = enter(letter, "bob")
    answer = post(bob, letter, start(bob, letter), **{field: value})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Signature.objects.count() == 0


def test_withdraw_from_the_receipt(enter):
    letter = factories.signing_open()
    bob = enter(letter, "bob")
    receipt = post(bob, letter, start(bob, letter))["Location"]
    assert "Withdraw our signature" in bob.get(receipt).content.decode()
    number = receipt.rsplit("/", 1)[-1]
    assert bob.post(f"/r/{letter.slug}/start", {"act": number})["Location"] == f"{receipt}/withdraw"
    assert bob.post(f"{receipt}/withdraw", {"reason": ""})["Location"] == receipt
    assert Signature.objects.live().count() == 0
    assert "was withdrawn" in bob.get(receipt).content.decode()


def test_the_sixth_code_in_a_row_is_not_sent(enter):
    letter = factories.signing_open()
    bob = enter(letter, "bob")
    for _ in range(6):
        answer = bob.post(f"/r/{letter.slug}/start", {"act": "sign"}, follow=True)
    assert Mail.objects.filter(kind="code").count() == 5
    assert "Five codes were sent" in answer.content.decode()


def test_the_mail_server_being_down_does_not_undo_a_signature(enter, settings):
    letter = factories.signing_open()
    bob = enter(letter, "bob")
    code = start(bob, letter)
    settings.EMAIL_BACKEND = "signon.post.OverSMTP"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 9, False
    post(bob, letter, code)
    factories.work()
    assert Signature.objects.live().count() == 1
    mail = Mail.objects.get(kind="receipt")
    assert mail.state == "queued"
    assert "could not be reached" in mail.error


@pytest.mark.parametrize("societies", [4, 34])
def test_a_signing_post_needs_the_same_queries_for_4_and_34_societies(enter, django_assert_max_num_queries, societies):
    rows = [f"Society {n},S{n},GB,Officer {n},,President,o{n}@s{n}.example,signer" for n in range(societies - 3)]
    letter = factories.signing_open("\n".join([factories.SOCIETIES.strip(), *rows]))
    bob = enter(letter, "bob")
    post(bob, letter, start(bob, letter))
    carol_link = factories.link_of(letter, "carol")
    with django_assert_max_num_queries(SIGN_QUERIES):
        factories.signing.sign(by=carol_link, consent=factories.consent(carol_link), presence=factories.presence())


# Savepoints included: lock, two looks at the standing signature, link, event, letter, signature, invitation, link,
# mail (look, insert), job (look, insert).
SIGN_QUERIES = 26


def test_the_page_of_one_society_does_not_sign_for_another_of_the_same_person(enter):
    double = factories.SOCIETIES + "Second Society,SEC,GB,Bob Barker,MD,Treasurer,bob@north.example,signer\n"
    letter = factories.signing_open(double)
    first, second = factories.Link.objects.filter(officer__user__email="bob@north.example").order_by("pk")
    browser = Client()
    browser.get(f"/i/{first.token}")
    browser.post(f"/r/{letter.slug}/start", {"act": "sign", "seat": first.pk})
    code = Code.objects.first().digits
    browser.get(f"/i/{second.token}")
    assert post(browser, letter, code, seat=str(first.pk)).status_code == 302
    assert Signature.objects.get().invitation == first.invitation
    assert "Second Society" in browser.get(f"/r/{letter.slug}?seat={second.pk}").content.decode()
    assert browser.get(f"/r/{letter.slug}?seat={factories.link_of(letter, 'carol').pk}").status_code == 404
