"""Where the notes of a letter are referred to, for writers of .docx and Markdown to make real footnotes of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from letters.text.blocks import Block
from letters.text.counting import roman
from letters.text.inline import Run, runs_of, tidy
from letters.text.tables import Row, rows_of

# A reference is carried through the comparison of words as one character that no letter may hold.
_FIRST = 0xE000
_ADDRESS = "#fn-"


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote block: `kind` "footnote" or "endnote", its mark in the text, and whether Word would count to it."""

    block: Block
    kind: str
    mark: str
    automatic: bool


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in a block: runs, or the rows of a table; each first reference to a note is a character of its
    own."""

    runs: Sequence[Run] = ()
    rows: Sequence[Row] = ()


def notes_of(blocks: Sequence[Block]) -> list[Note]:
    """The notes of a letter in their order; those counted i, ii, iii at the end are endnotes, as the reader has it."""
    found = [block for block in blocks if block.kind == "footnote"]
    marks = [_mark(block) for block in found]
    start = next(s for s in range(len(marks) + 1) if marks[s:] == [roman(n) for n in range(1, len(marks) - s + 1)])
    notes: list[Note] = []
    for i, (block, mark) in enumerate(zip(found, marks, strict=True)):
        count = sum(note.automatic for note in notes) + 1
        kind = "footnote" if i < start else "endnote"
        notes.append(Note(block, kind, mark, kind == "endnote" or mark == str(count)))
    return notes


def contents(blocks: Sequence[Block], notes: Sequence[Note], codes: Sequence[int]) -> list[Content]:
    """The content of each block; the first reference to note k becomes the character for `codes[k]`."""
    seen: set[int] = set()

    def marked(runs: Sequence[Run]) -> list[Run]:
        out = []
        for run in runs:
            k = _referred(run, notes)
            if k is not None and k not in seen:
                seen.add(k)
                run = replace(run, text=chr(_FIRST + codes[k]))
            out.append(run)
        return out

    made = []
    for block in blocks:
        if block.kind == "table":
            rows = rows_of(block.html)
            for row in rows:
                for cell in row.cells:
                    cell.runs = marked(tidy(cell.runs))
            made.append(Content(rows=rows))
        else:
            made.append(Content(runs_of(block) if block.kind == "footnote" else marked(runs_of(block))))
    return made


def code_of(text: str) -> int | None:
    """The number a run's text stands for when it is a reference to a note, else None."""
    return ord(text) - _FIRST if len(text) == 1 and _FIRST <= ord(text) < _FIRST + 0x1900 else None


def referred(blocks: Sequence[Content]) -> set[int]:
    """The codes of the notes that are referred to."""
    runs = [run for one in blocks for run in (*one.runs, *(r for row in one.rows for c in row.cells for r in c.runs))]
    return {code for run in runs if (code := code_of(run.text)) is not None}


def _mark(block: Block) -> str:
    bare = block.label.removesuffix(".")
    return bare if bare.isalnum() else block.label


def _referred(run: Run, notes: Sequence[Note]) -> int | None:
    number = run.href.removeprefix(_ADDRESS)
    if not run.href.startswith(_ADDRESS) or not number.isdecimal() or not 0 < int(number) <= len(notes):
        return None
    k = int(number) - 1
    # Word raises the number it counts; anything else must stay as it is written.
    raised = "sup" in run.marks or not notes[k].automatic
    return k if run.text.strip() == notes[k].mark and raised and run.text == run.text.strip() else None
