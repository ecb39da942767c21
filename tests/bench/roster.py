"""How a letter that very many signed is closed, read and proven: seconds and memory, each in a process of its own.

The societies are written in bulk into a database of its own, a file of SQLite unless DATABASE_URL names another empty
one. Exit status 0 when pages and proofs stay as light as they should, 1 when not.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

import django

Figures = dict[str, Any]
SECONDS, KILOBYTES, MEGABYTES = 1.0, 250, 250  # for a page or a proof, whatever the letter's length


def staged(number: int) -> Callable[[], int]:
    """So many societies sign; the step itself is nothing."""
    from django.core.management import call_command  # noqa: PLC0415 -- needs Django

    from tests import crowds  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    crowds.signed_by(number - 1)
    return lambda: 0


def close(number: int) -> Callable[[], int]:
    """The roster is frozen."""
    from letters import lifecycle  # noqa: PLC0415
    from letters.models import Letter  # noqa: PLC0415
    from tests import factories  # noqa: PLC0415

    letter = Letter.objects.get()

    def act() -> int:
        lifecycle.close(letter, by=factories.alice())
        return 0

    return act


def release(number: int) -> Callable[[], int]:
    """The seal is stood in for and the page opened, so that it can be read."""
    from letters.models import Letter, database_now  # noqa: PLC0415
    from letters.submit import actions  # noqa: PLC0415
    from tests import factories  # noqa: PLC0415
    from tests.letters.record import stage  # noqa: PLC0415

    letter = Letter.objects.get()
    stage.mark_sealed(letter)
    stage.with_evidence(letter)
    actions.release(by=factories.alice(), letter=factories.fresh(letter), now=database_now())
    return lambda: 0


def fetched(*addresses: str) -> Callable[[int], Callable[[], int]]:
    """A stranger's request for the last of these addresses, once those before it were answered."""

    def step(number: int) -> Callable[[], int]:
        from django.test import Client  # noqa: PLC0415

        from letters.models import Letter  # noqa: PLC0415

        slug, client = Letter.objects.get().slug, Client(SERVER_NAME="localhost")
        *before, last = (f"/l/{slug}{one.format(last=number - 1)}" for one in ("/badge", *addresses))
        for one in before:
            client.get(one)

        def act() -> int:
            answer = client.get(last)
            if answer.status_code != 200:
                raise SystemExit(f"{last} answered {answer.status_code}")
            return sum(map(len, answer))

        return act

    return step


STEPS: dict[str, Callable[[int], Callable[[], int]]] = {
    "staged": staged,
    "close": close,
    "release": release,
    "page": fetched(""),
    "page again": fetched("", ""),
    "last page": fetched("?page=999999"),
    "search": fetched("?q=society+{last}+counting"),
    "proof": fetched("/proof.json?receipt=C-{last:06}"),
    "signatories.json": fetched("/signatories.json"),
    "signatories.csv": fetched("/signatories.csv"),
    "citation.bib": fetched("/citation.bib"),
}
LIGHT = ("page", "page again", "last page", "search", "proof")


def done(step: str, number: int) -> Figures:
    """What one step takes, in this process."""
    django.setup()
    act = STEPS[step](number)
    before, began = _peak(), time.perf_counter()
    size = act()
    seconds = round(time.perf_counter() - began, 2)
    return {"seconds": seconds, "kB": round(size / 1_000), "MB before": before, "MB at most": _peak()}


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measured(number: int) -> dict[str, Figures]:
    """All steps, one after another."""
    found = {}
    with tempfile.TemporaryDirectory(prefix="signon-bench-") as folder:
        environment = os.environ | {"SIGNON_DATA": folder, "DJANGO_SETTINGS_MODULE": "signon.settings"}
        environment |= {"SIGNON_LOG_LEVEL": "ERROR", "SIGNON_SECRET_KEY": "bench" * 12, "REDIS_URL": ""}
        environment |= {"SIGNON_SITE_URL": "http://localhost"}
        for step in STEPS:
            command = [
                sys.executable,
                "-W",
                "ignore",
                "-m",
                "tests.bench.roster",
                "--step",
                step,
                "--societies",
                str(number),
            ]
            answer = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
            found[step] = json.loads(answer.stdout.splitlines()[-1])
    return found


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench roster", description=__doc__.split("\n")[0])
    parser.add_argument("--societies", type=int, default=10_000)
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    if chosen.step:
        print(json.dumps(done(chosen.step, chosen.societies)))
        return 0
    found = measured(chosen.societies)
    heavy = [
        step for step in LIGHT
        for one in [found[step]]
        if one["seconds"] > SECONDS or one["kB"] > KILOBYTES or one["MB at most"] > MEGABYTES
    ]  # fmt: skip
    if chosen.json:
        print(json.dumps({"societies": chosen.societies, "figures": found, "heavy": heavy}))
    else:
        for step, one in found.items():
            print(f"{step:<18}" + "".join(f"{value:>10} {name}" for name, value in one.items()))
        print(f"Heavier than they should be: {', '.join(heavy)}" if heavy else "Pages and proofs stay light.")
    return int(bool(heavy))


if __name__ == "__main__":
    sys.exit(main())
