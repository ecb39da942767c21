"""How long the signing POST takes at a given rate, with Redis well and silent, and a burst with a close inside.

Everything runs on this machine: PostgreSQL with its own durability, Redis, gunicorn, and who asks. Each officer has a
browser that was just checked, so that a request is the signing and no code. Exit status 0 when the figures hold,
1 when not, 2 when a server could not be started.
"""

import argparse
import contextlib
import json
import os
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

from tests import services
from tests.bench._load import Answer, fire, percentile
from tests.faults.machines import crashed, eventually, group, home_of, manage, restarted

Figures = dict[str, Any]


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench sign", description=__doc__.split("\n")[0])
    parser.add_argument("--rate", type=float, default=100, help="signing POSTs per second")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--burst", type=int, default=2000, help="officers who sign in the last second")
    parser.add_argument("--processes", type=int, default=2, help="of gunicorn")
    parser.add_argument("--threads", type=int, default=4, help="of each")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


@contextlib.contextmanager
def installation(folder: Path) -> Iterator[tuple[dict[str, str], int]]:
    """Environment of an installation on fresh servers, and the process of PostgreSQL, which waits for its disk."""
    with services.postgres() as database_url, services.redis() as redis_url:
        home = home_of(database_url)
        crashed(home)
        with restarted(home):
            environment = os.environ | {
                "DATABASE_URL": database_url, "REDIS_URL": redis_url, "SIGNON_DATA": str(folder),
                "SIGNON_EMBEDDED_WORKER": "0", "SIGNON_LOG_LEVEL": "ERROR", "SIGNON_SECRET_KEY": "bench" * 12,
                "DJANGO_SETTINGS_MODULE": "signon.settings",
            }  # fmt: skip
            manage(environment, "migrate", "--verbosity", "0")
            yield environment, int((home / "data" / "postmaster.pid").read_text().split()[0])


@contextlib.contextmanager
def served(environment: dict[str, str], chosen: argparse.Namespace, log: Path) -> Iterator[tuple[int, int]]:
    """Port and process of gunicorn as a grown-up installation runs it."""
    port = services.free_port()
    command = ["-m", "gunicorn", "signon.wsgi", "--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    command += ["--workers", str(chosen.processes), "--threads", str(chosen.threads), "--backlog", "4096"]
    with group(command, environment, log) as web:

        def answers() -> bool:
            with contextlib.suppress(OSError):
                return fire(port, [ask("/signin")], rate=1)[0].status == 200
            return False

        eventually(answers, seconds=60, what="gunicorn's first answer")
        yield port, web.process.pid


def computed(root: int) -> float:
    """Milliseconds of computing of a process and its children so far (proc(5), fields 4, 14 and 15 of stat)."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if root in (int(stat.parent.name), int(fields[1])):
                ticks += int(fields[11]) + int(fields[12])
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


def ask(path: str) -> bytes:
    """A plain GET."""
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()


def steady(port: int, roots: dict[str, int], chosen: argparse.Namespace, label: str) -> Figures:
    """Signing at the given rate; the first 40 of the letter warm the processes up and are not counted.

    `roots` are the processes of the web server and of PostgreSQL, whose computing is told apart from waiting.
    """
    from tests.bench._crowd import letter_for  # noqa: PLC0415 -- needs Django

    letter, requests = letter_for(int(chosen.rate * chosen.seconds) + 40, label)
    warm = fire(port, [request.raw for request in requests[:40]], rate=20)
    before = {name: computed(root) for name, root in roots.items()}
    began = time.monotonic()
    answers = fire(port, [request.raw for request in requests[40:]], rate=chosen.rate)
    took = time.monotonic() - began
    return {
        "asked per second": chosen.rate,
        "reached per second": round(len(answers) / took, 1),
        "p50 ms": round(percentile(answers, 50), 1),
        "p99 ms": round(percentile(answers, 99), 1),
        "max ms": round(max(answer.seconds for answer in answers) * 1000, 1),
        **{
            f"computing of {name}, ms each": round((computed(root) - before[name]) / len(answers), 1)
            for name, root in roots.items()
        },
        "not signed": sum(answer.status != 302 for answer in answers),
        "lost": lost(letter, [*warm, *answers]),
    }


def lost(letter: Any, answers: list[Answer]) -> int:
    """Receipts that were promised and are not in the database."""
    from letters.models import Signature  # noqa: PLC0415 -- needs Django

    kept = set(Signature.objects.filter(invitation__letter=letter).values_list("receipt_no", flat=True))
    return len(receipts(answers) - kept)


def receipts(answers: list[Answer]) -> set[str]:
    """The receipt numbers to which answers led."""
    return {answer.location.rpartition("/")[2] for answer in answers if "/receipt/" in answer.location}


def burst(port: int, chosen: argparse.Namespace) -> Figures:
    """All ask within one second; when half of them have a receipt, a coordinator closes."""
    from django.db import connection  # noqa: PLC0415 -- needs Django

    from letters.proof import chain  # noqa: PLC0415
    from letters.submit import actions as submit  # noqa: PLC0415
    from tests import factories  # noqa: PLC0415
    from tests.bench._crowd import letter_for  # noqa: PLC0415

    letter, requests = letter_for(chosen.burst, "Burst")
    alice, half, signed, editions = factories.alice(), threading.Event(), [], []

    def told(answer: Answer) -> None:
        signed.extend(receipts([answer]))
        if len(signed) >= chosen.burst // 2:
            half.set()

    def close() -> None:
        half.wait(120)
        editions.append(submit.close(by=alice, letter=letter))
        connection.close()

    closer = threading.Thread(target=close)
    closer.start()
    began = time.monotonic()
    answers = fire(port, [request.raw for request in requests], rate=chosen.burst, told=told)
    took = time.monotonic() - began
    half.set()
    closer.join()
    roster = {record["receipt"] for record in editions[0].roster}
    events = [event.as_record() for event in letter.events.order_by("seq")]
    return {
        "asked": len(answers),
        "signed": len(signed),
        "refused": sum(answer.status == 409 for answer in answers),
        "broken lines": sum(answer.status not in (302, 409) for answer in answers),
        "accepted after the close": len(set(signed) - roster),
        "lost": len(set(signed) - roster) + lost(letter, answers),
        "in the roster unasked": len(roster - set(signed)),
        "faults of the chain": len(chain.check(events)),
        "all answered after s": round(took, 1),
    }


def measure(chosen: argparse.Namespace) -> dict[str, Figures]:
    """All three measurements."""
    with tempfile.TemporaryDirectory(prefix="signon-bench-") as name:
        folder = Path(name)
        with (
            installation(folder) as (environment, database),
            socket.create_server(("127.0.0.1", 0), backlog=512) as silent,
        ):
            os.environ.update(environment)
            django.setup()
            with served(environment, chosen, folder / "web.log") as (port, web):
                well = steady(port, {"the site": web, "PostgreSQL": database}, chosen, "Steady")
                rush = burst(port, chosen)
            stalled = environment | {"REDIS_URL": f"redis://127.0.0.1:{silent.getsockname()[1]}/0"}
            with served(stalled, chosen, folder / "stalled.log") as (port, web):
                without = steady(port, {"the site": web, "PostgreSQL": database}, chosen, "Stalled")
    return {"at a steady rate": well, "with Redis silent": without, "last-second burst with a close": rush}


def held(found: dict[str, Figures]) -> list[str]:
    """The figures that were not reached, as sentences."""
    well, without, rush = found.values()
    goals = [
        (well["p50 ms"] < 50, "p50 is not under 50 ms"), (well["p99 ms"] < 300, "p99 is not under 300 ms"),
        (without["p99 ms"] < 1500, "p99 with a silent Redis is not under 1.5 s"),
        (well["lost"] + without["lost"] + rush["lost"] == 0, "signatures were lost"),
        (rush["accepted after the close"] == 0, "signatures were accepted after the close"),
        (rush["faults of the chain"] == 0, "the chain of events is broken"),
    ]  # fmt: skip
    return [sentence for holds, sentence in goals if not holds]


def main() -> int:
    """Measure and print."""
    chosen = options()
    try:
        found = measure(chosen)
    except services.NotStarted as error:
        print(error, file=sys.stderr)
        return 2
    missed = held(found)
    if chosen.json:
        print(json.dumps({"figures": found, "missed": missed}))
    else:
        for title, figures in found.items():
            print(f"\n{title}\n" + "\n".join(f"  {name:<34}{value:>10}" for name, value in figures.items()))
        print("\n" + ("All goals are reached." if not missed else "Not reached: " + "; ".join(missed) + "."))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
