"""Watches a process and its children: how much memory each held at most, how long each computed, and what each did.

What wait(2) tells of a child counts what its parent held before exec(2), too; so it is read from /proc (proc(5)).
"""

import os
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

EACH = 0.1  # seconds between two looks
TICKS = os.sysconf("SC_CLK_TCK")
WORKER, CHILD, BINDING, WAITING = "worker", "child that draws", "child that draws and binds", "child that waits"
# What the command line of a process holds, and what the process does.
DOES = {
    "letters.render.hand": CHILD,
    "letters.render.press": "child that prints in one pass",
    "letters.render.reopened seal": "check of seal and names",
    "letters.render.reopened build": "check of the build",
    "letters.proof": "./run verify",
}
Peaks = dict[str, int]


@dataclass
class Seen:
    """One process: megabytes, seconds of computing, and the looks at which it was seen first and last."""

    does: str
    megabytes: int
    cpu: float
    first: int
    last: int


class Watched(threading.Thread):
    """Looks at a process and its children until told to stop; then `peaks` and `cpu` say what was seen.

    Not at their children: a copy of a child that is about to become a compiler still bears the child's name.
    """

    def __init__(self, root: int, does: str = WORKER) -> None:
        super().__init__(daemon=True)
        self._root, self._does, self._over = root, does, threading.Event()
        self._seen: dict[int, Seen] = {}
        self._look = 0

    def run(self) -> None:
        """Look again and again."""
        while not self._over.wait(EACH):
            self.look()

    def look(self) -> None:
        """Look once."""
        self._look += 1
        for pid in [self._root, *children_of(self._root)]:
            with suppress(OSError, KeyError):
                does = self._does if pid == self._root else _does(pid)
                seen = self._seen.setdefault(pid, Seen(does, 0, 0.0, self._look, self._look))
                seen.megabytes, seen.cpu, seen.last = (
                    max(seen.megabytes, _peak(pid)),
                    max(seen.cpu, cpu_of(pid)),
                    self._look,
                )

    def stop(self) -> None:
        """Look a last time, and no more."""
        self.look()
        self._over.set()
        self.join()

    def peaks(self) -> Peaks:
        """The most memory any process of each sort held, in megabytes."""
        found: Peaks = {}
        for does, seen in self._sorted():
            found[does] = max(found.get(does, 0), seen.megabytes)
        return found

    def cpu(self) -> float:
        """Seconds all of them have computed together."""
        return round(sum(seen.cpu for seen in self._seen.values()), 1)

    def _sorted(self) -> Iterator[tuple[str, Seen]]:
        """Who did what. Children are told apart by what became of them: the last to begin waits for the next paper, and
        the largest of the others was the one asked to bind."""
        hands = [seen for seen in self._seen.values() if seen.does == CHILD]
        ended = min((seen.last for seen in hands), default=0)
        waiting = [seen for seen in hands if seen.first >= ended]
        binding = max((seen.megabytes for seen in hands if seen not in waiting), default=0)
        for seen in self._seen.values():
            does = seen.does
            if seen in waiting:
                does = WAITING
            elif does == CHILD and seen.megabytes == binding:
                does = BINDING
            yield does, seen


def children_of(pid: int) -> Iterator[int]:
    """The children of a process, whichever of its threads started them."""
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            yield from map(int, thread.read_text().split())


def merged(*peaks: Mapping[str, int]) -> Peaks:
    """The largest of each sort."""
    return {does: max(one.get(does, 0) for one in peaks) for does in dict.fromkeys(key for one in peaks for key in one)}


def _does(pid: int) -> str:
    """What a process does. Raises KeyError for one of somebody else's, such as a compiler asked for a library."""
    command = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return DOES[next((held for held in DOES if held in command), "")]


def _peak(pid: int) -> int:
    found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) // 1024 if found else 0


def cpu_of(pid: int) -> float:
    """Seconds a process has computed so far; 0 where it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS
