"""The rules of a journal as values: which kinds there are, how each value is written, and when a check is too old."""

import calendar
import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

NUMBER, YES_NO, SPAN, LIST, NAME = "number", "yes or no", "span", "list", "name"
# What a journal may leave out when it counts words; also what preflight can leave out.
PARTS = {
    "title": "the title",
    "headings": "headings",
    "references": "references",
    "signatories": "author details and signatories",
    "declarations": "declarations",
    "tables": "tables",
    "footnotes": "footnotes",
}
DECLARATIONS = {
    "interests": "competing interests",
    "funding": "funding",
    "ai": "use of generative AI",
    "authorship": "a form or statement of each author",
    "exchange": "the exchange with the original authors",
}
# Declarations that go beside the text, so that no text can show them.
BESIDE = frozenset({"authorship", "exchange"})
_SPAN = re.compile(r"(\d{1,4})\s*(working\s+day|day|week|month|year)s?", re.IGNORECASE)
WORKING = "working day"  # Monday to Friday; public holidays differ from place to place and are not known here
WAIT = "Such as 3 working days or 4 weeks. Working days are Monday to Friday."
STYLE = (
    "As the Zotero style repository names it, such as bmj or american-medical-association; it must number references."
)
_MOST = 100_000
_NAME = re.compile(r"[a-z0-9-]{1,100}")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of rule: what people call it, how its value is written, and what may stand in a list."""

    key: str
    label: str
    shape: str
    hint: str = ""
    allowed: Mapping[str, str] = field(default_factory=dict)


KINDS = {
    kind.key: kind
    for kind in (
        Kind("submitted", "Letters can be submitted", YES_NO, "No where editors pick from what was posted elsewhere."),
        Kind("words", "Words at most", NUMBER),
        Kind("excludes", "Not counted as words", LIST, "What the word count leaves out.", PARTS),
        Kind("references", "References at most", NUMBER),
        Kind("style", "Style of references", NAME, STYLE),
        Kind("target_first", "First reference is the paper answered", YES_NO),
        Kind("authors", "Named authors at most", NUMBER),
        Kind("group", "A group may stand as author", YES_NO),
        Kind("window", "Window after publication", SPAN, "Such as 3 weeks or 18 months."),
        Kind("declarations", "Declarations asked for", LIST, "", DECLARATIONS),
        Kind("unpublished", "Only text that is not public yet", YES_NO),
        Kind("article", "What appears is a journal article", YES_NO, "Web responses usually are not."),
        Kind("acknowledges", "Acknowledges a letter within", SPAN, WAIT),
        Kind("posts", "Posts a web response within", SPAN, WAIT),
        Kind("answers", "Decides on a letter within", SPAN, WAIT),
        Kind("complaint_receipt", "Acknowledges a complaint within", SPAN, WAIT),
        Kind("complaint_answer", "Answers a complaint within", SPAN, WAIT),
    )
}


class BadValue(ValueError):
    """A value that does not fit its kind; the message is one sentence that says how to write it."""


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time such as 3 weeks; months and years go by the calendar, working days are Monday to Friday."""

    count: int
    unit: str

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"

    def after(self, start: datetime.date) -> datetime.date:
        """The last day of the span: 3 weeks after the 1st is the 22nd, 1 month after 31 January the end of February.

        A span that would leave the calendar ends on its last day.
        """
        try:
            if self.unit == WORKING:
                return _working_days(start, self.count)
            if self.unit in ("day", "week"):
                return start + datetime.timedelta(days=self.count * (7 if self.unit == "week" else 1))
            months = start.month - 1 + self.count * (12 if self.unit == "year" else 1)
            year, month = start.year + months // 12, months % 12 + 1
            return datetime.date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
        except (OverflowError, ValueError):
            return datetime.date.max


def _working_days(start: datetime.date, count: int) -> datetime.date:
    """The day `count` working days after `start`: 1 after a Friday, a Saturday or a Sunday is the Monday."""
    friday = start - datetime.timedelta(days=max(0, start.weekday() - 4))  # a weekend counts from its Friday
    weeks, rest = divmod(count, 5)
    over = 2 if friday.weekday() + rest > 4 else 0
    return friday + datetime.timedelta(days=7 * weeks + rest + over)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a journal. `value` is canonical text, "" when none is known.

    `silent`: somebody looked, and the journal states none. `hard`: what breaks it is not taken. `checked` is the
    day on which somebody last compared it with `source`.
    """

    kind: str
    value: str = ""
    silent: bool = False
    hard: bool = True
    note: str = ""
    source: str = ""
    checked: datetime.date | None = None

    @property
    def known(self) -> bool:
        """Whether anything can be held against it."""
        return bool(self.value) or self.silent

    @property
    def number(self) -> int | None:
        """The number of a number rule."""
        return int(self.value) if self.value else None

    @property
    def yes(self) -> bool | None:
        """True, False, or None when the journal says nothing or nobody knows."""
        return self.value == "yes" if self.value else None

    @property
    def span(self) -> Span | None:
        """The length of time of a span rule."""
        return read_span(self.value) if self.value else None

    @property
    def items(self) -> tuple[str, ...]:
        """The keys of a list rule."""
        return tuple(self.value.split(", ")) if self.value else ()

    @property
    def said(self) -> str:
        """The value in words: “600”, “references, author details and signatories”, “none stated”, “not known”."""
        if not self.value:
            return "none stated" if self.silent else "not known"
        allowed = KINDS[self.kind].allowed
        if KINDS[self.kind].shape == NUMBER:
            return f"{self.number:,}"
        return ", ".join(allowed[item] for item in self.items) if allowed else self.value

    def stale(self, today: datetime.date, days: int) -> bool:
        """Whether a known rule was last checked more than `days` days ago, or never."""
        return self.known and (self.checked is None or (today - self.checked).days > days)


@dataclass(frozen=True, slots=True)
class Venue:
    """A journal with the rules that are on record, by kind."""

    key: str
    name: str
    rules: Mapping[str, Rule]
    spoken: str = ""

    @property
    def in_sentences(self) -> str:
        """What it is called where it does something."""
        return self.spoken or self.name

    def rule(self, kind: str) -> Rule:
        """The rule of this kind; one that says "not known" when none is on record. Raises KeyError for no kind."""
        return self.rules.get(kind) or Rule(KINDS[kind].key)


def read_span(text: str) -> Span:
    """“3 weeks” as a value; raises BadValue."""
    found = _SPAN.fullmatch(text.strip())
    if found is None or not int(found[1]):
        raise BadValue("Write a length of time, such as 21 days, 3 weeks or 18 months.")
    return Span(int(found[1]), " ".join(found[2].lower().split()))


def canonical(kind: str, text: str) -> str:
    """The value of a rule of this kind as it is stored; "" stays "". Raises BadValue, KeyError for no kind."""
    one, text = KINDS[kind], " ".join(text.split())
    if not text:
        return ""
    if one.shape == SPAN:
        return str(read_span(text))
    if one.shape == NAME:
        if not _NAME.fullmatch(text.lower()):
            raise BadValue("Write the name in small letters with hyphens, such as american-medical-association.")
        return text.lower()
    if one.shape == YES_NO:
        if text.lower() not in ("yes", "no"):
            raise BadValue("Write yes or no.")
        return text.lower()
    if one.shape == NUMBER:
        plain = text.replace(",", "")
        if not (plain.isascii() and plain.isdecimal() and len(plain) < 7 and 0 < int(plain) <= _MOST):
            raise BadValue(f"Write a whole number from 1 to {_MOST:,}.")
        return str(int(plain))
    wanted = {item.strip().lower() for item in text.split(",") if item.strip()}
    if not wanted <= one.allowed.keys():
        raise BadValue(f"Choose among these: {', '.join(one.allowed)}.")
    return ", ".join(item for item in one.allowed if item in wanted)
