"""Numbers in a letter that point to its reference list: [1-3], [4,5] and raised figures; author and year are
left alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from letters.text.inline import Run

_NUMBERS = r"\d{1,3}(?:\s*[-‐‑–—−,;]\s*\d{1,3})*"
_BRACKET = re.compile(rf"\[\s*({_NUMBERS})\s*\]")
_RAISED = re.compile(_NUMBERS)
_PART = re.compile(r"(\d{1,3})(?:\s*[-‐‑–—−]\s*(\d{1,3}))?")
# A bracket after these is an interval of values; a raised figure after these is a power or a unit.
_INTERVAL = re.compile(r"(?:CI|CrI|IQR|range|interval|SD)[\s:,=]*$", re.IGNORECASE)
_POWER = re.compile(r"(?:\d|\b(?:[cdkmµμn]?m|ft|in|s|h|kg|R|χ|η|I|τ|p|r))$")


@dataclass(frozen=True, slots=True)
class Citation:
    """A figure in the text: where it stands and which reference it names; `also` are those inside a range."""

    start: int
    end: int
    number: int
    also: tuple[int, ...] = ()


def in_brackets(text: str) -> list[Citation]:
    """Citations such as [1-3] in plain text of runs."""
    found: list[Citation] = []
    for match in _BRACKET.finditer(text):
        if not _INTERVAL.search(text[: match.start()][-20:]):
            found += _parts(match[1], match.start(1))
    return found


def raised(runs: Sequence[Run]) -> list[Citation]:
    """Citations in superscript, unless they look like a power or unit, or lead to a footnote."""
    found: list[Citation] = []
    before = ""
    start = 0
    for run in runs:
        core = run.text.strip()
        plain = "sup" in run.marks and not run.href.startswith("#fn")
        if plain and _RAISED.fullmatch(core) and not _POWER.search(before):
            found += _parts(core, start + run.text.index(core))
        before = (before + run.text)[-12:]
        start += len(run.text)
    return found


def _parts(numbers: str, offset: int) -> list[Citation]:
    found = []
    for match in _PART.finditer(numbers):
        first, last = int(match[1]), int(match[2] or match[1])
        inside = tuple(range(first + 1, last)) if first < last else ()
        found.append(Citation(offset + match.start(1), offset + match.end(1), first, inside))
        if match[2]:
            found.append(Citation(offset + match.start(2), offset + match.end(2), last))
    return found
