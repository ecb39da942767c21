"""Real processes for the fault tests: a Redis to stop, a worker to kill, a server to ask; all gone at the end."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from tests import services

ROOT = Path(__file__).resolve().parents[2]


class Late(AssertionError):
    """Something did not happen in its time."""


def eventually(happened: Callable[[], object], *, seconds: float, what: str) -> float:
    """Wait until it happened; returns the seconds it took, raises Late."""
    began = time.monotonic()
    while not happened():
        if time.monotonic() - began > seconds:
            raise Late(f"{what} did not happen in {seconds:.0f} s")
        time.sleep(0.05)
    return time.monotonic() - began


class Redis:
    """A Redis on a port of its own that may be stopped, killed, frozen and started again, empty each time."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, services.free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.stack = contextlib.ExitStack()
        self.process: subprocess.Popen | None = None

    def start(self) -> "Redis":
        """Start it and wait until it answers."""
        log = self.home / "redis.log"
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", "/tmp"]
        made = services.server(command, stop=signal.SIGKILL, log=log, home=Path("/tmp"))
        self.process = self.stack.enter_context(made)
        services.wait_for(self.port, self.process, name="Redis", log=log)
        return self

    def kill(self) -> None:
        """End it at once."""
        self.stack.close()

    def tell(self, what: signal.Signals) -> None:
        """Freeze it (SIGSTOP) or let it go on (SIGCONT)."""
        assert self.process is not None
        self.process.send_signal(what)


@contextlib.contextmanager
def own_redis(home: Path) -> Iterator[Redis]:
    """A started Redis for the length of a block."""
    made = Redis(home).start()
    try:
        yield made
    finally:
        made.kill()


def home_of(database_url: str) -> Path:
    """The folder of a throwaway PostgreSQL."""
    return Path(unquote(database_url.split("@")[1].rpartition("/")[0]))


def crashed(home: Path) -> None:
    """End a PostgreSQL as a crash would: nothing is finished, nothing is written, everybody is cut off."""
    mark = home / "data" / "postmaster.pid"
    os.kill(int(mark.read_text().split()[0]), signal.SIGQUIT)
    eventually(lambda: not mark.exists(), seconds=10, what="the end of PostgreSQL")


@contextlib.contextmanager
def restarted(home: Path) -> Iterator[None]:
    """PostgreSQL again on the data it left, with the durability it has by itself."""
    log = home / "again.log"
    command = [str(services.postgres_binaries() / "postgres"), "-D", str(home / "data"), "--listen_addresses="]
    command += [f"--unix_socket_directories={home}", "--max_connections=200"]
    with services.server(command, stop=signal.SIGINT, log=log, home=home) as process:
        services.wait_for(home / ".s.PGSQL.5432", process, name="PostgreSQL", log=log)
        ask = [str(services.postgres_binaries() / "pg_isready"), "--quiet", "--host", str(home)]
        eventually(lambda: subprocess.run(ask).returncode == 0, seconds=20, what="the recovery of PostgreSQL")
        yield


def children_of(pid: int) -> list[int]:
    """Process ids of the direct children of a process, whichever of its threads started them."""
    found = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for thread in found for child in thread.read_text().split()]


class Group:
    """A command in a process group of its own, with its output in a file."""

    def __init__(self, command: list[str], environment: Mapping[str, str], log: Path) -> None:
        self.log = log
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, *command], cwd=ROOT, env=dict(environment), stdin=subprocess.DEVNULL, stdout=output,
                stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def said(self) -> str:
        """All it has written so far."""
        return self.log.read_text(errors="replace")

    def children(self) -> list[int]:
        """Process ids of its direct children."""
        return children_of(self.process.pid)

    def kill(self) -> None:
        """SIGKILL for the whole group."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextlib.contextmanager
def group(command: list[str], environment: Mapping[str, str], log: Path) -> Iterator[Group]:
    """A running command for the length of a block."""
    made = Group(command, environment, log)
    try:
        yield made
    finally:
        made.kill()


@contextlib.contextmanager
def worker(environment: Mapping[str, str], home: Path) -> Iterator[Group]:
    """A Celery worker with beat, two processes and a short lease, once it is ready."""
    command = ["-m", "celery", "-A", "tests.faults.quick", "worker", "-B", "--concurrency", "2", "--loglevel", "INFO"]
    command += ["--schedule", str(home / "beat"), "--hostname", f"{home.name}@localhost"]
    with group(command, environment, home / "worker.log") as made:
        ready = made.said().count(" ready.")
        eventually(
            lambda: made.said().count(" ready.") > ready, seconds=40, what=f"a worker:\n{made.said()[-2000:]}\nthat"
        )
        yield made


def manage(environment: Mapping[str, str], *arguments: str) -> str:
    """What a command of manage.py printed; raises CalledProcessError when it failed."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    done = subprocess.run(command, cwd=ROOT, env=dict(environment), capture_output=True, text=True, check=True)
    return done.stdout
