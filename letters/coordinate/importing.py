"""The verbs of a list that came in: keep it, say what its columns mean, decide about rows, throw it away."""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction

from letters.lifecycle import NotNow
from letters.lists.intake import intake
from letters.lists.listing import read_lines, table_in
from letters.models import Arrival, ArrivalState, KnownHeadings, Letter, User
from letters.models.letter import BEFORE_CLOSE, PAST_SEAL

PASTED = "The pasted rows"


@dataclasses.dataclass(frozen=True, slots=True)
class Came:
    """What a form brought: a file with its name, or the letter whose group is asked again."""

    name: str
    content: bytes = b""
    earlier: Letter | None = None


def receive(*, by: User, letter: Letter, came: Came, now: datetime.datetime) -> Arrival:
    """Keep the list until it is imported or thrown away; raises BadList for what cannot be read, NotNow too late."""
    if letter.state not in (*BEFORE_CLOSE, *PAST_SEAL):
        raise NotNow(f"The letter is “{letter.get_state_display()}”; no society can be added.")
    if came.earlier is None:
        table_in(read_lines(came.content, name=came.name), name=came.name)
    return Arrival.objects.create(
        letter=letter, by=by, name=came.name[:255], content=came.content, earlier=came.earlier, created_at=now
    )


@transaction.atomic
def set_columns(*, by: User, arrival: Arrival, columns: Sequence[str], encoding: str = "", sheet: str = "") -> Arrival:
    """Write down what the columns hold, and remember it for this header line; another sheet is asked about anew."""
    row = _open(arrival)
    same = (encoding, sheet) == (row.encoding, row.sheet)
    row.encoding, row.sheet, row.columns = encoding, sheet, list(columns) if same else None
    row.decisions, row.addresses = {}, {}
    row.save(update_fields=["encoding", "sheet", "columns", "decisions", "addresses"])
    if same:
        fingerprint = intake(row).sheet.fingerprint
        KnownHeadings.objects.update_or_create(by=by, fingerprint=fingerprint, defaults={"columns": list(columns)})
    return row


@transaction.atomic
def decide(*, by: User, arrival: Arrival, societies: Mapping[int, str], addresses: Mapping[int, str]) -> Arrival:
    """Add what a person said of rows to what was said before; an empty word takes an answer back."""
    row = _open(arrival)
    for said, words in ((row.decisions, societies), (row.addresses, addresses)):
        for number, word in words.items():
            said.pop(str(number), None)
            if word:
                said[str(number)] = word
    row.by = by
    row.save(update_fields=["decisions", "addresses", "by"])
    return row


def drop(*, by: User, arrival: Arrival) -> None:
    """Throw the list away; what was imported from it stays."""
    Arrival.objects.filter(pk=arrival.pk).exclude(state=ArrivalState.WRITING).delete()


def _open(arrival: Arrival) -> Arrival:
    row = Arrival.objects.select_for_update().filter(pk=arrival.pk, state=ArrivalState.OPEN).first()
    if row is None:
        raise NotNow("This list was imported already, or is being imported now.")
    return row
