"""`manage.py mailcheck`: what the DNS says about the domain our mails come from."""

import json
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from letters.management.refusal import Signon
from letters.notify import sender


class Command(BaseCommand):
    help = (
        "Looks up SPF, DKIM and DMARC of the sender's domain. Exit status 0: in order, 1: not, 2: could not be tried."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print for a machine to read")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints what was found; where nobody answers, ends with status 2."""
        domain = sender.sender_domain()
        try:
            found = sender.check(domain, settings.DKIM_SELECTORS)
        except sender.NoResolver:
            raise Signon(f"No name server answers here, so nothing is known about {domain}.") from None
        if options["json"]:
            rows = [{"state": one.state, "sentence": one.sentence} for one in found]
            self.stdout.write(json.dumps({"domain": domain, "findings": rows}))
        else:
            for one in found:
                self.stdout.write(one.sentence)
        sys.exit(1 if any(one.state == sender.STOP for one in found) else 0)
