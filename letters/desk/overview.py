"""The cards of all letters a person coordinates, and the one next step of a letter."""

import dataclasses
import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from letters.desk.attention import counted, some
from letters.desk.grid import LOST, Line
from letters.models import Call, Invitation, Letter, Signature, State, User

# The pills of societies that may still sign; the others have signed or said that they will not.
WAITING = ("invited", "opened", "earlier", "partly", "draft", "if_changed", "board", "passed")


@dataclasses.dataclass(frozen=True, slots=True)
class Card:
    """One letter on the list."""

    letter: Letter
    signed: int
    societies: int
    waits: tuple[str, ...] = ()  # what waits for the coordinator, counted without reading the societies


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """What to do next: a sentence, a button, where it leads; `post` when the button acts."""

    sentence: str
    label: str
    name: str
    post: bool = False


def cards(user: User, now: datetime.datetime) -> list[Card]:
    """The letters `user` coordinates with how many societies signed the version on the table (one query).

    A society counts once each of its places is signed.
    """
    of_letter = Q(invitation__letter=OuterRef("pk"))
    live = Signature.objects.live().filter(invitation=OuterRef("pk"), version=OuterRef("letter__current"))
    places = live.order_by().values("invitation").annotate(n=Count("pk")).values("n")
    complete = Invitation.objects.annotate(filled=Coalesce(Subquery(places), 0)).filter(filled__gte=F("slots"))
    rows = Letter.objects.coordinated_by(user).annotate(
        signed=Count("invitations", filter=Q(invitations__in=complete.values("pk")), distinct=True),
        societies=Count("invitations", distinct=True),
        follow_up=Subquery(Call.objects.open().filter(of_letter).order_by("follow_up_on").values("follow_up_on")[:1]),
        **counted(),
    )
    return [Card(row, row.signed, row.societies, tuple(_waits(row, now))) for row in rows]  # type: ignore[attr-defined]


def _waits(row: Any, now: datetime.datetime) -> Iterable[str]:
    if row.follow_up and row.follow_up <= now.astimezone(row.zone).date():
        yield "a follow-up is due"
    lost = sum(getattr(row, state) for state in LOST)
    if lost:
        yield f"{lost} {some(lost, 'mail', 'mails')} did not surely arrive"
    if row.unanswered:
        yield f"{row.unanswered} {some(row.unanswered, 'comment', 'comments')} to answer"
    if row.waiting:
        yield f"{row.waiting} {some(row.waiting, 'submission', 'submissions')} for a second person to read"
    if row.unsorted:
        yield f"{row.unsorted} {some(row.unsorted, 'message', 'messages')} from a journal to sort"
    if row.overdue:
        yield f"{row.overdue} {some(row.overdue, 'answer', 'answers')} overdue"
    if row.dead or row.unclear:
        yield "work that did not end well"


def next_step(letter: Letter, grid: list[Line]) -> Step | None:
    """The one thing the coordinator does next, from the state and what is there."""
    if letter.state == State.DRAFT:
        return Step("The text is imported but not published.", "Check and publish the text", "draft:text")
    if letter.state == State.REVIEW and letter.deadline is None:
        return Step("The letter has no deadline yet.", "Set the deadline", "draft:terms")
    if letter.state == State.REVIEW and not grid:
        return Step("No societies yet.", "Import a list of societies", "coordinate:import_list")
    if letter.state == State.REVIEW:
        label = f"Open for signature and invite {len(grid)} societies"
        return Step("Text, deadline and societies are ready.", label, "coordinate:invite", post=True)
    if letter.state == State.SIGNING and not any(line.pill in WAITING for line in grid):
        return Step("Every society has answered.", "Close, seal and send", "submit:deliver")
    if letter.state in (State.CLOSED, State.SEALED, State.DELIVERED):
        return Step(f"The letter is {letter.get_state_display().lower()}.", "Go on to the next step", "submit:deliver")
    return None
