"""A small letter held against a journal of a few rules, and what is found, for the tests of preflight."""

import datetime

from letters.text.finding import OK, Around, Preflight
from letters.text.preflight import preflight
from letters.text.reading import read
from letters.text.venue import Rule, Venue

TODAY = datetime.date(2026, 11, 26)
LETTER = """# Counting again

We write for [1] the societies named below [2].

## Why

Ten words stand here and each of them is counted.

Competing interests: members of the societies count.

[Insert society names]

## References

1. Counting Group. A guideline. J Exempl 2026;1:1-9. doi:10.5555/example.1
2. Okoro T. How far. J Exempl 2026;1:10-19. doi:10.5555/example.2
"""
TARGETS = ("10.5555/example.1",)


def blocks(text: str = LETTER):
    return read(text.encode(), name="letter.md").blocks


def venue(*rules: Rule) -> Venue:
    return Venue("j", "J Test", {rule.kind: rule for rule in rules})


def rule(kind: str, value: str = "", **more) -> Rule:
    return Rule(kind, value, **({"checked": TODAY, "source": "x"} | more))


def look(*rules: Rule, text: str = LETTER, **around) -> Preflight:
    given = {"targets": TARGETS} | around
    return preflight(blocks(text), venue(*rules), Around(TODAY, **given))


def found(kind: str, looked: Preflight) -> list[tuple[str, str]]:
    return [(one.state, one.said) for one in looked.findings if one.kind == kind]


def other(looked: Preflight) -> list[str]:
    return [one.said for one in looked.findings if one.kind == "" and one.state != OK]
