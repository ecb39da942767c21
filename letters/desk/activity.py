"""What happened on a letter, newest first: the record's events and, beside them, the coordinators' private notes."""

import dataclasses
import datetime

from letters.models import Call, Event, Letter

PAGE = 50


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """One line: an event of the record, or a private note."""

    at: datetime.datetime
    event: Event | None = None
    call: Call | None = None


def activity(letter: Letter, *, most: int, page: int = 1) -> tuple[list[Entry], bool]:
    """Page `page` of `most` entries each, and whether there are more (two queries)."""
    upto = page * most + 1
    events = letter.events.select_related("by").order_by("-at", "-seq")[:upto]
    calls = Call.objects.filter(invitation__letter=letter).select_related("by", "invitation__society")
    entries = [*(Entry(e.at, event=e) for e in events), *(Entry(c.at, call=c) for c in calls[:upto])]
    entries.sort(key=lambda entry: entry.at, reverse=True)  # stable: events of one instant keep their order
    return entries[upto - 1 - most : upto - 1], len(entries) >= upto
