"""Opens the file of a backup and refuses one that is damaged, foreign or newer; what is done with it is put_back's."""

import contextlib
import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from letters.management.backup import manifest
from letters.management.backup.manifest import MANIFEST, Manifest
from letters.management.backup.written import FIRST, FORM, HEX, MARK

PIECE = 2**20  # bytes read at once
LINE = 64 * 2**20  # bytes in one row at most: a text with its HTML has less than a twentieth
_MARK = re.compile(rb"signon-backup/(\d{1,9}) sha256=([0-9a-f]{64})\Z")
_BEGINS = b"PK\x03\x04"
# What a backup may hold. Nothing is ever unpacked under a name that stands in the file.
_NAMES = re.compile(
    rf"(?:{re.escape(FIRST)}|{re.escape(MANIFEST)}|tables/[a-z0-9_]+\.jsonl"
    r"|documents/(?P<dir>[0-9a-f]{2})/(?P=dir)[0-9a-f]{62}|keys/(?:seal\.pem|checkpoint\.pem|secret-key))"
)
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


class BadBackup(ValueError):
    """The file cannot be used; the message is one sentence that says what to do."""


class Backup:
    """A file that is whole, to be read member by member."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self.path, self.archive = path, archive
        self.manifest = self._manifest()

    def _manifest(self) -> Manifest:
        names = self.archive.namelist()
        odd = next((name for name in names if not _NAMES.fullmatch(name)), None)
        if odd is not None:
            raise self.bad(f"holds “{odd[:80]!r}”, which no backup has; it was not made by Signon")
        if len(set(names)) != len(names) or MANIFEST not in names:
            raise self.bad("has no manifest, or holds something twice; it was not made by Signon")
        if self.archive.getinfo(MANIFEST).file_size > manifest.LONGEST:
            raise self.bad("has a manifest that is too long; it was not made by Signon")
        try:
            with self.open(MANIFEST) as file:
                found = manifest.read(file.read(manifest.LONGEST))
        except ValueError as error:
            raise self.bad(f"has a manifest that cannot be read ({error})") from None
        there = set(names) - {MANIFEST}
        lost, more = sorted(set(found.members) - there), sorted(there - set(found.members))
        if lost or more:
            said = f"lacks {lost[0]}" if lost else f"holds {more[0]}, which its manifest does not name"
            raise self.bad(said)
        return found

    def bad(self, what: str) -> BadBackup:
        """The refusal that says this of the file."""
        return BadBackup(f"{self.path.name} {what}. Take another copy of it; nothing was changed.")

    @contextlib.contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """A member, unpacked as it is read. Raises BadBackup for what is broken while the block reads it."""
        try:
            with self.archive.open(name) as file:
                yield file
        except BROKEN as error:
            raise self.bad(f"is damaged in {name} ({error})") from error

    def lines(self, name: str) -> Iterator[bytes]:
        """The rows of a table."""
        with self.open(name) as file:
            while line := file.readline(LINE):
                if not line.endswith(b"\n"):
                    raise self.bad(f"is damaged in {name}: a row breaks off or is too long")
                yield line

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a member. Raises BadBackup at the end where they are not those of the manifest."""
        size, sha256 = self.manifest.members[name]
        digest, length = hashlib.sha256(), 0
        with self.open(name) as file:
            while piece := file.read(PIECE):
                digest.update(piece)
                length += len(piece)
                yield piece
        if (length, digest.hexdigest()) != (size, sha256):
            raise self.bad(f"holds another {name} than its manifest says")

    def check(self) -> None:
        """Hold every member against the manifest. Raises BadBackup."""
        for name in self.manifest.members:
            for _ in self.pieces(name):
                pass
            if name.startswith("documents/") and self.manifest.members[name][1] != name.rpartition("/")[2]:
                raise self.bad(f"holds another {name} than its name says")


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Backup]:
    """The backup at `path`, each of its bytes held against the digest at its end.

    Raises BadBackup, and OSError where it cannot be read.
    """
    _whole(path)
    try:
        archive = zipfile.ZipFile(path)
    except (*BROKEN, ValueError) as error:
        raise BadBackup(f"{path.name} is no backup of Signon: it is no zip file ({error}).") from error
    with archive:
        yield Backup(path, archive)


def _whole(path: Path) -> None:
    """One pass over the bytes, before anything in them is believed."""
    size, digest = path.stat().st_size, hashlib.sha256()
    room = len(MARK % FORM) + HEX + 8  # a later form may have a longer number
    with path.open("rb") as file:
        begins = file.read(len(_BEGINS) + 26 + len(FIRST))
        file.seek(max(0, size - room))
        mark = _MARK.search(file.read())
        if mark is None:
            if begins[:4] == _BEGINS and begins.endswith(FIRST.encode()):
                raise BadBackup(
                    f"{path.name} is cut off or damaged at its end. Take another copy; nothing was changed."
                )
            raise BadBackup(f"{path.name} is no backup of Signon; name a file that ./run manage backup wrote.")
        if int(mark[1]) > FORM:
            raise BadBackup(
                f"{path.name} was written by a newer Signon (form {int(mark[1])}). "
                "Upgrade this one, then try again; nothing was changed."
            )
        file.seek(0)
        left = size - HEX
        while left and (piece := file.read(min(PIECE, left))):
            digest.update(piece)
            left -= len(piece)
    if digest.hexdigest().encode() != mark[2]:
        raise BadBackup(f"{path.name} is damaged: its bytes are not those that were written. Take another copy.")
