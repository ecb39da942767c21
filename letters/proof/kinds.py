"""What stands under a letter beside societies, how many of each in words, and who declared no interests."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

SOCIETY, ORGANISATION, PERSON = "", "organisation", "person"
# In printed order: what stands in a record, one of them, several.
WORDS = {
    SOCIETY: ("society", "societies"),
    ORGANISATION: ("organisation", "organisations"),
    PERSON: ("person", "persons"),
}


def numbers(signers: Iterable[tuple[str, str]]) -> dict[str, int]:
    """How many different names there are of each kind, in printed order; kinds without any are left out."""
    found = Counter(kind for kind, _ in set(signers))
    return {kind: found[kind] for kind in WORDS if found[kind]}


def counted(signers: Iterable[tuple[str, str]]) -> str:
    """Pairs of kind and name in words, each name once: “31 societies, 2 organisations and 1 person”."""
    return in_words(numbers(signers))


def in_words(
    found: Mapping[str, int],
    words: Mapping[str, tuple[str, str]] = WORDS,
    joint: str = "and",
    thousands: str = ",",
) -> str:
    """What numbers() found, in words; `words`, `joint` and the sign between `thousands` say it in another language."""
    parts = []
    for kind, (one, several) in words.items():
        count = found.get(kind, 0)
        if count:
            number = f"{count:,}".replace(",", thousands)
            parts.append(f"{number} {one if count == 1 else several}")
    return f" {joint} ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]])) or f"0 {words[SOCIETY][1]}"


def signers(records: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Kind and name of each roster record, in order; a record made before there were kinds is a society's."""
    return [(record.get("kind", SOCIETY), record["society"]) for record in records]


def declared(
    said: Iterable[tuple[str, str, str]], count: Callable[[Iterable[tuple[str, str]]], str] = counted
) -> tuple[dict[str, list[str]], str]:
    """What was declared by whom, and in words (those of `count`) how many declared none.

    `said` holds kind, name and interests of each signature; a society with several officers declared what any of
    them declared, each thing once.
    """
    rows = list(said)
    found: dict[str, list[str]] = {}
    for _, name, words in rows:
        if words and words not in found.setdefault(name, []):
            found[name].append(words)
    without = silent(rows)
    return found, count(without) if without else ""


def silent(said: Iterable[tuple[str, str, str]]) -> set[tuple[str, str]]:
    """Kind and name of those who declared none; `said` is that of declared()."""
    rows = list(said)
    spoken = {name for _, name, words in rows if words}
    return {(kind, name) for kind, name, _ in rows if name not in spoken}
