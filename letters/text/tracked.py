"""Writes the redline of two versions as .docx with tracked changes, to be accepted or rejected in Word; the page is
made in diff."""

import datetime
from collections.abc import Sequence

from letters.text.alignment import align
from letters.text.blocks import Block
from letters.text.canonical import refuse_characters
from letters.text.tables import Row
from letters.text.word_body import Body
from letters.text.word_notes import Content, Note, contents, notes_of, referred
from letters.text.word_runs import Stamp
from letters.text.words import NEW, OLD, SAME, compare


def redline_docx(old: Sequence[Block], new: Sequence[Block], *, author: str, when: datetime.datetime) -> bytes:
    """A .docx that is the new version when all changes are accepted and the old one when all are rejected.

    Words are marked inside blocks that belong together; a block that moved, or whose kind or list changed, is deleted
    and inserted whole. `when` is an aware instant. Raises canonical.Refused, ValueError for a naive `when`.
    """
    if when.tzinfo is None:
        raise ValueError("when must be an aware instant: give its time zone.")
    refuse_characters(old)
    refuse_characters(new)
    return _Tracked(old, new, Stamp(author, when.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))).made()


class _Tracked:
    def __init__(self, old: Sequence[Block], new: Sequence[Block], stamp: Stamp) -> None:
        self._old, self._new = old, new
        self._found = align(old, new)
        before, after = notes_of(old), notes_of(new)
        pairs, codes = self._paired(before, after)
        self._contents = contents(old, before, codes), contents(new, after, range(len(after)))
        used = referred(self._contents[0]), referred(self._contents[1])
        self._noted = (
            {id(note.block) for note, code in zip(before, codes, strict=True) if code in used[0]},
            {id(note.block) for code, note in enumerate(after) if code in used[1]},
        )
        titled = all(any(block.kind == "title" for block in blocks) for blocks in (old, new))
        self._body = Body(pairs, stamp=stamp, below=not titled)

    def made(self) -> bytes:
        for step in self._found.steps:
            i = step.old if step.old is not None and id(self._old[step.old]) not in self._noted[0] else None
            j = step.new if step.new is not None and id(self._new[step.new]) not in self._noted[1] else None
            if i is None or j is None or not self._together(i, j):
                self._apart(i, j)
        title = next((block.text for block in self._new if block.kind == "title"), "")
        return self._body.document(title=" ".join(title.split()))

    def _apart(self, i: int | None, j: int | None) -> None:
        if i is not None:
            self._body.whole(self._old[i], self._contents[0][i], OLD)
        if j is not None:
            self._body.whole(self._new[j], self._contents[1][j], NEW)

    def _together(self, i: int, j: int) -> bool:
        """One paragraph or table for both versions; False, and nothing written, when that cannot be."""
        before, after = self._old[i], self._new[j]
        a, b = self._contents[0][i], self._contents[1][j]
        if (before.kind, before.level) != (after.kind, after.level):
            return False
        if after.kind == "table":
            return self._cells(a, b)
        if after.kind == "footnote":
            return False
        return self._body.both(before, after, compare(a.runs, b.runs))

    def _cells(self, a: Content, b: Content) -> bool:
        if _shape(a.rows) != _shape(b.rows):
            return False
        rows = zip(a.rows, b.rows, strict=True)
        parts = [[compare(x.runs, y.runs) for x, y in zip(one.cells, other.cells, strict=True)] for one, other in rows]
        self._body.table(b.rows, parts, SAME)
        return True

    def _paired(
        self, before: Sequence[Note], after: Sequence[Note]
    ) -> tuple[list[tuple[Note | None, Note | None]], list[int]]:
        """What each code means in both versions, and the codes of the old notes; those of the new are 0, 1, 2, …"""
        place = {id(note.block): k for k, note in enumerate(before)}
        pairs: list[tuple[Note | None, Note | None]] = [(None, note) for note in after]
        codes = [-1] * len(before)
        partner = {id(self._new[j]): place.get(id(self._old[i])) for j, i in self._found.partner.items()}
        for code, note in enumerate(after):
            k = partner.get(id(note.block))
            if k is not None and (before[k].kind, before[k].automatic) == (note.kind, note.automatic):
                if not note.automatic and before[k].mark != note.mark:
                    continue
                pairs[code] = before[k], note
                codes[k] = code
        for k in range(len(before)):
            if codes[k] < 0:
                codes[k] = len(pairs)
                pairs.append((before[k], None))
        return pairs, codes


def _shape(rows: Sequence[Row]) -> list[list[tuple[int, int]]]:
    return [[(cell.colspan, cell.rowspan) for cell in row.cells] for row in rows]
