"""The later half of the model of a letter's life: what a seal fixes, public notes, late signing and its editions."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from letters.lifecycle import NotNow
from letters.models import Edition, LateCall, Letter, Signature, State, database_now
from letters.sign import actions as signing
from letters.submit import late
from tests import factories

SEATS = {"bob": "north", "erin": "north", "carol": "sud", "sato": "jsc"}
officers = st.sampled_from(sorted(SEATS))


class LateLife(RuleBasedStateMachine):
    """The model past the seal; Life adds what comes before it."""

    letter: Letter  # open for signature and signed by nobody; made once, outside

    def __init__(self) -> None:
        super().__init__()
        self.state = State.SIGNING
        self.words = [self.letter.on_the_table.content_hash]
        self.live: dict[str, tuple[int, str]] = {}  # society: (number of the words, receipt)
        self.roster: list[str] | None = None
        self.sealed: list[str] = []  # the receipts of the newest sealed edition
        self.printed: set[str] = set()  # the receipts of all sealed editions
        self.ever_sealed: dict[int, str] = {}  # edition: its root
        self.late: tuple[set[str], datetime.datetime] | None = None  # the societies of an open late call, and its end
        self.pending = False  # a further edition waits for its seal
        self.editions: list[int] = []

    @property
    def fresh(self) -> Letter:
        return factories.fresh(self.letter)

    def picture(self) -> list[Any]:
        """All that a refused act must not touch."""
        return [
            list(Letter.objects.values()), list(Signature.objects.order_by("pk").values()),
            list(Edition.objects.order_by("pk").values()), list(self.letter.events.values_list("hash", flat=True)),
            list(self.letter.invitations.order_by("pk").values()), list(self.letter.versions.values()),
        ]  # fmt: skip

    def refused(self, act: Callable[[], object], kind: type[NotNow] = NotNow) -> NotNow:
        """The act raises exactly this and leaves everything as it was."""
        before = self.picture()
        with pytest.raises(NotNow) as caught:
            act()
        assert type(caught.value) is kind
        assert self.picture() == before
        return caught.value

    def frozen(self) -> None:
        """Take note of the roster that counts now."""
        edition = Edition.objects.filter(superseded_at=None).last()
        self.editions += [edition.pk] if edition else []
        current = len(self.words) - 1
        self.roster = sorted(receipt for words, receipt in self.live.values() if words == current)

    @rule(name=officers, choice=st.integers(0, 9))
    def note(self, name: str, choice: int) -> None:
        """After the seal, in public."""
        link = factories.link_of(self.letter, name)
        signatures = list(Signature.objects.filter(invitation=link.invitation).order_by("pk"))
        if not signatures:
            return
        chosen = signatures[choice % len(signatures)]

        def act() -> Signature:
            return signing.note(by=link, signature=chosen, words="We read it again.")

        standing = self.live.get(SEATS[name])
        if chosen.receipt_no not in self.printed or not standing or standing[1] != chosen.receipt_no:
            self.refused(act)
            return
        assert act().withdrawn_after_seal
        self.gone(SEATS[name])

    def gone(self, society: str) -> None:
        """The society's signature no longer stands; a roster that waits for its seal is frozen anew."""
        del self.live[society]
        if self.state == State.CLOSED:
            self.frozen()
        elif self.pending:
            self.frozen_late()

    def frozen_late(self) -> None:
        """The next edition, if anybody signed since the last; else the last one counts again."""
        current = len(self.words) - 1
        receipts = sorted(receipt for words, receipt in self.live.values() if words == current)
        self.pending = not set(receipts) <= set(self.sealed)
        self.roster = receipts if self.pending else self.sealed
        if self.pending:
            self.editions.append(Edition.objects.filter(superseded_at=None).last().pk)

    @precondition(lambda self: self.state in (State.SEALED, State.CLOSED))
    @rule(names=st.sets(officers), days=st.sampled_from([0, 1, 3, 3]))
    def open_late(self, names: set[str], days: int) -> None:
        chosen = {SEATS[name] for name in names}
        places = [factories.link_of(self.letter, name).invitation_id for name in names]
        current, now = len(self.words) - 1, database_now()
        free = {society for society in chosen if self.live.get(society, (-1,))[0] != current}
        until = now + datetime.timedelta(days=days)

        def act() -> LateCall:
            return late.open_late(by=factories.alice(), letter=self.fresh, societies=places, until=until, now=now)

        if self.state == State.SEALED and not self.late and not self.pending and days and free:
            self.late = (free, act().until)
        else:
            self.refused(act)

    @precondition(lambda self: self.state == State.SEALED)
    @rule()
    def close_late(self) -> None:
        def act() -> Edition | None:
            return late.close_late(by=factories.alice(), letter=self.fresh)

        if self.late is None:
            self.refused(act)
            return
        edition, self.late = act(), None
        self.frozen_late()
        assert (edition is not None) is self.pending

    @invariant()
    def a_sealed_edition_never_changes(self) -> None:
        sealed = Edition.objects.exclude(sealed_at=None)
        assert dict(sealed.filter(superseded_at=None).values_list("pk", "root")) == self.ever_sealed
        assert [row.number for row in sealed.order_by("pk")] == list(range(1, len(self.ever_sealed) + 1))
