"""Names in front of a reference, in the way medical journals write them: “Wang X, Martin G, et al.”."""

import re
from dataclasses import dataclass

_INITIALS = r"[A-ZÀ-Þ](?:[- ]?[A-ZÀ-Þ]){0,3}"
_PERSON = re.compile(
    rf"(?P<family>[^\W\d_](?:[\w'’ -]*?[\w'’])?) (?P<given>{_INITIALS})(?: (?P<suffix>Jr|Sr|II|III|IV))?"
)
_GROUP = re.compile(
    r"\b(?:Academy|Agency|Association|Board|Cent(?:er|re)|Collaboration|Collaborators|College|Committee|Consortium|"
    r"Council|Department|Division|Federation|Foundation|Group|Institute|Investigators|Ministry|Network|"
    r"Organi[sz]ation|Panel|Society|Societies|Task Force|Team|Union|Working Party)\b"
)
_ET_AL = re.compile(r"et al\.?", re.IGNORECASE)
_MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Names:
    """Names as CSL-JSON has them, and whether the list breaks off with “et al.”."""

    names: tuple[dict[str, str], ...]
    broken_off: bool = False


def read_names(text: str) -> Names | None:
    """The names of one list; None unless each of them is surely a person with initials or a group."""
    parts = [part.removeprefix("and ").strip() for part in text.strip().rstrip(".").split(", ")]
    broken_off = bool(_ET_AL.fullmatch(parts[-1]))
    if broken_off:
        parts.pop()
    elif parts and (tail := re.fullmatch(r"(.+) et al\.?", parts[-1])):
        broken_off, parts[-1] = True, tail[1]
    found = [_name(part) for part in parts]
    known = [name for name in found if name is not None]
    return Names(tuple(known), broken_off) if known and len(known) == len(found) else None


def _name(text: str) -> dict[str, str] | None:
    person = _PERSON.fullmatch(text)
    if person and len(person["family"].split()) <= _MOST_WORDS:
        # With a stop and a blank each initial is one to the program that sets references; “JPT” would come out as “J”.
        given = re.sub(r"(?<=[A-ZÀ-Þ])(?=[A-ZÀ-Þ]|-|$)", ".", person["given"].replace(" ", ""))
        name = {"family": person["family"], "given": re.sub(r"\.(?=[A-ZÀ-Þ])", ". ", given)}
        return name | ({"suffix": person["suffix"]} if person["suffix"] else {})
    return {"literal": text} if _GROUP.search(text) and len(text.split()) > 1 and ":" not in text else None
