"""The words of one paragraph as WordprocessingML, inserted and deleted ones marked as such; paragraphs are made in
word_body."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, groupby

from lxml import etree

from letters.text.inline import Run
from letters.text.ooxml import R
from letters.text.word_notes import code_of
from letters.text.word_styles import CODE, LINK, MARK
from letters.text.word_xml import Links, told, w
from letters.text.words import NEW, OLD, SAME, Part

# The order of a run's properties in the schema (17.3.2.28).
_ORDER = {"strong": "b", "em": "i", "s": "strike", "u": "u"}
_PREFIX = "#ref-"


@dataclass(frozen=True, slots=True)
class NoteMark:
    """How a note is referred to: kind, id in its part, the mark itself when Word does not count to it."""

    kind: str
    id: str
    own: str


class Stamp:
    """Who changed the text and when, for `w:ins` and `w:del`; each mark gets an id of its own."""

    def __init__(self, author: str, date: str) -> None:
        self._author, self._date, self._ids = author, date, count(1)

    def mark(self, side: str, *inner: etree._Element) -> etree._Element:
        """`w:ins` or `w:del` around runs, or empty as the property of a paragraph or row."""
        name = {OLD: "del", NEW: "ins"}[side]
        return w(name, *inner, id=str(next(self._ids)), author=self._author, date=self._date)


class Words:
    """Writes runs; one object per part, since links are kept per part."""

    def __init__(self, links: Links, stamp: Stamp, note: Callable[[int, str], NoteMark]) -> None:
        self._links, self._stamp, self._note = links, stamp, note

    def nodes(self, parts: Sequence[Part]) -> list[etree._Element]:
        """What stands in a `w:p` after its properties."""
        return [node for part in parts for run in _joined(part.runs) for node in self._run(run, part.side)]

    def _run(self, run: Run, side: str) -> Iterator[etree._Element]:
        code = code_of(run.text)
        node = self._written(run, side) if code is None else self._reference(run, side, code)
        marked = node if side == SAME else self._stamp.mark(side, node)
        if not run.href or code is not None:
            yield marked
        elif run.href.startswith("#"):
            anchor = run.href.removeprefix("#") if run.href.startswith(_PREFIX) else ""
            yield w("hyperlink", marked, anchor=anchor) if anchor else marked
        else:
            link = w("hyperlink", marked)
            link.set(f"{R}id", self._links.id(run.href))
            yield link

    def _written(self, run: Run, side: str) -> etree._Element:
        outside = bool(run.href) and not run.href.startswith("#")
        node = w("r", _properties(run, LINK if outside else CODE if "code" in run.marks else ""))
        for i, line in enumerate(run.text.split("\n")):
            if i:
                node.append(w("br"))
            if line:
                node.append(told("delText" if side == OLD else "t", line))
        return node

    def _reference(self, run: Run, side: str, code: int) -> etree._Element:
        note = self._note(code, side)
        node = w("r", _properties(run, MARK), w(f"{note.kind}Reference", id=note.id))
        if note.own:
            node[-1].set(node[-1].tag.partition("}")[0] + "}customMarkFollows", "1")
            node.append(told("delText" if side == OLD else "t", note.own))
        return node


def _properties(run: Run, style: str) -> etree._Element | None:
    made = [w("rStyle", val=style)] if style else []
    for mark, name in _ORDER.items():
        if mark in run.marks:
            made.append(w("u", val="single") if mark == "u" else w(name))
    raised = {"sup": "superscript", "sub": "subscript"}
    aligned = [raised[mark] for mark in ("sup", "sub") if mark in run.marks]
    if aligned or style == MARK:
        made.append(w("vertAlign", val=aligned[0] if aligned else "baseline"))
    return w("rPr", *made) if made else None


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Neighbours that look the same as one run; the comparison of words left one for each word."""
    groups = groupby(runs, key=lambda run: (run.marks, run.href, code_of(run.text)))
    return [Run("".join(run.text for run in group), marks, href) for (marks, href, _), group in groups]
