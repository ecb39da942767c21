"""Tracked changes and comments met while a .docx is read; which of them count is the caller's decision."""

from dataclasses import replace

from lxml import etree

from letters.text.ooxml import W, words_in
from letters.text.source import Comment, Tracked

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


class Comments:
    """The comments of a document with the words they are on, gathered while the text is read."""

    def __init__(self, root: etree._Element | None) -> None:
        self._said = {c.get(f"{W}id", ""): c for c in root.iter(f"{W}comment")} if root is not None else {}
        self._open: dict[str, list[str]] = {}
        self._quotes: dict[str, str] = {}
        self._place: dict[str, int] = {}

    def opened(self, name: str, index: int) -> None:
        """The words of a comment begin in the block with that index."""
        self._open[name] = []
        self._place.setdefault(name, index)

    def closed(self, name: str) -> None:
        """The words of a comment end."""
        self._quotes[name] = "".join(self._open.pop(name, []))

    def referred(self, name: str, index: int) -> None:
        """The mark of a comment stands in the block with that index."""
        self._place.setdefault(name, index)

    def words(self, text: str) -> None:
        """Words a reader sees were read."""
        for quote in self._open.values():
            quote.append(text)

    def found(self) -> list[tuple[int, Comment]]:
        """(index of the block, comment) in reading order, without those on deleted words."""
        placed = sorted(self._place.items(), key=lambda entry: entry[1])
        return [(index, self._comment(name)) for name, index in placed if self._kept(name)]

    def on_deleted(self) -> list[tuple[int, Comment]]:
        """Comments whose words are all left out: they had a range and nothing visible was in it."""
        return [
            (self._place[name], self._comment(name))
            for name, quote in self._quotes.items()
            if name in self._said and not quote.strip()
        ]

    def _kept(self, name: str) -> bool:
        return name in self._said and (name not in self._quotes or bool(self._quotes[name].strip()))

    def _comment(self, name: str) -> Comment:
        said = self._said[name]
        quote = " ".join(self._quotes.get(name, "".join(self._open.get(name, []))).split())
        text = "\n".join(words for p in said.iter(f"{W}p") if (words := words_in(p)))
        return Comment(said.get(f"{W}author", ""), said.get(f"{W}date", ""), text, quote, "")
