"""Writes the one file of a backup: a zip, streamed, under another name until it is whole; what goes in is taken's."""

import contextlib
import hashlib
import os
import secrets
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO

from letters.management.refusal import Signon

# Behind everything else, as the zip's own comment: the form of the file, and the digest of all bytes before the digest.
MARK = b"signon-backup/%d sha256="
FORM = 1
HEX = 64
FIRST = "README.txt"
README = """This file holds a whole installation of Signon: the tables of its database as JSON lines, and its documents.

./run manage backup --check FILE    says whether it is whole
./run manage restore FILE           puts it back into an empty installation

manifest.json names every file in here with its size and SHA-256. It holds names and addresses: keep it encrypted.
"""


class Digested:
    """A file that only grows, with the digest of all of it but the last 64 bytes, which will hold that digest."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.digest, self.last = file, hashlib.sha256(), b""

    def write(self, data: bytes) -> int:
        """Without seek and tell, so that the zip is written from its first byte to its last."""
        self.last += data
        self.digest.update(self.last[:-HEX])
        self.last = self.last[-HEX:]
        return self.file.write(data)

    def flush(self) -> None:
        self.file.flush()


class Counted:
    """One member on its way into the zip, with its size and digest."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.size, self.digest = file, 0, hashlib.sha256()

    def write(self, data: bytes) -> None:
        self.size += len(data)
        self.digest.update(data)
        self.file.write(data)


class Writer:
    """The members of a backup, one after the other; `members` says of each its size and SHA-256."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.members: dict[str, tuple[int, str]] = {}

    @contextlib.contextmanager
    def member(self, name: str, *, packed: bool = True) -> Iterator[Counted]:
        """What is written in the block becomes the member `name`."""
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        info.external_attr = 0o600 << 16
        with self.archive.open(info, "w", force_zip64=True) as file:
            counted = Counted(file)
            yield counted
        self.members[name] = (counted.size, counted.digest.hexdigest())

    def text(self, name: str, text: str) -> None:
        """A member that is short."""
        with self.member(name) as file:
            file.write(text.encode())


@contextlib.contextmanager
def written(path: Path) -> Iterator[Writer]:
    """A backup at `path` once the block has ended well; nothing at all where it has not.

    Raises Signon where something is there already, and OSError. Readable for its owner alone.
    """
    if path.exists():
        raise Signon(f"{path} is there already; name another file, nothing was written.")
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        with open(part, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            whole = Digested(file)
            with zipfile.ZipFile(whole, "w", allowZip64=True) as archive:  # type: ignore[call-overload]
                archive.comment = MARK % FORM + b"0" * HEX
                yield Writer(archive)
            file.seek(-HEX, os.SEEK_END)
            file.write(whole.digest.hexdigest().encode())
            file.flush()
            os.fsync(file.fileno())
        _named(part, path)
    finally:
        part.unlink(missing_ok=True)


def _named(part: Path, path: Path) -> None:
    """Give the whole file its name, unless somebody took that meanwhile."""
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise Signon(f"{path} was made by somebody else meanwhile; name another file.") from None
    except OSError:  # a file system without hard links
        part.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
