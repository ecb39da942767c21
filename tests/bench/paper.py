"""How long a sealed paper takes: body, parts, binding, seal and check, beside one pass of WeasyPrint in the same run.

Each size runs in a worker of its own, a process with Django loaded but no database; evidence and signatories are made
by another one before and lie in files. CPU seconds of the worker and of the children it starts count together. On a
busy machine the clock says little, and CPU seconds grow by half: compare only what was measured in the same run.
Then a letter is sealed as a real job that is killed on the way (see _job). Exit status 0 when the figures hold, 1 when
not.
"""

import argparse
import dataclasses
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import django

from letters.render import keys, reopened
from letters.render.order import Facts, Limits, Order
from letters.render.parts import Shelf
from letters.render.pdf import page_html, print_paper, printed
from letters.render.seal import seal_file
from letters.render.sheet import Sheet
from letters.render.signatories import Kept
from tests.bench._paper_shown import Figures, held, shown, shown_jobs
from tests.bench._signatories import evidence_of, roster, sheet_of
from tests.bench._watched import WORKER, Watched, children_of, cpu_of

GENEROUS = {"clock": 7_200, "cpu": 7_200, "megabytes": 12_000}
HERE = [sys.executable, "-m", "tests.bench.paper"]


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench paper", description=__doc__.split("\n")[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[34, 1_000, 3_000, 10_000], help="numbers of signatories")
    parser.add_argument("--all", action="store_true", help="50,000 and 100,000 too, and the real job with 100,000")
    parser.add_argument("--single-to", type=int, default=10_000, help="largest size that is also printed in one pass")
    parser.add_argument("--job", type=int, help="signatories of the real job: 10,000 without --all; 0 for none")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--evidence", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def cpu() -> float:
    """CPU seconds of this process and of its children so far, those that still run included."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + used.ru_utime + used.ru_stime + sum(map(cpu_of, children_of(os.getpid())))


@contextmanager
def timed(figures: Figures, name: str) -> Iterator[None]:
    """CPU seconds and seconds on the clock of the block, under the name."""
    computed, began = cpu(), time.monotonic()
    yield
    figures[name] = {"cpu": round(cpu() - computed, 2), "clock": round(time.monotonic() - began, 2)}


def measure(number: int, single: bool) -> Figures:
    """All figures of one size, in this process."""
    figures: Figures = {"signatories": number}
    limits, when = Limits(**GENEROUS), datetime(2025, 3, 18, 17, 5, tzinfo=UTC)
    with tempfile.TemporaryDirectory(prefix="signon-bench-") as name:
        folder = Path(name)
        site, evidence = keys.load(folder / "keys", name="Bench"), made_apart(number, folder)
        sheet, file, shelf, ready = listed(folder / "signatories"), folder / "paper.pdf", Shelf(folder / "parts"), []
        watched = Watched(os.getpid())
        watched.look()
        figures["MB before"] = watched.peaks()[WORKER]
        watched.start()

        def told(done: int, of: int) -> None:
            ready[:] = [cpu(), of]

        with timed(figures, "render"):
            began = cpu()
            print_paper(sheet, evidence, file, limits=limits, shelf=shelf, told=told)
            figures["of it body and parts"] = round(ready[0] - began, 2) if ready else None
        figures["parts"] = ready[1] if ready else 0
        with timed(figures, "seal"), file.open("r+b") as opened:
            seal_file(opened, site, reason="Bench", when=when)
        figures["KB"] = file.stat().st_size // 1000
        figures["KB of evidence"] = sum(one.stat().st_size for one in evidence.values()) // 1000
        with timed(figures, "check"):
            figures["faults"] = reopened.problems(file)
        watched.stop()
        figures["peaks"] = watched.peaks()
        stages = ("render", "seal", "check")
        figures["all"] = {unit: round(sum(figures[stage][unit] for stage in stages), 2) for unit in ("cpu", "clock")}
        if number == 3_000:  # its child loaded while the first paper was sealed and checked
            with timed(figures, "one name more"):
                print_paper(listed(folder / "one more"), evidence, file, limits=limits, shelf=shelf)
        if single:
            files = {name: one.read_bytes() for name, one in evidence.items()}
            facts, watched = (
                Facts(identifier=sheet.verify_address, language="en", date=sheet.date),
                Watched(os.getpid()),
            )
            watched.start()
            with timed(figures, "one pass"):
                printed(Order(page_html(sheet), sheet.moment, facts, files, limits))
            watched.stop()
            figures["peaks"] |= {does: size for does, size in watched.peaks().items() if does.endswith("one pass")}
    return figures


def listed(file: Path) -> Sheet:
    """The sheet of the bench's letter with the signatories that were written into a file."""
    with file.open() as lines:
        return dataclasses.replace(sheet_of([]), signatories=Kept(file, sum(1 for _ in lines)))


def made_apart(number: int, folder: Path) -> dict[str, Path]:
    """The evidence and the signatories, made in another process: its records would count as memory of this one."""
    made = folder / "evidence"
    made.mkdir()
    subprocess.run([*HERE, "--one", str(number), "--evidence", str(folder)], check=True)
    return {file.name: file for file in sorted(made.iterdir())}


def write(number: int, folder: Path) -> None:
    """What made_apart asks for."""
    records, site = roster(number + 1), keys.load(folder / "keys", name="Bench")
    for name, some in (("signatories", records[:-1]), ("one more", records)):
        for _ in Kept(folder / name).passing(some):
            pass
    for name, data in evidence_of(records[:-1], site).items():
        (folder / "evidence" / name).write_bytes(data)


def job(number: int, *, postgresql: bool) -> Figures | None:
    """The real job on a throwaway database; None where PostgreSQL is not there."""
    with tempfile.TemporaryDirectory(prefix="signon-bench-") as data:
        environment = {**os.environ, "SIGNON_DATA": data, "SIGNON_EMBEDDED_WORKER": "0"}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "tests.bench._job", str(number)]
        within = [sys.executable, "-m", "tests.services", "--"] if postgresql else []
        done = subprocess.run([*within, *command], stdout=subprocess.PIPE, env=environment)
    if done.returncode == 2 and postgresql:
        return None
    done.check_returncode()
    figures: Figures = {"on": "PostgreSQL" if postgresql else "SQLite", **json.loads(done.stdout.splitlines()[-1])}
    return figures


def main() -> int:
    """Measure each size in its own process and print."""
    chosen = options()
    if chosen.evidence:
        write(chosen.one, chosen.evidence)
        return 0
    if chosen.one:
        print(json.dumps(measure(chosen.one, chosen.one <= chosen.single_to)))
        return 0
    found = []
    for number in [*chosen.sizes, *([50_000, 100_000] if chosen.all else [])]:
        done = subprocess.run(
            [*HERE, "--one", str(number), "--single-to", str(chosen.single_to)], stdout=subprocess.PIPE, check=True
        )
        found.append(json.loads(done.stdout))
    load, number = os.getloadavg(), chosen.job if chosen.job is not None else 100_000 if chosen.all else 10_000
    jobs = [job(number, postgresql=server) for server in (False, True)] if number else []
    told = list(filter(None, jobs))
    missed = held(found, told)
    if chosen.json:
        print(json.dumps({"figures": found, "jobs": told, "missed": missed}))
    else:
        print("CPU seconds/seconds on the clock; the load of this machine was", *map(round, load))
        print("What stands in brackets was recorded on an idle machine and not measured in this run.")
        print(shown(found))
        print(shown_jobs(told))
        print("\n" + ("All goals are reached." if not missed else "Not reached: " + "; ".join(missed) + "."))
    return 1 if missed else 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="signon-bench-") as data:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "signon.settings", "SIGNON_DATA": data, "SIGNON_LOG_LEVEL": "ERROR"}
        django.setup()
        sys.exit(main())
