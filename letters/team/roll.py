"""What the page of the team shows: who is in it, what waits, and who did what."""

import dataclasses

from letters.models import Coordinator, Event, Letter, User

SHOWN = 40  # acts on the page; the record holds all


@dataclasses.dataclass(frozen=True, slots=True)
class Team:
    """The team with the owner first; `mine` is the reader's own row, `offered` who the letter was offered to."""

    people: list[Coordinator]
    mine: Coordinator
    offered: Coordinator | None


def team(letter: Letter, reader: User) -> Team:
    """Everybody who may open the letter's pages (one query); `reader` is one of them."""
    rows = list(letter.coordinators.select_related("user").order_by("pk"))
    for row in rows:
        row.letter = letter
    people = sorted(rows, key=lambda row: (row.user_id != letter.owner_id, row.role, row.pk))
    mine = next(row for row in people if row.user_id == reader.pk)
    return Team(people, mine, next((row for row in people if row.offered_at), None))


def acts(letter: Letter) -> list[Event]:
    """What people of the team did, the newest first, also those who left it (one query)."""
    done = letter.events.filter(actor="coordinator", by__isnull=False)
    return list(done.select_related("by").order_by("-seq")[:SHOWN])
