"""Word's fields: which part of one is its visible result and where a HYPERLINK field leads (ECMA-376 1,
17.16)."""

import re
from dataclasses import dataclass

from lxml import etree

from letters.text.inline import allowed
from letters.text.ooxml import W

_LINK = re.compile(r'^\s*HYPERLINK\s+(?:\\[a-z]\s+)*"?([^"\s]+)"?', re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    code: str = ""
    result: bool = False


class Fields:
    """The fields that are open at one point of the text; they may nest and reach over paragraphs."""

    def __init__(self, root: etree._Element) -> None:
        steps = [mark.get(f"{W}fldCharType") for mark in root.iter(f"{W}fldChar")]
        # A field that is never ended would hide the rest of the letter, so then all text counts as visible.
        self._sound = steps.count("begin") == steps.count("end")
        self._open: list[_Field] = []

    def mark(self, step: str | None) -> None:
        """A `w:fldChar` was met: begin, separate or end."""
        if step == "begin":
            self._open.append(_Field())
        elif step == "separate" and self._open:
            self._open[-1].result = True
        elif step == "end" and self._open:
            self._open.pop()

    def code(self, text: str) -> None:
        """Part of an instruction was met."""
        if self._open and not self._open[-1].result:
            self._open[-1].code += text

    @property
    def visible(self) -> bool:
        """Whether text at this point is shown."""
        return not self._sound or all(field.result for field in self._open)

    @property
    def href(self) -> str:
        """Where the innermost HYPERLINK field leads, or ""."""
        return next((href for field in reversed(self._open) if (href := link(field.code))), "")


def link(code: str) -> str:
    """The address in a HYPERLINK instruction when a letter may link to it, else ""."""
    found = _LINK.match(code)
    return allowed(found[1]) if found and not found[1].startswith("#") else ""
