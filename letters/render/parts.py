"""The annex cut into parts that are drawn on their own and kept under the hash of what they are drawn from."""

import functools
import hashlib
import importlib.metadata
import json
import os
import secrets
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from letters.render.glyphs import FONTS

FEWEST, MOST, ONE_IN = 50, 1_500, 400  # societies of one part, at the ends and (more or less) in the middle


@dataclass(frozen=True)
class Layout:
    """What all parts of an annex share: the letter's BCP 47 tag, and the columns shown."""

    language: str
    officers: bool
    countries: bool


@dataclass(frozen=True)
class Part:
    """Some entries next to each other, as JSON for the child process that draws them; `key` is a hash of it all."""

    key: str
    order: bytes


Place = tuple[int, int]  # where an order begins among others, and how long it is


def cut(entries: Iterable[Sequence[Any]], layout: Layout) -> Iterator[Part]:
    """The parts of an annex. Where one ends is told by the entries in it, not by their number: a society more in
    the middle changes its own part and leaves the others as they are."""
    lines = (json.dumps(entry, ensure_ascii=False) for entry in entries)
    return (_part(group, layout) for group in _groups(lines))


def _groups(lines: Iterator[str]) -> Iterator[list[str]]:
    group: list[str] = []
    for line in lines:
        group.append(line)
        last = len(group) >= FEWEST and zlib.crc32(line.encode()) % ONE_IN == 0
        if last or len(group) == MOST:
            yield group
            group = []
    if group:
        yield group


def _part(lines: list[str], layout: Layout) -> Part:
    columns = {"language": layout.language, "officers": layout.officers, "countries": layout.countries}
    order = f'{{"do":"draw","layout":{json.dumps(columns)},"entries":[{",".join(lines)}]}}'.encode()
    return Part(key_of(order), order)


def key_of(order: bytes) -> str:
    """The name under which what is made from an order is kept."""
    return hashlib.sha256(_maker() + order).hexdigest()


@functools.cache
def _maker() -> bytes:
    """A digest of what draws: this room's code, the fonts and WeasyPrint. Another maker draws anew."""
    digest = hashlib.sha256(importlib.metadata.version("weasyprint").encode())
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    for font in sorted(FONTS.glob("*.ttf")):
        digest.update(f"{font.name} {font.stat().st_size}".encode())
    return digest.digest()


class Orders:
    """Orders that wait in a file until a child takes them: those of a long annex are tens of megabytes."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def put(self, order: bytes) -> Place:
        """Keep one; gives where it lies."""
        place = self._file.seek(0, os.SEEK_END)
        self._file.write(order)
        return place, len(order)

    def get(self, place: Place) -> bytes:
        """The one that lies there."""
        self._file.seek(place[0])
        return self._file.read(place[1])


class Shelf:
    """Keeps what was made in files named by their key: whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def path(self, key: str) -> Path:
        """Where it lies, if it is there."""
        return self.folder / key

    def has(self, key: str) -> bool:
        """True when it need not be made again; it then counts as used today (see swept)."""
        try:
            os.utime(self.path(key))
        except FileNotFoundError:
            return False
        return True

    def put(self, key: str, data: bytes) -> None:
        """Keep it."""
        part = self.path(f"{key}.{secrets.token_hex(4)}.part")
        part.write_bytes(data)
        part.rename(self.path(key))

    def sweep(self, before: float) -> None:
        """Throw away what was last used before a moment (seconds since 1970)."""
        for file in self.folder.iterdir():
            if file.stat().st_mtime < before:
                file.unlink(missing_ok=True)
