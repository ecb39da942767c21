"""A folder for a paper in the making, and what workers that were killed left of theirs; what lies in it is store's.

It lies in the data folder: that for temporary files may be in memory, and a long letter takes hundreds of megabytes.
"""

import contextlib
import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

LOCK = "in-work"


@contextlib.contextmanager
def aside(home: Path) -> Iterator[Path]:
    """An empty folder in `home` for the length of a block. Those whose worker is no more are thrown away first."""
    home.mkdir(parents=True, exist_ok=True)
    for left in home.glob("[!.]*"):
        _clear(left)
    new = Path(tempfile.mkdtemp(prefix=".", dir=home))
    with (new / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the kernel gives it back when this process ends, however it ends
        folder = new.rename(home / new.name.removeprefix("."))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _clear(folder: Path) -> None:
    """Throw a folder away unless somebody works in it."""
    with contextlib.suppress(OSError), (folder / LOCK).open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
