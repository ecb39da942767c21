"""Where the objects of a PDF lie, as its own tables say; these stay packed, a few bytes for each object.

Read are tables that are streams (ISO 32000-1 section 7.5.8), as ObjectWriter, WeasyPrint, pyHanko and proof.appended
write them. A long annex has half a million objects, and the libraries keep 100 to 400 bytes for each they are told of.
"""

import io
import re
import zlib
from dataclasses import dataclass
from typing import BinaryIO

_TAIL = 64  # bytes before the end of the file in which "startxref" stands
_HEAD = re.compile(rb"\s*\d+ \d+ obj\s*<<(.{1,4000}?)>>\s*stream\r?\n", re.S)
_PACKING = re.compile(rb"/Filter\s*(/\w+|\[)")
_ROOT = re.compile(rb"/Root\s+(\d+) \d+ R")
PLAIN, IN_STREAM = 1, 2

Entry = tuple[int, int, int]  # kind; then place and generation, or the stream that holds it and the place in that


@dataclass(frozen=True)
class _Table:
    """The entries of one revision for the objects of some spans (first and length)."""

    spans: list[tuple[int, int]]
    widths: list[int]
    data: bytes

    def entry(self, number: int) -> Entry | None:
        """That for an object, or None."""
        before, size = 0, sum(self.widths)
        for first, length in self.spans:
            if first <= number < first + length:
                at, values = (before + number - first) * size, []
                for width in self.widths:
                    values.append(int.from_bytes(self.data[at : at + width], "big"))
                    at += width
                return values[0], values[1], values[2]
            before += length
        return None


class Tables:
    """All tables of a file, the newest first: where they begin, and what the newest says of the file."""

    def __init__(self, tables: list[_Table], trailer: bytes, starts: list[int]) -> None:
        self._tables, self.starts = tables, starts
        self.size = _number(trailer, b"Size") or 0
        self.root = int((_ROOT.search(trailer) or [b"0", b"0"])[1])
        self.encrypted = b"/Encrypt" in trailer

    @classmethod
    def of(cls, file: BinaryIO) -> "Tables | None":
        """The tables of a file; None where one of them is of another form."""
        tables, starts, newest, start = list[_Table](), list[int](), b"", _start(file)
        while start is not None:
            file.seek(start)
            head = _HEAD.match(file.read(5_000))
            packing = _PACKING.search(head[1]) if head else None
            if head is None or b"/DecodeParms" in head[1] or (packing and packing[1] != b"/FlateDecode"):
                return None
            file.seek(start + head.end())
            spans = _numbers(head[1], b"Index") or [0, _number(head[1], b"Size") or 0]
            widths = _numbers(head[1], b"W")
            if len(widths) != 3 or len(spans) % 2 or start in starts:
                return None
            data = file.read(_number(head[1], b"Length") or 0)
            data = zlib.decompress(data) if packing else data
            tables.append(_Table(list(zip(spans[::2], spans[1::2], strict=True)), widths, data))
            starts.append(start)
            newest, start = newest or head[1], _number(head[1], b"Prev")
        return cls(tables, newest, starts) if tables else None

    def entry(self, number: int) -> Entry | None:
        """Where the newest form of an object lies."""
        return next(filter(None, (table.entry(number) for table in self._tables)), None)


def _start(file: BinaryIO) -> int | None:
    """Where the newest table begins."""
    file.seek(max(file.seek(0, io.SEEK_END) - _TAIL, 0))
    found = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*\Z", file.read())
    return int(found[1]) if found else None


def _number(entries: bytes, name: bytes) -> int | None:
    found = re.search(rb"/%s\s+(\d+)" % name, entries)
    return int(found[1]) if found else None


def _numbers(entries: bytes, name: bytes) -> list[int]:
    found = re.search(rb"/%s\s*\[([\d\s]*)\]" % name, entries)
    return [int(number) for number in found[1].split()] if found else []
