"""How long the pages of a letter with 500 societies take, how often they ask the database, and what they weigh.

Each page is asked for through the whole WSGI stack in one process, on SQLite and on PostgreSQL. Exit status 0 when
the figures hold, 1 when not, 2 when a server could not be started.
"""

import argparse
import contextlib
import gzip
import io
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Any

import django

from tests import services

Figures = dict[str, Any]
MOST = {"queries": 12, "median ms": 200, "KB": 150}
PAGES = {
    "overview": "",
    "societies": "/societies",
    "societies, sought and sorted": "/societies?view=silent&sort=step&q=international",
    "societies, all chosen": "/societies?choose=all",
    "what happened": "/activity",
}


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench desk", description=__doc__.split("\n")[0])
    parser.add_argument("--societies", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=40, help="requests per page, after five that warm up")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)  # only the database of the environment
    return parser.parse_args()


def measured(chosen: argparse.Namespace) -> dict[str, Figures]:
    """The figures of each page on the database the environment names."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- needs Django
    from django.test import Client  # noqa: PLC0415

    from tests import factories  # noqa: PLC0415
    from tests.bench._societies import lively  # noqa: PLC0415
    from tests.conftest import by_key, signed_in  # noqa: PLC0415

    call_command("migrate", verbosity=0, interactive=False)
    letter = lively(chosen.societies)
    browser = by_key(signed_in(Client(), factories.alice()), factories.alice())
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())
    return {name: page(f"/manage/{letter.slug}{path}", cookies, chosen.rounds) for name, path in PAGES.items()}


def page(address: str, cookies: str, rounds: int) -> Figures:
    """One page: queries, milliseconds, of these computing in this process, and kilobytes."""
    times, computing, body, queries = [], [], b"", 0
    for _ in range(rounds + 5):
        began, computed = time.perf_counter(), time.process_time()
        body, queries = ask(address, cookies)
        times.append((time.perf_counter() - began) * 1000)
        computing.append((time.process_time() - computed) * 1000)
    times = sorted(times[5:])
    return {
        "queries": queries,
        "median ms": round(statistics.median(times), 1),
        "p99 ms": round(times[math.ceil(0.99 * len(times)) - 1], 1),
        "computing ms": round(statistics.median(computing[5:]), 1),
        "KB": round(len(body) / 1024, 1),
        "KB gzip": round(len(gzip.compress(body)) / 1024, 1),
    }


def ask(address: str, cookies: str) -> tuple[bytes, int]:
    """One GET through the application as a server calls it; returns the page and how many statements it took."""
    from django.db import connection  # noqa: PLC0415 -- needs Django

    from signon.wsgi import application  # noqa: PLC0415

    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "localhost",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost", "HTTP_COOKIE": cookies,
        "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
    }  # fmt: skip
    said: list[str] = []
    asked: list[str] = []

    def noted(execute: Any, sql: str, *arguments: Any) -> Any:
        asked.append(sql)
        return execute(sql, *arguments)

    with connection.execute_wrapper(noted):
        answer = application(environ, lambda status, headers, problem=None: said.append(status))
        body = b"".join(answer)
        answer.close()
    if said != ["200 OK"]:
        raise RuntimeError(f"{address} answered {said}")
    return body, len(asked)


@contextlib.contextmanager
def databases() -> Iterator[dict[str, dict[str, str]]]:
    """The environment of each database to measure; PostgreSQL is left out, and named, where it is not installed."""
    with tempfile.TemporaryDirectory(prefix="signon-bench-") as folder, contextlib.ExitStack() as stack:
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        kept |= {
            "SIGNON_DATA": folder, "SIGNON_EMBEDDED_WORKER": "0", "SIGNON_SECRET_KEY": "bench" * 12,
            "SIGNON_LOG_LEVEL": "ERROR", "DJANGO_SETTINGS_MODULE": "signon.settings", "REDIS_URL": "",
            "SIGNON_SITE_URL": "http://localhost",
        }  # fmt: skip
        found = {"SQLite": kept}
        try:
            found["PostgreSQL"] = kept | {"DATABASE_URL": stack.enter_context(services.postgres())}
        except services.NotStarted as reason:
            print(f"not measured on PostgreSQL: {reason}", file=sys.stderr)
        yield found


def main() -> int:
    """Measure each database in a process of its own and print the figures."""
    chosen = options()
    if chosen.one:
        print(json.dumps(measured(chosen)))
        return 0
    figures = {}
    with databases() as environments:
        command = [sys.executable, "-m", "tests.bench", "desk", *sys.argv[1:], "--one"]
        for name, environment in environments.items():
            done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True)
            if done.returncode:
                return 2
            figures[name] = json.loads(done.stdout.splitlines()[-1])
    if chosen.json:
        print(json.dumps(figures))
    else:
        show(figures, chosen.societies)
    rows = [row for pages in figures.values() for row in pages.values()]
    return int(any(row[name] > most for row in rows for name, most in MOST.items()))


def show(figures: dict[str, dict[str, Figures]], societies: int) -> None:
    """One line per page."""
    print(f"{societies} societies; at most " + ", ".join(f"{most} {name}" for name, most in MOST.items()))
    for database, pages in figures.items():
        for name, row in pages.items():
            over = [figure for figure, most in MOST.items() if row[figure] > most]
            said = "  ".join(f"{figure} {value:>6}" for figure, value in row.items())
            print(f"{database:<11} {name:<29} {said}{'   OVER: ' + ', '.join(over) if over else ''}")


if __name__ == "__main__":
    sys.exit(main())
