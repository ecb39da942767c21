"""Finds in a letter the declarations journals ask for, and what somebody meant to fill in and did not."""

import re
from collections.abc import Sequence

from letters.text.blocks import Block
from letters.text.places import places

_PROSE = frozenset({"paragraph", "item", "footnote", "quote", "heading"})
_LABELS = {
    "interests": r"(?:declarations?|statements?|disclosures?)? ?(?:of |on )?(?:competing|conflicting|financial)? ?"
    r"(?:interests?|conflicts?(?: of interests?)?|disclosures?)(?: statements?| declarations?| disclosures?)?|"
    r"interessenkonflikte?|liens d['’]intérêts?|conflits? d['’]intérêts?|conflictos? de intereses?|"
    r"conflitt[oi] d['’]interess[ei]",
    "funding": r"(?:sources? of )?(?:funding|financial support)(?: statements?| sources?| information)?|"
    r"finanzierung|financements?|financiación|finanziament[oi]",
    "ai": r"(?:statements? on |declarations? of |use of |on )*(?:the use of )?(?:generative )?"
    r"(?:ai|artificial intelligence)(?: use| tools?| statements?| declarations?| disclosures?)*",
}
_NAMED = {kind: re.compile(rf"(?:{names})\s*(?:[:.–—]|$)", re.IGNORECASE) for kind, names in _LABELS.items()}
_WE = r"(?:we|none of us|the undersigned|(?:the|our|all) (?:undersigned |signing )?(?:societies|signatories|authors))\b"
_SAID = {
    "interests": re.compile(rf"^{_WE}[^.]{{0,90}}\b(?:competing interests?|conflicts? of interests?)\b", re.IGNORECASE),
    "funding": re.compile(rf"^{_WE}[^.]{{0,60}}\b(?:no (?:specific )?funding|funding from|funded by)\b", re.IGNORECASE),
    "ai": re.compile(rf"^{_WE}[^.]{{0,90}}\b(?:generative|AI tools?|artificial intelligence)\b", re.IGNORECASE),
}
# What stands in brackets and asks somebody to write something; "[sic]" and "[Internet]" do not.
_ASKS = (
    r"(?:insert|add|enter|fill|your|names?|dates?|tbc|tbd|todo|to be|to come|x{2,}|placeholder|citation needed|"
    r"n\.\s?n\.|\?+|…|\.{3}|_+)(?!\w)"
)
_OPEN = re.compile(
    rf"\[\s*{_ASKS}[^\[\]]{{0,80}}\]|\[\s*(?:cite|refs?|references?|link|url)\s*\]|"
    r"\{\{[^{}]{0,80}\}\}|\?{2,}|_{3,}|\blorem ipsum\b|"
    r"\bclick or tap (?:here )?to enter\b|\berror! (?:reference source|bookmark) not (?:found|defined)\b",
    re.IGNORECASE,
)
_SHOUTED = re.compile(r"\b(?:TODO|TBC|TBD|FIXME|X{3,})\b")


def declared(blocks: Sequence[Block]) -> dict[str, list[int]]:
    """Kind of declaration -> indices of the blocks that hold it; under a heading all blocks up to the next heading.

    A declaration is a block that begins with its name (“Competing interests: …”), stands under a heading of that
    name, or begins with who declares it (“We have no competing interests”). That somebody else's interests are
    spoken of is none.
    """
    found: dict[str, list[int]] = {}
    for i, block in enumerate(blocks):
        for kind in _NAMED if block.kind in _PROSE else ():
            under = _section(blocks, i) if _NAMED[kind].fullmatch(block.text.strip()) else []
            if block.kind == "heading" and under:
                found.setdefault(kind, []).extend(under)
            elif block.kind != "heading" and (_NAMED[kind].match(block.text) or _SAID[kind].match(block.text)):
                found.setdefault(kind, []).append(i)
    return {kind: sorted(set(indices)) for kind, indices in found.items()}


def left_open(blocks: Sequence[Block]) -> list[tuple[str, str]]:
    """(what stands there, where) for each placeholder nobody filled in; the place for the signatories is none."""
    where = places(blocks)
    return [
        (" ".join(match[0].split()), where[i])
        for i, block in enumerate(blocks)
        if block.kind != "signatories"
        for pattern in (_OPEN, _SHOUTED)
        for match in pattern.finditer(block.text)
        if not (pattern is _SHOUTED and _OPEN.search(_bracket(block.text, match.start())))
    ]


def _section(blocks: Sequence[Block], start: int) -> list[int]:
    """The heading and what stands under it; nothing where that is empty."""
    end = start + 1
    while end < len(blocks) and blocks[end].kind in _PROSE - {"heading"}:
        end += 1
    return list(range(start, end)) if end > start + 1 else []


def _bracket(text: str, at: int) -> str:
    """The bracket around a place, so that “[TBC]” is told once; "" without one."""
    start, end = text.rfind("[", 0, at), text.find("]", at)
    return text[start : end + 1] if 0 <= start < end and "]" not in text[start:at] else ""
