"""`manage.py inbox`: read the maildir now, or list the messages that belong to no submission."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from letters.inbox.clocks import start_clocks
from letters.inbox.maildir import NoMaildir, Taken, take_in
from letters.management.refusal import Signon
from letters.models import Stray, database_now


class Command(BaseCommand):
    help = "Files the messages of the maildir with the submissions they answer. Exit status 2: it could not be read."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("maildir", nargs="?", help="another folder than SIGNON_INBOUND_MAILDIR")
        parser.add_argument("--strays", action="store_true", help="list the messages that belong to no submission")
        parser.add_argument("--json", action="store_true", help="print for a machine to read")

    def handle(self, *args: Any, **options: Any) -> None:
        """Reads until new/ holds nothing more that can be filed."""
        if options["strays"]:
            return self._strays(as_json=options["json"])
        folder = options["maildir"] or settings.INBOUND_MAILDIR
        if not folder:
            raise Signon("Name the folder, or set SIGNON_INBOUND_MAILDIR.")
        now, total = database_now(), Taken()
        start_clocks(now)
        while True:
            try:
                taken = take_in(Path(folder), now=now)
            except NoMaildir as error:
                raise Signon(str(error)) from None
            for name in ("filed", "known", "strays"):
                setattr(total, name, getattr(total, name) + getattr(taken, name))
            total.left = taken.left
            if not taken.filed + taken.known + taken.strays:
                break
        self.stdout.write(json.dumps({"filed": total.filed, "known": total.known, "strays": total.strays,
                                      "left": total.left}) if options["json"] else total.said)  # fmt: skip
        return None

    def _strays(self, *, as_json: bool) -> None:
        rows = [
            {"received": f"{row.received_at:%Y-%m-%d %H:%M}", "from": row.sender, "subject": row.title, "why": row.why,
             "file": str(row.document.path) if row.document else row.place}
            for row in Stray.objects.select_related("document")
        ]  # fmt: skip
        if as_json:
            self.stdout.write(json.dumps(rows))
            return
        for row in rows:
            self.stdout.write("{received} UTC, {from}, {subject}: {why}\n  {file}".format(**row))
        self.stdout.write(f"For no submission: {len(rows)}.")
