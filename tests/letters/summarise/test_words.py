"""What officers say of a summary: bound to one version, one word per society, changed until it went to a journal."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from letters.behind import How, behind, places, standing
from letters.coordinate import seats
from letters.lifecycle import NotNow
from letters.models import (
    Delegation,
    Document,
    Event,
    Invitation,
    Journal,
    Mail,
    Officer,
    Submission,
    SummaryApproval,
    database_now,
)
from letters.proof import chain
from letters.summarise import words
from letters.summarise.words import SummaryMoved
from tests import factories
from tests.letters.summarise import stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def summary():
    return stage.published(stage.letter())


def how(summary):
    return [(row.invitation.society.short_name, row.how.value) for row in places(stage.version_of(summary))]


def sent(summary, *, state="sent"):
    """The version up for approval went to a journal."""
    version, now = stage.version_of(summary), database_now()
    letter = version.summary.letter
    factories.lifecycle.close(letter, by=factories.alice())
    copy = Document.objects.keep(b"text", kind="message", edition=None, now=now)
    return Submission.objects.create(
        edition=letter.editions.get(), journal=Journal.objects.first() or journal(), summary=version,
        about=f"summary {version.pk}", subject="Letter", covering_letter="", message_id="<a@example>", state=state,
        created_at=now, created_by=factories.alice(), asked_at=now, sent_at=now, sent_copy=copy,
    )  # fmt: skip


def journal():
    return Journal.objects.create(key="j", name="Journal of Examples", email="editor@journal.example")


def test_an_approval_names_version_and_hash_and_is_recorded(summary):
    link = factories.link_of(summary.letter, "bob")
    stage.approve(summary, "bob")
    word = SummaryApproval.objects.get()
    assert (word.version, word.content_hash) == (summary.current, summary.current.content_hash)
    assert (word.printed_name, word.office, word.authenticated) == (
        link.officer.printed_name, "President", "6-digit code by e-mail",
    )  # fmt: skip
    event = Event.objects.get(kind="summary approved")
    assert event.data == {"summary": 1, "version": 1, "content_hash": summary.current.content_hash}
    assert event.details == {"society": "Northern Society of Counting", "officer": str(link.officer)}
    assert chain.check([one.as_record() for one in summary.letter.events.order_by("seq")]) == []


def test_a_second_approval_changes_nothing(summary):
    stage.approve(summary, "bob", "erin", "bob")
    assert (SummaryApproval.objects.count(), Event.objects.filter(kind="summary approved").count()) == (1, 1)


def test_a_new_version_needs_new_approvals_and_old_ones_stay_where_they_were(summary):
    stage.approve(summary, "bob", "carol")
    first = summary.current
    later = stage.second_version(summary)
    assert (standing(later.current).behind, standing(first).behind) == (0, 2)
    assert [word.version for word in SummaryApproval.objects.live()] == [first, first]


def test_approving_words_that_were_replaced_is_refused_in_a_sentence(summary):
    before = stage.about(summary, "bob")
    stage.second_version(summary)
    with pytest.raises(SummaryMoved) as caught:
        words.approve(**before, presence=factories.presence())
    assert str(caught.value) == "Version 2 is now up for approval. Nothing was recorded; read it first."
    assert SummaryApproval.objects.count() == 0


def test_a_refusal_takes_the_place_of_an_approval_and_the_coordinators_read_why(summary):
    Mail.objects.filter(kind="summary").delete()
    stage.approve(summary, "bob")
    stage.refuse(summary, "bob", "The second <sentence> claims too much")
    assert how(summary) == [("SDS", "silent"), ("NSC", "refused"), ("JSC", "silent")]
    mail = Mail.objects.get(kind="summary")
    assert (mail.to_email, "The second <sentence> claims too much" in mail.text) == ("alice@desk.example", True)
    assert [word.refused for word in SummaryApproval.objects.order_by("pk")] == [False, True]
    stage.approve(summary, "bob")
    assert how(summary)[1] == ("NSC", "approved")


def test_who_leaves_it_to_the_lead_is_behind_what_the_lead_approves(summary):
    stage.leave(summary, "bob")
    assert how(summary) == [("SDS", "silent"), ("NSC", "left"), ("JSC", "silent")]
    stage.approve(summary, "carol")
    rows = behind(stage.version_of(summary))
    assert [(row.invitation.society.short_name, row.how, row.to and row.to.society.short_name) for row in rows] == [
        ("SDS", How.APPROVED, None),
        ("NSC", How.DELEGATED, "SDS"),
    ]


def test_a_delegation_counts_for_the_next_version_only_once_the_lead_approved_that(summary):
    stage.leave(summary, "bob")
    stage.approve(summary, "carol")
    later = stage.second_version(summary)
    assert how(later) == [("SDS", "silent"), ("NSC", "left"), ("JSC", "silent")]
    stage.approve(later, "carol")
    assert standing(stage.version_of(later)).behind == 2


def test_what_the_society_says_itself_goes_before_its_delegation(summary):
    stage.approve(summary, "carol")
    stage.leave(summary, "bob")
    stage.refuse(summary, "bob")
    assert how(summary)[1] == ("NSC", "refused")
    other = stage.published(summary.letter, stage.LATER, name="For the other paper")
    stage.approve(other, "carol")
    assert how(other)[1] == ("NSC", "delegated")


def test_leaving_it_to_the_lead_ends_what_was_said_of_summaries_that_went_nowhere(summary):
    stage.refuse(summary, "bob")
    stage.approve(summary, "carol")
    stage.leave(summary, "bob")
    assert how(summary)[1] == ("NSC", "delegated")
    stage.leave(summary, "bob")
    assert Delegation.objects.count() == 1


def test_the_lead_itself_cannot_leave_it_to_anybody(summary):
    with pytest.raises(NotNow, match="No other society leads this letter"):
        stage.leave(summary, "carol")


def test_taking_back_leaves_the_society_silent(summary):
    stage.approve(summary, "bob")
    words.take_back(**stage.about(summary, "bob"))
    assert how(summary)[1] == ("NSC", "silent")
    with pytest.raises(NotNow, match="nothing to take back"):
        words.take_back(**stage.about(summary, "bob"))
    stage.leave(summary, "bob")
    words.decide_again(by=factories.link_of(summary.letter, "bob"))
    assert how(summary)[1] == ("NSC", "silent")
    with pytest.raises(NotNow, match="nothing to take back"):
        words.decide_again(by=factories.link_of(summary.letter, "bob"))


def test_a_society_that_did_not_sign_has_no_word():
    summary = stage.published(stage.letter("carol"))
    with pytest.raises(NotNow, match="societies that signed the letter as it stands"):
        stage.approve(summary, "bob")
    assert [row.invitation.society.short_name for row in places(stage.version_of(summary))] == ["SDS"]


def test_a_withdrawn_signature_takes_the_society_out(summary):
    stage.approve(summary, "bob", "carol")
    link = factories.link_of(summary.letter, "bob")
    factories.signing.withdraw(by=link, signature=link.invitation.signatures.get(), reason="")
    assert [row.invitation.society.short_name for row in behind(stage.version_of(summary))] == ["SDS"]


def test_only_a_signer_or_an_approver_where_two_people_sign_may_speak(summary):
    erin = Officer.objects.get(user__email="erin@north.example")
    Officer.objects.filter(pk=erin.pk).update(role="approver")
    with pytest.raises(NotNow, match="cannot speak for this society"):
        stage.approve(summary, "erin")
    Invitation.objects.filter(society=erin.society).update(two_people=True)
    stage.approve(summary, "erin")
    assert SummaryApproval.objects.get().officer == erin
    Officer.objects.filter(user__email="carol@sud.example").update(role="reviewer")
    with pytest.raises(NotNow, match="cannot speak for this society"):
        stage.approve(summary, "carol")


def test_a_revoked_link_says_nothing(summary):
    said = stage.about(summary, "bob")
    seats.Link.objects.filter(pk=said["by"].pk).update(revoked_at=database_now())
    with pytest.raises(NotNow, match="cannot speak for this society"):
        words.approve(**said, presence=factories.presence())


def test_what_went_to_a_journal_stays_and_a_society_that_was_silent_may_still_speak(summary):
    stage.approve(summary, "carol")
    stage.leave(summary, "bob")
    sent(summary)
    with pytest.raises(NotNow) as caught:
        stage.refuse(summary, "carol")
    assert str(caught.value) == (
        "Version 1 went to a journal with what your society said; that can no longer be changed."
    )
    with pytest.raises(NotNow, match="went to a journal"):
        stage.refuse(summary, "bob")
    stage.approve(summary, "sato")
    assert how(summary) == [("SDS", "approved"), ("NSC", "delegated"), ("JSC", "approved")]


def test_a_delegation_that_ended_after_the_sending_still_counts_for_what_was_sent(summary):
    stage.approve(summary, "carol")
    stage.leave(summary, "bob")
    sent(summary)
    later = database_now() + datetime.timedelta(hours=1)
    words.decide_again(by=factories.link_of(summary.letter, "bob"), clock=lambda: later)
    assert how(summary)[1] == ("NSC", "delegated")
    other = stage.published(summary.letter, stage.LATER, name="For the other paper")
    stage.approve(other, "carol")
    assert how(other)[1] == ("NSC", "silent")


@pytest.mark.parametrize("state", ["preparing", "waiting", "failed"])
def test_what_has_not_left_the_house_can_be_changed(summary, state):
    stage.approve(summary, "carol")
    sent(summary, state=state)
    stage.refuse(summary, "carol")
    assert how(summary)[0] == ("SDS", "refused")


def test_the_database_holds_one_word_and_one_delegation_per_society(summary):
    stage.approve(summary, "bob")
    word = SummaryApproval.objects.get()
    word.pk, word._state.adding = None, True
    with pytest.raises(IntegrityError), transaction.atomic():
        word.save()
    stage.leave(summary, "bob")
    left = Delegation.objects.get()
    left.pk, left._state.adding = None, True
    with pytest.raises(IntegrityError), transaction.atomic():
        left.save()
