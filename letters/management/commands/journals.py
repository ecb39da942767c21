"""`manage.py journals`: take the journals that come with the program into the database; also lists stale rules."""

import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser

from letters.journals import shipped
from letters.management.refusal import Signon
from letters.models import JournalRule, database_now


class Command(BaseCommand):
    help = "Take the journals that come with the program into the database; what people corrected there stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, default=shipped.FILE, metavar="FILE.toml", help="Another such file.")
        parser.add_argument("--stale", action="store_true", help="Only name the rules that were not checked lately.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises Signon (exit 2) with one sentence for a file that cannot be used."""
        if options["stale"]:
            self.name_stale(database_now().date())
            return
        try:
            done = shipped.take(now=database_now(), path=options["file"])
        except shipped.BadFile as error:
            raise Signon(str(error)) from None
        if options["verbosity"]:
            self.stdout.write(f"{done['made']} rules new, {done['updated']} brought up to date, {done['kept']} kept.")

    def name_stale(self, today: datetime.date) -> None:
        """One line for each rule whose last check lies too far back."""
        rows = JournalRule.objects.select_related("journal").order_by("journal__name", "pk")
        old = [row for row in rows if row.value_of().stale(today, settings.RULES_STALE_DAYS)]
        for row in old:
            self.stdout.write(f"{row.journal}: {row}; last checked {row.checked_on or 'never'}; {row.source}")
        self.stdout.write(
            f"{len(old)} of {len(rows)} rules were last checked over {settings.RULES_STALE_DAYS} days ago."
        )
