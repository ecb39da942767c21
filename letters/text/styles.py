"""What a style of a .docx means for a letter (title, heading, quotation, bold), following the styles it
builds on."""

import re
from dataclasses import dataclass

from lxml import etree

from letters.text.ooxml import W, child, number, switch, value

_HEADING = re.compile(r"heading ([1-9])")
# 17.7.4.9: built-in names. Each is tied to a list of its own with one level; only the name tells how deep it looks.
_LISTS = re.compile(r"list (?:bullet|number) ([2-5])")
_QUOTES = frozenset({"quote", "intense quote", "block text", "block quote", "quotations", "blockquote"})
_BODY = frozenset({"subtitle", "toc heading", "normal", "body text", "author", "date", "abstract"})
# 17.3.2: property of a run -> the mark it makes; "hidden" and "visible marks" are resolved alike.
_TOGGLES = {"b": "strong", "i": "em", "strike": "s", "dstrike": "s", "vanish": "hidden"}
# Half-points by which words of full size must be shifted to be more than an adjustment.
_SHIFTED = 6


@dataclass(frozen=True, slots=True)
class Style:
    """One style: lower-case name, the style it builds on, and what it says itself."""

    name: str
    based_on: str | None
    outline: int | None
    list_id: str | None
    list_level: int | None
    marks: dict[str, bool]


class Styles:
    """The styles of one document by id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, Style] = {}
        for style in root.iter(f"{W}style") if root is not None else ():
            self._styles[style.get(f"{W}styleId", "")] = _style(style)

    def chain(self, style_id: str | None) -> list[tuple[str, Style]]:
        """(id, style) from the style itself up to its root; a circle is cut where it closes."""
        found: dict[str, Style] = {}
        while style_id in self._styles and style_id not in found:
            found[style_id] = self._styles[style_id]
            style_id = found[style_id].based_on
        return list(found.items())

    def role(self, style_id: str | None) -> tuple[str, int]:
        """("title" | "heading" | "quote" | "contents" | "paragraph", heading level from 1 or 0)."""
        for _, style in self.chain(style_id):
            if style.name == "title":
                return "title", 0
            if found := _HEADING.fullmatch(style.name):
                return "heading", int(found[1])
            if style.name in _QUOTES:
                return "quote", 0
            if re.fullmatch(r"toc [1-9]", style.name):
                return "contents", 0
            if style.outline is not None:
                return ("heading", style.outline + 1) if style.outline < 9 else ("paragraph", 0)
            if style.name in _BODY:
                break
        return "paragraph", 0

    def numbering(self, style_id: str | None) -> tuple[str, str, int | None] | None:
        """(style id that says so, list id, level or None) when the style numbers its paragraphs, else
        None."""
        for name, style in self.chain(style_id):
            if style.list_id is not None:
                return name, style.list_id, style.list_level
        return None

    def depth(self, style_id: str | None) -> int:
        """How deep (0 = outermost) Word shows a list item by the built-in name of its style."""
        found = (_LISTS.fullmatch(style.name) for _, style in self.chain(style_id))
        return next((int(name[1]) - 1 for name in found if name), 0)

    def marks(self, style_id: str | None) -> dict[str, bool]:
        """Mark -> on or off, the nearer style before the one it builds on."""
        marks: dict[str, bool] = {}
        for _, style in reversed(self.chain(style_id)):
            marks |= style.marks
        return marks


def run_marks(properties: etree._Element | None) -> dict[str, bool]:
    """Mark -> on or off, as far as a `w:rPr` says; super- and subscript exclude each other."""
    marks: dict[str, bool] = {}
    if properties is None:
        return marks
    for tag, mark in _TOGGLES.items():
        if (on := switch(properties.find(W + tag))) is not None:
            marks[mark] = marks.get(mark, False) or on
    if (line := child(properties, "w:u")) is not None:
        marks["u"] = line.get(f"{W}val", "single") != "none"
    # LibreOffice writes <sup> and <sub> of a web page as a smaller size (17.3.2.38) and a shifted line (17.3.2.24).
    shift = number(value(properties, "w:position")) or 0
    if abs(shift) >= (_SHIFTED if child(properties, "w:sz") is None else 2):
        marks |= {"sup": shift > 0, "sub": shift < 0}
    if (align := value(properties, "w:vertAlign")) is not None:
        marks |= {"sup": align == "superscript", "sub": align == "subscript"}
    return marks


def _style(style: etree._Element) -> Style:
    paragraph = child(style, "w:pPr")
    return Style(
        name=(value(style, "w:name") or "").strip().lower(),
        based_on=value(style, "w:basedOn"),
        outline=number(value(paragraph, "w:outlineLvl")),
        list_id=value(paragraph, "w:numPr/w:numId"),
        list_level=number(value(paragraph, "w:numPr/w:ilvl")),
        marks=run_marks(child(style, "w:rPr")),
    )
