"""Takes the objects of a PDF out of it as text, one by one and in flat memory; what they hang together by is reread's.

qpdf would keep more than a hundred bytes for each object it is told of, and a thousand for each it has read.
"""

import io
import re
import zlib
from pathlib import Path
from typing import BinaryIO, Protocol

import pikepdf

from letters.render.tables import IN_STREAM, PLAIN, Tables

STREAMS = 8  # of objects, held unpacked
LONGEST = 2**24  # bytes of an object that stands by itself, without its data
_HEAD, _END = re.compile(rb"\s*\d+ \d+ obj"), re.compile(rb">>\s*stream\r?\n|\bendobj\b")
_REFERENCE = re.compile(rb"(?<![^\s/\[<(>\])])(\d+) (\d+) R(?![^\s/\]>\[<(])")


class Loose(Protocol):
    """The objects of a file by their numbers, as text and (of streams) unpacked, and what its trailer says."""

    size: int
    root: int
    encrypted: bool

    def text(self, number: int) -> bytes:
        """An object as it is written, without the data of a stream; "null" where there is none."""

    def data(self, number: int) -> bytes:
        """What a stream holds. Raises ValueError where it is none, or is packed in another way than ours."""


def loose(source: bytes | Path) -> Loose:
    """The objects of a file. Raises pikepdf.PdfError for one that is not a PDF."""
    file: BinaryIO = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    tables = Tables.of(file)
    return _ByTables(file, tables) if tables else _ByQpdf(file)


def parsed(text: bytes) -> pikepdf.Object:
    """An object by itself, in which a reference is a name: 12 0 R is /@12.0."""
    return pikepdf.Object.parse(_REFERENCE.sub(rb"/@\1.\2", text))


class _ByQpdf:
    """Those of a file with tables of another form, which is not one of the long ones."""

    def __init__(self, file: BinaryIO) -> None:
        self._pdf = pikepdf.open(file)
        self.size, self.root = int(self._pdf.trailer.Size), self._pdf.Root.objgen[0]
        self.encrypted = self._pdf.is_encrypted

    def text(self, number: int) -> bytes:
        item = self._pdf.get_object((number, 0))
        if item is None:
            return b"null"
        return item.stream_dict.unparse() if isinstance(item, pikepdf.Stream) else item.unparse(resolved=True)

    def data(self, number: int) -> bytes:
        return bytes(self._pdf.get_object((number, 0)).read_bytes())


class _ByTables:
    def __init__(self, file: BinaryIO, tables: Tables) -> None:
        self._file, self._tables = file, tables
        self.size, self.root, self.encrypted = tables.size, tables.root, tables.encrypted
        self._streams: dict[int, dict[int, bytes]] = {}

    def text(self, number: int) -> bytes:
        kind, place, index = self._tables.entry(number) or (None, 0, 0)
        if kind == IN_STREAM:
            return (self._streams.get(place) or self._read(place))[index]
        return self._plain(place)[0] if kind == PLAIN else b"null"

    def data(self, number: int) -> bytes:
        kind, place, _ = self._tables.entry(number) or (None, 0, 0)
        if kind != PLAIN:
            raise ValueError(f"Object {number} is no stream.")
        text, start = self._plain(place)
        about = parsed(text)
        packing = about.get("/Filter")
        names = [str(name) for name in (packing if isinstance(packing, pikepdf.Array) else filter(None, [packing]))]
        if names not in ([], ["/FlateDecode"]) or "/DecodeParms" in about:
            raise ValueError(f"Object {number} is packed in a way this check does not read.")
        self._file.seek(start)
        data = self._file.read(int(about.Length))
        return zlib.decompress(data) if names else data

    def _read(self, number: int) -> dict[int, bytes]:
        """The objects of a stream by their places in it (ISO 32000-1 section 7.5.7)."""
        about, data = parsed(self.text(number)), self.data(number)
        first = int(about.First)
        starts = [first + int(word) for word in data[:first].split()[1::2]]
        ends = dict(zip(sorted(starts), [*sorted(starts)[1:], len(data)], strict=True))
        if len(self._streams) >= STREAMS:
            del self._streams[next(iter(self._streams))]
        found = {index: data[start : ends[start]].strip() for index, start in enumerate(starts)}
        self._streams[number] = found
        return found

    def _plain(self, place: int) -> tuple[bytes, int]:
        """An object that stands by itself, and where its data begins if it has some."""
        size = 2**12
        while size <= LONGEST:
            self._file.seek(place)
            read = self._file.read(size)
            head, end = _HEAD.match(read), _END.search(read)
            if head and end:
                stop = end.start() if end[0] == b"endobj" else end.start() + 2
                return read[head.end() : stop].strip(), place + end.end()
            size *= 4
        raise ValueError(f"What stands at {place} is no object.")
