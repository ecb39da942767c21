"""Which texts were joined into one or split into several; what continues what is decided in similarity."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from letters.text.similarity import WORD

# A paragraph counts as part of another when this share of its words is there; two or three words are chance.
_SHARE = 0.8
_FEWEST = 4
_PROSE = frozenset({"paragraph", "item", "quote", "footnote"})


@dataclass(frozen=True, slots=True)
class Regrouped:
    """`joined`: index in new -> the old texts in it; `split`: index in old -> the new texts it became; both sorted."""

    joined: dict[int, list[int]] = field(default_factory=dict)
    split: dict[int, list[int]] = field(default_factory=dict)


def regrouped(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]], partner: Mapping[int, int]) -> Regrouped:
    """Joined and split entries among (kind, text) lists; `partner` is index in new -> index in old.

    Of the parts one is the partner; the others stand right beside it and have no partner of their own.
    """
    gone = set(range(len(old))) - set(partner.values())
    come = set(range(len(new))) - set(partner)
    found = Regrouped()
    for j, i in sorted(partner.items()):
        if old[i] == new[j] or old[i][0] not in _PROSE:
            continue
        if len(parts := _parts(new[j][1], old, i, gone)) > 1:
            found.joined[j] = parts
            gone -= set(parts)
        elif len(parts := _parts(old[i][1], new, j, come)) > 1:
            found.split[i] = parts
            come -= set(parts)
    return found


def _parts(whole: str, entries: Sequence[tuple[str, str]], middle: int, free: set[int]) -> list[int]:
    """The entries, `middle` and neighbours of its kind, whose words together are in the whole."""
    left = _words(whole)
    if not _within(entries[middle][1], left):
        return [middle]
    left -= _words(entries[middle][1])
    found = [middle]
    for step in (-1, 1):
        k = middle + step
        while k in free and entries[k][0] == entries[middle][0] and _within(entries[k][1], left):
            left -= _words(entries[k][1])
            found.append(k)
            k += step
    return sorted(found)


def _within(text: str, left: Counter[str]) -> bool:
    words = _words(text)
    return words.total() >= _FEWEST and (words & left).total() >= _SHARE * words.total()


def _words(text: str) -> Counter[str]:
    return Counter(WORD.findall(text.casefold()))
