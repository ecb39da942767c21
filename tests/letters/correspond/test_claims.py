"""Claims: numbered without a gap, ordered, answered, and shown to the public only when somebody says so."""

import pytest
from django.db import IntegrityError, transaction

from letters.correspond import actions, claim_table, claims
from letters.correspond.claims import Point, Said
from letters.lifecycle import NotNow
from letters.models import Claim, ClaimAnswer, Event, database_now
from letters.proof import chain
from tests import factories
from tests.letters.correspond.stage import claimed, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return factories.closed()


def numbered(letter) -> dict[int, str]:
    return dict(Claim.objects.standing().filter(letter=letter).order_by("number").values_list("number", "text"))


def move(claim, *, up):
    return claims.move(by=factories.alice(), claim=claim, up=up, now=database_now())


def change(claim, said=None, **point):
    facts = {"text": claim.text, "block": claim.block, "evidence": claim.evidence, "remedy": claim.remedy} | point
    return claims.change(by=factories.alice(), claim=claim, point=Point(**facts), said=said or {}, now=database_now())


def test_claims_are_numbered_in_the_order_they_are_added(letter):
    claimed(letter, "A", "B")
    claimed(letter, "C")
    assert numbered(letter) == {1: "A", 2: "B", 3: "C"}


def test_a_claim_moves_by_one_and_stops_at_the_ends(letter):
    a, _, c = claimed(letter, "A", "B", "C")
    assert move(a, up=False).number == 2
    assert numbered(letter) == {1: "B", 2: "A", 3: "C"}
    events = letter.events.count()
    assert move(c, up=False).number == 3
    assert letter.events.count() == events
    assert Event.objects.get(kind="claim moved").data == {"from": 1, "to": 2}


def test_a_removed_claim_stays_as_a_row_and_the_others_move_up(letter):
    _, b, _ = claimed(letter, "A", "B", "C")
    claims.remove(by=factories.alice(), claim=b, now=database_now())
    assert numbered(letter) == {1: "A", 2: "C"}
    assert Claim.objects.filter(letter=letter).count() == 3
    with pytest.raises(NotNow, match="Alice Archer took this claim off meanwhile"):
        change(b, text="New")
    claimed(letter, "D")
    assert numbered(letter) == {1: "A", 2: "C", 3: "D"}


def test_what_an_entry_said_is_kept_once_and_can_be_taken_back(letter):
    (claim,) = claimed(letter, "A")
    reply = record(letter, "reply", "2025-04-10", text="x")
    change(claim, {reply.pk: Said("disputed", "Not so.")})
    change(claim, {reply.pk: Said("partly", "Half so.")})
    assert list(ClaimAnswer.objects.values_list("finding", "said")) == [("partly", "Half so.")]
    events = letter.events.count()
    change(claim, {reply.pk: Said("partly", "Half so.")})
    assert letter.events.count() == events
    change(claim, {reply.pk: Said("")})
    assert not ClaimAnswer.objects.exists()


def test_an_entry_of_another_letter_says_nothing_here(letter):
    (claim,) = claimed(letter, "A")
    other = record(factories.signing_open(), "reply", "2025-04-10", text="x")
    change(claim, {other.pk: Said("accepted")})
    assert not ClaimAnswer.objects.exists()


def test_an_entry_that_answers_a_claim_is_not_removed_before_that_is_taken_back(letter):
    (claim,) = claimed(letter, "A")
    reply = record(letter, "reply", "2025-04-10", text="x")
    change(claim, {reply.pk: Said("accepted")})
    with pytest.raises(NotNow, match="Claims refer to this entry"):
        actions.remove(by=factories.alice(), entry=reply, now=database_now())
    claims.remove(by=factories.alice(), claim=claim, now=database_now())
    actions.remove(by=factories.alice(), entry=reply, now=database_now())


def test_the_record_commits_to_the_words_and_names_the_number(letter):
    (claim,) = claimed(letter, "A")
    reply = record(letter, "reply", "2025-04-10", text="x")
    change(claim, {reply.pk: Said("disputed", "Not so.")}, evidence="Table 2")
    kinds = ("claim added", "claim changed", "claim answered")
    events = list(letter.events.filter(kind__in=kinds).order_by("seq"))
    numbers = [(event.kind, event.data["number"], "text" in event.data) for event in events]
    assert numbers == [(kind, 1, False) for kind in kinds]
    assert events[1].details["evidence"] == "Table 2"
    assert events[2].details["answers"] == [{"entry": reply.pk, "finding": "disputed", "said": "Not so."}]
    assert chain.check([event.as_record() for event in letter.events.order_by("seq")]) == []


def test_the_table_is_public_only_with_a_claim_and_at_a_persons_word(letter):
    with pytest.raises(NotNow, match="There are no claims yet"):
        claims.show(by=factories.alice(), letter=letter, shown=True, now=database_now())
    (claim,) = claimed(letter, "A")
    assert factories.fresh(letter).claims_public is False
    claims.show(by=factories.alice(), letter=letter, shown=True, now=database_now())
    assert factories.fresh(letter).claims_public is True
    claims.remove(by=factories.alice(), claim=claim, now=database_now())
    assert factories.fresh(letter).claims_public is False
    assert [event.kind for event in letter.events.order_by("seq")][-3:] == [
        "claims shown", "claim removed", "claims hidden"
    ]  # fmt: skip


def test_the_database_holds_one_claim_per_number(letter):
    claimed(letter, "A", "B")
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(number=2).update(number=1)


def test_a_journal_that_takes_the_letter_answers_no_claim_unless_somebody_says_so(letter):
    (claim,) = claimed(letter, "A")
    taken = record(letter, "decision", "2025-04-02", outcome="taken")
    refused = record(letter, "decision", "2025-04-03", outcome="no_action")
    assert claim_table.answering(letter) == [refused]
    change(claim, {taken.pk: Said("partly")})
    assert claim_table.answering(letter) == [taken, refused]
