"""`manage.py backup FILE`: the whole installation in one file, or the check of such a file."""

import json
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from letters.management.backup.manifest import Manifest
from letters.management.backup.opened import BadBackup
from letters.management.backup.put_back import looked_at
from letters.management.backup.taken import Damaged, take
from letters.management.refusal import Signon

WITHOUT = (
    "The keys are not in it: keep keys/ and secret-key of the data folder in another place, or take them in with "
    "--with-keys."
)
WITH = (
    "The keys are in it: whoever has this file can seal in this name and open every personal link. Keep it encrypted."
)


class Command(BaseCommand):
    help = "Write database and documents as they are at one moment into one new file, while people go on signing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--check", action="store_true", help="Say whether FILE is whole, and change nothing.")
        parser.add_argument(
            "--with-keys", action="store_true",
            help="Take the keys in as well: whoever has the file can then seal in this name.",
        )  # fmt: skip
        parser.add_argument(
            "--despite-damage", action="store_true", help="Leave out documents that are missing or altered."
        )
        parser.add_argument("--json", action="store_true", help="Print what is in it for a machine to read.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit status 1: FILE is damaged, or a document is. 2: it could not be tried."""
        file: Path = options["file"]
        try:
            if options["check"]:
                self._told(looked_at(file), options, [f"{file.name} is whole."])
                return
            made = take(file, with_keys=options["with_keys"], despite_damage=options["despite_damage"])
        except (BadBackup, Damaged) as error:
            raise DoesNotHold(str(error)) from None
        except OperationalError as error:
            raise Signon(f"The database cannot be used: {' '.join(str(error).split())}.") from None
        except OSError as error:
            raise Signon(f"{error.filename or file} cannot be used: {error.strerror or error}.") from None
        lost = [f"{len(made.lost)} documents are missing: {', '.join(made.lost)}."] if made.lost else []
        self._told(made, options, [f"{file} is written.", *lost, WITH if made.keys else WITHOUT])
        if made.lost:
            raise SystemExit(1)

    def _told(self, made: Manifest, options: dict[str, Any], lines: list[str]) -> None:
        said = json.dumps(made.facts()) if options["json"] else "\n".join([made.sentence(), *lines])
        self.stdout.write(said)


class DoesNotHold(CommandError):
    """It does not hold: exit status 1."""
