"""What preflight says of each version of a rehearsed letter, for the journals of the program's own file."""

import dataclasses
import datetime
from collections.abc import Sequence

from django.conf import settings

from letters.fit import signatories
from letters.journals import shipped
from letters.management.refusal import Signon
from letters.models import Letter
from letters.text.doi import BadDoi, normal_doi
from letters.text.finding import STOP, Around
from letters.text.preflight import preflight
from letters.text.venue import Venue

SIGNS = {"ok": "ok  ", "warn": "look", "stop": "STOP", "unknown": "?   "}


@dataclasses.dataclass(frozen=True, slots=True)
class Aims:
    """The journals a rehearsed letter is held against, and the papers it answers."""

    venues: tuple[Venue, ...] = ()
    targets: tuple[str, ...] = ()


def aims(keys: Sequence[str], dois: Sequence[str]) -> Aims:
    """The journals with these keys; raises Signon (exit 2) naming the ones there are."""
    known = shipped.venues() if keys else {}
    for key in keys:
        if key not in known:
            raise Signon(f"“{key}” is no journal’s key; there are: {', '.join(known)}.")
    try:
        return Aims(tuple(known[key] for key in keys), tuple(normal_doi(doi) for doi in dois))
    except BadDoi as error:
        raise Signon(f"--target: {error}") from None


def fit(letter: Letter, wanted: Aims, today: datetime.date) -> tuple[list[str], list[str]]:
    """(all lines, what stands against sending the last version)."""
    lines: list[str] = []
    stops: list[str] = []
    around = Around(today, settings.RULES_STALE_DAYS, signatories(letter), wanted.targets)
    for venue in wanted.venues:
        for version in letter.versions.order_by("number"):
            found = preflight(version.parts, venue, around)
            lines += ["", f"{venue.name}, version {version.number}: {found.verdict}"]
            lines += [f"  {SIGNS[one.state]}  {' '.join([one.said, one.todo]).strip()}" for one in found.findings]
            stops = [one for one in stops if not one.startswith(f"{venue.name}: ")]
            stops += [f"{venue.name}: {one.said} {one.todo}" for one in found.findings if one.state == STOP]
    return lines, stops
