"""Which text of one list continues which text of another; knows words and order, nothing of blocks."""

import re
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher

# Below this share of common words two texts are two texts, not one that was edited.
ALIKE = 0.5
WORD = re.compile(r"\w+")


def pairs(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    """Pairs (index in old, index in new), one to one, of (kind, text) entries; sorted by the index in new.

    First equal entries in order, then equal entries elsewhere, then equal text of another kind, then similar
    words.
    """
    found = _in_order(old, new)
    _equal(old, new, found)
    _equal([text for _, text in old], [text for _, text in new], found)
    _similar(old, new, found)
    return sorted(((i, j) for j, i in found.items()), key=lambda pair: pair[1])


def alike(a: str, b: str) -> float:
    """Share of common words (Dice, 0 to 1), each word counted once."""
    left, right = set(WORD.findall(a.casefold())), set(WORD.findall(b.casefold()))
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 1.0


def out_of_order(places: Sequence[int]) -> list[int]:
    """Positions in `places` that are not on its longest increasing subsequence: the fewest blocks that
    moved."""
    ends: list[int] = []
    tails: list[int] = []
    before: list[int] = []
    for i, place in enumerate(places):
        k = bisect_left(ends, place)
        ends[k : k + 1] = [place]
        tails[k : k + 1] = [i]
        before.append(tails[k - 1] if k else -1)
    steady = set()
    i = tails[-1] if tails else -1
    while i >= 0:
        steady.add(i)
        i = before[i]
    return [i for i in range(len(places)) if i not in steady]


def _in_order(old: Sequence[Hashable], new: Sequence[Hashable]) -> dict[int, int]:
    found: dict[int, int] = {}
    for match in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        for k in range(match.size):
            found[match.b + k] = match.a + k
    return found


def _equal(old: Sequence[Hashable], new: Sequence[Hashable], found: dict[int, int]) -> None:
    taken = set(found.values())
    waiting: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for i, entry in enumerate(old):
        if i not in taken:
            waiting[entry].append(i)
    for j, entry in enumerate(new):
        if j not in found and waiting.get(entry):
            found[j] = waiting[entry].popleft()


def _similar(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]], found: dict[int, int]) -> None:
    taken = set(found.values())
    left = [i for i in range(len(old)) if i not in taken]
    right = [j for j in range(len(new)) if j not in found]
    bits: dict[str, int] = {}
    before = [(i, *_mask(old[i][1], bits)) for i in left]
    scored = []
    for j in right:
        mask, size = _mask(new[j][1], bits)
        for i, other, length in before:
            score = 2 * (mask & other).bit_count() / (size + length) if size + length else 0.0
            if score >= ALIKE:
                scored.append((-score, old[i][0] != new[j][0], abs(i - j), j, i))
    for *_, j, i in sorted(scored):
        if j not in found and i not in taken:
            found[j] = i
            taken.add(i)


def _mask(text: str, bits: dict[str, int]) -> tuple[int, int]:
    # One bit per word of the vocabulary: comparing 500 × 500 blocks takes milliseconds instead of seconds.
    mask = 0
    for word in set(WORD.findall(text.casefold())):
        mask |= 1 << bits.setdefault(word, len(bits))
    return mask, mask.bit_count()
