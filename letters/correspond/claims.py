"""The verbs of claims: add, change, order and remove points of the letter, say what an answer said, show the table."""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import F, Max

from letters import lifecycle, stale
from letters.lifecycle import NotNow
from letters.models import Claim, ClaimAnswer, Correspondence, Event, Letter, User
from letters.stale import Change

MOST = 200
_ASIDE = 1_000_000  # numbers while an order is written, out of the way of the constraint


@dataclasses.dataclass(frozen=True, slots=True)
class Point:
    """A claim as a person types it; `block` is the id of a block of the letter, or ""."""

    text: str
    block: str = ""
    evidence: str = ""
    remedy: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Said:
    """What one entry said to a claim; `finding` "" takes it back."""

    finding: str
    words: str = ""


@transaction.atomic
def add(*, by: User, letter: Letter, points: Sequence[Point], now: datetime.datetime) -> list[Claim]:
    """Number these points after those that are there; raises NotNow for too many."""
    row = lifecycle.locked(letter)
    last = Claim.objects.standing().filter(letter=row).aggregate(n=Max("number"))["n"] or 0
    if last + len(points) > MOST:
        raise NotNow(f"A letter has at most {MOST} claims here; join some of them.")
    made = []
    for number, point in enumerate(points, start=last + 1):
        claim = Claim.objects.create(
            letter=row, number=number, created_at=now, created_by=by, **dataclasses.asdict(point)
        )
        _tell(row, "claim added", claim, by=by, now=now)
        made.append(claim)
    return made


@transaction.atomic
def change(*, by: User, claim: Claim, point: Point, said: Mapping[int, Said], now: datetime.datetime) -> Claim:
    """Write a claim anew, and what entries (by number) said to it; raises NotNow for one that was removed."""
    letter = lifecycle.locked(claim.letter)
    row = standing(claim)
    wanted = dataclasses.asdict(point)
    if any(getattr(row, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(row, name, value)
        row.save(update_fields=list(wanted))
        _tell(letter, "claim changed", row, by=by, now=now)
    have = {answer.correspondence_id: answer for answer in row.answers.all()}
    entries = Correspondence.objects.kept().filter(letter=letter, pk__in=list(said)).order_by("day", "pk")
    told = [fact for one in entries if (fact := _answer(row, one, have.get(one.pk), said[one.pk], by=by, now=now))]
    if told:
        private = {"answers": told, "person": by.email}
        Event.objects.append(
            letter, "claim answered", actor="coordinator", by=by, at=now, data={"number": row.number}, private=private
        )
    return row


def _answer(
    claim: Claim, entry: Correspondence, old: ClaimAnswer | None, said: Said, *, by: User, now: datetime.datetime
) -> dict[str, object]:
    """Write what one entry said; the facts for the record, none where nothing changed."""
    if (old.finding, old.said) == (said.finding, said.words) if old else not said.finding:
        return {}
    if not said.finding and old:
        old.delete()
    else:
        facts = {"finding": said.finding, "said": said.words, "by": by, "at": now}
        ClaimAnswer.objects.update_or_create(claim=claim, correspondence=entry, defaults=facts)
    return {"entry": entry.pk, "finding": said.finding, "said": said.words}


@transaction.atomic
def remove(*, by: User, claim: Claim, now: datetime.datetime) -> None:
    """Take a claim off the table; its row stays, and those after it move up. Raises NotNow for one that is gone."""
    letter = lifecycle.locked(claim.letter)
    row = standing(claim)
    row.removed_at = now
    row.save(update_fields=["removed_at"])
    _tell(letter, "claim removed", row, by=by, now=now)
    _number(letter, [one.pk for one in Claim.objects.standing().filter(letter=letter)])
    _nothing_to_show(letter, by=by, now=now)


@transaction.atomic
def move(*, by: User, claim: Claim, up: bool, now: datetime.datetime) -> Claim:
    """Swap a claim with the one before or after it; at the end of the list nothing happens."""
    letter = lifecycle.locked(claim.letter)
    row = standing(claim)
    order = [one.pk for one in Claim.objects.standing().filter(letter=letter)]
    here = order.index(row.pk)
    there = here - 1 if up else here + 1
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
        _number(letter, order)
        facts = {"from": row.number, "to": there + 1}
        Event.objects.append(letter, "claim moved", actor="coordinator", by=by, at=now, data=facts)
    return Claim.objects.get(pk=row.pk)


@transaction.atomic
def show(*, by: User, letter: Letter, shown: bool, now: datetime.datetime) -> Letter:
    """Put the table on the letter's public page, or take it off; raises NotNow while there is no claim."""
    row = lifecycle.locked(letter)
    if shown and not Claim.objects.standing().filter(letter=row).exists():
        raise NotNow("There are no claims yet: add one, then make the table public.")
    _set_shown(row, shown, by=by, now=now)
    return row


def _nothing_to_show(letter: Letter, *, by: User, now: datetime.datetime) -> None:
    if not Claim.objects.standing().filter(letter=letter).exists():
        _set_shown(letter, False, by=by, now=now)


def _set_shown(letter: Letter, shown: bool, *, by: User, now: datetime.datetime) -> None:
    if letter.claims_public == shown:
        return
    letter.claims_public = shown
    letter.save(update_fields=["claims_public"])
    Event.objects.append(letter, "claims shown" if shown else "claims hidden", actor="coordinator", by=by, at=now)


def _number(letter: Letter, order: Sequence[int]) -> None:
    """Write the numbers 1, 2, 3 … in this order; first out of the way, since a number may stand only once."""
    Claim.objects.standing().filter(letter=letter).update(number=F("number") + _ASIDE)
    for number, pk in enumerate(order, start=1):
        Claim.objects.filter(pk=pk).update(number=number)


def last_act(claim: Claim) -> Change | None:
    """Who wrote the claim or took it off last, and when."""
    return stale.last_act(claim.letter, "claim added", "claim changed", "claim removed", claim=claim.pk)


def last_said(claim: Claim, entry: Correspondence) -> Change | None:
    """Who wrote down last what the entry said to the claim, or took that back, and when."""
    answer = ClaimAnswer.objects.filter(claim=claim, correspondence=entry).select_related("by").first()
    return (answer.by, answer.at) if answer else stale.last_act(claim.letter, "claim answered", number=claim.number)


def standing(claim: Claim) -> Claim:
    """The claim as it stands now; raises NotNow where it was taken off."""
    row = Claim.objects.standing().filter(pk=claim.pk).first()
    if row is None:
        gone = last_act(claim)
        who = f"{gone[0]} took this claim off" if gone and gone[0] else "This claim was taken off"
        raise NotNow(f"{who} meanwhile: what you typed is not saved. Add it as a new one if it still counts.")
    return row


def _tell(letter: Letter, kind: str, claim: Claim, *, by: User, now: datetime.datetime) -> None:
    private = {
        "text": claim.text, "block": claim.block, "evidence": claim.evidence, "remedy": claim.remedy,
        "person": by.email,
    }  # fmt: skip
    data = {"number": claim.number, "claim": claim.pk}
    Event.objects.append(letter, kind, actor="coordinator", by=by, at=now, data=data, private=private)
