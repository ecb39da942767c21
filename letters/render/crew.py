"""Child processes that make a long paper side by side, within one limit of time; what they do is hand's."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue

from letters.render.child import PressFailed, Unprintable, environment
from letters.render.order import ANSWER, DONE, Limits

PARTS_EACH = 4  # a child takes half a second to start, in which another draws so many parts


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Crew:
    """Children that wait for orders; each is asked by one thread at a time."""

    def __init__(self, limits: Limits, folder: str) -> None:
        self._limits, self._folder = limits, folder
        self._until = time.monotonic() + limits.clock
        self._free: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        self._all: list[subprocess.Popen[bytes]] = []
        self._late = False
        self._remarks = Path(folder) / "remarks"

    def hire(self, number: int) -> None:
        """Start so many children."""
        for _ in range(number):
            with self._remarks.open("ab") as remarks:
                child = subprocess.Popen(
                    [sys.executable, "-m", "letters.render.hand"],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=remarks,
                    env=environment(self._folder), cwd=self._folder,
                )  # fmt: skip
            self._all.append(child)
            if self._late:
                child.kill()
            self._free.put(child)
            self._send(child, json.dumps({"do": "hold", **asdict(self._limits)}).encode())

    def ask(self, order: bytes) -> bytes:
        """What a child makes of an order (one line). Raises Unprintable or PressFailed."""
        child = self._free.get()
        try:
            self._send(child, order)
            return self._answer(child)
        finally:
            self._free.put(child)

    def each(self, orders: Iterable[tuple[str, bytes]], done: Callable[[str, bytes], None]) -> None:
        """Ask for all orders, each with its key, side by side; `done` is called in this thread for each that ends.

        The first that fails ends it, and its error is raised.
        """
        with ThreadPoolExecutor(max_workers=len(self._all)) as pool:
            waiting = {pool.submit(self.ask, order): key for key, order in orders}
            try:
                for future in as_completed(waiting):
                    done(waiting.pop(future), future.result())
            finally:
                pool.shutdown(cancel_futures=True)

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        """Keep the clock while the block runs, and let nobody outlive it."""
        clock = threading.Timer(max(self._until - time.monotonic(), 0), self._stop)
        clock.daemon = True
        clock.start()
        try:
            yield
        finally:
            clock.cancel()
            for child in self._all:
                child.kill()
                child.communicate()

    def _stop(self) -> None:
        self._late = True
        for child in self._all:
            child.kill()

    def _send(self, child: subprocess.Popen[bytes], order: bytes) -> None:
        assert child.stdin is not None
        try:
            child.stdin.write(order + b"\n")
            child.stdin.flush()
        except BrokenPipeError:
            self._fail(child)

    def _answer(self, child: subprocess.Popen[bytes]) -> bytes:
        assert child.stdout is not None
        head = child.stdout.read(ANSWER.size)
        if len(head) < ANSWER.size:
            self._fail(child)
        kind, size = ANSWER.unpack(head)
        made = child.stdout.read(size)
        if len(made) < size:
            self._fail(child)
        if kind != DONE:
            raise Unprintable(made.decode())
        return made

    def _fail(self, child: subprocess.Popen[bytes]) -> None:
        """Raises what the end of a child means."""
        status = child.wait()
        if self._late:
            raise Unprintable(f"The paper was not done in {self._limits.clock} seconds; shorten the letter.")
        if status == -signal.SIGXCPU:
            raise Unprintable(f"The paper took {self._limits.cpu} seconds of computing and was not done; shorten it.")
        said = self._remarks.read_text(errors="replace").strip()[-500:]
        raise PressFailed(f"The paper could not be made (status {status}): {said or 'no word of why'}")
