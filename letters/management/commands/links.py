"""`manage.py links SLUG`: how many personal links open under the secret key in use; `--reissue` replaces them."""

from typing import Any

from django.core.management import BaseCommand, CommandParser

from letters.coordinate.actions import renew_links
from letters.lifecycle import NotNow
from letters.management.refusal import Signon
from letters.models import Letter, Link, database_now


class Command(BaseCommand):
    help = "Say whether the personal links of a letter open; with --reissue revoke those that do not and mail new ones."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--reissue", action="store_true", help="Replace the links that do not open any more.")
        parser.add_argument("--all", action="store_true", help="With --reissue: replace every link.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Counts, and replaces when asked to; a letter nobody knows ends with status 2."""
        letter = Letter.objects.filter(slug=options["slug"]).first()
        if letter is None:
            raise Signon(f"There is no letter “{options['slug']}”; its name stands in its address behind /manage/.")
        live = list(Link.objects.live().filter(invitation__letter=letter))
        dead = [link.pk for link in live if not link.fits_the_key]
        self.stdout.write(f"{letter.slug}: {len(live) - len(dead)} links open, {len(dead)} do not.")
        if not options["reissue"]:
            return
        try:
            count = renew_links(by=None, letter=letter, links=None if options["all"] else dead, now=database_now())
        except NotNow as error:
            raise Signon(str(error)) from None
        self.stdout.write(f"{count} links replaced; the mails are owed and go out by the worker.")
