"""The clock after sending, as values: what is waited for, by when and by which standard, and what ends the wait."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from letters.text.venue import KINDS, Span, Venue

SOON = datetime.timedelta(days=3)
OVER, NEAR, AHEAD = "over", "soon", "waiting"  # where a due date stands

# The rule of a journal that says how long each step may take.
RULES = {
    "acknowledgement": "acknowledges",
    "posting": "posts",
    "answer": "answers",
    "receipt": "complaint_receipt",
    "complaint": "complaint_answer",
}
AFTER_SENDING = ("acknowledgement", "posting", "answer")  # steps that begin when a submission was sent
AFTER_COMPLAINT = ("receipt", "complaint")
# What each kind of entry ends. Whoever asks, replies or decides has the letter, so it is acknowledged as well; authors
# reply to what they can read, so it was posted.
ENDS: Mapping[str, frozenset[str]] = {
    "acknowledgement": frozenset({"acknowledgement", "receipt"}),
    "query": frozenset({"acknowledgement", "receipt"}),
    "reply": frozenset({"acknowledgement", "posting", "reply"}),
    "decision": frozenset({"acknowledgement", "answer", "receipt", "complaint"}),
    "publication": frozenset({"acknowledgement", "posting", "answer"}),
    "correction": frozenset({"acknowledgement", "answer", "receipt", "complaint"}),
    "retraction": frozenset({"acknowledgement", "answer", "receipt", "complaint"}),
    "concern": frozenset({"acknowledgement", "answer", "receipt", "complaint"}),
}
_MOST = 300


@dataclass(frozen=True, slots=True)
class Standard:
    """Whose rule a due date comes from, in words, and the address where it stands; `span` None where none is known."""

    span: Span | None
    words: str = ""
    source: str = ""

    def due(self, since: datetime.date) -> datetime.date | None:
        """The last day, counted from `since`; None while no time is known."""
        return self.span.after(since) if self.span else None


COPE_UPDATES = Standard(
    Span(4, "week"), "COPE tells who brought a case how it stands every 4 weeks",
    "https://publicationethics.org/facilitation-and-integrity-subcommittee",
)  # fmt: skip


def standard(venue: Venue, step: str) -> Standard:
    """What the rules of the journal say about a step; without a span where nobody knows, or the journal states none."""
    if step == "cope":
        return COPE_UPDATES
    if step not in RULES:
        return Standard(None)
    rule = venue.rule(RULES[step])
    if rule.span is None:
        return Standard(None, f"{venue.name} states no time." if rule.silent else "", rule.source)
    label = KINDS[rule.kind].label
    words = f"{venue.name}: {label[:1].lower()}{label[1:]} {rule.said}"
    if not rule.hard:
        words += ", as its aim"
    return Standard(rule.span, f"{words}. {rule.note}"[:_MOST].strip() if rule.note else words[:_MOST], rule.source)


def steps_of(venue: Venue, channel: str) -> tuple[str, ...]:
    """What is waited for once a text was sent there: that a web response is posted only where responses are posted."""
    posts = venue.rule("posts").known or (channel == "form" and venue.rule("article").yes is False)
    return tuple(step for step in AFTER_SENDING if step != "posting" or posts)


def ended_by(kind: str, day: datetime.date, step: str, since: datetime.date) -> bool:
    """Whether an entry of this kind, which bears `day`, ends a wait for `step` that began on `since`."""
    return step in ENDS.get(kind, frozenset()) and day >= since


def stands(on: datetime.date, today: datetime.date) -> str:
    """OVER once the day is past, NEAR up to three days before, else AHEAD."""
    if on < today:
        return OVER
    return NEAR if on - today <= SOON else AHEAD


def left(on: datetime.date, today: datetime.date) -> str:
    """“5 days over”, “today”, “tomorrow”, “in 12 days”."""
    days = (on - today).days
    if days < 0:
        return f"{-days} {'day' if days == -1 else 'days'} over"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
