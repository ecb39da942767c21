"""Reads what preflight must know of a letter and its journals, and runs it; the pages that show it are others'."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from letters.models import (
    BEFORE_SENDING,
    Journal,
    Letter,
    Permission,
    Response,
    Sending,
    Signature,
    State,
    Submission,
    Target,
    Version,
)
from letters.models.letter import BEFORE_CLOSE
from letters.text.blocks import Block
from letters.text.finding import Allowed, Around, Finding, Preflight
from letters.text.preflight import preflight
from letters.text.venue import Rule, Venue
from letters.text.windows import Start, window


@dataclass(frozen=True, slots=True)
class Looked:
    """One journal with what preflight found; `aimed`: the letter may go there."""

    journal: Journal
    found: Preflight
    aimed: bool
    venue: Venue

    @property
    def lines(self) -> list[tuple[Finding, Rule | None]]:
        """Each finding with the rule it was held against."""
        return [(one, self.venue.rule(one.kind) if one.kind else None) for one in self.found.findings]


def starts(target: Target) -> list[Start]:
    """The dates of a target as values; its dates must be prefetched or cost a query."""
    return [Start(date.kind, date.day, date.exact, date.confirmed_at is not None) for date in target.dates.all()]


def looked_at(
    letter: Letter, blocks: Sequence[Block], journals: Sequence[Journal], now: datetime.datetime, *,
    names: tuple[str, ...] | None = None, paper: int | None = None,
) -> list[Looked]:  # fmt: skip
    """Preflight of one text for each journal, those the letter may go to first; rules must be prefetched.

    `names` stand under the text where they are not those of the letter; `paper` is the one target it answers.
    Five queries, however many journals there are, and one more once it went somewhere.
    """
    aims = set(letter.aims.values_list("journal", flat=True))
    targets = [one for one in letter.targets.prefetch_related("dates") if paper in (None, one.pk)]
    days = [starts(target) for target in targets]
    went = dict(_went(letter))
    allowed = _allowed(letter) if went else ()
    today, names = now.astimezone(letter.zone).date(), signatories(letter) if names is None else names
    since = letter.published_at.astimezone(letter.zone) if letter.published_at else None
    public = f"on this site since {since.day} {since:%B %Y}" if since and letter.state == State.PUBLISHED else ""
    found = []
    for journal in journals:
        venue = journal.venue
        span = venue.rule("window").span
        ends = [window(span, one).counts for one in days] if span else []
        end = min((one for one in ends if one), key=lambda one: one.day, default=None)
        around = Around(
            today=today, stale_days=settings.RULES_STALE_DAYS, signatories=names,
            targets=tuple(target.doi for target in targets), public=public,
            elsewhere=tuple(name for pk, name in went.items() if pk != journal.pk), allowed=allowed,
            ends=end.day if end else None, confirmed=bool(end and end.start.confirmed),
        )  # fmt: skip
        found.append(Looked(journal, preflight(blocks, venue, around), journal.pk in aims, venue))
    return sorted(found, key=lambda one: (not one.aimed, one.journal.name))


def signatories(letter: Letter) -> tuple[str, ...]:
    """The names that will stand under the letter: who signed, or before the close who is asked and has not declined."""
    if letter.state not in BEFORE_CLOSE and letter.current is not None:
        signed = Signature.objects.filter(version=letter.current).live().in_printed_order()
        return tuple(dict.fromkeys(signed.values_list("society_name", flat=True)))
    asked = letter.invitations.exclude(response__in=[Response.DECLINED, Response.OWN]).select_related("society")
    return tuple(invitation.society.as_printed for invitation in asked)


def _went(letter: Letter) -> list[tuple[int, str]]:
    rows = Submission.objects.filter(edition__letter=letter).exclude(state__in=[*BEFORE_SENDING, Sending.FAILED])
    return list(rows.order_by("created_at").values_list("journal", "journal__name"))


def _allowed(letter: Letter) -> tuple[Allowed, ...]:
    """The editors' permissions that are on record."""
    rows = Permission.objects.filter(letter=letter).select_related("journal", "recorded_by")
    return tuple(
        Allowed(row.journal.name, row.editor, row.given_on, str(row.recorded_by),
                row.recorded_at.astimezone(letter.zone).date())
        for row in rows
    )  # fmt: skip


def journals() -> list[Journal]:
    """All journals with their rules."""
    return list(Journal.objects.prefetch_related("rules"))


def versions(letter: Letter) -> list[Version]:
    """The versions that can be looked at, the newest first, also one that is not published yet."""
    return list(letter.versions.defer("html", "text").order_by("-number"))
