"""What a look at a text says: one finding per thing, and what is true around the text; the looking is preflight's."""

import datetime
from dataclasses import dataclass, field

from letters.text.venue import KINDS, Rule, Venue

OK, WARN, STOP, UNKNOWN = "ok", "warn", "stop", "unknown"


@dataclass(frozen=True, slots=True)
class Allowed:
    """An editor's permission, on record: for which journal, given by whom on which day, recorded by whom and when."""

    journal: str
    editor: str
    given_on: datetime.date
    recorded_by: str
    recorded_on: datetime.date


@dataclass(frozen=True, slots=True)
class Around:
    """What is true around the text. `signatories` are the names that will stand under it, `targets` the DOIs answered.

    `public` says where the text can be read already, "" nowhere; `elsewhere` are other journals it was sent to,
    `allowed` what their editors permitted of that.
    `ends` is the last day of the journal's window, None when no date is known; `confirmed`: the day it is counted
    from was confirmed.
    """

    today: datetime.date
    stale_days: int = 180
    signatories: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    public: str = ""
    elsewhere: tuple[str, ...] = ()
    allowed: tuple[Allowed, ...] = ()
    ends: datetime.date | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `state` is ok, warn, stop or unknown; `todo` says what to do, "" only when ok.

    `kind` is the kind of rule it was held against, "" for what no journal takes.
    """

    state: str
    kind: str
    said: str
    todo: str = ""


@dataclass(frozen=True, slots=True)
class Preflight:
    """All findings of one text for one journal."""

    findings: tuple[Finding, ...] = field(default=())

    def count(self, state: str) -> int:
        """How many findings have this state."""
        return sum(finding.state == state for finding in self.findings)

    @property
    def fits(self) -> bool:
        """Whether nothing stands against sending it, as far as the rules are known."""
        return not self.count(STOP)

    @property
    def sure(self) -> bool:
        """Whether it fits, and every rule it was held against is known and was checked lately."""
        return not any(self.count(state) for state in (STOP, WARN, UNKNOWN))

    @property
    def verdict(self) -> str:
        """“2 to mend first, 1 to look at, 3 not known”."""
        said = [(STOP, "to mend first"), (WARN, "to look at"), (UNKNOWN, "not known")]
        parts = [f"{self.count(state)} {words}" for state, words in said if self.count(state)]
        return ", ".join(parts) or "Everything fits"


def unknown(venue: Venue, kind: str) -> Finding:
    """A rule nobody entered yet."""
    label = KINDS[kind].label
    return Finding(UNKNOWN, kind, f"“{label}” is not known.", f"Read the page of {venue.name}, then enter it.")


def bound(rule: Rule) -> str:
    """The state of what breaks this rule."""
    return STOP if rule.hard else WARN
