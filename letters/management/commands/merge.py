"""`manage.py merge KEEP DROP`: make one society of two rows of the registry, whoever's letters invite them."""

from typing import Any

from django.core.management import BaseCommand, CommandParser

from letters.coordinate.registry import merge
from letters.lifecycle import NotNow
from letters.management.refusal import Signon
from letters.models import Society, database_now


class Command(BaseCommand):
    help = (
        "Merge the society numbered DROP into the one numbered KEEP; the numbers stand in the addresses of its pages."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("keep", type=int, metavar="KEEP")
        parser.add_argument("drop", type=int, metavar="DROP")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises Signon (exit 2) with the one reason why the two cannot be merged."""
        found = Society.objects.in_bulk([options["keep"], options["drop"]])
        for number in (options["keep"], options["drop"]):
            if number not in found:
                raise Signon(f"No society has the number {number}.")
        try:
            kept = merge(by=None, keep=found[options["keep"]], drop=found[options["drop"]], now=database_now())
        except NotNow as error:
            raise Signon(str(error)) from None
        self.stdout.write(f"The two are one society now: {kept}.")
