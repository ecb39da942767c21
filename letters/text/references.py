"""The reference list of a letter, what cites it, and the links between the two; patterns are in citations and
addresses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from letters.text.addresses import found_links
from letters.text.blocks import Block
from letters.text.citations import Citation, in_brackets, raised
from letters.text.inline import Run, from_html, linked, tidy, to_html, to_text

_NAMES = (
    "references?|reference list|list of references|references cited|literature|literature cited|works cited|"
    "bibliography|literatur|literaturverzeichnis|quellen|références|bibliographie|referencias|bibliografía|"
    "riferimenti(?: bibliografici)?|bibliografia|referências|referenties|literatuur|referenser|"
    "referencer|kaynaklar"
)
_HEADING = re.compile(rf"(?:\d+\.?\s+)?(?:{_NAMES})\s*:?", re.IGNORECASE)
_TYPED = re.compile(r"\[?(\d{1,3})(?:[.)\]]\s*|\s+(?=[A-ZÀ-Þ]))")
_LABEL = re.compile(r"[\[(]?(\d{1,3})[.)\]]*")


@dataclass(frozen=True, slots=True)
class References:
    """How a reference list and its citations fit: how many are listed, and the numbers cited, missing and
    uncited."""

    count: int = 0
    cited: list[int] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    uncited: list[int] = field(default_factory=list)


def find_references(blocks: Sequence[Block]) -> tuple[list[Block], bool]:
    """The blocks with the entries after a references heading as kind "reference", and whether numbers were
    lost.

    Numbers typed by hand become labels. Entries without any number are numbered in their order, but only when
    the letter cites that many numbers in brackets or superscript.
    """
    start = next((i for i, b in reversed(list(enumerate(blocks))) if is_heading(b)), None)
    if start is None:
        return list(blocks), False
    end = next((i for i in range(start + 1, len(blocks)) if _ends(blocks[i])), len(blocks))
    entries = [_numbered(block) for block in blocks[start + 1 : end]]
    lost = bool(entries) and not any(block.kind == "reference" for block in entries)
    if lost:
        highest = max(cited(blocks[:start]), default=0)
        lost = 0 < highest <= len(entries)
        if lost:
            entries = [_as_reference(block, i) for i, block in enumerate(entries, 1)]
    if not any(block.kind == "reference" for block in entries):
        return list(blocks), False
    head = blocks[start]
    if head.kind == "paragraph":
        level = min((block.level for block in blocks if block.kind == "heading"), default=1)
        head = replace(head, kind="heading", level=level, html=to_html([Run(head.text)]))
    return [*blocks[:start], head, *entries, *blocks[end:]], lost


def number(block: Block) -> int:
    """The number of a reference; 0 when its label holds none."""
    found = _LABEL.fullmatch(block.label)
    return int(found[1]) if found else 0


def cited(blocks: Sequence[Block]) -> list[int]:
    """The reference numbers the text cites, ascending; raised figures count only in a letter without [1]."""
    return sorted(citing(blocks))


def citing(blocks: Sequence[Block]) -> dict[int, list[int]]:
    """Reference number -> indices of the blocks that cite it, ascending; a number inside a range counts, too."""
    style = _style(blocks)
    prose = {id(block) for block in _prose(blocks)}
    found: dict[int, list[int]] = {}
    for i, block in enumerate(blocks):
        named = {n for c in _citations(_runs(block), style) for n in (c.number, *c.also)} if id(block) in prose else ()
        for n in sorted(named):
            found.setdefault(n, []).append(i)
    return found


def references(blocks: Sequence[Block]) -> References:
    """How the citations and the reference list of a letter fit."""
    listed = [number(block) for block in blocks if block.kind == "reference"]
    named = cited(blocks)
    if not listed and _style(blocks) == "raised":
        named = []
    return References(
        count=len(listed),
        cited=[n for n in named if n in listed],
        missing=[n for n in named if n not in listed],
        uncited=sorted(set(listed) - set(named)),
    )


def link_blocks(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with citations linked to `#ref-N` and DOIs, PubMed numbers and addresses linked; texts
    stay."""
    listed = {number(block) for block in blocks if block.kind == "reference"}
    style = _style(blocks)
    prose = {id(block) for block in _prose(blocks)}
    out = []
    for block in blocks:
        if block.kind in ("table", "title", "signatories"):
            out.append(block)
            continue
        runs = _runs(block)
        links = found_links("".join(run.text for run in runs))
        if id(block) in prose:
            links += [(c.start, c.end, f"#ref-{c.number}") for c in _citations(runs, style) if c.number in listed]
        html = to_html(linked(runs, sorted(links))) if links else block.html
        out.append(replace(block, html=html))
    return out


def _style(blocks: Sequence[Block]) -> str:
    return "brackets" if any(in_brackets(block.text) for block in _prose(blocks)) else "raised"


def _citations(runs: Sequence[Run], style: str) -> list[Citation]:
    return in_brackets("".join(run.text for run in runs)) if style == "brackets" else raised(runs)


def _runs(block: Block) -> list[Run]:
    return tidy(from_html(block.html)) if block.kind != "table" else [Run(block.text)]


def _prose(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if block.kind not in ("reference", "signatories")]


def is_heading(block: Block) -> bool:
    """Whether a block announces a reference list."""
    return block.kind in ("heading", "paragraph") and bool(_HEADING.fullmatch(block.text.strip()))


def _ends(block: Block) -> bool:
    return block.kind in ("heading", "signatories", "footnote", "table")


def _numbered(block: Block) -> Block:
    if block.kind == "item" and (found := _LABEL.fullmatch(block.label)):
        return _as_reference(block, int(found[1]))
    typed = _TYPED.match(block.text) if block.kind == "paragraph" else None
    if typed is None:
        return block
    runs = _runs(block)
    lead = len(typed[0])
    if not "".join(run.text for run in runs).startswith(typed[0]):
        return block
    kept: list[Run] = []
    for run in runs:
        kept.append(replace(run, text=run.text[lead:]))
        lead = max(0, lead - len(run.text))
    kept = tidy(kept)
    return _as_reference(replace(block, html=to_html(kept), text=to_text(kept)), int(typed[1]))


def _as_reference(block: Block, n: int) -> Block:
    return replace(block, kind="reference", level=0, label=f"{n}.")
