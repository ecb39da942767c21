"""How many readers a second the page of a released letter answers while officers sign another one.

Everything runs on this machine and shares its cores: PostgreSQL, Redis, gunicorn as the compose file runs it, those
who sign and those who read. Readers hold the page and ask whether it changed (If-None-Match), on lines that stay open
as those of a proxy do; then with a new line for each, and for the whole page compressed. Exit status 0 when the figure
holds, 1 when not, 2 when a server could not be started.
"""

import argparse
import gzip
import json
import multiprocessing
import os
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

import django

from tests import services
from tests.bench._load import Answer, fire, percentile
from tests.bench._readers import Count, fetched, read
from tests.bench.sign import computed, installation, served

Figures = dict[str, Any]
GOAL = 500
DEMO = Path(__file__).resolve().parents[2] / "letters" / "management" / "demo"


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench record", description=__doc__.split("\n")[0])
    parser.add_argument("--readers", type=int, default=100_000, help="conditional GETs in all")
    parser.add_argument("--seconds", type=float, default=180, help="after which reading ends, finished or not")
    parser.add_argument("--lines", type=int, default=8, help="open at the same time")
    parser.add_argument("--signing", type=float, default=10, help="signing POSTs per second meanwhile; 0: none")
    parser.add_argument("--processes", type=int, default=2, help="of gunicorn")
    parser.add_argument("--threads", type=int, default=4, help="of each")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def staged() -> str:
    """A released letter of 34 societies with its whole story; returns its slug."""
    from tests.letters.record import stage  # noqa: PLC0415 -- needs Django

    words = [(DEMO / f"letter-{name}.md").read_text(encoding="utf-8") for name in ("v1", "v2")]
    letter = stage.many((DEMO / "societies.csv").read_text(encoding="utf-8"), v1=words[0], v2=words[1])
    return stage.founding(letter).slug


def asking(slug: str, *lines: str, stays: bool = True) -> bytes:
    """A GET of the letter's page, compressed as browsers want it."""
    head = [f"GET /l/{slug} HTTP/1.1", "Host: localhost", "Accept-Encoding: gzip, deflate, br", *lines]
    return "\r\n".join([*head, f"Connection: {'keep-alive' if stays else 'close'}", "", ""]).encode()


def _reading(port: int, raw: bytes, readers: int, most: int, seconds: float, back: Any) -> None:
    back.put(read(port, raw, readers=readers, most=most, seconds=seconds))


def crowd(port: int, raw: bytes, chosen: argparse.Namespace, *, most: int, seconds: float) -> Count:
    """The readers in a process of their own."""
    context = multiprocessing.get_context("fork")
    back = context.Queue()
    process = context.Process(target=_reading, args=(port, raw, chosen.lines, most, seconds, back))
    process.start()
    count: Count = back.get(timeout=seconds + 60)
    process.join()
    return count


class Signers(threading.Thread):
    """Officers who sign at a steady rate until they are told to stop, a second's worth at a time."""

    def __init__(self, port: int, raws: list[bytes], rate: float) -> None:
        super().__init__(daemon=True)
        self.port, self.raws, self.rate = port, raws, rate
        self.over = threading.Event()
        self.answers: list[Answer] = []

    def run(self) -> None:
        """Sign."""
        step = max(1, int(self.rate))
        for start in range(0, len(self.raws), step):
            if self.over.is_set():
                return
            self.answers += fire(self.port, self.raws[start : start + step], rate=self.rate)


def measured(port: int, web: int, slug: str, raws: list[bytes], chosen: argparse.Namespace) -> dict[str, Figures]:
    """The three measurements, with signing beside the first."""
    headers, page = fetched(port, asking(slug))
    condition = f"If-None-Match: {headers['etag']}"
    crowd(port, asking(slug, condition), chosen, most=500, seconds=10)  # both processes have it in memory
    signers = Signers(port, raws, chosen.signing)
    if raws:
        signers.start()
    before = computed(web)
    count = crowd(port, asking(slug, condition), chosen, most=chosen.readers, seconds=chosen.seconds)
    spent = computed(web) - before
    signers.over.set()
    if raws:
        signers.join()
    one_each = crowd(port, asking(slug, condition, stays=False), chosen, most=5_000, seconds=20)
    whole = crowd(port, asking(slug), chosen, most=5_000, seconds=20)
    signed = [answer for answer in signers.answers if answer.status == 302]
    return {
        f"conditional GETs while {'officers sign' if raws else 'nobody signs'}": {
            **_figures(count), "computing of the site, ms each": round(spent / max(1, count.answers), 2),
            "signed meanwhile": len(signed), "not signed": len(signers.answers) - len(signed),
            "signing, p50 ms": round(percentile(signers.answers, 50), 1) if len(signers.answers) > 1 else "-",
        },
        "the same, a new line for each, nobody signs": _figures(one_each),
        "whole pages, compressed, nobody signs": {
            **_figures(whole), "bytes of the page": len(gzip.decompress(page)), "bytes compressed": len(page),
        },
    }  # fmt: skip


def _figures(count: Count) -> Figures:
    return {
        "answers": count.answers,
        "of status": ", ".join(f"{status}: {many}" for status, many in sorted(count.statuses.items())),
        "per second": round(count.per_second),
        "computing of the readers, ms each": round(count.computed * 1000 / max(1, count.answers), 3),
    }


def measure(chosen: argparse.Namespace) -> dict[str, Figures]:
    """Set up, measure, take down."""
    with tempfile.TemporaryDirectory(prefix="signon-bench-") as name:
        folder = Path(name)
        with installation(folder) as (environment, _):
            environment |= {"SIGNON_SITE_URL": "http://localhost", "SIGNON_CROSSREF_URL": ""}
            os.environ.update(environment)
            django.setup()
            slug = staged()
            raws: list[bytes] = []
            if chosen.signing:
                from tests.bench._crowd import letter_for  # noqa: PLC0415 -- needs Django

                _, requests = letter_for(int(chosen.signing * chosen.seconds), "Meanwhile")
                raws = [request.raw for request in requests]
            with served(environment, chosen, folder / "web.log") as (port, web):
                return measured(port, web, slug, raws, chosen)


def main() -> int:
    """Measure and print."""
    chosen = options()
    try:
        found = measure(chosen)
    except services.NotStarted as error:
        print(error, file=sys.stderr)
        return 2
    first = next(iter(found.values()))
    missed = first["per second"] < GOAL or set(first["of status"].split(":")) & {"200", "500"} != set()
    if chosen.json:
        print(json.dumps({"figures": found, "missed": missed}))
    else:
        for title, figures in found.items():
            print(f"\n{title}\n" + "\n".join(f"  {name:<36}{value:>12}" for name, value in figures.items()))
        said = f"Not reached: {GOAL} a second" if missed else f"At least {GOAL} a second"
        print(f"\n{said} on {os.cpu_count()} cores, which the readers and PostgreSQL share with the site.")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
