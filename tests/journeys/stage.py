"""Letters open for signature, each with societies and a coordinator of its own; runs in a process of its own.

The process is `manage.py shell -c "from tests.journeys import stage; stage.open_letters(10)"`; it prints JSON.
"""

import csv
import io
import json
from dataclasses import asdict, dataclass

from django.core.management import call_command

from letters.management.seed import COORDINATOR
from letters.models import Coordinator, User
from tests import factories


@dataclass(frozen=True)
class Staged:
    """One letter: its slug, its coordinator's address, and per first name of the cast the officer's address."""

    slug: str
    coordinator: str
    officers: dict[str, str]
    short_names: dict[str, str]


def prepare() -> None:
    """Bring the database up to date and let one person start letters."""
    call_command("migrate", verbosity=0, interactive=False)
    User.objects.create_user(COORDINATOR, "Alice Marlowe", may_convene=True)


def open_letters(number: int) -> None:
    """Open so many letters for signature and print them."""
    print(json.dumps([asdict(staged(place)) for place in range(1, number + 1)]))


def staged(number: int) -> Staged:
    """Letter `number`; its names and addresses occur in no other letter."""
    rows = list(csv.DictReader(io.StringIO(factories.SOCIETIES)))
    names = [row["email"].partition("@")[0] for row in rows]
    for row in rows:
        row["society"] += f" {number}"
        row["short_name"] += str(number)
        row["email"] = row["email"].replace("@", f"{number}@")
    listing = io.StringIO()
    writer = csv.DictWriter(listing, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    letter = factories.signing_open(listing.getvalue())
    person = User.objects.create_user(f"alice{number}@desk.example", "Alice Archer", may_convene=True)
    Coordinator.objects.create(letter=letter, user=person)
    return Staged(
        letter.slug,
        person.email,
        {name: row["email"] for name, row in zip(names, rows, strict=True)},
        {name: row["short_name"] for name, row in zip(names, rows, strict=True)},
    )
