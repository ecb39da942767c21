"""Goes through the objects of a PDF in flat memory, however many it has; what is looked for is conformance's."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pikepdf

from letters.render.loose import loose, parsed

Reference = tuple[int, int]  # number and generation
Kid = Reference | pikepdf.Object  # or an object that stands inside another

# A structure element that says nothing but its kind, its place, its language and what it holds: by far the most.
_USUAL = re.compile(rb"<<(?:/S/\w+|/(?:P|Pg|A) \d+ \d+ R|/Lang\([\w-]*\)|/K \d+|/K\[(?:\d+ \d+ R ?)*\])+>>")
_KIND, _HELD, _ONE = re.compile(rb"/S(/\w+)"), re.compile(rb"/K\[([^\]]*)\]"), re.compile(rb"(\d+) (\d+) R")


class Element(NamedTuple):
    """A structure element: its kind, what it holds besides numbers, and all of it where it is not a usual one."""

    kind: str
    kids: list[Kid]
    whole: pikepdf.Object | None


class Reread:
    """The objects of a file, read one by one. In those given out a reference is a name (see loose.parsed)."""

    def __init__(self, source: bytes | Path) -> None:
        self._loose = loose(source)
        self._marked = bytearray(self._loose.size)
        self.root, self.encrypted = self.get((self._loose.root, 0)), self._loose.encrypted

    def get(self, kid: Kid) -> pikepdf.Object:
        """The object itself; of a stream only the dictionary."""
        return parsed(self._loose.text(kid[0])) if isinstance(kid, tuple) else kid

    def rest(self) -> Iterator[pikepdf.Object]:
        """All objects elements() has not come by; those of a paper have no other generation than 0."""
        for number in range(1, len(self._marked)):
            if not self._marked[number]:
                yield self.get((number, 0))

    def elements(self, above: Iterable[Kid]) -> Iterator[Element]:
        """These structure elements and all below them, in reading order."""
        waiting = list(above)[::-1]
        while waiting:
            kid = waiting.pop()
            element = self._element(kid)
            if element:
                if isinstance(kid, tuple):
                    self._marked[kid[0]] = True
                waiting += element.kids[::-1]
                yield element

    def pages(self, above: Iterable[Kid]) -> Iterator[pikepdf.Object]:
        """The pages below these nodes of their tree, in their order."""
        waiting = list(above)[::-1]
        while waiting:
            page = self.get(waiting.pop())
            if "/Kids" in page:
                waiting += self.kids(page, "/Kids")[::-1]
            else:
                yield page

    def named(self, node: pikepdf.Object) -> Iterator[tuple[str, Kid]]:
        """What stands below a node of a name tree, with its names."""
        names = self.part(node, "/Names", pikepdf.Array())
        for name, item in zip(list(names)[::2], list(names)[1::2], strict=True):
            if isinstance(item, pikepdf.Object):
                yield str(name), _reference(item) or item
        for kid in self.kids(node, "/Kids"):
            yield from self.named(self.get(kid))

    def part(self, item: pikepdf.Object, key: str, none: pikepdf.Object | None = None) -> pikepdf.Object:
        """What an item holds under a key or refers to there; where nothing stands, `none` or an empty dictionary."""
        held = item.get(key)
        reference = _reference(held)
        found = self.get(reference) if reference else held
        return found if isinstance(found, pikepdf.Object) else pikepdf.Dictionary() if none is None else none

    def kids(self, item: pikepdf.Object, key: str = "/K") -> list[Kid]:
        """What an item holds under a key, but for numbers."""
        there = self.part(item, key)
        parts = list(there) if isinstance(there, pikepdf.Array) else [item.get(key)]
        return [_reference(part) or part for part in parts if isinstance(part, pikepdf.Object)]

    def data(self, item: pikepdf.Object, key: str) -> bytes:
        """What the stream holds that an item refers to under a key, unpacked; nothing where there is none."""
        reference = _reference(item.get(key))
        return self._loose.data(reference[0]) if reference else b""

    def _element(self, kid: Kid) -> Element | None:
        text = self._loose.text(kid[0]) if isinstance(kid, tuple) else b""
        kind, held = _KIND.search(text) if _USUAL.fullmatch(text) else None, _HELD.search(text)
        if kind:
            found = _ONE.findall(held[1]) if held else []
            return Element(kind[1].decode(), [(int(number), int(generation)) for number, generation in found], None)
        item = self.get(kid)
        if not isinstance(item, pikepdf.Dictionary) or "/S" not in item:
            return None
        return Element(str(item.S), self.kids(item), item)


def _reference(item: object) -> Reference | None:
    """The reference that a name stands for."""
    if not isinstance(item, pikepdf.Name) or not str(item).startswith("/@"):
        return None
    number, generation = str(item)[2:].split(".")
    return int(number), int(generation)
