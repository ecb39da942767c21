"""`manage.py demo`: a living site with a fictional letter and 34 fictional societies, worker inside."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser, call_command

from letters.management.seed import COORDINATOR, officer_link, seed
from letters.management.server import Server, addresses
from letters.models import Letter


class Command(BaseCommand):
    help = "Seed the demonstration (once) and serve it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--seed-only", action="store_true", help="Prepare the data and print the links, then stop.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Never returns while the server runs, unless --seed-only."""
        port = options["port"]
        binds = addresses("localhost", port)
        settings.SITE_URL = f"http://localhost:{port}"
        call_command("migrate", verbosity=0, interactive=False)
        call_command("journals", verbosity=0)
        letter = Letter.objects.first() or seed()
        self.stdout.write(
            f"\nSignon is ready on {settings.SITE_URL} and http://127.0.0.1:{port}\n\n"
            f"  An officer who has not signed yet   {officer_link(letter)}\n"
            f"  The coordinator                     {settings.SITE_URL}/manage/{letter.slug}\n"
            f"                                      (sign in as {COORDINATOR}; the code is in the mailbox)\n"
            f"  The mailbox with every e-mail       {settings.SITE_URL}/mailbox\n\n"
            f"Everything is kept in {settings.DATA}; stop with Ctrl-C.\n"
        )
        self.stdout.flush()
        if not options["seed_only"]:
            Server(binds, "warning").run()
