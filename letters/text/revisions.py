"""Tracked changes met while a .docx is read; which of them count is the caller's decision."""

from dataclasses import replace

from lxml import etree

from letters.text.ooxml import W
from letters.text.source import Tracked

KINDS = {
    f"{W}ins": "inserted",
    f"{W}del": "deleted",
    f"{W}moveFrom": "moved from",
    f"{W}moveTo": "moved to",
}
GONE_WHEN_ACCEPTED = frozenset({"deleted", "moved from"})


class Revisions:
    """Tracked changes in reading order; neighbours of one kind, author and time are one change, as in
    Word."""

    def __init__(self, *, reject: bool) -> None:
        self.found: list[Tracked] = []
        self._reject = reject
        self._joined = False

    def hides(self, kind: str) -> bool:
        """Whether the words of a change of that kind are left out of the text."""
        return (kind in GONE_WHEN_ACCEPTED) != self._reject

    def add(self, element: etree._Element, text: str) -> None:
        """Note the words of one `w:ins`, `w:del`, `w:moveFrom` or `w:moveTo`."""
        self.note(KINDS[str(element.tag)], element, text)

    def note(self, kind: str, element: etree._Element, text: str) -> None:
        """Note a change with the author and date an element carries."""
        change = Tracked(kind, element.get(f"{W}author", ""), element.get(f"{W}date", ""), text)
        last = self.found[-1] if self.found and self._joined else None
        if last and replace(last, text=text) == change:
            self.found[-1] = replace(last, text=last.text + text)
        else:
            self.found.append(change)
        self._joined = True

    def untouched(self) -> None:
        """Unchanged words follow, so that the next change is another one."""
        self._joined = False
