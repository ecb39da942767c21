"""Every row the public pages of one letter tell of, read once; nothing in it is private."""

import dataclasses
import functools
import re

from django.db.models import Exists, OuterRef, Prefetch

from letters import behind
from letters.behind import Behind
from letters.models import (
    Claim,
    ClaimAnswer,
    Correspondence,
    Edition,
    Event,
    JournalRule,
    Letter,
    Sending,
    Signature,
    State,
    Submission,
    Target,
    Version,
)
from letters.record import shelf

ADDRESS = re.compile(r"<?[\w.+-]+@[\w-]+(?:\.[\w-]+)+>?")
UNREAD = ("text", "html", "blocks", "check_lines", "remarks")  # of versions that are named, not shown


def without_addresses(words: str) -> str:
    """What somebody else wrote, without the e-mail addresses in it: a release of words is none of those."""
    return ADDRESS.sub("[e-mail address]", words)


@dataclasses.dataclass(frozen=True)
class Rows:
    """The rows of one letter, each group asked for once, when it is first used."""

    letter: Letter

    @functools.cached_property
    def editions(self) -> list[Edition]:
        """Sealed editions, the newest first."""
        return shelf.editions_of(self.letter)

    @property
    def edition(self) -> Edition:
        """The newest sealed edition; raises IndexError where there is none."""
        return self.editions[0]

    @functools.cached_property
    def versions(self) -> list[Version]:
        """Versions that were circulated, the first first; `signed` says whether anybody ever signed it."""
        signed = Signature.objects.filter(version=OuterRef("pk"))
        rows = self.letter.versions.exclude(circulated_at=None).defer(*UNREAD)
        return list(rows.annotate(signed=Exists(signed)).order_by("number"))

    @functools.cached_property
    def targets(self) -> list[Target]:
        """The papers answered, with their dates, the earliest first."""
        return list(self.letter.targets.prefetch_related("dates"))

    @functools.cached_property
    def openings(self) -> list[Event]:
        """The events by which the letter was opened for signature."""
        return list(self.letter.events.filter(kind=State.SIGNING).order_by("seq"))

    @functools.cached_property
    def sent(self) -> list[Submission]:
        """What was sent to journals or handed in by their forms."""
        rows = Submission.objects.filter(edition__letter=self.letter, state=Sending.SENT)
        shown = rows.select_related("journal", "summary__summary", "target", "edition")
        return list(shown.defer("summary__text", "summary__blocks").order_by("sent_at", "pk"))

    @functools.cached_property
    def came(self) -> list[Correspondence]:
        """Correspondence that was released, the oldest first."""
        rows = Correspondence.objects.shown().filter(letter=self.letter)
        return list(rows.select_related("journal", "submission__journal", "submission__summary__summary", "file"))

    @functools.cached_property
    def articles(self) -> dict[int, str]:
        """For each journal concerned what its rule says: “yes”, “no” for web responses, or nothing."""
        journals = {row.journal_id for row in self.sent} | {row.journal_id for row in self.came if row.journal_id}
        rules = JournalRule.objects.filter(kind="article", journal__in=journals)
        return dict(rules.values_list("journal", "value"))

    @functools.cached_property
    def claims(self) -> list[Claim]:
        """The numbered points with what released answers said to them; none where the table is not public."""
        if not self.letter.claims_public:
            return []
        said = ClaimAnswer.objects.filter(correspondence__in=[row.pk for row in self.came])
        said = said.select_related("correspondence").order_by("correspondence__day", "pk")
        rows = Claim.objects.filter(letter=self.letter, removed_at=None).order_by("number")
        return list(rows.prefetch_related(Prefetch("answers", said, to_attr="released")))

    @functools.cached_property
    def behind(self) -> dict[int, list[Behind]]:
        """For each version of a summary that was sent the societies behind it when it went, in printed order."""
        versions = {row.summary.pk: row.summary for row in self.sent if row.summary}
        found = behind.places_of(self.letter, list(versions.values())) if versions else {}
        return {pk: [one for one in places if one.is_behind] for pk, places in found.items()}
