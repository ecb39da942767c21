"""What is made at first start and kept in a file of the data folder; what it is for is not known here."""

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path


def secret(path: Path) -> str:
    """The secret in a file, made first where there is none, by one of several processes that start at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return kept(path, lambda: secrets.token_urlsafe(48).encode()).decode("ascii")


def kept(file: Path, make: Callable[[], bytes]) -> bytes:
    """The content of a file, written first when it is missing.

    It appears under its name complete and once: a link to a finished file fails when another process was
    faster, and then that one's content counts.
    """
    if not file.exists():
        part = file.with_name(f"{file.name}.{secrets.token_hex(8)}.part")
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
                written.write(make())
                written.flush()
                os.fsync(written.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(part, file)
        finally:
            part.unlink(missing_ok=True)
    return file.read_bytes()
