"""Two people sign for a society; colleagues vouch; shared mailboxes are told of; the evidence names the seat."""

import pytest
from django.db import IntegrityError, transaction

from letters.coordinate import seats
from letters.lifecycle import NotNow
from letters.models import (
    Approval,
    Code,
    Confirmation,
    Domain,
    Invitation,
    Mail,
    Officer,
    Signature,
    User,
    database_now,
)
from letters.proof import chain, history
from letters.sign import actions, second
from letters.sign.actions import VersionMoved
from tests import factories

pytestmark = pytest.mark.django_db


def two_people():
    """A letter open for signature; the Northern Society asks for two people, Erin approves and Bob signs."""
    opened = factories.signing_open()
    link = factories.link_of(opened, "bob")
    Officer.objects.filter(user__email="erin@north.example").update(role="approver")
    seats.ask(
        by=factories.alice(), letter=opened, invitation=link.invitation, offices=[], two_people=True,
        now=database_now(),
    )  # fmt: skip
    return factories.fresh(opened)


letter = pytest.fixture(two_people, name="letter")


def approve(letter, name="erin", **changes):
    link = factories.link_of(letter, name)
    values = {"content_hash": letter.on_the_table.content_hash, "presence": factories.presence()} | changes
    return second.approve(by=link, **values)


def test_signing_before_the_release_is_refused_in_a_sentence(letter):
    with pytest.raises(NotNow) as caught:
        factories.signed(letter, "bob")
    assert str(caught.value) == (
        "Your society signs with two people: Erin Eames, President-Elect must release version 1 before you sign it."
    )
    assert Signature.objects.count() == 0


def test_after_the_release_the_signer_is_told_and_signs(letter):
    approval = approve(letter)
    mail = Mail.objects.get(kind="approved")
    assert (mail.to_email, "Erin Eames, President-Elect, has released version 1" in mail.text) == (
        "bob@north.example", True,
    )  # fmt: skip
    (signature,) = factories.signed(letter, "bob")
    assert (signature.two_people, signature.approved_by) == (True, approval.officer)
    assert approve(letter) == approval
    assert (Approval.objects.count(), Mail.objects.filter(kind="approved").count()) == (1, 1)


def test_a_new_version_needs_a_release_of_its_own(letter):
    approve(letter)
    factories.signed(letter, "bob")
    factories.second_version(letter)
    fresh = factories.fresh(letter)
    with pytest.raises(NotNow, match="must release version 2"):
        factories.signed(fresh, "bob")
    with pytest.raises(VersionMoved, match="Version 2 is now on the table"):
        approve(fresh, content_hash=letter.on_the_table.content_hash)
    approve(fresh)
    factories.signed(fresh, "bob")


def test_only_an_approver_in_office_with_a_live_link_releases(letter):
    with pytest.raises(NotNow, match="Bob Barker, MD, President is not listed as approver"):
        approve(letter, "bob")
    link = factories.link_of(letter, "erin")
    values = {"by": link, "content_hash": letter.on_the_table.content_hash, "presence": factories.presence()}
    Officer.objects.filter(pk=link.officer_id).update(until="2020-01-01")
    with pytest.raises(NotNow, match="not listed as approver"):
        second.approve(**values)
    Officer.objects.filter(pk=link.officer_id).update(until=None)
    type(link).objects.filter(pk=link.pk).update(revoked_at=database_now())
    with pytest.raises(NotNow, match="not listed as approver"):
        second.approve(**values)


def test_a_release_is_refused_after_the_close_and_without_the_rule(letter):
    Officer.objects.filter(user__email="sato@jsc.example").update(role="approver")
    with pytest.raises(NotNow, match="signs with one person"):
        approve(letter, "sato")
    factories.signed(letter, "carol")
    factories.lifecycle.close(letter, by=factories.alice())
    with pytest.raises(NotNow, match="Nothing more can be signed"):
        approve(letter)


def test_the_approver_cannot_also_sign(letter):
    approve(letter)
    Officer.objects.filter(user__email="erin@north.example").update(role="signer")
    with pytest.raises(NotNow, match="You released version 1 yourself"):
        factories.signed(letter, "erin")


def test_the_database_refuses_a_signature_of_two_people_without_a_release_or_by_one_person(letter):
    approve(letter)
    (signature,) = factories.signed(letter, "bob")
    for values in ({"approved_by": None}, {"approved_by": signature.officer}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Signature.objects.filter(pk=signature.pk).update(**values)


def test_a_society_without_the_rule_signs_at_once(letter):
    (signature,) = factories.signed(letter, "carol")
    assert (signature.two_people, signature.approved_by) == (False, None)


def test_a_confirmed_colleague_vouches_once(letter):
    bob, erin = factories.link_of(letter, "bob"), factories.link_of(letter, "erin")
    with pytest.raises(NotNow, match="Your own seat is not confirmed yet"):
        second.vouch(by=bob, officer=erin.officer)
    seats.check_seat(by=factories.alice(), letter=letter, officer=bob.officer, how="called", now=database_now())
    made = second.vouch(by=bob, officer=erin.officer)
    assert second.vouch(by=bob, officer=erin.officer) == made
    assert Officer.objects.get(pk=erin.officer_id).confirmed == "Bob Barker, MD, President vouched"
    for other in (bob.officer, factories.link_of(letter, "carol").officer):
        with pytest.raises(NotNow, match="another officer of your own society"):
            second.vouch(by=bob, officer=other)


def test_the_evidence_says_how_the_seat_was_confirmed_and_commits_to_it():
    letter = factories.signing_open()
    bob = factories.link_of(letter, "bob")
    Domain.objects.create(society=bob.officer.society, name="north.example", added_at=database_now())
    Confirmation.objects.by_domain([bob.officer], now=database_now())
    (signature,) = factories.signed(letter, "bob")
    day = signature.signed_at.date().isoformat()
    assert signature.seat == f"address at north.example ({day})"
    Confirmation.objects.create(
        officer=bob.officer,
        way="checked",
        words="later",
        by=factories.alice(),
        address="x@y.example",
        at=database_now(),
    )
    edition = factories.lifecycle.close(factories.fresh(letter), by=factories.alice())
    (record,) = edition.roster
    assert record["seat"] == f"address at north.example ({day})"
    events = [event.as_record() for event in letter.events.order_by("seq")]
    assert chain.check(events) == []
    manifest = {
        "edition": 1,
        "version": 1,
        "content_hash": record["content_hash"],
        "signatures": 1,
        "merkle_root": edition.root,
    }
    fixed = next(event for event in reversed(events) if history.fixes(event, 1))
    assert history.check(edition.roster, events, manifest, fixed) == []
    forged = [record | {"seat": "the coordinator checked (2026-01-01)"}]
    assert "is not what the record committed to" in " ".join(history.check(forged, events, manifest, fixed))
    without = [{key: value for key, value in record.items() if key != "seat"}]
    assert "is not what the record committed to" in " ".join(history.check(without, events, manifest, fixed))


def test_a_signature_from_a_shared_mailbox_is_told_to_a_second_contact():
    shared = factories.SOCIETIES.replace("bob@north.example", "office@north.example")
    letter = factories.signing_open(shared)
    link = factories.link_of(letter, "office")
    assert link.officer.shares_a_mailbox is True
    actions.sign(by=link, consent=factories.consent(link), presence=factories.presence())
    (mail,) = Mail.objects.filter(kind="shared")
    assert mail.to_email == "erin@north.example"
    assert "went to office@north.example, which several people may read" in " ".join(mail.text.split())
    factories.signed(letter, "carol")
    assert Mail.objects.filter(kind="shared").count() == 1


def asked(browser, letter) -> str:
    """The digits of the code that this browser has just asked for."""
    browser.post(f"/r/{letter.slug}/start", {"act": "approve"})
    return Code.objects.latest("pk").digits


def test_approve_by_button(letter, enter):
    browser = enter(letter, "erin")
    assert "Release or decline" in browser.get(f"/r/{letter.slug}").content.decode()
    browser.post(f"/r/{letter.slug}/start", {"act": "approve"})
    page = browser.get(f"/r/{letter.slug}/approve")
    shown = page.context["form"].initial | {"word": "yes"}
    assert browser.post(f"/r/{letter.slug}/approve", shown | {"code": "000000"}).status_code == 422
    answer = browser.post(f"/r/{letter.slug}/approve", shown | {"code": asked(browser, letter)}, follow=True)
    assert "Version 1 is released; the signer gets a mail." in answer.content.decode()
    assert "is released; a signer of your society signs it" in answer.content.decode()
    assert browser.post(f"/r/{letter.slug}/approve", {}).status_code == 422


def test_the_signer_sees_that_the_release_is_missing(letter, enter):
    page = enter(letter, "bob").get(f"/r/{letter.slug}").content.decode()
    assert "An approver of your society releases version 1 first" in page
    assert "Sign for NSC" not in page


def test_approve_shows_the_new_text_when_another_version_came(letter, enter):
    browser = enter(letter, "erin")
    shown = browser.get(f"/r/{letter.slug}/approve").context["form"].initial | {"word": "yes"}
    factories.second_version(letter)
    answer = browser.post(f"/r/{letter.slug}/approve", shown | {"code": asked(browser, letter)})
    assert (answer.status_code, Approval.objects.count()) == (409, 0)


def test_colleagues_lists_seats_and_takes_a_vouch(letter, enter):
    bob, erin = factories.link_of(letter, "bob"), factories.link_of(letter, "erin")
    seats.check_seat(by=factories.alice(), letter=letter, officer=bob.officer, how="called", now=database_now())
    browser = enter(letter, "bob")
    page = browser.get(f"/r/{letter.slug}/colleagues").content.decode()
    assert "Erin Eames, President-Elect" in page
    assert "Not yet confirmed" in page
    assert "carol@" not in page
    assert "Send me a code" in page
    code = asked(browser, letter)
    stranger = factories.link_of(letter, "carol").officer_id
    assert browser.post(f"/r/{letter.slug}/colleagues", {"officer": stranger, "code": code}).status_code == 422
    done = browser.post(f"/r/{letter.slug}/colleagues", {"officer": erin.officer_id, "code": code}, follow=True)
    assert "you vouched for Erin Eames" in done.content.decode()
    assert Confirmation.objects.get(officer=erin.officer).by == bob.officer.user


def test_colleagues_takes_as_many_queries_for_2_as_for_12(letter, client, django_assert_num_queries):
    counts = []
    for number in range(2):
        invitation = Invitation.objects.get(society__short_name="NSC")
        for n in range(10 * number):
            user = User.objects.create_user(f"o{n}@north.example", f"O{n}")
            officer = Officer.objects.create(user=user, society=invitation.society, office="X", printed_name=f"O{n}")
            officer.links.create(invitation=invitation, created_at=database_now())
        client.get(f"/i/{factories.link_of(letter, 'bob').token}")
        with django_assert_num_queries(counts[0] if counts else 7, exact=bool(counts)) as done:
            client.get(f"/r/{letter.slug}/colleagues")
        counts.append(len(done))
