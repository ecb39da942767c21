"""What a command started and left behind: its orphans become ours, and are ended."""

import contextlib
import ctypes
import os
import signal
from collections.abc import Set
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36  # prctl(2)


def adopt() -> None:
    """From now on a descendant whose parent ends becomes a child of this process; only Linux has this."""
    with contextlib.suppress(AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def children() -> list[int]:
    """Process ids whose parent is this process."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            pid, rest = stat.read_text(errors="replace").split(" (", 1)
            if int(rest.rpartition(")")[2].split()[1]) == os.getpid():
                found.append(int(pid))
    return found


def end(*, spared: Set[int] = frozenset()) -> None:
    """Kill the children of this process; killing one may hand us its own, hence the loop."""
    while left := set(children()) - spared:
        for pid in left:
            with contextlib.suppress(ProcessLookupError, ChildProcessError):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
