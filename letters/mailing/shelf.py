"""The messages of a letter as the outbox lists them, with what to do about each state; a fixed number of queries."""

import dataclasses
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, IntegerField, QuerySet, Value, When

from letters.models import Letter, Mail, MailKind, MailState, Round, RoundState

ON_A_PAGE = 50
# Most urgent first: the name of a state, its pill, and what to do.
STATES = {
    MailState.FAILED: ("Not sent", "failed", "Correct the address on the page of the society, then send again."),
    MailState.BOUNCED: (
        "Came back",
        "failed",
        "The mailbox does not take it. Correct the address, or name somebody else, then send again.",
    ),
    MailState.UNKNOWN: (
        "Cannot tell",
        "unknown",
        "The mail server took the text and did not answer. Ask the officer before you send it again.",
    ),
    MailState.QUEUED: ("Waiting", "invited", "It goes out by itself; a server that does not answer is tried again."),
    MailState.SENT: ("Sent", "signed", "The mail server took it. If it came back to your own mailbox, say so here."),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Group:
    """Messages in one state: how many, and what to do."""

    state: str
    name: str
    pill: str
    todo: str
    count: int


@dataclasses.dataclass(frozen=True, slots=True)
class Shelf:
    """The drafts, the states with their counts, and one page of messages."""

    drafts: list[Round]
    groups: list[Group]
    page: "Page[Any]"
    chosen: str


def _listed(letter: Letter) -> "QuerySet[Mail]":
    """Every message of the letter but codes that arrived."""
    return letter.mails.exclude(kind=MailKind.CODE, state=MailState.SENT)


def shelf(letter: Letter, *, state: str, page: str) -> Shelf:
    """What the outbox shows (four queries); `state` narrows the messages, `page` may be anything."""
    rows = _listed(letter)
    counts = {row["state"]: row["n"] for row in rows.order_by().values("state").annotate(n=Count("pk"))}
    groups = [Group(key, *STATES[key], counts[key]) for key in STATES if counts.get(key)]
    chosen = state if state in counts else ""
    rank = Case(*(When(state=key, then=Value(place)) for place, key in enumerate(STATES)), output_field=IntegerField())
    found = (rows.filter(state=chosen) if chosen else rows).annotate(rank=rank).order_by("rank", "-created_at", "-pk")
    found = found.select_related("link__invitation").defer("text", "html")
    drafts = letter.rounds.filter(state=RoundState.WAITING).select_related("created_by")
    return Shelf(list(drafts), groups, Paginator(found, ON_A_PAGE).get_page(page), chosen)
