"""Blocks as the parts of a .docx, in one version or as two with the difference marked; which block meets which is up
to word and tracked."""

from collections.abc import Sequence

from lxml import etree

from letters.text.blocks import Block
from letters.text.inline import Run, runs_of
from letters.text.references import number
from letters.text.tables import Row
from letters.text.word_lists import Lists
from letters.text.word_notes import Content, Note
from letters.text.word_runs import NoteMark, Stamp, Words
from letters.text.word_styles import DEEPEST, ITEM, NOTE, QUOTE, REFERENCE, TITLE, page, separators, settings, styles
from letters.text.word_tables import table
from letters.text.word_xml import Links, packed, w
from letters.text.words import NEW, OLD, SAME, Part, compare, whole

_STYLES = {"title": TITLE, "quote": QUOTE, "item": ITEM, "reference": REFERENCE, "footnote": NOTE}
_NUMBERED = frozenset({"item", "reference", "heading"})


class Body:
    """Collects paragraphs, tables and notes; `notes[k]` is what the character for note k means in (old, new).

    `below` headings are written one level lower, so that a letter without a title does not get one when it is read.
    """

    def __init__(self, notes: Sequence[tuple[Note | None, Note | None]], *, stamp: Stamp, below: bool) -> None:
        self._pairs, self._stamp, self._below = notes, stamp, below
        self._lists = Lists()
        self._body = w("body")
        self._notes: dict[str, list[etree._Element]] = {"footnote": [], "endnote": []}
        self._links = {name: Links() for name in ("document", "footnotes", "endnotes")}
        self._words = Words(self._links["document"], stamp, self._note)
        self._named: set[str] = set()

    def whole(self, block: Block, content: Content, side: str) -> None:
        """A block that is in one version only, or (`SAME`) unchanged in both."""
        if block.kind == "table":
            parts = [[whole(cell.runs, side) for cell in row.cells] for row in content.rows]
            self.table(content.rows, parts, side)
            return
        place = None
        if block.label and block.kind in _NUMBERED:
            old, new = (block.label if side != NEW else None), (block.label if side != OLD else None)
            place = self._lists.place(_depth(block), old, new)
        self._paragraph(block, whole(_led(block, content), side), place, side)

    def both(self, before: Block, after: Block, parts: Sequence[Part]) -> bool:
        """A block with the words of two versions; False when their labels do not fit into one paragraph."""
        place = None
        if after.kind in _NUMBERED and (before.label or after.label):
            fits = bool(before.label) == bool(after.label)
            place = self._lists.place(_depth(after), before.label, after.label) if fits else None
            if place is None:
                return False
        self._paragraph(after, parts, place, SAME)
        return True

    def table(self, rows: Sequence[Row], parts: Sequence[Sequence[Sequence[Part]]], side: str) -> None:
        """A table whose cells hold the given parts."""
        node = table(rows, parts, side=side, words=self._words.nodes, mark=self._stamp.mark)
        # Two tables without a paragraph between them are one table to Word.
        self._body.extend([node, w("p")])

    def paragraphs(self, lines: Sequence[str]) -> None:
        """Plain lines, such as the names of the signatories."""
        self._body.extend([w("p", *self._words.nodes(whole([Run(line)], SAME))) for line in lines])

    def document(self, *, title: str) -> bytes:
        """The .docx."""
        self._body.append(page())
        kinds = [kind for kind, notes in self._notes.items() if notes]
        parts = {"document": w("document", self._body), "styles": styles(), "settings": settings(*kinds)}
        if (numbering := self._lists.part()) is not None:
            parts["numbering"] = numbering
        for kind in kinds:
            parts[f"{kind}s"] = w(f"{kind}s", *separators(kind), *self._notes[kind])
        return packed(parts, self._links, title=title)

    def _paragraph(self, block: Block, parts: Sequence[Part], place: tuple[int, int] | None, side: str) -> None:
        properties = w("pPr")
        style = f"Heading{self._level(block)}" if block.kind == "heading" else _STYLES.get(block.kind, "")
        if style:
            properties.append(w("pStyle", val=style))
        if place is not None:
            properties.append(w("numPr", w("ilvl", val=str(place[1])), w("numId", val=str(place[0]))))
        if side != SAME:
            properties.append(w("rPr", self._stamp.mark(side)))
        node = w("p", properties if len(properties) else None, *self._words.nodes(parts))
        if block.kind == "reference" and (name := f"ref-{number(block)}") not in self._named:
            self._named.add(name)
            id = str(len(self._named))
            node.insert(1, w("bookmarkStart", id=id, name=name))
            node.append(w("bookmarkEnd", id=id))
        self._body.append(node)

    def _level(self, block: Block) -> int:
        return min(max(block.level, 1) + self._below, DEEPEST)

    def _note(self, code: int, side: str) -> NoteMark:
        """A new note of Word's for each place that refers to one: deleted and inserted text have their own."""
        old, new = self._pairs[code]
        note = old if side == OLD else new
        assert note is not None
        if side == SAME and old is not None and old.block.text != note.block.text:
            parts = compare(runs_of(old.block), runs_of(note.block))
        else:
            parts = whole(runs_of(note.block), side)
        made = self._notes[note.kind]
        id = str(len(made) + 1)
        words = Words(self._links[f"{note.kind}s"], self._stamp, self._note)
        lead = w("r", w("rPr", w("vertAlign", val="superscript")), w(f"{note.kind}Ref"))
        style = w("pPr", w("pStyle", val=NOTE))
        made.append(w(note.kind, w("p", style, lead if note.automatic else None, *words.nodes(parts)), id=id))
        return NoteMark(note.kind, id, "" if note.automatic else note.mark)


def _depth(block: Block) -> int:
    return block.level if block.kind == "item" else 1


def _led(block: Block, content: Content) -> Sequence[Run]:
    """A note nothing refers to is an ordinary paragraph that begins with its mark."""
    if block.kind == "footnote" and block.label:
        return [Run(f"{block.label} "), *content.runs]
    return content.runs
