"""A real site in a process of its own, on a free port, over its own data folder; who visits it is not known here."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.letterbox import Letterbox

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 60
STOP_SECONDS = 20


@dataclass(frozen=True)
class Site:
    """Where the site answers, where its data lie, and the mail it sent."""

    url: str
    data: Path
    mail: Letterbox

    def log(self) -> str:
        """What the server wrote."""
        return (self.data / "server.log").read_text(errors="replace")


def environment(data: Path, url: str) -> dict[str, str]:
    """This process's environment, made that of an embedded installation with SQLite in `data`."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("SIGNON_") and name not in ("DATABASE_URL", "REDIS_URL")
    }
    return kept | {
        "SIGNON_DATA": str(data),
        "SIGNON_SITE_URL": url,
        "SIGNON_MAILBOX": "1",
        "SIGNON_CROSSREF_URL": "",
        "SIGNON_COORDINATORS_NEED_A_KEY": "0",
        "REDIS_URL": "",
        "PYTHONPATH": str(ROOT),
    }


def manage(data: Path, *arguments: str) -> str:
    """Run manage.py over `data` to its end and return what it printed; raises with its words when it fails."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment(data, "http://localhost"), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"manage.py {arguments[0]} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serving(template: Path, data: Path, **settings: str) -> Iterator[Site]:
    """The site over a copy of `template` in `data`, ready; an error in its log fails the test that ends it."""
    shutil.copytree(template, data)
    port = free_port()
    site = Site(f"http://localhost:{port}", data, Letterbox(data / "mail"))
    command = [sys.executable, str(ROOT / "manage.py"), "serve", "--port", str(port)]
    with (data / "server.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(data, site.url) | settings,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            wait_until_ready(site, process)
            yield site
        finally:
            stop(process)
    assert "Traceback" not in site.log(), site.log()


def wait_until_ready(site: Site, process: subprocess.Popen[bytes]) -> None:
    """Until /readyz says that everything is there."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError, urllib.error.URLError):
            if urllib.request.urlopen(f"{site.url}/readyz", timeout=5).status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(f"The site did not start:\n{site.log()}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the server, by force when it does not go."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
