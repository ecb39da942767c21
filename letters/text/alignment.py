"""Which block of one version continues which of another, and both in one order; what differs inside is up to diff."""

from collections.abc import Sequence
from dataclasses import dataclass

from letters.text.blocks import Block
from letters.text.similarity import out_of_order, pairs


@dataclass(frozen=True, slots=True)
class Step:
    """One block of both versions (indices in old and new), or of one; `moved` ones are met twice, once on each
    side."""

    old: int | None
    new: int | None
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """The steps in an order that keeps both versions' own, and the partners: index in new -> index in old."""

    steps: list[Step]
    partner: dict[int, int]


def align(old: Sequence[Block], new: Sequence[Block]) -> Alignment:
    """Blocks belong together by their id, blocks without a partner by likeness."""
    partner = _partners(old, new)
    matched = [j for j in range(len(new)) if j in partner]
    moved = {matched[n] for n in out_of_order([partner[j] for j in matched])}
    steady = {partner[j] for j in matched if j not in moved}
    going = set(partner.values()) - steady
    steps: list[Step] = []
    at = 0
    for j in range(len(new)):
        while at < len(old) and at not in steady:
            steps.append(Step(at, None, at in going))
            at += 1
        if j in partner and j not in moved:
            steps.append(Step(at, j))
            at += 1
        else:
            steps.append(Step(None, j, j in moved))
    steps += [Step(i, None, i in going) for i in range(at, len(old))]
    return Alignment(steps, partner)


def _partners(old: Sequence[Block], new: Sequence[Block]) -> dict[int, int]:
    place = {block.id: i for i, block in enumerate(old) if block.id}
    found = {j: place[block.id] for j, block in enumerate(new) if block.id in place}
    left = sorted(set(range(len(old))) - set(found.values()))
    right = [j for j in range(len(new)) if j not in found]
    for i, j in pairs([(old[i].kind, old[i].text) for i in left], [(new[j].kind, new[j].text) for j in right]):
        found[right[j]] = left[i]
    return found
