"""`manage.py restore FILE`: puts what `manage.py backup` wrote back into an empty installation."""

import dataclasses
import json
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandParser
from django.db import OperationalError

from letters.management.backup.opened import BadBackup
from letters.management.backup.put_back import Restored, restore
from letters.management.refusal import Signon


class Command(BaseCommand):
    help = "Put a backup back into this installation, which must be empty, completely or not at all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="Check the file and the place, and write nothing.")
        parser.add_argument("--replace", action="store_true", help="Delete what this installation holds first.")
        parser.add_argument("--json", action="store_true", help="Print what was done for a machine to read.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit status 1: all is back, and something in it does not hold. 2: it could not be tried."""
        file: Path = options["file"]
        try:
            done = restore(file, replace=options["replace"], dry_run=options["dry_run"])
        except BadBackup as error:
            raise Signon(str(error)) from None
        except OperationalError as error:
            raise Signon(f"The database cannot be used: {' '.join(str(error).split())}.") from None
        except OSError as error:
            raise Signon(f"{error.filename or file} cannot be used: {error.strerror or error}.") from None
        if done is None:
            self.stdout.write(f"{file.name} is whole and fits this installation. This was a dry run: nothing changed.")
            return
        self.stdout.write(json.dumps(facts(done)) if options["json"] else "\n".join(lines(done)))
        if done.problems:
            raise SystemExit(1)


def facts(done: Restored) -> dict[str, Any]:
    """What a machine is told."""
    return done.manifest.facts() | {
        "held": dataclasses.asdict(done.held), "aside": [str(path) for path in done.aside], "problems": done.problems,
    }  # fmt: skip


def lines(done: Restored) -> list[str]:
    """What people are told."""
    held = done.held
    said = [
        f"Restored: {done.manifest.sentence()}",
        f"Waiting for a person: {held.submissions:,} submissions, {held.mails:,} mails, {held.work:,} other pieces of "
        f"work; planned reminders of {held.reminders:,} letters. “Needs attention” names them.",
        *(f"Another key lay here; it is now {path}." for path in done.aside),
    ]
    if not done.manifest.keys:
        said.append("No keys were in it: put keys/ and secret-key back before you start, or links of before are dead.")
    return [*said, *(done.problems or ["Every record, text, roster and sealed PDF was checked and holds."])]
