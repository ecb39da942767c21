"""The block, the unit a letter is made of, and how its id is given and carried; matching of texts is in
similarity."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from typing import Any

from letters.text.regrouping import regrouped
from letters.text.similarity import out_of_order, pairs

KINDS = frozenset({"title", "heading", "paragraph", "item", "quote", "table", "reference", "footnote", "signatories"})


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, item, table, reference or footnote of a version.

    `level` is the heading level (1 = section) or the depth of a list item (1 = outermost), else 0. `label` is
    what a reader sees before the text ("1.", "•", "a."). `html` is sanitised inline HTML, or a whole
    `<table>`. `text` is the plain text without the label; lines in it are separated by LF.
    """

    id: str
    kind: str
    level: int
    label: str
    html: str
    text: str

    def as_dict(self) -> dict[str, Any]:
        """The block as a JSON object; `from_dict` is the way back."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Block":
        """A block from `as_dict`; raises ValueError when the kind is unknown, KeyError when a field is
        missing."""
        if data["kind"] not in KINDS:
            raise ValueError(f"Unknown kind of block: {data['kind']!r}.")
        return cls(**{name: data[name] for name in cls.__slots__})


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of the blocks that differ between two versions; `moved` and `relabelled` blocks kept their words.

    `joined` are blocks of the new version that took in neighbours (which are in `removed`), `split` are blocks of the
    old version whose words are now in several (the others are in `added`); both are in `changed`, too.
    """

    changed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    relabelled: list[str] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)
    split: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any((self.changed, self.added, self.removed, self.moved, self.relabelled))


def new_ids(blocks: Sequence[Block], taken: Sequence[str] = ()) -> list[Block]:
    """The blocks with ids made from their kind and text, so that reading the same file twice gives the same
    ids."""
    used = set(taken)
    seen: Counter[str] = Counter()
    named = []
    for block in blocks:
        key = f"{block.kind}\n{block.text}"
        while True:
            name = "b" + sha256(f"{seen[key]}\n{key}".encode()).hexdigest()[:7]
            seen[key] += 1
            if name not in used:
                break
        used.add(name)
        named.append(replace(block, id=name))
    return named


def carry_ids(old: Sequence[Block], new: Sequence[Block]) -> list[Block]:
    """The new blocks with the ids of the old blocks they continue; the ids they came with are ignored.

    A block whose kind and text occur in both versions always keeps its id. Of the rest, the most similar
    pairs are taken one to one. What has no forerunner gets an id of its own.
    """
    matched = {j: i for i, j in pairs([_key(block) for block in old], [_key(block) for block in new])}
    fresh = [block for j, block in enumerate(new) if j not in matched]
    names = iter(new_ids(fresh, taken=[block.id for block in old]))
    return [replace(block, id=old[matched[j]].id) if j in matched else next(names) for j, block in enumerate(new)]


def changes(old: Sequence[Block], new: Sequence[Block]) -> Changes:
    """What became of each block between two versions whose ids were carried; each list is in reading
    order."""
    before = {block.id: block for block in old}
    after = {block.id for block in new}
    place = {block.id: i for i, block in enumerate(old)}
    kept = [block for block in new if block.id in before]
    strays = out_of_order([place[block.id] for block in kept])
    partner = {j: place[block.id] for j, block in enumerate(new) if block.id in place}
    found = regrouped([_key(block) for block in old], [_key(block) for block in new], partner)
    return Changes(
        changed=[b.id for b in kept if _key(b) != _key(before[b.id])],
        added=[b.id for b in new if b.id not in before],
        removed=[b.id for b in old if b.id not in after],
        moved=[kept[i].id for i in strays],
        relabelled=[b.id for b in kept if b.label != before[b.id].label],
        joined=[new[j].id for j in found.joined],
        split=[old[i].id for i in sorted(found.split)],
    )


def _key(block: Block) -> tuple[str, str]:
    return block.kind, block.text
