"""What the pages of summaries show, read from the rows; it changes nothing."""

import dataclasses
import datetime
import re
from typing import Any

from django.db.models import Q

from letters import behind, fit
from letters.behind import Behind, Standing
from letters.models import (
    Delegation,
    Invitation,
    Journal,
    Letter,
    Link,
    Submission,
    Summary,
    SummaryApproval,
    SummaryVersion,
)
from letters.notify import summaries as notices
from letters.text.diff import Redline, redline


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One summary on the list: what is up for approval and how it stands, and what waits to be published."""

    summary: Summary
    standing: Standing | None
    waiting: int | None


def lines(letter: Letter) -> list[Line]:
    """All summaries of the letter, in as many queries for thirty as for three."""
    rows = list(letter.summaries.select_related("current", "journal", "target").order_by("number"))
    counted = behind.standings(letter, [row.current for row in rows if row.current])
    drafts = SummaryVersion.objects.filter(summary__in=rows, circulated_at=None)
    waiting = dict(drafts.values_list("summary", "number"))
    return [
        Line(row, counted.get(row.current.pk) if row.current else None, waiting.get(row.pk)) for row in rows
    ]  # fmt: skip


def delegations(letter: Letter) -> list[Delegation]:
    """Those that hold, in printed order."""
    live = Delegation.objects.filter(invitation__letter=letter, ended_at=None)
    return list(live.select_related("invitation__society", "to__society", "officer").order_by("invitation__position"))


def signed(letter: Letter) -> list[Invitation]:
    """The societies under the letter, in printed order."""
    return [one.invitation for one in behind.printed(letter) if one.withdrawn_at is None]


def detail(summary: Summary, now: datetime.datetime) -> dict[str, Any]:
    """All a coordinator's page of one summary shows besides its forms."""
    versions = list(summary.versions.order_by("-number"))
    current = summary.current
    waiting = next((one for one in versions if one.circulated_at is None), None)
    rows = behind.places(current) if current else []
    text, names = waiting or current, [str(row.invitation.society) for row in rows if row.is_behind]
    return {
        "versions": [one for one in versions if one.circulated_at], "waiting": waiting, "current": current,
        "changes": redline(current.parts, waiting.parts) if waiting and current else None,
        "places": rows, "standing": behind.count(rows),
        "looked": looked(summary, text, names, now) if text else [],
        "sent": submissions(versions), "remindable": remindable(current, rows, now),
    }  # fmt: skip


def looked(summary: Summary, text: SummaryVersion, names: list[str], now: datetime.datetime) -> list[fit.Looked]:
    """Preflight for the journal it is meant for, then for those the letter may go to; `names` will stand under it."""
    letter = summary.letter
    wanted = Q(pk=summary.journal_id) | Q(pk__in=letter.aims.values("journal"))
    journals = list(Journal.objects.filter(wanted).prefetch_related("rules"))
    found = fit.looked_at(letter, text.parts, journals, now, names=tuple(names) or None)
    return sorted(found, key=lambda one: one.journal.pk != summary.journal_id)


def submissions(versions: list[SummaryVersion]) -> list[Submission]:
    """Where versions of it went, or are on their way to."""
    rows = Submission.objects.filter(summary__in=versions).exclude(state__in=behind.NOT_SENT)
    return list(rows.select_related("journal", "summary").order_by("created_at"))


def remindable(version: SummaryVersion | None, rows: list[Behind], now: datetime.datetime) -> int:
    """How many officers a reminder would go to now."""
    silent = [row.invitation.pk for row in rows if row.how == behind.How.SILENT]
    return len(notices.to_remind(version, silent, now=now)) if version and silent else 0


@dataclasses.dataclass(frozen=True, slots=True)
class Page:
    """What an officer sees of one summary: the society's standing, all others counted, and what changed."""

    summary: Summary
    version: SummaryVersion
    mine: Behind | None  # None: the society does not stand under the letter
    standing: Standing
    lead: Invitation | None
    before: SummaryVersion | None
    gone: bool

    @property
    def changes(self) -> Redline | None:
        """The redline since the version the society knows."""
        return redline(self.before.parts, self.version.parts) if self.before else None

    @property
    def left_to(self) -> Invitation | None:
        """To whom the society leaves summaries."""
        return self.mine.delegation.to if self.mine and self.mine.delegation else None

    @property
    def said(self) -> bool:
        """Whether the society itself said something of this version."""
        return bool(self.mine and self.mine.word)


def page(link: Link, summary: Summary, version: SummaryVersion) -> Page:
    """The page of the version of a summary that is up for approval."""
    rows = behind.places(version)
    mine = next((row for row in rows if row.invitation.pk == link.invitation_id), None)
    lead = next((row.invitation for row in rows if row.invitation.lead and row is not mine), None)
    gone = bool(behind.went_out([version]))
    return Page(summary, version, mine, behind.count(rows), lead, _known(link, version), gone)


def _known(link: Link, version: SummaryVersion) -> SummaryVersion | None:
    """The earlier version the society last spoke of, else the one before."""
    older = version.summary.versions.exclude(circulated_at=None).filter(number__lt=version.number)
    words = SummaryApproval.objects.filter(invitation=link.invitation, version__in=older)
    word = words.select_related("version").order_by("-approved_at").first()
    return word.version if word else older.order_by("number").last()


def beside(html: str, address: str) -> str:
    """The letter's text to stand on a page with another one: no anchors of its own, links lead to its own page."""
    return re.sub(r'href="#', f'href="{address}#', re.sub(r' id="[^"]*"', "", html))
