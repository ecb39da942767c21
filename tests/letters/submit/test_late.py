"""Late signing: only after the seal, only the chosen, only in time, only the sealed words."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from letters.lifecycle import NotNow
from letters.models import Edition, LateCall, Letter, Mail, State, database_now
from letters.proof import chain
from letters.sign import actions as signing
from letters.submit import late
from tests import factories
from tests.faults import acts

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def sealed(*names: str) -> Letter:
    """Sealed by these officers with a stand-in for the file."""
    letter = factories.closed(*names)
    acts.mark_sealed(Edition.objects.get(letter=letter, superseded_at=None).pk)
    return factories.fresh(letter)


def open_late(letter, *names, until=None):
    chosen = [factories.link_of(letter, name).invitation_id for name in names]
    until = until or database_now() + DAY
    return late.open_late(
        by=factories.alice(), letter=letter, societies=chosen, until=until, now=database_now()
    )  # fmt: skip


def close_late(letter):
    return late.close_late(by=factories.alice(), letter=letter)


def societies(edition: Edition) -> list[str]:
    return [record["short_name"] for record in edition.roster]


def test_late_signatures_make_a_second_edition_and_leave_the_first_as_it_is():
    letter = sealed("bob")
    first = Edition.objects.get()
    before = (first.roster, first.root, first.document_id, first.sealed_at)
    open_late(letter, "carol")
    (signature,) = factories.signed(letter, "carol")
    second = close_late(letter)
    assert (second.number, second.version, societies(second)) == (2, first.version, ["NSC", "SDS"])
    assert second.closed_at > signature.signed_at > first.sealed_at
    first.refresh_from_db()
    assert (first.roster, first.root, first.document_id, first.sealed_at) == before
    assert acts.mark_sealed(second.pk) is True
    assert factories.fresh(letter).state == State.SEALED
    kinds = list(letter.events.values_list("kind", flat=True))
    assert kinds[-5:] == ["late opened", "signed", "late closed", "frozen", "sealed"]
    assert chain.check([event.as_record() for event in letter.events.all()]) == []


def test_only_the_chosen_sign_late_only_in_time_and_only_the_sealed_words():
    letter = sealed("bob")
    with pytest.raises(NotNow, match="was closed on"):
        factories.signed(letter, "carol")
    call = open_late(letter, "carol")
    with pytest.raises(NotNow, match="was closed on"):
        factories.signed(letter, "sato")
    carol = factories.link_of(letter, "carol")
    values = {"by": carol, "presence": factories.presence()}
    with pytest.raises(signing.VersionMoved):
        signing.sign(**values, consent=factories.consent(carol, content_hash="0" * 64))
    with pytest.raises(NotNow, match="was closed on"):
        signing.sign(**values, consent=factories.consent(carol), clock=lambda: call.until)
    just = call.until - datetime.timedelta(microseconds=1)
    assert signing.sign(**values, consent=factories.consent(carol), clock=lambda: just).signed_at == just


def test_after_its_close_nobody_signs_late():
    letter = sealed("bob")
    open_late(letter, "carol", "sato")
    factories.signed(letter, "carol")
    close_late(letter)
    with pytest.raises(NotNow, match="was closed on"):
        factories.signed(letter, "sato")
    with pytest.raises(NotNow, match="not open"):
        close_late(letter)


def test_nobody_who_signed_late_means_no_edition():
    letter = sealed("bob")
    open_late(letter, "carol")
    assert close_late(letter) is None
    assert Edition.objects.count() == 1


def test_open_late_refuses_before_the_seal_twice_the_past_and_who_signed():
    letter = factories.closed("bob")
    with pytest.raises(NotNow, match="Only a sealed letter"):
        open_late(letter, "carol")
    acts.mark_sealed(Edition.objects.get().pk)
    letter = factories.fresh(letter)
    with pytest.raises(NotNow, match="lies ahead"):
        open_late(letter, "carol", until=database_now() - DAY)
    with pytest.raises(NotNow, match="Choose the societies"):
        open_late(letter, "bob")
    assert [row.society.short_name for row in late.candidates(letter)] == ["SDS", "JSC"]
    open_late(letter, "carol")
    with pytest.raises(NotNow, match="open already"):
        open_late(letter, "sato")
    factories.signed(letter, "carol")
    close_late(letter)
    with pytest.raises(NotNow, match="waits for its seal"):
        open_late(letter, "sato")


def test_the_database_holds_one_open_call_with_an_end():
    letter = sealed("bob")
    call = open_late(letter, "carol")
    values = {"letter": letter, "opened_at": call.opened_at, "opened_by": call.opened_by}
    for until in (call.until, call.opened_at):
        with pytest.raises(IntegrityError), transaction.atomic():
            LateCall.objects.create(**values, until=until)
    close_late(letter)
    LateCall.objects.create(**values, until=call.until)
    with pytest.raises(IntegrityError), transaction.atomic():
        LateCall.objects.create(**values, until=call.opened_at, closed_at=call.until)


def test_officers_of_the_chosen_are_told_and_an_uninvited_society_is_let_in():
    letter = sealed("bob")
    place = factories.link_of(letter, "sato").invitation
    type(place).objects.filter(pk=place.pk).update(invited_at=None)
    open_late(letter, "sato")
    mail = Mail.objects.get(kind="late")
    assert (mail.to_email, "may still sign" in mail.subject) == ("sato@jsc.example", True)
    page = Client().get(f"/i/{factories.link_of(letter, 'sato').token}", follow=True)
    html = page.content.decode()
    assert "Your society may still sign the same words until" in html
    assert "Sign for JSC" in html


def test_a_late_signature_can_be_withdrawn_until_its_own_seal():
    letter = sealed("bob")
    open_late(letter, "carol", "sato")
    carol, sato = factories.signed(letter, "carol", "sato")
    close_late(letter)
    withdraw(letter, "carol", carol)
    pending = Edition.objects.get(sealed_at=None, superseded_at=None)
    assert societies(pending) == ["NSC", "JSC"]
    withdraw(letter, "sato", sato)
    assert not Edition.objects.filter(sealed_at=None, superseded_at=None).exists()
    assert Edition.objects.get(superseded_at=None).number == 1


def withdraw(letter, name, signature):
    return signing.withdraw(by=factories.link_of(letter, name), signature=signature, reason="private")


def test_the_pages_of_the_desk_open_and_close_late_signing(desk):
    letter = sealed("bob")
    base = f"/manage/{letter.slug}"
    page = desk.get(f"{base}/deliver").content.decode()
    assert "Let societies sign late" in page
    chosen = factories.link_of(letter, "carol").invitation_id
    assert desk.get(f"{base}/late/open").status_code == 405
    bad = desk.post(f"{base}/late/open", {"day": "2099-01-01", "time": "12:00"})
    assert bad.status_code == 422
    assert "Choose the societies that may still sign." in bad.content.decode()
    desk.post(f"{base}/late/open", {"societies": [chosen], "day": "2099-01-01", "time": "12:00"})
    assert LateCall.objects.get().until.isoformat() == "2099-01-01T17:00:00+00:00"
    page = desk.get(f"{base}/deliver").content.decode()
    assert "Late signing is open" in page
    assert "May sign late" in desk.get(base).content.decode()
    factories.signed(letter, "carol")
    page = desk.post(f"{base}/late/close", follow=True).content.decode()
    assert "Seal edition 2" in page
    assert "Edition 1, 1 society" in page


@pytest.mark.slow
@pytest.mark.parametrize("rows", [3, 30])
def test_the_page_with_late_signing_takes_as_many_queries_for_3_and_30_societies(
    desk, rows, django_assert_max_num_queries
):
    listed = [f"Society {n},S{n},GB,Officer {n},,President,o{n}@s{n}.example,signer" for n in range(rows)]
    letter = factories.signing_open("\n".join([factories.SOCIETIES.strip(), *listed]))
    factories.signed(letter, "bob")
    acts.mark_sealed(factories.lifecycle.close(letter, by=factories.alice()).pk)
    letter = factories.fresh(letter)
    open_late(letter, *[f"o{n}" for n in range(rows)])
    with django_assert_max_num_queries(18):
        desk.get(f"/manage/{letter.slug}/deliver")
    with django_assert_max_num_queries(18):
        desk.get(f"/manage/{letter.slug}")


def test_a_society_that_was_never_on_the_list_is_added_after_the_seal_and_signs_late():
    letter = sealed("bob")
    order = list(letter.invitations.order_by("position").values_list("society__short_name", flat=True))
    late_comer = "society,short_name,country,contact_name,credentials,office,email,role\n" \
        "A Society That Came Late,ASL,AT,Greta Gruber,,President,greta@late.example,signer\n"  # fmt: skip
    assert factories.listed(letter, late_comer) == 1
    assert list(letter.invitations.order_by("position").values_list("society__short_name", flat=True)) == [
        *order, "ASL",
    ]  # fmt: skip
    with pytest.raises(NotNow):
        factories.signed(letter, "greta")
    open_late(letter, "greta")
    assert Mail.objects.get(kind="late").to_email == "greta@late.example"
    factories.signed(letter, "greta")
    edition = close_late(letter)
    assert [record["short_name"] for record in edition.roster] == ["NSC", "ASL"]
