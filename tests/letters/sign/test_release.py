"""An approver declines to release, with a reason, and takes a release back until the society signed."""

import pytest
from django.db import IntegrityError, transaction

from letters.lifecycle import NotNow
from letters.models import Approval, Event, Mail, Signature, database_now
from letters.proof import chain
from letters.sign import second
from letters.sign.actions import VersionMoved
from tests import factories
from tests.conftest import by_key, signed_in
from tests.letters.sign.test_second import approve, asked, two_people

pytestmark = pytest.mark.django_db


letter = pytest.fixture(two_people, name="letter")


def said(letter, name="erin"):
    return {"by": factories.link_of(letter, name), "content_hash": letter.on_the_table.content_hash}


def refuse(letter, reason="The board has not met."):
    return second.refuse(**said(letter), reason=reason, presence=factories.presence())


def told() -> list[str]:
    return sorted(Mail.objects.filter(kind="unreleased").values_list("to_email", flat=True))


def test_a_refusal_keeps_everybody_from_signing_and_says_by_whom(letter):
    refuse(letter)
    with pytest.raises(NotNow, match="Erin Eames, President-Elect, did not release version 1"):
        factories.signed(letter, "bob")
    assert Signature.objects.count() == 0
    assert told() == ["alice@desk.example", "bob@north.example"]
    assert all("    The board has not met." in mail.text for mail in Mail.objects.filter(kind="unreleased"))
    mails = {mail.to_email: mail.text for mail in Mail.objects.filter(kind="unreleased")}
    assert ["@@LINK@@" in mails[to] for to in told()] == [False, True]


def test_a_refusal_and_the_taking_back_stand_in_the_record_with_the_reason_private(letter):
    refuse(letter)
    approve(letter)
    second.take_back(**said(letter))
    kinds = list(letter.events.order_by("seq").values_list("kind", flat=True))
    assert kinds[-3:] == ["not approved", "approved", "approval ended"]
    event = Event.objects.get(kind="not approved")
    assert event.details["reason"] == "The board has not met."
    assert "reason" not in event.data
    assert chain.check([one.as_record() for one in letter.events.order_by("seq")]) == []


def test_after_a_refusal_the_approver_may_release_and_the_signer_sign(letter):
    first = refuse(letter)
    second_word = approve(letter)
    assert Approval.objects.get(pk=first.pk).ended_at == second_word.approved_at
    factories.signed(letter, "bob")


def test_a_release_taken_back_binds_again_and_can_be_given_again(letter):
    approve(letter)
    second.take_back(**said(letter))
    with pytest.raises(NotNow, match="must release version 1 before you sign"):
        factories.signed(letter, "bob")
    with pytest.raises(NotNow, match="is not released; there is nothing to take back"):
        second.take_back(**said(letter))
    assert told() == ["alice@desk.example", "bob@north.example"]
    approve(letter)
    assert Mail.objects.filter(kind="approved").count() == 2
    factories.signed(letter, "bob")


@pytest.mark.parametrize("act", [lambda row: second.take_back(**said(row)), refuse])
def test_once_the_society_signed_nothing_is_taken_back_until_it_withdraws(letter, act):
    approve(letter)
    (signature,) = factories.signed(letter, "bob")
    with pytest.raises(NotNow, match="has signed version 1; only its signer can withdraw"):
        act(letter)
    assert Approval.objects.released().count() == 1
    factories.signing.withdraw(by=factories.link_of(letter, "bob"), signature=signature, reason="")
    act(letter)
    assert Approval.objects.released().count() == 0


def test_only_an_approver_may_and_only_for_the_version_that_was_read(letter):
    approve(letter)
    for act in (second.take_back, lambda **who: second.refuse(**who, reason="", presence=factories.presence())):
        with pytest.raises(NotNow, match="not listed as approver"):
            act(**said(letter, "bob"))
        with pytest.raises(VersionMoved):
            act(**(said(letter) | {"content_hash": "0" * 64}))
    assert Approval.objects.released().count() == 1


def test_one_word_stands_per_society_and_version_and_a_release_has_no_reason(letter):
    held = approve(letter)
    values = {"invitation": held.invitation, "version": held.version, "officer": held.officer,
              "printed_name": "E", "office": "P", "approved_at": database_now()}  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval(**values).save()
    Approval.objects.update(ended_at=database_now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval(**values, reason="but").save()


def test_decline_by_button_shows_the_reason_to_the_signer_and_the_coordinator(letter, enter, client):
    browser = enter(letter, "erin")
    page = browser.get(f"/r/{letter.slug}/approve")
    shown = page.context["form"].initial | {"word": "no", "reason": "The board has not met."}
    wrong = browser.post(f"/r/{letter.slug}/approve", shown | {"code": "1", "word": "perhaps"})
    assert (wrong.status_code, "The board has not met." in wrong.content.decode()) == (422, True)
    done = browser.post(f"/r/{letter.slug}/approve", shown | {"code": asked(browser, letter)}, follow=True)
    assert "Version 1 is not released" in done.content.decode()
    browser.logout()
    bar = enter(letter, "bob").get(f"/r/{letter.slug}").content.decode()
    assert "did not release version 1: “The board has not met.”" in bar
    assert "Sign for NSC" not in bar
    desk = by_key(signed_in(client, factories.alice()), factories.alice())
    society = factories.link_of(letter, "bob").invitation.society_id
    assert "did not release it: “The board has not met.”" in desk.get(
        f"/manage/{letter.slug}/societies/{society}"
    ).content.decode()  # fmt: skip


def test_take_back_by_button_asks_for_a_code_first(letter, enter):
    approve(letter)
    browser = enter(letter, "erin")
    start = browser.post(f"/r/{letter.slug}/start", {"act": "take_back"})
    assert start["Location"] == f"/r/{letter.slug}/approve/back"
    shown = browser.get(start["Location"]).context["form"].initial
    assert browser.post(start["Location"], shown | {"code": "000000"}).status_code == 422
    assert Approval.objects.released().count() == 1
    done = browser.post(start["Location"], shown | {"code": asked(browser, letter)}, follow=True)
    assert "The release is taken back" in done.content.decode()
    assert Approval.objects.released().count() == 0
