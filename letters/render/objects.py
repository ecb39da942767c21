"""Writes a PDF front to back without keeping it: small objects packed in object streams, one cross-reference stream.

What it holds in memory is seven bytes per object, so that an annex of any length is written in flat memory. What the
objects say is left to the binder (ISO 32000-1 sections 7.5.7 and 7.5.8).
"""

import hashlib
import os
import struct
import zlib
from typing import BinaryIO

PACKED = 200  # objects in one object stream; more pack a little better and are slower to open one by one
_ENTRY = struct.Struct(">BIH")
_FREE, _PLAIN, _IN_STREAM = 0, 1, 2


def text(value: str) -> str:
    """A text string as PDF writes it."""
    return f"<feff{value.encode('utf-16-be').hex()}>"


class ObjectWriter:
    """A PDF under way. Numbers up to `taken` belong to objects the caller numbers itself."""

    def __init__(self, file: BinaryIO, taken: int) -> None:
        self._file, self._place, self._digest = file, 0, hashlib.md5(usedforsecurity=False)
        self._entries = bytearray(_ENTRY.size * (taken + 1))
        self._waiting: dict[bool, list[tuple[int, bytes]]] = {False: [], True: []}
        self._write(b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n")

    def new(self) -> int:
        """The number of an object that is yet to be written."""
        self._entries.extend(bytes(_ENTRY.size))
        return len(self._entries) // _ENTRY.size - 1

    def put(self, number: int, body: str | bytes, *, page: bool = False) -> None:
        """Write an object that is no stream. Pages lie together, so that whoever wants one does not read all tags."""
        waiting = self._waiting[page]
        waiting.append((number, body.encode() if isinstance(body, str) else body))
        if len(waiting) >= PACKED:
            self._flush(waiting)

    def add(self, body: str | bytes) -> int:
        """Write an object that is no stream under a new number."""
        number = self.new()
        self.put(number, body)
        return number

    def stream(self, number: int, entries: bytes, data: bytes) -> None:
        """Write a stream; `entries` are those of its dictionary but its length, `data` is packed as they say."""
        self._plain(number, b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data))

    def copied(self, number: int, entries: bytes, data: BinaryIO) -> None:
        """Write a stream like the last, with all that stands in a file; it may be of any length."""
        length = data.seek(0, os.SEEK_END)
        data.seek(0)
        self._enter(number, _PLAIN, self._place, 0)
        self._write(b"%d 0 obj\n<<%s/Length %d>>\nstream\n" % (number, entries, length))
        while block := data.read(2**20):
            self._write(block)
        self._write(b"\nendstream\nendobj\n")

    def raw(self, number: int, body: bytes) -> None:
        """Write an object as it is, dictionary and stream."""
        self._plain(number, body)

    def packed(self, number: int, data: bytes, entries: bytes = b"") -> None:
        """Write a stream and pack it."""
        self.stream(number, entries + b"/Filter/FlateDecode", zlib.compress(data, 6))

    def close(self, root: int, info: int) -> None:
        """Write what finds all objects again; the identifier is taken from the bytes, so that equal files have one."""
        for waiting in self._waiting.values():
            self._flush(waiting)
        number, start = self.new(), self._place
        self._enter(number, _PLAIN, start, 0)
        self._entries[: _ENTRY.size] = _ENTRY.pack(_FREE, 0, 65535)
        name = self._digest.hexdigest()
        entries = (
            f"/Type/XRef/W[1 4 2]/Size {number + 1}/Root {root} 0 R/Info {info} 0 R/ID[<{name}><{name}>]"
            "/Filter/FlateDecode"
        )
        self.stream(number, entries.encode(), zlib.compress(bytes(self._entries), 6))
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _plain(self, number: int, body: bytes) -> None:
        self._enter(number, _PLAIN, self._place, 0)
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def _flush(self, waiting: list[tuple[int, bytes]]) -> None:
        if not waiting:
            return
        holder, places, at = self.new(), [], 0
        for index, (number, body) in enumerate(waiting):
            places.append(f"{number} {at}")
            at += len(body) + 1
            self._enter(number, _IN_STREAM, holder, index)
        head = " ".join(places).encode() + b"\n"
        body = head + b"\n".join(body for _, body in waiting)
        self.packed(holder, body, b"/Type/ObjStm/N %d/First %d" % (len(waiting), len(head)))
        waiting.clear()

    def _enter(self, number: int, kind: int, place: int, index: int) -> None:
        _ENTRY.pack_into(self._entries, number * _ENTRY.size, kind, place, index)

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self._place += len(data)
