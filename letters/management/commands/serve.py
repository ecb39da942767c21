"""`manage.py serve`: bring the database up to date and serve the site."""

from typing import Any

from django.core.management import BaseCommand, CommandParser, call_command

from letters.management.server import Server, addresses


class Command(BaseCommand):
    help = "Serve the site on this machine, with the worker inside unless REDIS_URL is set."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="localhost", help="localhost, or an address to listen on")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        """Never returns while the server runs."""
        binds = addresses(options["host"], options["port"])
        call_command("migrate", verbosity=0, interactive=False)
        call_command("journals", verbosity=0)
        self.stdout.write(f"Serving on http://localhost:{options['port']} (stop with Ctrl-C)")
        Server(binds, "info").run()
