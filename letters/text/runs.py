"""The runs of one Word paragraph as a reader sees them; paragraphs, lists and tables are put together in
docx."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from lxml import etree

from letters.text.comments import Comments
from letters.text.fields import Fields, link
from letters.text.inline import Run, allowed
from letters.text.notes import Notes
from letters.text.ooxml import MC, ON, M, R, W, child, value, words_in
from letters.text.places import shorten
from letters.text.revisions import KINDS, Revisions
from letters.text.styles import Styles, run_marks
from letters.text.symbols import from_font, symbol

_CHARS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_SKIPPED = frozenset(f"{W}{name}" for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "fldData"))
_HEX = re.compile("[0-9A-Fa-f]{1,5}")
_IMAGES = {"wordprocessingShape": "a shape", "chart": "a chart", "diagram": "a diagram"}


@dataclass(slots=True)
class Context:
    """What the readers of one document share while they go through it; `index` is the next block's."""

    styles: Styles
    fields: Fields
    revisions: Revisions
    comments: Comments
    links: dict[str, tuple[str, str]]
    notes: Notes
    losses: list[str] = field(default_factory=list)
    index: int = 0


@dataclass(frozen=True, slots=True)
class _State:
    base: dict[str, bool]
    hidden: bool = False
    href: str = ""
    change: etree._Element | None = None
    marks: frozenset[str] = frozenset()
    font: str = ""


class Runs:
    """Reads the content of paragraphs; one object per paragraph."""

    def __init__(self, context: Context, base: dict[str, bool]) -> None:
        self.context = context
        self.runs: list[Run] = []
        self._state = _State(base)

    def read(self, paragraph: etree._Element) -> list[Run]:
        """The visible runs below an element, untidied; what is left out is added to the context's losses."""
        self.context.comments.words("\n", self.context.index, hidden=False)
        self._walk(paragraph, self._state)
        return self.runs

    def _walk(self, element: etree._Element, state: _State) -> None:
        for node in element:
            tag = str(node.tag)
            if tag in _SKIPPED:
                continue
            if tag in KINDS:
                hidden = state.hidden or self.context.revisions.hides(KINDS[tag])
                self._walk(node, replace(state, hidden=hidden, change=node))
            elif (handle := _HANDLERS.get(tag)) is not None:
                handle(self, node, state)
            else:
                self._walk(node, state)

    def _run(self, node: etree._Element, state: _State) -> None:
        properties = child(node, "w:rPr")
        marks = state.base | self.context.styles.marks(value(properties, "w:rStyle")) | run_marks(properties)
        if marks.get("hidden"):
            if not state.hidden and self.context.fields.visible and (words := words_in(node)):
                self.context.losses.append(f"hidden text (“{shorten(words)}”)")
            state = replace(state, hidden=True)
        if properties is not None and (change := child(properties, "w:rPrChange")) is not None:
            self.context.revisions.note("formatted", change, words_in(node))
        fonts = child(properties, "w:rFonts")
        font = fonts.get(f"{W}ascii", "") if fonts is not None else ""
        on = frozenset(mark for mark, is_on in marks.items() if is_on and mark != "hidden")
        self._walk(node, replace(state, marks=on, font=font, href=self._own_mark(node, state) or state.href))

    def _say(self, text: str, state: _State) -> None:
        if not text or not self.context.fields.visible:
            return
        if state.change is not None:
            self.context.revisions.add(state.change, text)
        elif text.strip():
            self.context.revisions.untouched()
        self.context.comments.words(text, self.context.index, hidden=state.hidden)
        if state.hidden:
            return
        href = state.href or self.context.fields.href
        self.runs.append(Run(text, state.marks - {"u"} if href else state.marks, href))

    def _text(self, node: etree._Element, state: _State) -> None:
        self._say(from_font(node.text or "", state.font), state)

    def _char(self, node: etree._Element, state: _State) -> None:
        self._say(_CHARS[str(node.tag).removeprefix(W)], state)

    def _break(self, node: etree._Element, state: _State) -> None:
        self._say("\n" if node.get(f"{W}type", "textWrapping") == "textWrapping" else " ", state)

    def _symbol(self, node: etree._Element, state: _State) -> None:
        font, code = node.get(f"{W}font", ""), node.get(f"{W}char", "")
        char = symbol(font, int(code, 16)) if _HEX.fullmatch(code) else None
        if char is None:
            self._lose(f"a symbol of the font {font or 'without a name'} (number {code})", state)
        else:
            self._say(char, state)

    def _field(self, node: etree._Element, _state: _State) -> None:
        self.context.fields.mark(node.get(f"{W}fldCharType"))

    def _code(self, node: etree._Element, _state: _State) -> None:
        self.context.fields.code(node.text or "")

    def _simple_field(self, node: etree._Element, state: _State) -> None:
        self._walk(node, replace(state, href=link(node.get(f"{W}instr", "")) or state.href))

    def _link(self, node: etree._Element, state: _State) -> None:
        _, target = self.context.links.get(node.get(f"{R}id", ""), ("", ""))
        href = allowed(target)
        if target and not href:
            self._lose(f"the target of a link ({shorten(target)})", state)
        self._walk(node, replace(state, href=href if not href.startswith("#") else ""))

    def _note(self, node: etree._Element, state: _State) -> None:
        if state.hidden or not self.context.fields.visible:
            return
        mark, href, own = self._noted(node)
        if mark and not own:
            self._say(mark, replace(state, marks=state.marks | {"sup"}, href=href))

    def _own_mark(self, run: etree._Element, state: _State) -> str:
        """The address of the note whose mark is the text of this run, as "*" may be; else ""."""
        note = next(run.iterchildren(f"{W}footnoteReference", f"{W}endnoteReference"), None)
        if note is None or state.hidden or not self.context.fields.visible:
            return ""
        _, href, own = self._noted(note)
        return href if own else ""

    def _noted(self, node: etree._Element) -> tuple[str, str, str]:
        """Mark, address and, if the author typed the mark, that mark once more."""
        run = node.getparent()
        own = ""
        if run is not None and node.get(f"{W}customMarkFollows") in ON:
            # Deleted words count too: when changes are rejected, they are the mark.
            own = "".join(t.text or "" for t in run.iter(f"{W}t", f"{W}delText")).strip()
        kind = str(node.tag).removeprefix(W).removesuffix("Reference")
        return *self.context.notes.mark(kind, node.get(f"{W}id", ""), own), own

    def _comment_open(self, node: etree._Element, _state: _State) -> None:
        self.context.comments.opened(node.get(f"{W}id", ""), self.context.index)

    def _comment_close(self, node: etree._Element, _state: _State) -> None:
        self.context.comments.closed(node.get(f"{W}id", ""))

    def _comment_mark(self, node: etree._Element, state: _State) -> None:
        self.context.comments.referred(node.get(f"{W}id", ""), self.context.index, hidden=state.hidden)

    def _alternate(self, node: etree._Element, state: _State) -> None:
        # The branches say the same thing for different programs; only one of them may be read, and it must be one we
        # know: Word writes ✓ and such as an element of its own with the plain character as the fallback.
        choice, fallback = node.find(f"{MC}Choice"), node.find(f"{MC}Fallback")
        known = choice is not None and any(str(part.tag).startswith(W) for part in choice.iter())
        branch = choice if known or fallback is None else fallback
        if branch is not None:
            self._walk(branch, state)

    def _picture(self, node: etree._Element, state: _State) -> None:
        boxes = [words for box in node.iter(f"{W}txbxContent") if (words := words_in(box))]
        for words in boxes:
            self._lose(f"a text box (“{shorten(words)}”)", state)
        if not boxes:
            uris = [str(n.get("uri", "")) for n in node.iter() if str(n.tag).endswith("}graphicData")]
            self._lose(next((what for uri in uris for key, what in _IMAGES.items() if key in uri), "an image"), state)

    def _object(self, _node: etree._Element, state: _State) -> None:
        self._lose("an embedded object", state)

    def _ruby(self, node: etree._Element, state: _State) -> None:
        self._lose(f"a reading aid (“{shorten(words_in(node))}”)", state)

    def _equation(self, node: etree._Element, state: _State) -> None:
        words = words_in(node)
        self._lose(f"an equation ({shorten(words)})" if words else "an equation", state)

    def _lose(self, what: str, state: _State) -> None:
        if not state.hidden and self.context.fields.visible:
            self.context.losses.append(what)


_HANDLERS: dict[str, Callable[[Runs, etree._Element, _State], None]] = {
    f"{W}r": Runs._run,
    f"{W}t": Runs._text,
    f"{W}delText": Runs._text,
    f"{W}br": Runs._break,
    f"{W}sym": Runs._symbol,
    f"{W}fldChar": Runs._field,
    f"{W}instrText": Runs._code,
    f"{W}delInstrText": Runs._code,
    f"{W}fldSimple": Runs._simple_field,
    f"{W}hyperlink": Runs._link,
    f"{W}footnoteReference": Runs._note,
    f"{W}endnoteReference": Runs._note,
    f"{W}commentRangeStart": Runs._comment_open,
    f"{W}commentRangeEnd": Runs._comment_close,
    f"{W}commentReference": Runs._comment_mark,
    f"{MC}AlternateContent": Runs._alternate,
    f"{W}drawing": Runs._picture,
    f"{W}pict": Runs._picture,
    f"{W}object": Runs._object,
    f"{W}rt": Runs._ruby,
    f"{M}oMath": Runs._equation,
    **{f"{W}{name}": Runs._char for name in _CHARS},
}
