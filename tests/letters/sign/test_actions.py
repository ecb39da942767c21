"""Sign, decline, withdraw: what binds a signature and everything that must refuse one."""

import datetime

import pytest

from letters import lifecycle
from letters.lifecycle import NotNow
from letters.models import Edition, Invitation, Link, Mail, Officer, Signature, database_now
from letters.proof import checkpoint
from letters.proof.records import statement_hash
from letters.render.site_keys import site_keys
from letters.sign import actions, responses
from letters.sign.actions import SignedAlready, VersionMoved
from tests import factories
from tests.faults import acts

pytestmark = pytest.mark.django_db


def sign(letter, name, **changes) -> Signature:
    link = factories.link_of(letter, name)
    return actions.sign(by=link, consent=factories.consent(link, **changes), presence=factories.presence())


def test_sign_binds_person_society_and_exact_words():
    letter = factories.signing_open()
    before = database_now()
    signature = sign(letter, "carol", mandate_body="Bureau", mandate_minute="7/2026")
    version = letter.on_the_table
    assert (signature.version, signature.content_hash) == (version, version.content_hash)
    assert signature.society_name == "Société du Sud"
    assert (signature.printed_name, signature.office) == ("Carol Créac'h, MD", "Présidente")
    assert (signature.mandate_body, signature.mandate_minute) == ("Bureau", "7/2026")
    assert signature.authenticated == "6-digit code by e-mail"
    assert before <= signature.signed_at <= database_now()
    assert version.content_hash in signature.statement
    assert signature.statement_hash == statement_hash(signature.statement)


def test_the_receipt_holds_a_checkpoint_of_the_record_right_after_the_signature():
    letter = factories.signing_open()
    signature = sign(letter, "bob")
    letter = factories.fresh(letter)
    vkey = checkpoint.vkey(lifecycle.origin(letter, "events").split("/")[0], site_keys().checkpoint.public_key())
    read = checkpoint.read(signature.checkpoint, vkey)
    assert (read.size, read.root.hex()) == (letter.events_count, letter.events_head)


def test_sign_owes_a_receipt_to_the_signer():
    letter = factories.signing_open()
    signature = sign(letter, "bob")
    mail = Mail.objects.get(kind="receipt")
    assert (mail.to_email, mail.state) == ("bob@north.example", "queued")
    assert signature.receipt_no in mail.text
    assert signature.checkpoint in mail.text


def test_another_versions_hash_signs_nothing():
    letter = factories.signing_open()
    old = letter.on_the_table.content_hash
    factories.second_version(letter)
    with pytest.raises(VersionMoved, match="Version 2"):
        sign(letter, "bob", content_hash=old)
    with pytest.raises(VersionMoved):
        sign(letter, "bob", content_hash="0" * 64)
    assert Signature.objects.count() == 0


def test_signing_twice_is_refused_and_shows_the_first():
    letter = factories.signing_open()
    first = sign(letter, "bob")
    with pytest.raises(SignedAlready, match="by Bob Barker, MD") as caught:
        sign(letter, "bob")
    assert caught.value.signature == first
    assert Signature.objects.count() == 1


def test_a_second_officer_of_the_society_is_shown_the_first():
    letter = factories.signing_open()
    first = sign(letter, "bob")
    with pytest.raises(SignedAlready) as caught:
        sign(letter, "erin")
    assert caught.value.signature == first


def test_where_each_officer_signs_both_have_their_own_place():
    letter = factories.signing_open(officers_asked="each")
    assert [sign(letter, name).slot for name in ("bob", "erin")] == [1, 2]
    assert Invitation.objects.get(society__short_name="NSC").slots == 2


def test_after_the_close_nothing_is_signed_and_the_time_is_named():
    letter = factories.closed("carol")
    with pytest.raises(NotNow, match=r"was closed on .* \(America/New_York\)"):
        sign(letter, "bob")


def test_at_the_deadline_the_letter_is_no_longer_open():
    letter = factories.signing_open()
    link = factories.link_of(letter, "bob")
    values = {"by": link, "consent": factories.consent(link), "presence": factories.presence()}
    with pytest.raises(NotNow, match="The deadline was"):
        actions.sign(**values, clock=lambda: letter.deadline)
    just = letter.deadline - datetime.timedelta(microseconds=1)
    assert actions.sign(**values, clock=lambda: just).signed_at == just


def test_a_revoked_link_or_an_ended_seat_cannot_sign():
    letter = factories.signing_open()
    link = factories.link_of(letter, "bob")
    Link.objects.filter(pk=link.pk).update(revoked_at=database_now())
    with pytest.raises(NotNow, match="cannot act"):
        actions.sign(by=link, consent=factories.consent(link), presence=factories.presence())
    Officer.objects.filter(user__email__startswith="carol").update(until=datetime.date(2020, 1, 1))
    with pytest.raises(NotNow, match="cannot act"):
        sign(letter, "carol")


def test_keeping_a_signature_on_a_new_version_replaces_the_earlier_one():
    letter = factories.signing_open()
    first = sign(letter, "bob")
    factories.second_version(letter)
    assert Signature.objects.live().get().version.number == 1
    second = sign(factories.fresh(letter), "bob")
    assert Signature.objects.live().get() == second
    assert Signature.objects.get(pk=first.pk).replaced_at is not None
    event = letter.events.filter(kind="signed").last()
    assert event.data["replaces"] == first.receipt_no


def test_a_new_version_moves_no_signature_by_itself():
    letter = factories.signing_open()
    factories.signed(letter, "bob", "carol")
    version = factories.second_version(letter)
    assert Signature.objects.filter(version=version).count() == 0
    assert Signature.objects.live().count() == 2


def test_decline_keeps_the_reason_private_and_can_be_changed():
    letter = factories.signing_open()
    responses.decline(by=factories.link_of(letter, "carol"), reason=" Not our field. ")
    invitation = Invitation.objects.get(society__short_name="SDS")
    assert (invitation.response, invitation.reason) == ("declined", "Not our field.")
    assert "Not our field." in Mail.objects.get(kind="response").text
    sign(letter, "carol")
    invitation.refresh_from_db()
    assert (invitation.response, invitation.reason, invitation.responded_at) == ("", "", None)


def test_decline_does_not_undo_a_signature_in_passing():
    letter = factories.signing_open()
    sign(letter, "bob")
    with pytest.raises(NotNow, match="Withdraw the signature first"):
        responses.decline(by=factories.link_of(letter, "erin"), reason="")


def test_withdraw_frees_the_place_and_keeps_the_row():
    letter = factories.signing_open()
    first = sign(letter, "bob")
    actions.withdraw(by=factories.link_of(letter, "bob"), signature=first, reason="board")
    assert Signature.objects.live().count() == 0
    assert Signature.objects.get(pk=first.pk).withdrawn_reason == "board"
    assert sign(letter, "erin").pk != first.pk


def test_withdraw_between_close_and_seal_freezes_the_roster_anew():
    letter = factories.closed("bob", "carol")
    signature = Signature.objects.get(society_name="Société du Sud")
    actions.withdraw(by=factories.link_of(letter, "carol"), signature=signature, reason="")
    counting = Edition.objects.filter(letter=letter, superseded_at=None)
    assert [record["society"] for record in counting.get().roster] == ["Northern Society of Counting"]
    assert counting.get().number == 1


def test_withdraw_twice_or_after_the_seal_is_refused():
    letter = factories.signing_open()
    signature = sign(letter, "bob")
    link = factories.link_of(letter, "bob")
    actions.withdraw(by=link, signature=signature, reason="")
    with pytest.raises(NotNow, match="already withdrawn"):
        actions.withdraw(by=link, signature=signature, reason="")
    other = sign(letter, "carol")
    acts.mark_sealed(lifecycle.close(letter, by=factories.alice()).pk)
    with pytest.raises(NotNow, match="The letter is sealed"):
        actions.withdraw(by=factories.link_of(letter, "carol"), signature=other, reason="")


def test_nobody_withdraws_for_another_society():
    letter = factories.signing_open()
    signature = sign(letter, "bob")
    with pytest.raises(NotNow):
        actions.withdraw(by=factories.link_of(letter, "carol"), signature=signature, reason="")
    assert Signature.objects.live().count() == 1


def test_a_reviewer_or_assistant_signs_declines_and_withdraws_nothing():
    letter = factories.signing_open()
    signature = sign(letter, "bob")
    Officer.objects.filter(user__email__in=["erin@north.example", "carol@sud.example"]).update(role="reviewer")
    with pytest.raises(NotNow, match="cannot act"):
        responses.decline(by=factories.link_of(letter, "carol"), reason="")
    with pytest.raises(NotNow, match="cannot act"):
        actions.withdraw(by=factories.link_of(letter, "erin"), signature=signature, reason="")
    with pytest.raises(NotNow, match="cannot act"):
        sign(letter, "carol")
    assert Signature.objects.live().get() == signature
