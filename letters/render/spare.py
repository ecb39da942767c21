"""Children that make paper: how one is started, and one that is ready before it is asked; what they do is hand's.

Loading WeasyPrint and the fonts takes a third of a second, and more on a small machine. So one child loads while the
worker still reads its rows, and another after each long paper. It has seen no letter, works for one paper and ends.
"""

import atexit
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path

from letters.render.child import environment

IDLE = 600  # seconds a child waits for work before it is let go; it holds some 60 MB


@dataclass(frozen=True)
class Child:
    """A process that waits for orders, and the folder for whatever its libraries want to write."""

    process: subprocess.Popen[bytes]
    folder: Path

    @classmethod
    def started(cls) -> "Child":
        """A new one; it loads by itself."""
        # Not a TemporaryDirectory: a copy of this process (fork) that forgets the child would clear it away.
        folder = Path(tempfile.mkdtemp(prefix="paper-"))
        with (folder / "remarks").open("wb") as remarks:
            process = subprocess.Popen(
                [sys.executable, "-m", "letters.render.hand"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=remarks,
                env=environment(str(folder)), cwd=folder,
            )  # fmt: skip
        return cls(process, folder)

    def remarks(self) -> str:
        """The last it said on standard error."""
        return (self.folder / "remarks").read_text(errors="replace").strip()[-500:]

    def end(self) -> None:
        """Let it go, whatever it does, and its folder with it."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                with contextlib.suppress(OSError):  # an order it did not read any more
                    pipe.close()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass
class Spare:
    """At most one child of this process that waits; it ends when nobody asks for it, and with this process."""

    idle: float = IDLE
    _child: Child | None = None
    _clock: threading.Timer | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ready(self) -> None:
        """Start one if none waits, and let it wait from now on."""
        with self._lock:
            self._child = self._child or Child.started()
            self._stop_clock()
            self._clock = threading.Timer(self.idle, self.let_go)
            self._clock.daemon = True
            self._clock.start()

    def taken(self) -> Child:
        """The one that waits, which now works; a new one when none does."""
        with self._lock:
            child, self._child = self._child, None
            self._stop_clock()
        if child and child.process.poll() is not None:
            child.end()
            child = None
        return child or Child.started()

    def let_go(self) -> None:
        """End the one that waits."""
        with self._lock:
            child, self._child = self._child, None
        if child:
            child.end()

    def forget(self) -> None:
        """Leave the child to the process that started it: this one is a copy of it."""
        self._child, self._clock, self._lock = None, None, threading.Lock()

    def _stop_clock(self) -> None:
        if self._clock:
            self._clock.cancel()


spare = Spare()
os.register_at_fork(after_in_child=spare.forget)
atexit.register(spare.let_go)
