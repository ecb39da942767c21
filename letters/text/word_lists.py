"""List numbers for a .docx that count by themselves and come out as the labels of the letter; the way back is
numbering."""

import re
from dataclasses import dataclass

from lxml import etree

from letters.text.counting import KNOWN, spelled
from letters.text.numbering import BULLET
from letters.text.word_xml import w

_FIGURE = re.compile(r"([^\w*†‡§]*)(\w+)([^\w*†‡§]*)")
_FORMS = ("decimal", "decimalZero", "ordinal", "lowerRoman", "upperRoman", "lowerLetter", "upperLetter")
_MOST = 1000
_COUNTS = {form: {spelled(n, form): n for n in range(_MOST, -1, -1)} for form in _FORMS}
_DEEPEST = 8
_BULLETS = 1
assert set(_FORMS) <= KNOWN


@dataclass(frozen=True, slots=True)
class _Form:
    """How a list counts: format of Word's, what stands before and after the figure, 0-based level."""

    form: str
    lead: str
    tail: str
    depth: int


@dataclass(slots=True)
class _List:
    """A list that is going on, with the number it gives next to a paragraph of the old and of the new version."""

    form: _Form
    start: int
    old: int
    new: int


class Lists:
    """Gives each numbered paragraph a list in which it gets its label, in both versions of a redline."""

    def __init__(self) -> None:
        self._lists: list[_List] = []
        self._bullets = False

    def place(self, level: int, old: str | None, new: str | None) -> tuple[int, int] | None:
        """(list id, 0-based level) for a paragraph labelled so in each version, None where it is not in one.

        A label nothing counts to is written into the list as it is. Returns None when no list gives the two labels
        to one paragraph.
        """
        depth = min(max(level, 1) - 1, _DEEPEST)
        if old in (None, BULLET) and new in (None, BULLET):
            self._bullets = True
            return _BULLETS, depth
        readings = _readings(new or old or "", depth)
        for k in range(len(self._lists) - 1, -1, -1):
            if self._fits(self._lists[k], readings, old, new, depth):
                return self._counted(k, old, new), depth
        if old is not None and new is not None and old != new:
            return None
        form, start = readings[0]
        self._lists.append(_List(form, start, start, start))
        return self._counted(len(self._lists) - 1, old, new), depth

    def part(self) -> etree._Element | None:
        """The part "numbering"; None when the text has no lists."""
        if not self._lists and not self._bullets:
            return None
        abstracts = [w("abstractNum", *[_level(d, "bullet", 1, BULLET) for d in range(9)], abstractNumId=str(_BULLETS))]
        abstracts += [_abstract(k, of) for k, of in enumerate(self._lists, _BULLETS + 1)]
        ids = [str(k) for k in range(_BULLETS, len(abstracts) + _BULLETS)]
        return w("numbering", *abstracts, *[w("num", w("abstractNumId", val=k), numId=k) for k in ids])

    def _fits(self, of: _List, readings: list[tuple[_Form, int]], old: str | None, new: str | None, depth: int) -> bool:
        if not any(form == of.form for form, _ in readings):
            return False
        wanted = ((old, of.old), (new, of.new))
        return all(label is None or (of.form, n) in _readings(label, depth) for label, n in wanted)

    def _counted(self, k: int, old: str | None, new: str | None) -> int:
        of = self._lists[k]
        if of.form.form != "none":
            of.old += old is not None
            of.new += new is not None
        return k + _BULLETS + 1


def _readings(label: str, depth: int) -> list[tuple[_Form, int]]:
    """All (form, number) that are shown as a label; the last one writes it out."""
    found = []
    parts = _FIGURE.fullmatch(label)
    if parts and "%" not in label:
        lead, figure, tail = parts.groups()
        # "i." begins a Roman list far more often than it is the ninth letter; "c." is hardly ever a hundred.
        forms = reversed(_FORMS) if len(figure) == 1 and figure.isalpha() and figure not in "iI" else _FORMS
        found = [(_Form(f, lead, tail, depth), _COUNTS[f][figure]) for f in forms if figure in _COUNTS[f]]
    return [*found, (_Form("none", label, "", depth), 1)]


def _abstract(k: int, of: _List) -> etree._Element:
    form = of.form
    literal = form.form == "none"
    levels = []
    for depth in range(form.depth + 1):
        pattern = form.lead if literal else f"{form.lead}%{depth + 1}{form.tail}"
        levels.append(_level(depth, "decimal" if literal else form.form, of.start, pattern))
    return w("abstractNum", *levels, abstractNumId=str(k))


def _level(depth: int, form: str, start: int, pattern: str) -> etree._Element:
    indent = w("pPr", w("ind", left=str(425 * (depth + 1)), hanging="425"))
    return w(
        "lvl",
        w("start", val=str(start)),
        w("numFmt", val=form),
        w("lvlText", val=pattern),
        w("lvlJc", val="left"),
        indent,
        ilvl=str(depth),
    )
