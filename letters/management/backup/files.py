"""The documents and keys of a backup on their way into the data folder, each whole or not there."""

import contextlib
import datetime
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from letters.management.backup.opened import Backup
from letters.management.backup.taken import KEYS
from letters.models.document import path_of


@contextlib.contextmanager
def documents(backup: Backup) -> Iterator[None]:
    """Lay the documents in their places before the block, and take out again those that are new where it fails."""
    laid: list[Path] = []
    try:
        for name in backup.manifest.documents:
            target = path_of(name.rpartition("/")[2])
            if not _holds(target):
                there = target.exists()
                _lay(target, backup.pieces(name), mode=0o644)
                laid += [] if there else [target]
        yield
    except BaseException:
        for path in laid:
            path.unlink(missing_ok=True)
        raise


def keys(backup: Backup, *, at: datetime.datetime) -> list[Path]:
    """Put the keys of the backup in place, if it has any; others are moved aside, never deleted. Returns these."""
    aside = []
    for name in backup.manifest.keys:
        target = Path(settings.DATA) / KEYS[name.rpartition("/")[2]]
        data = b"".join(backup.pieces(name))
        if target.exists() and target.read_bytes() == data:
            continue
        if target.exists():
            old = target.with_name(f"{target.name}.until-{at:%Y%m%d-%H%M%S}")
            target.rename(old)
            aside.append(old)
        _lay(target, [data], mode=0o600)
    return aside


def _holds(target: Path) -> bool:
    """True where the document is there and is what its name says."""
    if not target.is_file():
        return False
    with target.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest() == target.name


def _lay(target: Path, pieces: Iterable[bytes], *, mode: int) -> None:
    target.parent.mkdir(mode=0o700 if mode == 0o600 else 0o755, parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    try:
        with open(part, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
