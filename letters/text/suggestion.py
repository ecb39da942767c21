"""Suggests the change label of a new version, editorial or substantive, with the reason; a person decides."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from letters.text.alignment import align
from letters.text.blocks import Block

EDITORIAL, SUBSTANTIVE = "editorial", "substantive"
# A number with its stops, a word, or any sign that says something: stops, brackets and dashes between words do not.
# A number with its sign, stops and ranges; a word; any other sign that says something. Stops, brackets and dashes
# between words are left out.
_TOKEN = re.compile(
    r"(?<![\w)\]])[−–-]?\.?\d(?:[\d.,:/·−‐‑–-]*\d)?%?|\d+%?|[^\W_]\w*(?:['’]\w+)*|[^\w\s.,;:()\[\]‐‑–—\-'’…]"
)
_DASHES = str.maketrans("−‐‑–", "----")
_QUOTES = str.maketrans("“”„‟«»‘‚‛", '""""""\'\'\'')
_ADDRESS = re.compile(r"https?://(?:dx\.)?doi\.org/|\bdoi:?\s*", re.IGNORECASE)
# British and American spelling, from the longer form to the shorter.
_SPELLINGS = (
    ("isation", "ization"), ("ise", "ize"), ("ising", "izing"), ("yse", "yze"), ("our", "or"), ("aes", "es"),
    ("aem", "em"), ("oed", "ed"), ("aed", "ed"), ("tre", "ter"), ("ll", "l"),
)  # fmt: skip
_PAIRS = frozenset({("colour", "color"), ("tumour", "tumor"), ("centre", "center"), ("oedema", "edema")})
_LONG = 7


@dataclass(slots=True)
class _Found:
    """What kinds of harmless changes were met."""

    reasons: list[str] = field(default_factory=list)

    def add(self, reason: str) -> bool:
        if reason not in self.reasons:
            self.reasons.append(reason)
        return True


def suggest(old: Sequence[Block], new: Sequence[Block]) -> tuple[str, str]:
    """("editorial" or "substantive", the reason in one sentence); in doubt substantive.

    Editorial is a version in which only stops, capitals, blanks, quotation marks of another shape, British or
    American spelling, plain slips of the pen in long words, emphasis, or the form of references changed.
    """
    found = _Found()
    steps = align(old, new).steps
    for step in steps:
        if step.moved:
            return SUBSTANTIVE, "A part of the letter moved."
        if step.old is None or step.new is None:
            return SUBSTANTIVE, f"A part of the letter was {'added' if step.old is None else 'removed'}."
    common = Counter(word.casefold() for block in old for word in _TOKEN.findall(block.text))
    for step in steps:
        if step.old is not None and step.new is not None:
            reason = _pair(old[step.old], new[step.new], common, found)
            if reason:
                return SUBSTANTIVE, reason
    if not found.reasons:
        return EDITORIAL, "Nothing changed."
    listed = found.reasons[0] if len(found.reasons) == 1 else f"{', '.join(found.reasons[:-1])} and {found.reasons[-1]}"
    return EDITORIAL, f"Only {listed} changed."


def _pair(before: Block, after: Block, common: Counter[str], found: _Found) -> str:
    """Why the change of one block is substantive; "" when it is not, with what changed noted."""
    if before.kind != after.kind or before.level != after.level:
        return "A part of the letter is of another kind now, such as a heading or a list item."
    if before.label != after.label:
        return "The numbers of a list or of the references changed."
    if before.text == after.text:
        if before.html != after.html:
            found.add("emphasis or links")
        return ""
    if before.kind == "reference":
        same = _reference(before.text) == _reference(after.text)
        return "" if same and found.add("the form of references") else "The words or figures of a reference changed."
    if _signs(before.text) != _signs(after.text):
        return "Raised, lowered or struck words or a link changed."
    return "" if _words(before.text, after.text, common, found) else "Words or figures changed."


def _words(before: str, after: str, common: Counter[str], found: _Found) -> bool:
    one, other = (_tokens(text) for text in (before, after))
    if [_folded(word) for word in one] == [_folded(word) for word in other]:
        return found.add("punctuation, capitals or spacing")
    steps = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    for kind, a, b, c, d in steps:
        if kind == "equal":
            continue
        if b - a != d - c or not all(_spelling(x, y, common) for x, y in zip(one[a:b], other[c:d], strict=True)):
            return False
    return found.add("spelling")


def _tokens(text: str) -> list[str]:
    found = _TOKEN.findall(text.translate(_QUOTES))
    return [word.translate(_DASHES) if any(char.isdecimal() for char in word) else word for word in found]


def _folded(word: str) -> str:
    """A capital at the start says nothing, capitals throughout may: US is not us."""
    return word if len(word) > 1 and word.isupper() else word.casefold()


def _spelling(before: str, after: str, common: Counter[str]) -> bool:
    if _folded(before) == _folded(after):
        return True
    one, other = before.casefold(), after.casefold()
    # Short words are other words too easily: "colour" and "color" pass as a pair, "filled" and "filed" must not.
    if (one, other) in _PAIRS or (other, one) in _PAIRS:
        return True
    if not (one.isalpha() and other.isalpha()) or min(len(one), len(other)) < _LONG - 1:
        return False
    return _american(one) == _american(other) or _slip(one, other, common)


def _american(word: str) -> str:
    for british, american in _SPELLINGS:
        word = word.replace(british, american)
    return word


def _slip(one: str, other: str, common: Counter[str]) -> bool:
    """A long word mistyped once (letters changed places or doubled) and written rightly elsewhere in the letter."""
    if min(len(one), len(other)) < _LONG or one[0] != other[0] or one[-1] != other[-1]:
        return False
    if common[one] != 1 or not common[other]:
        return False
    swapped = sorted(one) == sorted(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 2
    return swapped or re.sub(r"(.)\1", r"\1", one) == re.sub(r"(.)\1", r"\1", other)


def _reference(text: str) -> list[str]:
    """Letters and figures of a reference; numbers stay apart, so that 12:1 is not 1:21."""
    plain = _ADDRESS.sub(" ", re.sub(r"<[^>]*>", " ", text))
    return re.findall(r"\d+|[^\W\d_]+", re.sub(r"(?<=[^\W\d_])[\W_]+(?=[^\W\d_])", "", plain).casefold())


def _signs(text: str) -> list[str]:
    return re.findall(r"[⁰¹²³⁴-ⁿ₀-₎]+|\^\(|_\(|~~|<[^>]*>", text)
