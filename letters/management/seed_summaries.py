"""The summaries of the demonstration's finished letter: two versions of one, one of another, and who is behind them."""

import datetime
from typing import Any

from letters.management.seed_days import Days
from letters.management.seed_journals import Places
from letters.management.stand_in import links_of, there
from letters.models import Letter, Link, Summary, SummaryVersion, Target, User
from letters.summarise import actions, words
from letters.summarise.actions import Brought, Naming

REFUSED, LEFT, SILENT = 6, 8, 10  # places on the list of those who signed
NAMES = ("guideline", "analysis")
REASON = "Our members prescribe by the older threshold; a text that does not name it is not ours."
NOTES = ("Please read it until tomorrow evening.", "It now asks for what the letter asks for.")


def summaries(by: User, letter: Letter, papers: list[Target], places: Places, days: Days) -> list[SummaryVersion]:
    """The versions that can go, one for the page of each paper."""
    naming = [Naming(f"Response to the {name}", places.web, paper) for name, paper in zip(NAMES, papers, strict=True)]
    first = _begun(by, letter, naming[0], "oxygen-guideline-v1.md", days)
    _published(by, first, NOTES[0], days.ago(27, 11))
    for link in _signers(letter)[:3]:
        _approve(link, first, days.ago(27, 14))
    brought = Brought(*days.text("oxygen-guideline-v2.md"))
    actions.add_version(by=by, summary=_fresh(first), brought=brought, now=days.ago(27, 16))
    _published(by, first, NOTES[1], days.ago(27, 17))
    second = _begun(by, letter, naming[1], "oxygen-analysis-v1.md", days)
    _published(by, second, NOTES[0], days.ago(27, 18))
    for place, link in enumerate(_signers(letter)):
        at = days.ago(26, 7 + place)
        for summary in (first, second):
            if place == LEFT:
                words.leave(**_asked(link, summary, at), presence=there(at))
            elif place == REFUSED and summary is first:
                words.refuse(**_asked(link, summary, at), reason=REASON, presence=there(at))
            elif place != SILENT:
                _approve(link, summary, at)
    return [_current(first), _current(second)]


def _begun(by: User, letter: Letter, naming: Naming, name: str, days: Days) -> Summary:
    return actions.begin(by=by, letter=letter, brought=Brought(*days.text(name)), naming=naming, now=days.ago(27))


def _published(by: User, summary: Summary, note: str, at: datetime.datetime) -> None:
    actions.publish(by=by, version=summary.versions.get(circulated_at=None), note=note, now=at)


def _signers(letter: Letter) -> list[Link]:
    signed = letter.invitations.filter(signatures__withdrawn_at=None, signatures__isnull=False).values("pk")
    return [link for link in links_of(letter) if link.invitation_id in {row["pk"] for row in signed}]


def _fresh(summary: Summary) -> Summary:
    return Summary.objects.select_related("current__summary", "letter__current", "letter__owner").get(pk=summary.pk)


def _current(summary: Summary) -> SummaryVersion:
    version = _fresh(summary).current
    assert version is not None
    return version


def _asked(link: Link, summary: Summary, at: datetime.datetime) -> dict[str, Any]:
    version = _current(summary)
    return {"by": link, "summary": summary, "content_hash": version.content_hash, "clock": lambda: at}


def _approve(link: Link, summary: Summary, at: datetime.datetime) -> None:
    words.approve(**_asked(link, summary, at), presence=there(at))
