"""`manage.py sweep`: do all work that is due in this process, without a broker or a worker."""

from typing import Any

from django.core.management import BaseCommand

from letters import tasks


class Command(BaseCommand):
    help = "Do every job that is due, here and now; needs neither Redis nor a worker."

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs until nothing more is due: one job may owe the next."""
        total = 0
        while done := tasks.drain():
            total += done
        self.stdout.write(f"{total} jobs done.")
