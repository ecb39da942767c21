"""The cards of all letters a person coordinates, and the one next step of a letter."""

import dataclasses

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from letters.desk.grid import Line
from letters.models import Invitation, Letter, Signature, State, User

# The pills of societies that may still sign; the others have signed or said that they will not.
WAITING = ("invited", "opened", "earlier", "partly", "draft", "if_changed", "board", "passed")


@dataclasses.dataclass(frozen=True, slots=True)
class Card:
    """One letter on the list."""

    letter: Letter
    signed: int
    societies: int


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """What to do next: a sentence, a button, where it leads; `post` when the button acts."""

    sentence: str
    label: str
    name: str
    post: bool = False


def cards(user: User) -> list[Card]:
    """The letters `user` coordinates with how many societies signed the version on the table (one query).

    A society counts once each of its places is signed.
    """
    live = Signature.objects.live().filter(invitation=OuterRef("pk"), version=OuterRef("letter__current"))
    places = live.order_by().values("invitation").annotate(n=Count("pk")).values("n")
    complete = Invitation.objects.annotate(filled=Coalesce(Subquery(places), 0)).filter(filled__gte=F("slots"))
    rows = Letter.objects.coordinated_by(user).annotate(
        signed=Count("invitations", filter=Q(invitations__in=complete.values("pk")), distinct=True),
        societies=Count("invitations", distinct=True),
    )
    return [Card(row, row.signed, row.societies) for row in rows]  # type: ignore[attr-defined]


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
