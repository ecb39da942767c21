"""Settles what a reader leaves open: title, heading levels, the signatories' place, references, links and
ids."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from letters.text.blocks import Block, new_ids
from letters.text.inline import Run, from_html
from letters.text.inline import block as block_of
from letters.text.markup import sanitise
from letters.text.references import find_references, is_heading, link_blocks

_PLACE = re.compile(
    r"[\[<{«].{0,80}(?:societ|signator|signature|organi[sz]ation|signers?\b|names\b).{0,80}[\]>}»]",
    re.IGNORECASE,
)
# A title further down than this is a section of a letter that has no title.
_TITLE_WITHIN = 8
_LINE = 15
_SALUTATION = re.compile(r"(?:dear|to the editor|sir|madam)\b", re.IGNORECASE)
_SHORT = 120


@dataclass(frozen=True, slots=True)
class Settled:
    """Finished blocks, and whether the numbers of the reference list were lost and counted anew."""

    blocks: list[Block]
    recovered: bool


def settle(blocks: Sequence[Block]) -> Settled:
    """The blocks of a reader as the blocks of a version; their number and order stay the same."""
    titled = _title([_place(block) for block in blocks])
    found, recovered = find_references(titled)
    levelled = _levels(found)
    clean = [replace(block, html=sanitise(block.html)) for block in link_blocks(levelled)]
    return Settled(new_ids(clean), recovered)


def bold_only(blocks: Sequence[Block]) -> list[Block]:
    """Short paragraphs that are bold from end to end: headings made by hand, perhaps."""
    return [
        block
        for block in blocks
        if block.kind == "paragraph" and len(block.text) <= _SHORT and "\n" not in block.text and _bold(block)
    ]


def as_headings(blocks: Sequence[Block], ids: Sequence[str]) -> list[Block]:
    """The blocks with the paragraphs of the given ids turned into section headings; ids stay."""
    chosen = set(ids)
    turned = [
        replace(b, kind="heading", level=1, html=_unbold(b.html)) if b.id in chosen and b.kind == "paragraph" else b
        for b in blocks
    ]
    return _levels(turned)


def with_bold_title(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the first bold line as the title, if there is none and only sender, date and such stand above."""
    bold = {block.id for block in bold_only(blocks)}
    first = next((i for i, block in enumerate(blocks) if block.id in bold), None)
    titled = any(block.kind == "title" for block in blocks)
    if first is None or titled or not _may_be_title(blocks, first) or _SALUTATION.match(blocks[first].text):
        return list(blocks)
    title = replace(blocks[first], kind="title", html=_unbold(blocks[first].html))
    return [*blocks[:first], title, *blocks[first + 1 :]]


def retitled(blocks: Sequence[Block], title: str) -> list[Block]:
    """The blocks with another title, which stands first when there was none; the id of a title is kept."""
    made = block_of("title", [Run(title)])
    if any(one.kind == "title" for one in blocks):
        return [replace(made, id=one.id) if one.kind == "title" else one for one in blocks]
    return [*new_ids([made], taken=[one.id for one in blocks]), *blocks]


def _title(blocks: Sequence[Block]) -> list[Block]:
    """One title: the first of that style, else the only heading of level 1 when it stands near the top."""
    marked = [i for i, block in enumerate(blocks) if block.kind == "title"]
    heads = [i for i, block in enumerate(blocks) if block.kind == "heading"]
    tops = [i for i in heads if blocks[i].level == 1]
    chosen = marked[0] if marked else -1
    if not marked and len(tops) == 1 and tops == heads[:1] and _may_be_title(blocks, tops[0]):
        chosen = tops[0]
    out = []
    for i, block in enumerate(blocks):
        if i == chosen:
            out.append(replace(block, kind="title", level=0, label=""))
        else:
            out.append(replace(block, kind="paragraph", level=0) if block.kind == "title" else block)
    return out


def _may_be_title(blocks: Sequence[Block], at: int) -> bool:
    """Only sender, date and such lines stand before a title: nothing long, no salutation."""
    before = blocks[:at]
    lead = all(len(block.text.split()) < _LINE and not _SALUTATION.match(block.text) for block in before)
    return at < _TITLE_WITHIN and lead and not is_heading(blocks[at])


def _levels(blocks: Sequence[Block]) -> list[Block]:
    """Heading levels from 1 without gaps: PDF/UA and screen readers need each level below the one before by
    one."""
    above: list[int] = []
    out = []
    for block in blocks:
        if block.kind == "heading":
            while above and above[-1] >= block.level:
                above.pop()
            above.append(block.level)
            block = replace(block, level=len(above))
        out.append(block)
    return out


def _place(block: Block) -> Block:
    if block.kind == "paragraph" and _PLACE.fullmatch(block.text.strip()):
        return replace(block, kind="signatories")
    return block


def _bold(block: Block) -> bool:
    runs = [run for run in from_html(block.html) if run.text.strip()]
    return bool(runs) and all("strong" in run.marks for run in runs)


def _unbold(html: str) -> str:
    return html.replace("<strong>", "").replace("</strong>", "")
