"""Footnotes and endnotes of a .docx: which mark each gets; their words are read by body."""

from dataclasses import dataclass

from lxml import etree

from letters.text.counting import spelled
from letters.text.ooxml import W, child, number, value

_DEFAULT = {"footnote": "decimal", "endnote": "lowerRoman"}


@dataclass(frozen=True, slots=True)
class Note:
    """A note that the text refers to; `label` is its mark ("1", "i", "*")."""

    kind: str
    label: str
    element: etree._Element


class Notes:
    """Numbers the notes in the order in which the text refers to them (17.11)."""

    def __init__(self, roots: dict[str, etree._Element | None], settings: list[etree._Element]) -> None:
        self._notes = {
            (kind, note.get(f"{W}id", "")): note
            for kind, root in roots.items()
            for note in (root.iter(f"{W}{kind}") if root is not None else ())
            if note.get(f"{W}type", "normal") == "normal"
        }
        self._form = dict(_DEFAULT)
        self._next = {"footnote": 1, "endnote": 1}
        self._used: dict[tuple[str, str], Note] = {}
        for root in settings:
            self._configure(root)

    def mark(self, kind: str, name: str, own: str) -> tuple[str, str]:
        """(mark, in-page address) of a note referred to here; ("", "") when the file has no such note."""
        note = self._notes.get((kind, name))
        if note is None:
            return "", ""
        if (kind, name) not in self._used:
            label = own or spelled(self._next[kind], self._form[kind])
            self._next[kind] += not own
            self._used[kind, name] = Note(kind, label, note)
        return self._used[kind, name].label, self._address(kind, name)

    def anchors(self) -> dict[str, str]:
        """Preliminary in-page address -> the final one, `#fn-1` for the first note of the letter and so
        on."""
        names = sorted(self._used, key=lambda key: key[0] == "endnote")
        return {self._address(*key): f"#fn-{i}" for i, key in enumerate(names, 1)}

    @staticmethod
    def _address(kind: str, name: str) -> str:
        # How many footnotes come before the endnotes is known only when the whole text was read.
        return f"#{kind}:{int(name) if name.lstrip('-').isdigit() else 0}"

    def used(self) -> list[Note]:
        """The notes referred to so far: footnotes, then endnotes."""
        return sorted(self._used.values(), key=lambda note: note.kind == "endnote")

    def _configure(self, root: etree._Element) -> None:
        for kind in _DEFAULT:
            for settings in root.iter(f"{W}{kind}Pr"):
                self._form[kind] = value(settings, "w:numFmt") or self._form[kind]
                self._next[kind] = number(value(settings, "w:numStart")) or self._next[kind]
                if child(settings, "w:numFmt") is not None:
                    break
