"""The blocks of a matter as they go to the journal: its title, its references in the journal's style, interests."""

from collections.abc import Sequence
from dataclasses import replace

from letters.text.blocks import Block
from letters.text.inline import Run, block
from letters.text.pack.bibliography import Entry, in_style, style_of
from letters.text.pack.citation import cited
from letters.text.pack.matter import Matter
from letters.text.references import is_heading, link_blocks

INTERESTS = "Competing interests declared by the societies"


def entries(matter: Matter) -> list[Entry]:
    """The reference list in the style of the matter or of its journal, as printed where none is known."""
    return in_style(cited(matter.blocks), matter.style or style_of(matter.venue))


def restyled(matter: Matter, listed: Sequence[Entry]) -> list[Block]:
    """The blocks, title first, with their references as `listed`; those kept as printed keep links and emphasis."""
    made = list(matter.blocks)
    if all(one.kind != "title" for one in made):
        made.insert(0, block("title", [Run(matter.title)]))
    places = [i for i, one in enumerate(made) if one.kind == "reference"]
    for i, entry in zip(places, listed, strict=True):
        kept = made[i] if entry.why else block("reference", [Run(entry.text)])
        made[i] = replace(kept, id=made[i].id, label=entry.label)
    return link_blocks(made)


def with_interests(blocks: Sequence[Block], paragraphs: Sequence[str]) -> list[Block]:
    """The blocks with what the societies declared under a heading of its own, before the reference list."""
    head = [block("heading", [Run(INTERESTS)], level=1)]
    added = head + [block("paragraph", [Run(text)]) for text in paragraphs]
    references = any(one.kind == "reference" for one in blocks)
    at = next((i for i, one in enumerate(blocks) if references and is_heading(one)), len(blocks))
    return [*blocks[:at], *added, *blocks[at:]]
