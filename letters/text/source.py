"""What a reader of one file format hands over before titles, references and ids are settled."""

from dataclasses import dataclass, field

from letters.text.blocks import Block


@dataclass(frozen=True, slots=True)
class Tracked:
    """One tracked change: `kind` is "inserted", "deleted", "moved from", "moved to" or "formatted"."""

    kind: str
    author: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment of the file on the words in `quote`; `block` is the id of its block, "" when it has
    none."""

    author: str
    date: str
    text: str
    quote: str
    block: str


@dataclass(frozen=True, slots=True)
class Loss:
    """Something left out: inside the block with that index, or before it (`inside` false)."""

    index: int
    inside: bool
    what: str


@dataclass(slots=True)
class Source:
    """Blocks without ids in reading order, and what else the file held; a comment's block is its index
    here."""

    blocks: list[Block] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    tracked: list[Tracked] = field(default_factory=list)
    comments: list[tuple[int, Comment]] = field(default_factory=list)
