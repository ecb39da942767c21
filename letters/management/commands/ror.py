"""`manage.py ror FILE.json`: take societies from ROR's published registry into ours; reads a file, not the network."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandParser

from letters.management.refusal import Signon
from letters.management.register import take
from letters.management.ror_dump import BadDump, Organisation, organisation, records
from letters.models import database_now


class Command(BaseCommand):
    help = "Take societies from the file that ROR publishes (schema 1.0 or 2.x), by country, type or id."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.json")
        parser.add_argument(
            "--country", action="append", default=[], metavar="XX", help="Only this country; repeatable."
        )
        parser.add_argument(
            "--type", action="append", default=[], help="Only this type, such as nonprofit; repeatable."
        )
        parser.add_argument("--id", action="append", default=[], help="Only this ROR id; repeatable.")
        parser.add_argument("--dry-run", action="store_true", help="Count, and write nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Reads record by record; raises Signon (exit 2) with one sentence for a file that is no dump."""
        if not (options["country"] or options["type"] or options["id"]):
            raise Signon("The dump names more than 100,000 organisations; choose by --country, --type or --id.")
        done: Counter[str] = Counter()
        try:
            with options["file"].open(encoding="utf-8-sig") as file:
                for record in records(file):
                    found = organisation(record)
                    if wanted(found, options):
                        what = take(found, now=database_now(), write=not options["dry_run"])
                        done[what.state] += 1
                        if what.note:
                            self.stdout.write(what.note)
        except (OSError, UnicodeDecodeError) as error:
            raise Signon(f"{options['file']} cannot be read: {error}") from None
        except BadDump as error:
            raise Signon(f"{options['file'].name}: {error}") from None
        self.stdout.write(f"{done['new']} new, {done['known']} known, {done['open']} left for a person to decide.")


def wanted(found: Organisation, options: dict[str, Any]) -> bool:
    """True for an active organisation that fits every kind of choice that was made."""
    countries = {country.upper() for country in options["country"]}
    types = {kind.lower() for kind in options["type"]}
    ids = {one.rstrip("/").rpartition("/")[2].lower() for one in options["id"]}
    return (
        found.active
        and (not countries or found.country in countries)
        and (not types or not types.isdisjoint(found.types))
        and (not ids or found.ror_id.rpartition("/")[2] in ids)
    )
