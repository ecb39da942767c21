"""The points a letter makes, found among its headings and numbered items, as proposals for claims."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from letters.text.blocks import Block
from letters.text.references import is_heading

MOST = 400
_NUMBERED = re.compile(r"\(?(\d{1,3}|[a-z]|[ivx]{1,5})[.)]?\)?", re.IGNORECASE)
_CITED = re.compile(r"\s*\[\d+(?:\s*[,–-]\s*\d+)*\]")


@dataclass(frozen=True, slots=True)
class Point:
    """One proposal: the block where it is made, what stands before it ("1.") or "Section", and its words."""

    block: str
    label: str
    text: str


def points(blocks: Sequence[Block]) -> list[Point]:
    """Headings and numbered items in order, each once; not the title, nor the heading of the references."""
    found, seen = [], set()
    for block in blocks:
        text = shortened(block.text)
        numbered = block.kind == "item" and _NUMBERED.fullmatch(block.label.strip())
        section = block.kind == "heading" and not is_heading(block)
        if text and text not in seen and (numbered or section):
            seen.add(text)
            found.append(Point(block.id, block.label.strip() if numbered else "Section", text))
    return found


def shortened(text: str) -> str:
    """The words on one line without citation marks, cut after a sentence or a word where they are long."""
    line = " ".join(_CITED.sub("", text).split())
    if len(line) <= MOST:
        return line
    cut = line[: MOST - 1]
    stop = max(cut.rfind(". "), cut.rfind("? "), cut.rfind("! "))
    return cut[: stop + 1] if stop > MOST // 3 else f"{cut.rsplit(' ', 1)[0]}…"


def places(blocks: Sequence[Block]) -> list[tuple[str, str]]:
    """(id, how it reads in a list) of each block a claim can stand in."""
    shown = [block for block in blocks if block.kind in ("heading", "paragraph", "item", "quote", "table")]
    return [(block.id, _named(block)) for block in shown]


def _named(block: Block) -> str:
    words = " ".join(f"{block.label} {block.text}".split())
    short = words if len(words) <= 70 else f"{words[:70].rsplit(' ', 1)[0]}…"
    return f"§ {short}" if block.kind == "heading" else short
