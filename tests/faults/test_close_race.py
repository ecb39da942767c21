"""Forty-eight societies sign at the moment two coordinators close: nobody slips in after it, nobody is lost."""

import os
import random

import pytest
from django.contrib.auth import get_user_model

from letters.models import Coordinator, Edition, Letter, Link, Mail, Signature
from letters.proof import chain
from letters.proof.records import instant
from tests import factories
from tests.faults import acts
from tests.faults.crowd import Act, Crowd, Outcome

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = int(os.environ.get("FAULT_ROUNDS", "6"))
SOCIETIES = 48
BOTH = ("alice@desk.example", "frank@desk.example")


def opened() -> Letter:
    """A letter open for 48 societies and run by Alice and Frank."""
    letter = factories.signing_open(acts.listing(SOCIETIES))
    frank = get_user_model().objects.create_user(BOTH[1], "Frank Frey")
    Coordinator.objects.create(letter=letter, user=frank)
    return letter


def reopened(letter: Letter, number: int) -> Letter:
    """The closed letter open again, under a text nobody has signed yet."""
    acts.extend(letter.slug, BOTH[0])
    factories.second_version(letter, factories.TEXT.replace("ten", f"ten and {number}"))
    return factories.fresh(letter)


def race(people: Crowd, letter: Letter, chance: random.Random) -> tuple[list[Outcome], list[Outcome]]:
    """What the signers and what the closers met; the close falls somewhere among the signatures."""
    links = Link.objects.filter(invitation__letter=letter).values_list("pk", flat=True)
    text = letter.on_the_table.content_hash
    signers = [Act(acts.sign, (link, text), chance.uniform(0, 0.3)) for link in links]
    closers = [Act(acts.close, (letter.slug, email), chance.uniform(0.1, 0.4)) for email in BOTH]
    met = people.together(signers + closers)
    return met[:SOCIETIES], met[SOCIETIES:]


def judge(letter: Letter, signers: list[Outcome], closers: list[Outcome]) -> int:
    """Hold one race against the promises; returns how many were refused."""
    edition = Edition.objects.get(letter=letter, superseded_at=None)
    acknowledged = sorted(met.value[1] for met in signers if not met.error)
    stored = Signature.objects.filter(version=edition.version)
    assert sorted(record["receipt"] for record in edition.roster) == acknowledged
    assert sorted(stored.values_list("receipt_no", flat=True)) == acknowledged
    assert [r["receipt"] for r in edition.roster if r["signed_at"] > instant(edition.closed_at)] == []
    late = [met for met in signers if met.error]
    when = edition.closed_at.astimezone(letter.zone).strftime("%-d %B %Y at %H:%M:%S (America/New_York)")
    refusal = f"The letter was closed on {when}. Nothing more can be signed."
    assert {(met.error, met.message) for met in late} <= {("NotNow", refusal)}
    assert sorted(met.error for met in closers) in (["", "NotNow"], ["", "Overtaken"])
    assert sum(met.value == edition.pk for met in closers) == 1
    records = [event.as_record() for event in letter.events.order_by("seq")]
    assert chain.check(records) == []
    assert [record["kind"] for record in records][-len(acknowledged) - 2 :] == ["signed"] * len(acknowledged) + [
        "closed",
        "frozen",
    ]
    assert Mail.objects.filter(kind="receipt", key__in=[f"receipt:{row.pk}" for row in stored]).count() == len(stored)
    return len(late)


def test_nobody_signs_after_the_close_and_no_signature_is_lost(people: Crowd):
    chance = random.Random(ROUNDS)
    letter, refused = opened(), 0
    for number in range(ROUNDS):
        letter = reopened(letter, number) if number else factories.fresh(letter)
        refused += judge(letter, *race(people, letter, chance))
    print(f"{ROUNDS} closes, {ROUNDS * SOCIETIES - refused} signatures before them and {refused} refused after them")
    assert 0 < refused < ROUNDS * SOCIETIES, "every close fell outside its race; that proves nothing"
