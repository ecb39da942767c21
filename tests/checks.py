"""All that CI runs, in order: lints, Django's own checks, pytest on SQLite and PostgreSQL; installs nothing.

`python -m tests.checks [--fast] [pytest arguments]`. Each step runs even when an earlier one failed; what
failed is listed at the end. With pytest arguments only the two pytest runs take place. Exit status 0, 1,
or 130 after Ctrl-C.
"""

import os
import secrets
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests import examples, orphans

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = ("slow", "journey", "postgres")  # marks of tests that the run for daily work leaves to the full one
DAILY = " and ".join(f"not {mark}" for mark in LEFT_OUT)
# What failed last time comes first, and the first failure ends the run.
QUICK = (
    "--ignore=tests/journeys",
    "--nomigrations",
    "--hypothesis-profile",
    examples.DAILY,
    "--failed-first",
    "--exitfirst",
)
PARALLEL = ("--numprocesses", "auto", "--maxprocesses", "4")
MINUTES = 30.0  # the longest a step may take, twice what the longest needs on two slow cores
NOTHING_COLLECTED = 5  # pytest's exit status when its arguments select no test


@dataclass(frozen=True)
class Step:
    """One command; `report` names the JUnit file a pytest run leaves."""

    title: str
    command: list[str]
    report: Path | None = None
    environment: dict[str, str] = field(default_factory=dict)


def plain_environment(data: Path) -> dict[str, str]:
    """This process's environment without what would point the tests at somebody's installation."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("SIGNON_") and name not in ("DATABASE_URL", "REDIS_URL")
    }
    return kept | {"SIGNON_DATA": str(data), "PYTHONPATH": str(ROOT)}


def production() -> dict[str, str]:
    """The environment of a grown-up installation, for `check --deploy`."""
    return {
        "SIGNON_SECRET_KEY": secrets.token_urlsafe(64),
        "SIGNON_DEBUG": "0",
        "SIGNON_SITE_URL": "https://signon.example",
        "SIGNON_ALLOWED_HOSTS": "signon.example",
        "SIGNON_PROXY_COUNT": "1",
        "SIGNON_SMTP_HOST": "mail.signon.example",
        "DATABASE_URL": "postgres://signon:signon@database.signon.example/signon",
        "REDIS_URL": "redis://redis.signon.example:6379/0",
    }


def manage(*arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *arguments]


def pytest(title: str, folder: Path, *arguments: str, services: bool = False) -> Step:
    """A pytest run that also writes its counts to a file in `folder`."""
    report = folder / f"{title.replace(' ', '-')}.xml"
    command = [sys.executable, "-m", "pytest", f"--junitxml={report}", *arguments]
    if services:
        command = [sys.executable, "-m", "tests.services", "--", *command]
    return Step(title, command, report)


def steps(folder: Path, *, fast: bool, arguments: list[str]) -> Iterator[Step]:
    """What to run; `folder` is a temporary one for reports."""
    if fast:
        yield Step("ruff check", ["ruff", "check"])
        yield Step("lint-imports", ["lint-imports"])
        yield pytest("pytest on SQLite", folder, *PARALLEL, *QUICK, "-m", DAILY, *arguments)
        return
    if not arguments:
        yield Step("ruff check", ["ruff", "check"])
        yield Step("ruff format", ["ruff", "format", "--check"])
        yield Step("mypy", ["mypy"])
        yield Step("lint-imports", ["lint-imports"])
        yield Step("djlint lint", ["djlint", "templates", "--lint", "--quiet"])
        check = manage("check", "--deploy", "--fail-level", "WARNING")
        yield Step("check --deploy", check, environment=production())
        yield Step("missing migrations", manage("makemigrations", "--check", "--dry-run"))
    if arguments:
        yield pytest("pytest on SQLite", folder, "-m", "not postgres", *arguments)
        yield pytest("pytest on PostgreSQL and Redis", folder, "-m", "not journey", *arguments, services=True)
        return
    yield pytest("pytest on SQLite", folder, *PARALLEL, "-m", "not postgres")
    # The journeys drive one browser through the same pages; once is enough.
    rest = ("-m", "not journey", "--ignore=tests/faults")
    yield pytest("pytest on PostgreSQL and Redis", folder, *PARALLEL, *rest, services=True)
    # They stop and empty the servers, and their processes want the machine for themselves.
    yield pytest("faults on PostgreSQL and Redis", folder, "tests/faults", services=True)


def counts(report: Path) -> dict[str, int]:
    """Tests by outcome from a JUnit file; nothing when pytest could not write one."""
    if not report.exists():
        return {}
    suite = ElementTree.parse(report).getroot().find("testsuite")
    tests, skipped, failures, errors = (int(suite.get(key, 0)) for key in ("tests", "skipped", "failures", "errors"))
    failed = failures + errors
    return {"passed": tests - skipped - failed, "failed": failed, "skipped": skipped}


def from_here(argument: str) -> str:
    """A path as the caller's folder means it, because pytest starts in the root; anything else unchanged."""
    path, colons, name = argument.partition("::")
    return f"{Path(path).resolve()}{colons}{name}" if path and Path(path).exists() else argument


def perform(step: Step, environment: dict[str, str], *, chosen: bool) -> bool:
    """Run one step under its title line; True when it holds. What hangs is ended, and what it left running with it."""
    print(f"\n=== {step.title}", flush=True)
    began = time.monotonic()
    try:
        # A debugger may ask questions in a chosen test; nothing else has any.
        asks = None if chosen else subprocess.DEVNULL
        env, limit = environment | step.environment, None if chosen else 60 * MINUTES
        status = subprocess.run(step.command, cwd=ROOT, env=env, stdin=asks, timeout=limit).returncode
    except FileNotFoundError as error:
        print(f"{error.filename} is not installed; ./run test installs it.")
        status = 2
    except subprocess.TimeoutExpired:
        print(f"\nEnded: it was not done after {MINUTES:g} minutes.")
        status = 1
    finally:
        orphans.end()
    holds = status == 0 or (chosen and step.report is not None and status == NOTHING_COLLECTED)
    print(f"    {'ok' if holds else 'FAILED'} after {time.monotonic() - began:.1f} s", flush=True)
    return holds


def main(arguments: list[str]) -> int:
    """The command line; the last line counts the tests of all pytest runs."""
    began = time.monotonic()
    orphans.adopt()
    fast = "--fast" in arguments
    arguments = [from_here(argument) for argument in arguments if argument != "--fast"]
    failed: list[str] = []
    total = {"passed": 0, "failed": 0, "skipped": 0}
    with tempfile.TemporaryDirectory(prefix="signon-checks-") as name:
        folder = Path(name)
        environment = plain_environment(folder / "data")
        for step in steps(folder, fast=fast, arguments=arguments):
            if not perform(step, environment, chosen=bool(arguments)):
                failed.append(step.title)
            for outcome, number in counts(step.report).items() if step.report else ():
                total[outcome] += number
    verdict = f"Failed: {', '.join(failed)}" if failed else "Everything holds"
    print(f"\n{verdict}, after {time.monotonic() - began:.0f} s")
    print(", ".join(f"{number} {outcome}" for outcome, number in total.items()))
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
