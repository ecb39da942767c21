"""The verdict on a file, for people and for machines; how it is reached is left to verify."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


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

    def lines(self) -> list[str]:
        """The verdict as plain lines of text, without line ends."""
        out = [self.headline]
        if self.facts:
            width = max(len(name) for name, _ in self.facts) + 2
            out += ["", *(f"{name + ':':<{width}}{value}" for name, value in self.facts)]
        for title, sentences in (
            ("What is wrong", self.problems),
            ("What this proves", self.proven),
            ("What this does not prove", self.not_proven),
        ):
            if sentences:
                out += ["", f"{title}:", *(f"- {sentence}" for sentence in sentences)]
        return [_printable(line) for line in out]


def failed(problems: Sequence[str], *, headline: str = "", facts: Sequence[tuple[str, str]] = ()) -> Verdict:
    """The verdict on a file that does not hold; nothing is listed as proven, since parts prove nothing."""
    return Verdict(
        ok=False,
        headline=headline or "This file does not hold: do not rely on it.",
        facts=list(facts),
        problems=list(problems),
    )


def _printable(line: str) -> str:
    # A hostile file may not steer the reader's terminal through a title.
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in line)
