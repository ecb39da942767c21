"""Reads a maildir: each message in new/ is filed and then moved to cur/, so that a kill between them loses nothing."""

import contextlib
import datetime
import logging
from dataclasses import dataclass
from pathlib import Path

from letters.inbox.filing import file_message
from letters.text.eml import MOST_BYTES

log = logging.getLogger(__name__)
AT_ONCE = 50  # messages of one pass; the next pass takes the rest
SEEN = ":2,S"  # how a maildir marks what was read


class NoMaildir(ValueError):
    """The folder is no maildir; the message is one sentence that says what to do."""


@dataclass(slots=True)
class Taken:
    """What one pass did: filed anew, known already, kept as strays, left because they could not be read or moved."""

    filed: int = 0
    known: int = 0
    strays: int = 0
    left: int = 0

    @property
    def said(self) -> str:
        """One sentence."""
        parts = f"Filed: {self.filed}; known already: {self.known}; for no submission: {self.strays}"
        return f"{parts}; left, because the program failed: {self.left}." if self.left else f"{parts}."


def take_in(folder: Path, *, now: datetime.datetime, most: int = AT_ONCE) -> Taken:
    """File what is in new/, the oldest first; may run twice at once. Raises NoMaildir."""
    new, cur = folder / "new", folder / "cur"
    if not (new.is_dir() and cur.is_dir()):
        raise NoMaildir(f"{folder} is no maildir: it needs the folders new and cur, and both must be readable.")
    taken = Taken()
    for path in sorted(new.iterdir(), key=lambda one: one.name)[:most]:
        if path.name.startswith(".") or not path.is_file():
            continue
        try:
            _take(path, cur, taken, now)
        except FileNotFoundError:  # another pass was faster
            continue
        except Exception:  # the messages after this one have their turn, too
            log.exception("the message %s was left in new/", path.name)
            taken.left += 1
    return taken


def _take(path: Path, cur: Path, taken: Taken, now: datetime.datetime) -> None:
    name = path.name if ":2," in path.name else f"{path.name}{SEEN}"
    with path.open("rb") as file:
        raw = file.read(MOST_BYTES + 1)
    filed = file_message(raw, now=now, place=str(cur / name))
    if filed.stray:
        taken.strays += 1
    elif filed.new:
        taken.filed += 1
    else:
        taken.known += 1
    with contextlib.suppress(FileNotFoundError):
        path.rename(cur / name)
