"""The differences between two versions in one plain sentence, made from counts; finding them is up to
diff."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)\]]*\s+(?=[\"“‘(\[]?\w)")
EMPHASIS = "emphasis or links"
_SINGULAR = frozenset({"title"})


@dataclass(frozen=True, slots=True)
class Difference:
    """`count` things of one kind that changed in one way: ("sentence", "changed", "Heterogeneity", 2)."""

    noun: str
    verb: str
    section: str
    count: int = 1


def sentence_differences(old: str, new: str, section: str) -> list[Difference]:
    """Sentences of a block that changed, were added or removed; a sentence that only moved counts for
    nothing."""
    before, after = Counter(_SENTENCE.split(old)), Counter(_SENTENCE.split(new))
    gone, come = (before - after).total(), (after - before).total()
    both = min(gone, come)
    if not gone and not come:
        return [Difference("sentence", "moved", section)]
    found = [Difference("sentence", "changed", section, both)] if both else []
    if gone != come:
        found.append(Difference("sentence", "added" if come > gone else "removed", section, abs(come - gone)))
    return found


def summary(differences: Sequence[Difference]) -> str:
    """One sentence such as "2 sentences changed in Heterogeneity, 1 reference corrected; nothing else."."""
    if not differences:
        return "Nothing changed."
    groups: dict[tuple[str, str], list[Difference]] = {}
    for one in differences:
        groups.setdefault((one.noun, one.verb), []).append(one)
    clauses = [_clause(noun, verb, group) for (noun, verb), group in groups.items()]
    text = "; ".join(clauses) + "; nothing else."
    return text[:1].upper() + text[1:]


def listed(names: Sequence[str]) -> str:
    """a, b and c"""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def counted(count: int, noun: str) -> str:
    """1 sentence, 2 sentences, no sentences"""
    return f"{count:,} {noun}{'' if count == 1 else 's'}" if count else f"no {noun}s"


def _clause(noun: str, verb: str, group: Sequence[Difference]) -> str:
    if noun in _SINGULAR:
        return f"the {noun} {verb}"
    total = sum(one.count for one in group)
    sections = list(dict.fromkeys(one.section for one in group if one.section))
    if noun == EMPHASIS:
        return f"{noun} {verb} in {listed(sections)}" if sections else f"{noun} {verb}"
    if noun in ("reference", "footnote", "heading") or not sections:
        return f"{counted(total, noun)} {verb}"
    preposition = "to" if verb == "moved" and noun != "sentence" else "in"
    comma = "," if len(sections) > 1 else ""
    return f"{counted(total, noun)} {verb}{comma} {preposition} {listed(sections)}"
