"""The paragraphs of a .docx in reading order as blocks; the inside of a paragraph is read by runs, tables by
grid."""

from dataclasses import dataclass, field

from lxml import etree

from letters.text.blocks import Block
from letters.text.grid import read_rows
from letters.text.inline import Run, block, tidy
from letters.text.numbering import Numbering
from letters.text.ooxml import MC, M, W, child, number, value, words_in
from letters.text.revisions import KINDS
from letters.text.runs import Context, Runs
from letters.text.source import Loss
from letters.text.tables import table_block

# Paragraph styles of these roles look bold or italic as a whole; that is their look, not emphasis.
_OWN_LOOK = frozenset({"title", "heading", "quote"})


@dataclass(slots=True)
class Paragraph:
    """A paragraph as it will be a block: kind, level and label as there, and its runs."""

    kind: str
    level: int = 0
    label: str = ""
    runs: list[Run] = field(default_factory=list)


class Body:
    """Collects blocks and losses from the elements of one part."""

    def __init__(self, context: Context, numbering: Numbering) -> None:
        self.context = context
        self.blocks: list[Block] = []
        self.losses: list[Loss] = []
        self._numbering = numbering
        self._held: list[Run] = []

    def read(self, parent: etree._Element) -> None:
        """Read all that lies directly in a body, a cell or a content control."""
        for node in parent:
            self._element(node)

    def finish(self) -> None:
        """End the text: words still waiting for a paragraph become one."""
        self._flush()
        self._settle(inside=False)

    def paragraph(self, node: etree._Element) -> Paragraph | None:
        """One `w:p`; None when nothing of it is shown or its words belong to the next paragraph."""
        properties = child(node, "w:pPr")
        style = value(properties, "w:pStyle")
        role, level = self.context.styles.role(style)
        base = {} if role in _OWN_LOOK else self.context.styles.marks(style)
        runs = self._held + Runs(self.context, base).read(node)
        self._held = []
        if properties is not None and self._continues(properties):
            self._held = runs
            return None
        outline = number(value(properties, "w:outlineLvl"))
        if role == "paragraph" and outline is not None and outline < 9:
            role, level = "heading", outline + 1
        label, depth = self._label(properties, style)
        if role == "title":
            return Paragraph("title", runs=runs)
        if role == "heading":
            return Paragraph("heading", level, label, runs)
        if label:
            return Paragraph("item", depth + 1, label, runs)
        return Paragraph(role, 0, "", runs)

    def add(self, made: Block) -> None:
        """Append a block made elsewhere, unless it is empty."""
        if made.text:
            self.blocks.append(made)
        self._settle(inside=bool(made.text))

    def lines(self, node: etree._Element) -> list[Run]:
        """The words of one paragraph inside a table cell, after its list label."""
        found = self.paragraph(node)
        if found is None:
            return []
        return [Run(f"{found.label} "), *found.runs] if found.label else found.runs

    def _element(self, node: etree._Element) -> None:
        tag = str(node.tag)
        if tag == f"{W}p":
            self._emit(self.paragraph(node))
        elif tag == f"{W}tbl":
            self._table(node)
        elif tag == f"{W}sdt":
            self._control(node)
        elif tag in (f"{W}altChunk", f"{W}subDoc"):
            self._lose("an embedded document")
        elif tag == f"{M}oMathPara":
            self._lose(f"an equation ({words_in(node)})")
        elif tag == f"{MC}AlternateContent":
            branches = list(node)
            if branches:
                self.read(branches[0])
        elif tag in KINDS and self.context.revisions.hides(KINDS[tag]):
            self.context.revisions.add(node, words_in(node))
            self.context.comments.passed(node, self.context.index)
        elif tag == f"{W}commentRangeStart":
            self.context.comments.opened(node.get(f"{W}id", ""), self.context.index)
        elif tag == f"{W}commentRangeEnd":
            self.context.comments.closed(node.get(f"{W}id", ""))
        elif tag not in (f"{W}sectPr", f"{W}sdtPr"):
            self.read(node)

    def _emit(self, paragraph: Paragraph | None) -> None:
        if paragraph is None:
            return
        if paragraph.kind == "contents":
            if not self.context.losses:
                self.context.losses.append("a line of the table of contents")
            self._settle(inside=False)
            return
        if not tidy(paragraph.runs):
            self._settle(inside=False)
            return
        self.blocks.append(block(paragraph.kind, paragraph.runs, level=paragraph.level, label=paragraph.label))
        self._settle(inside=True)

    def _table(self, node: etree._Element) -> None:
        self._flush()
        rows = read_rows(node, self)
        self._flush()
        made = table_block(rows)
        if made.text.replace("|", "").strip():
            self.add(made)
        else:
            self._settle(inside=False)

    def _control(self, node: etree._Element) -> None:
        gallery = next((g.get(f"{W}val", "") for g in node.iter(f"{W}docPartGallery")), "")
        content = child(node, "w:sdtContent")
        if gallery == "Table of Contents":
            self._lose("the table of contents")
        elif content is not None:
            self.read(content)

    def _continues(self, properties: etree._Element) -> bool:
        """Whether the end of this paragraph is not shown, so that its words run on into the next one."""
        if (change := child(properties, "w:pPrChange")) is not None:
            self.context.revisions.note("formatted", change, "¶")
        frame = child(properties, "w:framePr")
        if frame is not None and frame.get(f"{W}dropCap", "none") != "none":
            return True
        marks = [node for node in properties.iterfind(f"{W}rPr/*") if str(node.tag) in KINDS]
        for mark in marks:
            self.context.revisions.add(mark, "¶")
        return any(self.context.revisions.hides(KINDS[str(mark.tag)]) for mark in marks)

    def _label(self, properties: etree._Element | None, style: str | None) -> tuple[str, int]:
        """Label and depth from 0; the depth is that of the list, or what the built-in style looks like."""
        list_id = value(properties, "w:numPr/w:numId")
        depth = number(value(properties, "w:numPr/w:ilvl"))
        looks = self.context.styles.depth(style) if depth is None else 0
        said = self.context.styles.numbering(style)
        if said is not None:
            named, styled_id, styled_depth = said
            if depth is None:
                depth = styled_depth
            if depth is None:
                depth = self._numbering.level_of_style(styled_id, named)
            list_id = styled_id if list_id is None else list_id
        if list_id is None or list_id == "0":
            return "", 0
        return self._numbering.label(list_id, depth or 0) or "", depth or looks

    def _flush(self) -> None:
        held, self._held = self._held, []
        self._emit(Paragraph("paragraph", runs=held) if held else None)

    def _lose(self, what: str) -> None:
        self.context.losses.append(what)
        self._settle(inside=False)

    def _settle(self, *, inside: bool) -> None:
        at = len(self.blocks) - inside
        self.losses += [Loss(at, inside, what) for what in self.context.losses]
        self.context.losses.clear()
        self.context.comments.settled(inside=inside)
        self.context.index = len(self.blocks)
