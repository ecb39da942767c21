"""Child processes that make a long paper side by side, within one limit of time; what they do is hand's."""

import contextlib
import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import asdict
from itertools import islice
from queue import SimpleQueue

from letters.render.child import PressFailed, Unprintable
from letters.render.order import ANSWER, DONE, Limits
from letters.render.spare import Child, spare

PARTS_EACH = 4  # a child takes half a second to start, in which another draws so many parts


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Crew:
    """Children that wait for orders; each is asked by one thread at a time."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._until = time.monotonic() + limits.clock
        self._free: SimpleQueue[Child] = SimpleQueue()
        self._all: list[Child] = []
        self._late = False

    def hire(self, number: int) -> None:
        """So many children, the first of them the one that waited."""
        for place in range(number):
            child = Child.started() if place else spare.taken()
            self._all.append(child)
            if self._late:
                child.process.kill()
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

        An order is taken when a child is about to be free. The first that fails ends it, and its error is raised.
        """
        with ThreadPoolExecutor(max_workers=len(self._all)) as pool:
            left, waiting = iter(orders), dict[Future[bytes], str]()
            try:
                while True:
                    for key, order in islice(left, 2 * len(self._all) - len(waiting)):
                        waiting[pool.submit(self.ask, order)] = key
                    if not waiting:
                        return
                    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                        done(waiting.pop(future), future.result())
            finally:
                pool.shutdown(cancel_futures=True)

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        """Keep the clock while the block runs, and let nobody outlive it; then one loads for the next paper."""
        clock = threading.Timer(max(self._until - time.monotonic(), 0), self._stop)
        clock.daemon = True
        clock.start()
        try:
            yield
        finally:
            clock.cancel()
            for child in self._all:
                child.end()
            spare.ready()

    def _stop(self) -> None:
        self._late = True
        for child in self._all:
            child.process.kill()

    def _send(self, child: Child, order: bytes) -> None:
        assert child.process.stdin is not None
        try:
            child.process.stdin.write(order + b"\n")
            child.process.stdin.flush()
        except BrokenPipeError:
            self._fail(child)

    def _answer(self, child: Child) -> bytes:
        answers = child.process.stdout
        assert answers is not None
        head = answers.read(ANSWER.size)
        if len(head) < ANSWER.size:
            self._fail(child)
        kind, size = ANSWER.unpack(head)
        made = answers.read(size)
        if len(made) < size:
            self._fail(child)
        if kind != DONE:
            raise Unprintable(made.decode())
        return made

    def _fail(self, child: Child) -> None:
        """Raises what the end of a child means."""
        status = child.process.wait()
        if self._late:
            raise Unprintable(f"The paper was not done in {self._limits.clock} seconds; shorten the letter.")
        if status == -signal.SIGXCPU:
            raise Unprintable(f"The paper took {self._limits.cpu} seconds of computing and was not done; shorten it.")
        raise PressFailed(f"The paper could not be made (status {status}): {child.remarks() or 'no word of why'}")
