"""A file of evidence read piece by piece, whether in memory, on disk or packed; what it says is left to others."""

import contextlib
import ctypes
import hashlib
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BLOCK = 2**18


@dataclass(frozen=True)
class Packed:
    """What a Flate stream of a PDF holds, unpacked anew whenever it is read."""

    packed: bytes


class OnDisk:
    """The bytes of a file, read where somebody looks at them."""

    def __init__(self, path: Path) -> None:
        self.path, self._file = path, path.open("rb")

    def __len__(self) -> int:
        return self._file.seek(0, os.SEEK_END)

    def __getitem__(self, place: slice) -> bytes:
        start, end, _ = place.indices(len(self))
        self._file.seek(start)
        return self._file.read(max(end - start, 0))


File = bytes | Path | Packed
Data = bytes | OnDisk


def blocks(file: File, size: int = BLOCK) -> Iterator[bytes]:
    """The content in pieces of at most so many bytes."""
    if isinstance(file, bytes):
        yield from (file[at : at + size] for at in range(0, len(file), size))
    elif isinstance(file, Packed):
        yield from unpacked(file.packed, size)
    else:
        with file.open("rb") as opened:
            while block := opened.read(size):
                yield block


def unpacked(packed: bytes, size: int = BLOCK) -> Iterator[bytes]:
    """What a Flate stream holds, in the same way. Raises zlib.error."""
    stream, at = zlib.decompressobj(), 0
    while at < len(packed) and not stream.eof:
        left = packed[at : at + size]
        at += size
        while block := stream.decompress(left, size):
            yield block
            left = stream.unconsumed_tail


def whole(file: File) -> bytes:
    """All of it at once."""
    return file if isinstance(file, bytes) else b"".join(blocks(file))


def sha256_of(file: File) -> str:
    """SHA-256 of the content as 64 lower-case hex digits."""
    digest = hashlib.sha256()
    for block in blocks(file):
        digest.update(block)
    return digest.hexdigest()


def returned() -> None:
    """Give back to the system what C libraries have freed; the memory of one check is then not added to the next.

    Where the C library cannot be asked (it is glibc's malloc_trim(3)), nothing happens.
    """
    with contextlib.suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
