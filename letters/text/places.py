"""Where a block stands in words a person would use ("paragraph 3 of Heterogeneity"); makes no sentence of
it."""

import re
from collections import Counter
from collections.abc import Sequence

from letters.text.blocks import Block

OPENING = "the opening"
_NUMBER = re.compile(r"\W*(\w+)\W*")


def shorten(text: str, limit: int = 60) -> str:
    """The text on one line, cut at a word to at most `limit` characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rsplit(" ", 1)[0] + "…"


def sections(blocks: Sequence[Block]) -> list[str]:
    """For each block the heading it stands under; "" in a letter without headings, "the opening" before the
    first."""
    current = OPENING if any(block.kind == "heading" for block in blocks) else ""
    names = []
    for block in blocks:
        if block.kind == "heading":
            current = shorten(block.text)
        names.append(current)
    return names


def places(blocks: Sequence[Block]) -> list[str]:
    """For each block its place in words; paragraphs, bullets and quotations are counted anew under each
    heading."""
    counts: Counter[tuple[str, int]] = Counter()
    found = []
    start = 0
    for i, (block, section) in enumerate(zip(blocks, sections(blocks), strict=True)):
        if block.kind == "heading":
            start = i
        found.append(_place(block, section, counts, start))
    return found


def _place(block: Block, section: str, counts: Counter[tuple[str, int]], start: int) -> str:
    of = f" of {section}" if section else ""
    number = _NUMBER.fullmatch(block.label)
    match block.kind:
        case "title":
            return "the title"
        case "heading":
            return f"the heading “{shorten(block.text)}”"
        case "signatories":
            return "the place for the signatories"
        case "reference" | "footnote":
            return f"{block.kind} {number[1] if number else block.label}"
        case "item" if number:
            return f"item {number[1]}{of}"
        case "table":
            counts["table", 0] += 1
            return f"table {counts['table', 0]}"
    noun = {"item": "bullet", "quote": "quotation"}.get(block.kind, block.kind)
    counts[noun, start] += 1
    return f"{noun} {counts[noun, start]}{of}"
