"""`manage.py demo`: a living site with two fictional letters and 34 fictional societies, worker inside."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser, call_command

from letters.management import seed, seed_story
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
        letter = Letter.objects.filter(slug=seed.SLUG).first() or seed.seed()
        finished = Letter.objects.filter(slug=seed_story.SLUG).first() or seed_story.story()
        self.stdout.write(
            f"\nSignon is ready on {settings.SITE_URL} and http://127.0.0.1:{port}\n\n"
            f"  An officer who has not signed yet     {seed.officer_link(letter)}\n"
            f"  The coordinator                       {settings.SITE_URL}/manage/{letter.slug}\n"
            f"                                        (sign in as {seed.COORDINATOR}; the code is in the mailbox)\n"
            f"  A finished letter, open to everybody  {settings.SITE_URL}/l/{finished.slug}\n"
            f"  The mailbox with every e-mail         {settings.SITE_URL}/mailbox\n\n"
            f"Everything is kept in {settings.DATA}; stop with Ctrl-C.\n"
        )
        self.stdout.flush()
        if not options["seed_only"]:
            Server(binds, "warning").run()
