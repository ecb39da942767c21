"""Acts in any order, held against a small model of a letter's life: what is allowed happens, nothing else changes."""

import datetime

import pytest
from django.db import transaction
from django.db.models import Count
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from letters.models import Edition, Letter, Signature, State, database_now
from letters.proof import chain
from letters.sign import actions as signing
from letters.sign import responses
from letters.submit import actions as submit
from tests import factories
from tests.faults import acts
from tests.faults.late_life import SEATS, LateLife, officers

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
any_text = st.integers(0, 5)


class Life(LateLife):
    """The model: the state, the words so far, the live signature of each society, the roster of the last close."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @initialize(names=st.lists(officers, unique=True), closed=st.booleans())
    def begin(self, names: list[str], closed: bool) -> None:
        """Not always at the very beginning."""
        for name in names:
            self.sign(name, 0, False)
        if closed:
            self.close()

    @rule(name=officers, text=any_text, late=st.sampled_from([False, False, False, True]))
    def sign(self, name: str, text: int, late: bool) -> None:
        """Also "keep": the society may have signed earlier words."""
        link, current = factories.link_of(self.letter, name), len(self.words) - 1
        number = min(text, current)
        consent = factories.consent(link, content_hash=self.words[number])
        deadline = self.fresh.deadline
        at = deadline if late else database_now()
        clock = (lambda: deadline) if late else database_now
        called = self.late is not None and SEATS[name] in self.late[0] and at < self.late[1]
        is_open = (self.state == State.SIGNING and not late) or (self.state == State.SEALED and called)

        def act() -> Signature:
            return signing.sign(by=link, consent=consent, presence=factories.presence(), clock=clock)

        standing = self.live.get(SEATS[name])
        if number != current:
            self.refused(act, signing.VersionMoved)
        elif not is_open:
            said = "The deadline was" if self.state == State.SIGNING else "was closed on"
            assert said in str(self.refused(act))
        elif standing and standing[0] == current:
            error = self.refused(act, signing.SignedAlready)
            assert isinstance(error, signing.SignedAlready)
            assert error.signature.receipt_no == standing[1]
        else:
            self.live[SEATS[name]] = (current, act().receipt_no)

    @rule(name=officers, choice=st.integers(0, 9))
    def withdraw(self, name: str, choice: int) -> None:
        link = factories.link_of(self.letter, name)
        signatures = list(Signature.objects.filter(invitation=link.invitation).order_by("pk"))
        if not signatures:
            return
        chosen = signatures[choice % len(signatures)]

        def act() -> Signature:
            return signing.withdraw(by=link, signature=chosen, reason="")

        standing = self.live.get(SEATS[name])
        printed = self.state == State.SEALED and chosen.receipt_no in self.printed
        if printed or not standing or standing[1] != chosen.receipt_no:
            self.refused(act)
            return
        act()
        self.gone(SEATS[name])

    @rule(name=officers)
    def decline(self, name: str) -> None:
        link = factories.link_of(self.letter, name)
        if self.state != State.SIGNING or SEATS[name] in self.live:
            self.refused(lambda: responses.decline(by=link, reason=""))
        else:
            assert responses.decline(by=link, reason="").pk == link.invitation_id

    @precondition(lambda self: len(self.words) < 5)
    @rule()
    def publish(self) -> None:
        text = factories.TEXT.replace("ten", f"ten and {len(self.words)}")
        if self.state == State.SIGNING:
            self.words.append(factories.second_version(self.fresh, text).content_hash)
        else:
            self.refused(lambda: factories.second_version(self.fresh, text))

    @rule()
    def close(self) -> None:
        def act() -> Edition:
            return submit.close(by=factories.alice(), letter=self.fresh)

        if self.state == State.SIGNING and any(words == len(self.words) - 1 for words, _ in self.live.values()):
            act()
            self.state = State.CLOSED
            self.frozen()
        else:
            self.refused(act)

    @rule(days=st.integers(-1, 9))
    def extend(self, days: int) -> None:
        now = database_now()

        def act() -> Letter:
            later = now + datetime.timedelta(days=days)
            return submit.extend(by=factories.alice(), letter=self.fresh, deadline=later, now=now)

        if self.state == State.SEALED or days <= 0:
            self.refused(act)
        else:
            self.state, self.roster = act().state, None
            assert self.state == State.SIGNING

    @precondition(lambda self: self.editions)
    @rule(choice=st.integers(0, 9))
    def come_back_with_a_sealed_file(self, choice: int) -> None:
        edition = self.editions[-1 - choice % len(self.editions)]
        counts = Edition.objects.filter(pk=edition, superseded_at=None, sealed_at=None).exists()
        expected = self.state in (State.CLOSED, State.SEALED) and counts
        before = self.picture()
        assert acts.mark_sealed(edition) is expected
        if expected:
            self.state, self.pending, self.sealed = State.SEALED, False, self.roster or []
            self.printed |= set(self.sealed)
            self.ever_sealed[edition] = Edition.objects.get(pk=edition).root
        else:
            assert self.picture() == before

    @invariant()
    def the_database_is_as_the_model_says(self) -> None:
        assert self.fresh.state == self.state
        live = Signature.objects.live()
        assert not live.values("invitation", "slot").annotate(n=Count("pk")).filter(n__gt=1).exists()
        assert sorted(live.values_list("receipt_no", flat=True)) == sorted(no for _, no in self.live.values())
        assert [row for row in Signature.objects.all() if row.content_hash != row.version.content_hash] == []

    @invariant()
    def the_roster_holds_the_live_signatures_of_its_version_and_no_later_one(self) -> None:
        standing = Edition.objects.filter(superseded_at=None).last()
        assert (sorted(r["receipt"] for r in standing.roster) if standing else []) == (self.roster or [])
        if standing:
            signed = Signature.objects.filter(receipt_no__in=[r["receipt"] for r in standing.roster])
            assert {(row.version_id, row.signed_at <= standing.closed_at) for row in signed} == {
                (standing.version_id, True)
            }

    @invariant()
    def the_chain_is_unbroken(self) -> None:
        records = [event.as_record() for event in self.letter.events.order_by("seq")]
        assert chain.check(records) == []
        assert self.fresh.events_count == len(records)


def test_any_order_of_acts_keeps_the_promises():
    Life.letter = factories.signing_open()
    few = settings(
        max_examples=40, stateful_step_count=16, deadline=None, suppress_health_check=list(HealthCheck), database=None,
        phases=[Phase.generate],  # sixteen acts can be read as they are; making them fewer takes minutes
    )  # fmt: skip
    run_state_machine_as_test(Life, settings=few)
