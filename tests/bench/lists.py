"""How long a list takes from the file to the last link: read, dry run, written, on SQLite in a file.

`./run bench lists [--rows N]` prints one line per step with seconds; nothing is judged by a clock in the tests.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from typing import TypeVar

Made = TypeVar("Made")


def main() -> None:
    """Set up a database of its own, then bring in the same list as .csv and, known by then, as .xlsx."""
    asked = argparse.ArgumentParser(prog="bench lists")
    asked.add_argument("--rows", type=int, default=1000)
    rows = asked.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SIGNON_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "signon.settings"
        import django  # noqa: PLC0415 -- the settings read the environment

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        play(rows)


def timed(what: str, act: Callable[[], Made]) -> Made:
    """Do it and print how long it took, and how much of that this process worked."""
    started, worked = time.perf_counter(), time.process_time()
    made = act()
    print(f"{what:<32}{time.perf_counter() - started:>8.2f} s{time.process_time() - worked:>8.2f} s of work")
    return made


def play(rows: int) -> None:
    """The steps, by the functions the pages and the worker call."""
    from letters.lists import importing, intake  # noqa: PLC0415
    from letters.models import Arrival, database_now  # noqa: PLC0415
    from letters.text.workbook import comma_separated, excel  # noqa: PLC0415
    from tests import factories  # noqa: PLC0415

    heading = ["society", "country", "contact_name", "office", "email", "domain"]
    lines = [
        [f"Society of Counting {n}", "US", f"Ann Archer {n}", "President", f"ann@s{n}.example", f"s{n}.example"]
        for n in range(rows)
    ]
    for name, content in (
        ("list.csv", comma_separated(heading, lines)),
        ("list.xlsx", excel(heading, lines, title="List")),
    ):
        letter = factories.reviewed()
        arrival = Arrival.objects.create(
            letter=letter, by=factories.alice(), name=name, content=content, created_at=database_now()
        )
        print(f"{name}, {rows} rows, {len(content) // 1000} KB")
        timed("  dry run (read, compared)", lambda arrival=arrival: intake.plan_of(arrival))
        timed("  press “Import”", lambda a=arrival: importing.begin(by=a.by, arrival=a, now=database_now()))
        timed("  the worker writes it", factories.work)
        print(f"  {letter.invitations.count()} societies are on the list")


if __name__ == "__main__":
    main()
