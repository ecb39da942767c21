"""The redline: the whole letter as HTML with what was inserted and deleted, and a sentence saying what that
is."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from letters.text.alignment import align
from letters.text.blocks import Block
from letters.text.inline import Run, runs_of, to_html
from letters.text.markup import Piece, assemble
from letters.text.places import places, sections
from letters.text.regrouping import regrouped
from letters.text.summary import EMPHASIS, Difference, sentence_differences, summary
from letters.text.tables import Row, rows_of, table_html
from letters.text.words import NEW, OLD, SAME, Part, compare, count, whole

_TAGS = {OLD: ("del", "deleted"), NEW: ("ins", "inserted")}
_PROSE = frozenset({"paragraph", "item", "quote"})


@dataclass(frozen=True, slots=True)
class ChangedBlock:
    """A block that differs: its id (of the old version when removed), its place in words, and in what way.

    `kind` is changed, added, removed, moved, joined (with its neighbours) or split (each of the parts).
    """

    id: str
    place: str
    kind: str


@dataclass(frozen=True, slots=True)
class Redline:
    """What differs between two versions; `marked_words` counts inserted and deleted words together."""

    html: str
    summary: str
    changed: list[ChangedBlock] = field(default_factory=list)
    marked_words: int = 0


def redline(old: Sequence[Block], new: Sequence[Block]) -> Redline:
    """Both versions in one text: without what is in `<ins>` it reads as the old one, without `<del>` as the
    new one.

    Blocks belong together by their id, blocks without a partner by likeness. Elements of blocks that differ
    have the class changed, added, removed or moved; a moved block is deleted at its old place and inserted at
    the new one.
    """
    return _Redline(old, new).made()


class _Redline:
    def __init__(self, old: Sequence[Block], new: Sequence[Block]) -> None:
        self._old, self._new = old, new
        self._found = align(old, new)
        keys = [[(block.kind, block.text) for block in blocks] for blocks in (old, new)]
        self._groups = regrouped(keys[0], keys[1], self._found.partner)
        self._taken_in = {i for parts in self._groups.joined.values() for i in parts}
        self._parts = {j for parts in self._groups.split.values() for j in parts}
        self._places, self._sections = (places(old), places(new)), (sections(old), sections(new))
        self._pieces: list[Piece] = []
        self._changed: list[ChangedBlock] = []
        self._differences: list[Difference] = []
        self._marked = 0

    def made(self) -> Redline:
        for step in self._found.steps:
            if step.old is not None and step.new is not None:
                self._pair(self._old[step.old], self._new[step.new], step.new)
            elif step.old is not None:
                self._gone(step.old, moved=step.moved)
            elif step.new is not None:
                self._come(step.new, moved=step.moved)
        return Redline(assemble(self._pieces), summary(self._differences), self._changed, self._marked)

    def _gone(self, i: int, *, moved: bool) -> None:
        block = self._old[i]
        self._marked += count(whole([Run(block.text)], OLD)) * (not moved)
        self._pieces.append(Piece(block, _wrapped(block, OLD), "moved" if moved else "removed"))
        if not moved and i not in self._taken_in:
            self._changed.append(ChangedBlock(block.id, self._places[0][i], "removed"))
            self._differ(block, "removed", self._sections[0][i])

    def _come(self, j: int, *, moved: bool) -> None:
        block = self._new[j]
        kind = "moved" if moved else "added"
        self._marked += count(whole([Run(block.text)], NEW)) * (kind == "added")
        self._pieces.append(Piece(block, _wrapped(block, NEW), kind, f"b-{block.id}"))
        if j in self._parts and not moved:
            self._changed.append(ChangedBlock(block.id, self._places[1][j], "split"))
            return
        self._changed.append(ChangedBlock(block.id, self._places[1][j], kind))
        self._differ(block, kind, self._sections[1][j])
        before = self._old[self._found.partner[j]] if moved else block
        if before.text != block.text:
            self._changed.append(ChangedBlock(block.id, self._places[1][j], "changed"))
            self._words(before, block, j)

    def _pair(self, before: Block, after: Block, j: int) -> None:
        if (before.text, before.kind) == (after.text, after.kind):
            self._pieces.append(Piece(after, after.html, "", f"b-{after.id}"))
            self._look(before, after, self._sections[1][j])
            return
        html, marked = _table(before, after) if after.kind == "table" == before.kind else _inline(before, after)
        self._marked += marked
        self._pieces.append(Piece(after, html, "changed", f"b-{after.id}"))
        kind = "joined" if j in self._groups.joined else "split" if j in self._parts else "changed"
        self._changed.append(ChangedBlock(after.id, self._places[1][j], kind))
        self._words(before, after, j)

    def _look(self, before: Block, after: Block, section: str) -> None:
        """What differs in a block whose words are the same: without it "nothing else" would not be true."""
        if before.label != after.label:
            self._differences.append(Difference(f"{_noun(after)} number", "changed", section))
        if before.html != after.html:
            self._differences.append(Difference(EMPHASIS, "changed", section))

    def _words(self, before: Block, after: Block, j: int) -> None:
        section = self._sections[1][j]
        if before.kind != after.kind:
            self._differences.append(Difference(_noun(before), f"made a {_noun(after)}", section))
        if before.text == after.text:
            return
        if after.kind in _PROSE:
            self._sentences(before, after, j)
        else:
            self._differ(after, "corrected" if after.kind == "reference" else "changed", section)

    def _sentences(self, before: Block, after: Block, j: int) -> None:
        """Of blocks that were joined or split, all parts are compared with the whole."""
        section = self._sections[1][j]
        olds = self._groups.joined.get(j, [])
        news = self._groups.split.get(self._found.partner[j], [])
        one = " ".join(self._old[i].text for i in olds) or before.text
        other = " ".join(self._new[k].text for k in news) or after.text
        if olds:
            self._differences.append(Difference(_noun(after), "joined", section, len(olds)))
        if news:
            self._differences.append(Difference(_noun(after), "split", section))
        if one.split() != other.split() or not (olds or news):
            self._differences += sentence_differences(one, other, section)

    def _differ(self, block: Block, verb: str, section: str) -> None:
        self._differences.append(Difference(_noun(block), verb, section))


def _inline(before: Block, after: Block) -> tuple[str, int]:
    parts = compare(runs_of(before), runs_of(after))
    return _marked(parts), count(parts)


def _table(before: Block, after: Block) -> tuple[str, int]:
    """Cell by cell when the grid stayed, else all old words before all new ones in the first cell of each
    row."""
    old, new = rows_of(before.html), rows_of(after.html)
    if _shape(old) != _shape(new):
        parts = [*whole([Run(before.text)], OLD), *whole([Run(after.text)], NEW)]
        inner = table_html([[_marked(parts)]], [Row([new[0].cells[0]], head=False)])
        return inner, count(parts)
    cells = [
        [compare(a.runs, b.runs) for a, b in zip(x.cells, y.cells, strict=True)] for x, y in zip(old, new, strict=True)
    ]
    marked = sum(count(parts) for row in cells for parts in row)
    return table_html([[_marked(parts) for parts in row] for row in cells], new), marked


def _shape(rows: Sequence[Row]) -> list[list[tuple[int, int]]]:
    return [[(cell.colspan, cell.rowspan) for cell in row.cells] for row in rows]


def _wrapped(block: Block, side: str) -> str:
    if block.kind != "table":
        return _marked(whole(runs_of(block), side))
    rows = rows_of(block.html)
    return table_html([[_marked(whole(cell.runs, side)) for cell in row.cells] for row in rows], rows)


def _marked(parts: Sequence[Part]) -> str:
    out = []
    for part in parts:
        html = to_html(part.runs)
        if part.side != SAME:
            tag, word = _TAGS[part.side]
            html = f'<{tag}><span class="visually-hidden">{word} </span>{html}</{tag}>'
        out.append(html)
    return "".join(out)


def _noun(block: Block) -> str:
    if block.kind == "signatories":
        return "place for the signatories"
    return {"quote": "quotation", "item": "list item"}.get(block.kind, block.kind)
