"""The verdict on a file, for people and for machines; how it is reached is left to verify."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


@dataclass
class Verdict:
    """Whether a file holds, and in plain sentences what that proves and what it does not.

    `facts` are (name, value) pairs in the order to show them; `problems` is empty exactly when `ok`.
    """

    ok: bool
    headline: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    proven: list[str] = field(default_factory=list)
    not_proven: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The verdict as JSON-ready values; `facts` stay a list of [name, value]."""
        return {
            "ok": self.ok,
            "headline": self.headline,
            "facts": [list(fact) for fact in self.facts],
            "proven": list(self.proven),
            "not_proven": list(self.not_proven),
            "problems": list(self.problems),
        }

    def facts_in_words(self) -> list[tuple[str, str]]:
        """The facts for a person: a moment as day, month and year, to the second and in UTC."""
        return [(name, in_words(value)) for name, value in self.facts]

    def lines(self) -> list[str]:
        """The verdict as plain lines of text, without line ends."""
        out = [self.headline]
        if self.facts:
            width = max(len(name) for name, _ in self.facts) + 2
            out += ["", *(f"{name + ':':<{width}}{value}" for name, value in self.facts_in_words())]
        for title, sentences in (
            ("What is wrong", self.problems),
            ("What this proves", self.proven),
            ("What this does not prove", self.not_proven),
        ):
            if sentences:
                out += ["", f"{title}:", *(f"- {sentence}" for sentence in sentences)]
        return [printable(line) for line in out]


def failed(problems: Sequence[str], *, headline: str = "", facts: Sequence[tuple[str, str]] = ()) -> Verdict:
    """The verdict on a file that does not hold; nothing is listed as proven, since parts prove nothing."""
    return Verdict(
        ok=False,
        headline=headline or "This file does not hold: do not rely on it.",
        facts=list(facts),
        problems=list(problems),
    )


def in_words(value: str) -> str:
    """A moment (RFC 3339) as day, month and year, to the second and in UTC; other text as it is."""
    if not _INSTANT.fullmatch(value):
        return value
    try:
        at = datetime.fromisoformat(value).astimezone(UTC)
    except (ValueError, OverflowError):  # a hostile file may state a 13th month
        return value
    return f"{at.day} {at:%B %Y, %H:%M:%S} UTC"


def printable(line: str) -> str:
    """The line with a sign for each control in it: a hostile file may not steer the reader's terminal by a title."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in line)
