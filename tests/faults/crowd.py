"""Processes of their own that act on the test database at one agreed moment; what they do is named by the tests."""

import contextlib
import dataclasses
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from multiprocessing.connection import Connection
from typing import Any

import django

PATIENCE = 60.0
LEAD = 0.05  # seconds between naming the moment and the moment


@dataclasses.dataclass(frozen=True, slots=True)
class Act:
    """A call of a function of acts.py, `delay` seconds after the moment."""

    what: Callable[..., Any]
    args: tuple[Any, ...]
    delay: float = 0.0


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """What one act returned, or the class and words of what it raised."""

    value: Any = None
    error: str = ""
    message: str = ""


class Crowd:
    """Processes that wait for acts; within each, every act has a thread and a database connection of its own."""

    def __init__(self, environment: Mapping[str, str], processes: int) -> None:
        context = multiprocessing.get_context("spawn")
        self.lines: list[Connection] = []
        self.processes = []
        for _ in range(processes):
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs, dict(environment)), daemon=True)
            process.start()
            theirs.close()
            self.lines.append(ours)
            self.processes.append(process)

    def together(self, acts: Sequence[Act]) -> list[Outcome]:
        """Do all acts at one moment, spread over the processes; outcomes in the order of the acts."""
        used = self.lines[: len(acts)]
        for place, line in enumerate(used):
            line.send(list(enumerate(acts))[place :: len(used)])
        for line in used:
            assert line.poll(PATIENCE), f"the people were not ready in {PATIENCE} s"
            assert line.recv() == "ready"
        moment = time.monotonic() + LEAD  # one clock for all processes of a machine
        for line in used:
            line.send(moment)
        found: dict[int, Outcome] = {}
        for line in used:
            assert line.poll(PATIENCE), f"the acts did not end in {PATIENCE} s"
            found |= line.recv()
        return [found[number] for number in range(len(acts))]

    def ask(self, what: Callable[..., Any], *args: Any) -> Any:
        """What one of them returned; AssertionError with the words of what it raised."""
        (met,) = self.together([Act(what, args)])
        assert not met.error, f"{met.error}: {met.message}"
        return met.value

    def close(self) -> None:
        """End the processes."""
        for line in self.lines:
            line.close()
        for process in self.processes:
            process.join(5)
            process.kill()


@contextlib.contextmanager
def crowd(environment: Mapping[str, str], *, processes: int) -> Iterator[Crowd]:
    """A crowd for the length of a block."""
    made = Crowd(environment, processes)
    try:
        yield made
    finally:
        made.close()


def _serve(line: Connection, environment: dict[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    django.setup()
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        while True:
            _batch(line, line.recv())


def _batch(line: Connection, acts: list[tuple[int, Act]]) -> None:
    from django.db import DatabaseError, connection, connections  # noqa: PLC0415 -- Django is set up after this module is imported

    gate, moment, found = threading.Barrier(len(acts) + 1), [0.0], {}

    def perform(number: int, act: Act) -> None:
        with contextlib.suppress(DatabaseError):  # the act will meet it too
            connection.ensure_connection()
        gate.wait()
        gate.wait()
        time.sleep(max(0.0, moment[0] + act.delay - time.monotonic()))
        try:
            found[number] = Outcome(value=act.what(*act.args))
        except Exception as error:
            found[number] = Outcome(error=type(error).__name__, message=str(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=perform, args=entry) for entry in acts]
    for thread in threads:
        thread.start()
    gate.wait()
    line.send("ready")
    moment[0] = line.recv()
    gate.wait()
    for thread in threads:
        thread.join()
    line.send(found)
