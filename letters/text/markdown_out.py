"""Writes a letter as Markdown that imports as the same text (reader in markdown); the words of a block are escaped in
markdown_runs."""

from collections.abc import Sequence

from letters.text.blocks import Block
from letters.text.inline import Run
from letters.text.markdown import COVERED, LABEL
from letters.text.markdown_runs import Noted, cell, line
from letters.text.numbering import BULLET
from letters.text.tables import Row
from letters.text.word_notes import Content, Note, code_of, contents, notes_of

_NOTE = "note-"
_DEEPEST = 5


def markdown(blocks: Sequence[Block], *, signatories: Sequence[str] = ()) -> str:
    """CommonMark with tables and footnotes; importing it gives the same content hash.

    Lists whose labels Markdown does not know are bullets that begin with the label. A table without header row gets
    its first row as header, and a cell that another reaches over holds an empty comment. `signatories`, one line each,
    stand in place of the placeholder, or at the end of a letter without one.
    """
    notes = notes_of(blocks)
    made = contents(blocks, notes, range(len(notes)))
    native = _countable(blocks, made, notes)
    noted: Noted = (
        (lambda k: f"[^{_NOTE}{k + 1}]") if native else (lambda k: f"<sup>{line([Run(notes[k].mark)])}</sup>")
    )
    names = list(signatories)
    out: list[str] = []
    lists = _Lists()
    for block, content in zip(blocks, made, strict=True):
        if names and block.kind == "signatories":
            out.append(_names(names))
            names = []
        elif block.kind in ("item", "reference"):
            out.append(lists.item(max(block.level, 1), block.label, line(content.runs, noted=noted)))
            continue
        else:
            out.append(_block(block, content, noted, native=native))
        lists = _Lists()
    out += [_names(names)] * bool(names)
    text = "\n\n".join(out) + "\n"
    # These bytes begin files of other kinds.
    return "\n" + text if text.startswith(("PK", "%PDF")) else text


def _block(block: Block, content: Content, noted: Noted, *, native: bool) -> str:
    if block.kind == "table":
        return _table(content.rows, noted)
    if block.kind == "footnote" and native:
        return f"[^{_NOTE}{block.label.rstrip('.')}]: {line(content.runs)}"
    lead = [Run(f"{block.label} ")] if block.label else []
    if block.kind == "title":
        return f"# {line(content.runs, noted=noted, heading=True)}"
    if block.kind == "heading":
        # The letter's title is the only heading of level 1.
        sign = "#" * (min(max(block.level, 1), _DEEPEST) + 1)
        return f"{sign} {line([*lead, *content.runs], noted=noted, heading=True)}"
    return ("> " if block.kind == "quote" else "") + line([*lead, *content.runs], noted=noted)


def _names(names: Sequence[str]) -> str:
    return "<br>\n".join(line([Run(name)]) for name in names)


def _countable(blocks: Sequence[Block], made: Sequence[Content], notes: Sequence[Note]) -> bool:
    """Whether the notes are numbered 1, 2, 3 in the order in which the text refers to them, as Markdown does it."""
    runs = [run for one in made for run in (*one.runs, *(r for row in one.rows for c in row.cells for r in c.runs))]
    order = [code for run in runs if (code := code_of(run.text)) is not None]
    return (
        order == list(range(len(notes)))
        and [note.block.label for note in notes] == [f"{k + 1}." for k in order]
        and not any(f"[^{_NOTE}" in block.text for block in blocks)
    )


def _table(rows: Sequence[Row], noted: Noted) -> str:
    width = max(len(row.cells) for row in rows)
    lines = []
    for row in rows:
        cells = [cell(c.runs, noted=noted) for c in row.cells] + [COVERED] * (width - len(row.cells))
        lines.append(f"| {' | '.join(cells)} |")
    lines.insert(1, "|" + "---|" * width)
    return "\n".join(lines)


class _Lists:
    """The lists open at one point of the text: width of the marker and next number (None for bullets) per level."""

    def __init__(self) -> None:
        self._open: list[tuple[int, tuple[int, str] | None]] = []

    def item(self, level: int, label: str, words: str) -> str:
        """The line of an item; levels between it and the item above are opened as bullets without words."""
        number = _number(label)
        beside = self._open[level - 1][1] if len(self._open) >= level else None
        # A list that is going on gives its next number only; another number cannot follow without words between.
        follows = beside is None or number is None or number[1] != beside[1] or number == beside
        lead = ""
        if number is None or not follows:
            lead = "" if label == BULLET else f"{LABEL}{line([Run(label)], heading=True)}</span> "
            number = None
        marker = f"{number[0]}{number[1]} " if number else "- "
        del self._open[level - 1 :]
        indent = " " * sum(width for width, _ in self._open)
        while len(self._open) < level - 1:
            indent += "- "
            self._open.append((2, None))
        self._open.append((len(marker), (number[0] + 1, number[1]) if number else None))
        return f"{indent}{marker}{lead}{words}"


def _number(label: str) -> tuple[int, str] | None:
    """(3, ".") for "3."; None when Markdown does not count so."""
    figure, sign = label[:-1], label[-1:]
    plain = sign in (".", ")") and figure.isascii() and figure.isdigit() and figure == str(int(figure))
    return (int(figure), sign) if plain and len(figure) < 10 else None
