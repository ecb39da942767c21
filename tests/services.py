"""A throwaway PostgreSQL and Redis for the length of one command; what is tested on them is not known here.

`python -m tests.services -- CMD…` runs CMD with DATABASE_URL and REDIS_URL set and ends with its exit status;
2 means that a server could not be started, with the reason in one sentence. `running()` does it in Python.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from tests import orphans

START_SECONDS = 30.0


class NotStarted(Exception):
    """A server is missing or did not start; the message is one sentence for a person."""


def postgres_binaries() -> Path:
    """The folder of the newest PostgreSQL server on this machine; Debian keeps it off the PATH."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda folder: int(folder.parent.name))
    on_path = shutil.which("initdb")
    if on_path is None:
        raise NotStarted("PostgreSQL's server is not installed; on Debian: apt-get install postgresql.")
    return Path(on_path).resolve().parent


def unprivileged(*, stop: signal.Signals) -> list[str]:
    """The start of a command line that drops root and sends `stop` to the server once we are gone."""
    line = ["setpriv", f"--pdeathsig={stop.name.removeprefix('SIG')}"]
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        line += [f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
    return line


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A short-named temporary folder the servers may write (a socket's path has room for 107 bytes)."""
    with tempfile.TemporaryDirectory(prefix="signon-", dir="/tmp", ignore_cleanup_errors=True) as name:
        if os.geteuid() == 0:
            shutil.chown(name, "nobody")
        yield Path(name)


@contextlib.contextmanager
def server(command: Sequence[str], *, stop: signal.Signals, log: Path, home: Path) -> Iterator[subprocess.Popen]:
    """`command` in a session of its own, so that Ctrl-C ends the tests first; always gone at the end."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*unprivileged(stop=stop), *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=home,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        process.send_signal(stop)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_for(address: Path | int, process: subprocess.Popen, *, name: str, log: Path) -> None:
    """Return when the socket or loopback port takes connections, else NotStarted with the log's last line."""
    family = socket.AF_UNIX if isinstance(address, Path) else socket.AF_INET
    target = str(address) if isinstance(address, Path) else ("127.0.0.1", address)
    until = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        with socket.socket(family) as client, contextlib.suppress(OSError):
            client.connect(target)
            return
        time.sleep(0.02)
    last = (log.read_text(errors="replace").strip().splitlines() or ["it said nothing"])[-1]
    raise NotStarted(f"{name} did not start: {last}")


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """The DATABASE_URL of a fresh cluster that listens on a Unix socket only and does not fsync."""
    binaries = postgres_binaries()
    with folder() as home:
        data, log = home / "data", home / "postgres.log"
        # initdb refuses root, and "trust" is safe here: nobody else may enter the folder of the socket.
        initdb = [str(binaries / "initdb"), "--pgdata", str(data), "--username=signon", "--auth=trust"]
        initdb = [*unprivileged(stop=signal.SIGTERM), *initdb, "--encoding=UTF8", "--no-locale", "--no-sync"]
        made = subprocess.run(initdb, capture_output=True, text=True, cwd=home)
        if made.returncode:
            raise NotStarted(f"PostgreSQL's initdb failed: {made.stderr.strip()}")
        settings = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")
        settings += ("listen_addresses=", f"unix_socket_directories={home}")
        command = [str(binaries / "postgres"), "-D", str(data), *(f"--{setting}" for setting in settings)]
        # SIGINT is its fast shutdown.
        with server(command, stop=signal.SIGINT, log=log, home=home) as process:
            wait_for(home / ".s.PGSQL.5432", process, name="PostgreSQL", log=log)
            yield f"postgres://signon@{quote(str(home), safe='')}/postgres"


def free_port() -> int:
    """A loopback port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """The REDIS_URL of a server on a free loopback port that keeps nothing on disk."""
    if shutil.which("redis-server") is None:
        raise NotStarted("Redis is not installed; on Debian: apt-get install redis-server.")
    with folder() as home:
        port, log = free_port(), home / "redis.log"
        command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
        with server(command, stop=signal.SIGTERM, log=log, home=home) as process:
            wait_for(port, process, name="Redis", log=log)
            yield f"redis://127.0.0.1:{port}/0"


@contextlib.contextmanager
def running() -> Iterator[dict[str, str]]:
    """Both servers; yields the environment variables that name them."""
    with postgres() as database_url, redis() as redis_url:
        yield {"DATABASE_URL": database_url, "REDIS_URL": redis_url}


def run(command: Sequence[str]) -> int:
    """Run `command` on both servers; its exit status. SIGTERM is passed on, Ctrl-C reaches it anyway."""
    orphans.adopt()
    with running() as environment:
        servers = set(orphans.children())
        process = subprocess.Popen(command, env=os.environ | environment)
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command decides what Ctrl-C means
            signal.signal(signal.SIGTERM, lambda *_: process.terminate())
            status = process.wait()
        finally:
            orphans.end(spared=servers)
    return status if status >= 0 else 128 - status


def main(arguments: list[str]) -> int:
    """The command line; returns the exit status."""
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        print("Name the command to run: python -m tests.services -- CMD…", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return run(command)
    except KeyboardInterrupt:
        return 130
    except NotStarted as error:
        print(error, file=sys.stderr)
    except FileNotFoundError as error:
        print(f"{error.filename} is not there; install it or check its name.", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
