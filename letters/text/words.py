"""Compares the words of two versions of one block; which blocks belong together is decided in diff."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from letters.text.inline import Run

# Products of word counts above this are compared by sentence first: difflib's time grows with the product.
_FINE = 250_000
# Below this share of common words a word-by-word redline is confetti; old and new are shown whole.
_COMMON = 0.3
_WORD = re.compile(r"\w+(?:[’'.\-‐‑]\w+)*|[^\w\s]")
_BLACK = re.compile(r"\S+")
_STOP = re.compile(r"[.!?]")
SAME, OLD, NEW = "same", "old", "new"


@dataclass(frozen=True, slots=True)
class Part:
    """Neighbouring runs that are in both versions ("same"), only in the old or only in the new one."""

    side: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    gap: tuple[Run, ...]
    word: Run
    key: tuple[str, frozenset[str], str]


def compare(old: Sequence[Run], new: Sequence[Run]) -> list[Part]:
    """Parts whose "same" and "old" runs are exactly the old text, "same" and "new" exactly the new one.

    Emphasis is not compared: words that stay are shown as in the new version.
    """
    before, after = _tokens(old), _tokens(new)
    parts: list[Part] = []
    for kind, a, b, c, d in _steps(before, after):
        if kind == "equal":
            for one, other in zip(before[a:b], after[c:d], strict=True):
                parts += _kept(one, other)
        else:
            parts += _replaced(before[a:b], after[c:d])
    return _merged(parts)


def whole(runs: Sequence[Run], side: str) -> list[Part]:
    """All of a block on one side."""
    return [Part(side, tuple(runs))] if runs else []


def count(parts: Iterable[Part]) -> int:
    """Number of words that are on one side only."""
    marked = ("".join(run.text for run in part.runs) for part in parts if part.side != SAME)
    return sum(len(re.findall(r"\w+(?:[’'.\-‐‑/]\w+)*", text)) for text in marked)


def _tokens(runs: Sequence[Run]) -> list[_Token]:
    tokens: list[_Token] = []
    gap: list[Run] = []
    for run in runs:
        at = 0
        outside = bool(run.href) and not run.href.startswith("#")
        for found in (_BLACK if outside else _WORD).finditer(run.text):
            # Not dataclasses.replace: this line runs once for each word, and that is six times slower.
            if found.start() > at:
                gap.append(Run(run.text[at : found.start()], run.marks, run.href))
            word = Run(found[0], run.marks, run.href)
            tokens.append(_Token(tuple(gap), word, _key(word)))
            gap = []
            at = found.end()
        if at < len(run.text):
            gap.append(Run(run.text[at:], run.marks, run.href))
    if gap:
        tokens.append(_Token(tuple(gap), Run(""), ("", frozenset(), "")))
    return tokens


def _steps(before: Sequence[_Token], after: Sequence[_Token]) -> list[tuple[str, int, int, int, int]]:
    """Like `SequenceMatcher.get_opcodes`, in bounded time."""
    a, b = [token.key for token in before], [token.key for token in after]
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    steps = [("equal", 0, start, 0, start)] if start else []
    steps += _middle(a, b, (start, len(a) - end, start, len(b) - end), start + end)
    if end:
        steps.append(("equal", len(a) - end, len(a), len(b) - end, len(b)))
    return steps


def _middle(
    a: Sequence[object], b: Sequence[object], within: tuple[int, int, int, int], outside: int
) -> list[tuple[str, int, int, int, int]]:
    i, j, k, m = within
    if i == j and k == m:
        return []
    if i == j or k == m:
        return [("replace", i, j, k, m)]
    if (j - i) * (m - k) > _FINE:
        return _coarse(a, b, within)
    found = SequenceMatcher(None, a[i:j], b[k:m], autojunk=False).get_opcodes()
    same = outside + sum(y - x for kind, x, y, *_ in found if kind == "equal")
    if same < _COMMON * max(len(a), len(b)):
        return [("replace", i, j, k, m)]
    return [(kind, x + i, y + i, u + k, v + k) for kind, x, y, u, v in found]


def _coarse(
    a: Sequence[object], b: Sequence[object], within: tuple[int, int, int, int]
) -> list[tuple[str, int, int, int, int]]:
    i, j, k, m = within
    left, right = _sentences(a, i, j), _sentences(b, k, m)
    one = [tuple(a[x:y]) for x, y in left]
    other = [tuple(b[x:y]) for x, y in right]
    steps: list[tuple[str, int, int, int, int]] = []
    for kind, x, y, u, v in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        ends = (left[x][0] if x < y else -1, left[y - 1][1], right[u][0] if u < v else -1, right[v - 1][1])
        p, q = (ends[0], ends[1]) if x < y else (0, 0)
        r, s = (ends[2], ends[3]) if u < v else (0, 0)
        fine = kind == "replace" and (q - p) * (s - r) <= _FINE
        steps += _middle(a, b, (p, q, r, s), len(a)) if fine else [(kind, p, q, r, s)]
    return steps


def _sentences(tokens: Sequence[object], start: int, end: int) -> list[tuple[int, int]]:
    cuts = [start]
    for n in range(start, end):
        key = tokens[n]
        if isinstance(key, tuple) and _STOP.fullmatch(str(key[0])):
            cuts.append(n + 1)
    if cuts[-1] != end:
        cuts.append(end)
    return list(pairwise(cuts))


def _kept(one: _Token, other: _Token) -> list[Part]:
    if _keys(one.gap) == _keys(other.gap):
        return [Part(SAME, (*other.gap, other.word))]
    return [Part(OLD, one.gap), Part(NEW, other.gap), Part(SAME, (other.word,))]


def _replaced(old: Sequence[_Token], new: Sequence[_Token]) -> list[Part]:
    gap: tuple[Run, ...] = ()
    left, right = _flat(old), _flat(new)
    if old and new and _keys(old[0].gap) == _keys(new[0].gap):
        gap = new[0].gap
        left, right = left[len(old[0].gap) :], right[len(gap) :]
    return [Part(SAME, gap), Part(OLD, left), Part(NEW, right)]


def _key(run: Run) -> tuple[str, frozenset[str], str]:
    """What must agree for two words to be the same: all that shows in the plain text."""
    outside = bool(run.href) and not run.href.startswith("#")
    return run.text, run.marks & {"sup", "sub", "s"}, run.href if outside else ""


def _keys(runs: Sequence[Run]) -> list[tuple[str, frozenset[str], str]]:
    return [_key(run) for run in runs]


def _flat(tokens: Sequence[_Token]) -> tuple[Run, ...]:
    return tuple(run for token in tokens for run in (*token.gap, token.word))


def _text(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def _merged(parts: Sequence[Part]) -> list[Part]:
    """Neighbours of one side joined; between words that stay, the old words come first, then the new ones."""
    out: list[Part] = []
    waiting: dict[str, list[Run]] = {OLD: [], NEW: []}
    for part in (*parts, Part(SAME, (Run("\0"),))):
        if not _text(part.runs):
            continue
        if part.side != SAME:
            waiting[part.side] += part.runs
            continue
        out += [Part(side, tuple(runs)) for side, runs in waiting.items() if runs]
        waiting = {OLD: [], NEW: []}
        if out and out[-1].side == SAME:
            out[-1] = Part(SAME, (*out[-1].runs, *part.runs))
        else:
            out.append(part)
    return _without_end(out)


def _without_end(parts: list[Part]) -> list[Part]:
    # The sentinel is the last run of the last part.
    last = parts[-1].runs[:-1]
    return [*parts[:-1], *([Part(SAME, last)] if last else [])]
