"""What a reader of one file format hands over before titles, references and ids are settled."""

import datetime
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
    """One comment of a Word file that hangs on words of the letter, as plain values to store.

    `id` is its number in the file, unique there; `parent` the id of the comment it answers, which stands before it
    in the list, or "". `author` and `text` (lines separated by LF) are what the file says, unchecked: escape them.
    `date` is ISO 8601 as in the file or ""; Word writes the author's local time and calls it UTC. `quote` are the
    words it is on, as read (without deleted ones) on one line, at most 600 characters and then ending in "…", "" when
    it hangs on a point; they may reach beyond its block. `resolved`: it or a comment it answers is marked as done.
    `index` is the place in the blocks of the block where its words begin, `block` the id of that block as read: where
    ids were carried over from an earlier version since, look up `blocks[index].id`.
    """

    author: str
    date: str
    text: str
    quote: str
    block: str = ""
    id: str = ""
    parent: str = ""
    resolved: bool = False
    index: int = 0

    @property
    def moment(self) -> datetime.datetime | None:
        """The date as an aware moment (UTC where the file names no zone); None when it is no date."""
        try:
            found = datetime.datetime.fromisoformat(self.date)
        except ValueError:
            return None
        return found if found.tzinfo else found.replace(tzinfo=datetime.UTC)


@dataclass(frozen=True, slots=True)
class Loss:
    """Something left out: inside the block with that index, or before it (`inside` false)."""

    index: int
    inside: bool
    what: str


@dataclass(slots=True)
class Source:
    """Blocks without ids in reading order, and what else the file held; comments have an index and no block yet."""

    blocks: list[Block] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    tracked: list[Tracked] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
