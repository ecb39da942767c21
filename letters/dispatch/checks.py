"""What stands against sending one submission, each as a sentence that says what to do; it changes nothing."""

import dataclasses
import datetime
import hashlib
import json

from django.db.models import Prefetch

from letters import fit
from letters.behind import behind
from letters.deliver.matter import RELATED, blocks_of, elsewhere, matter_of, people_of, unpermitted
from letters.models import Contributor, Journal, Part, Submission
from letters.text.finding import Finding, Preflight
from letters.text.pack.cover import BadCover, covering_letter
from letters.text.pack.people import BadPeople, People, for_venue
from letters.text.summary import listed
from letters.text.venue import Rule

# Who stands under a submission is checked with its people, not with the names under the letter.
OF_PEOPLE = ("authors", "group")
STANDS = (Part.AUTHOR, Part.BEHALF)


@dataclasses.dataclass(frozen=True, slots=True)
class Checked:
    """Everything that was looked at. `people` are None where they do not fit; `words` is the covering letter."""

    journal: Journal
    preflight: Preflight
    lines: list[tuple[Finding, Rule | None]]
    people: People | None
    people_stops: list[str]
    missing: dict[int, str]  # journals whose editor's permission is not on record
    elsewhere: dict[int, str]
    words: str
    cover_stop: str
    address_stop: str

    def stops(self, row: Submission) -> list[str]:
        """What must be mended before it goes, in the order of the page."""
        found = []
        if not self.preflight.fits and not row.despite:
            found.append(
                "Preflight says that the journal will not take it. Mend that, or say why it goes all the same."
            )
        found += self.people_stops
        if self.missing and not row.asks_permission:
            names = listed(list(self.missing.values()))
            found.append(f"It goes to more than one journal, and no permission is on record from {names}.")
        return found + list(filter(None, [self.cover_stop, self.address_stop]))


def fresh(pk: int) -> Submission:
    """The submission with all that is asked of it below."""
    people = Prefetch("contributors", Contributor.objects.select_related("invitation__society"))
    rows = Submission.objects.select_related(*RELATED)
    return rows.prefetch_related(people, "journal__rules", "journal__contacts").get(pk=pk)


def checked(row: Submission, now: datetime.datetime) -> Checked:
    """Look at everything; `row` comes from fresh()."""
    letter, journal = row.edition.letter, row.journal
    people, people_stops = _people(row)
    names = people.societies if people else tuple(str(one) for one in row.contributors.all() if one.part in STANDS)
    (looked,) = fit.looked_at(letter, blocks_of(row), [journal], now, names=names, paper=row.target_id)
    findings = tuple(one for one in looked.found.findings if one.kind not in OF_PEOPLE)
    preflight, others = Preflight(findings), dict(elsewhere(row))
    words, cover_stop = _words(row) if people else ("", "")
    return Checked(
        journal, preflight, [line for line in looked.lines if line[0].kind not in OF_PEOPLE], people, people_stops,
        unpermitted(row, others), others, words, cover_stop, _address(row),
    )  # fmt: skip


def digest(row: Submission) -> str:
    """Names exactly what goes, so that a second person agrees to this and to nothing else."""
    people = [
        [one.position, one.part, one.invitation_id, one.given_names, one.family_name, one.affiliation, one.email,
         one.orcid]
        for one in row.contributors.all()
    ]  # fmt: skip
    said = [
        row.edition_id, row.journal_id, row.summary_id, row.target_id, row.channel, row.to_address, row.cc, row.subject,
        row.words, row.submitter_name, row.submitter_email, row.despite, row.asks_permission, people,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:20]


def _people(row: Submission) -> tuple[People | None, list[str]]:
    if not row.submitter_name or not row.submitter_email:
        return None, ["Name the one person who submits, with an e-mail address."]
    try:
        people = for_venue(people_of(row), row.journal.venue)
    except BadPeople as error:
        return None, [str(error)]
    return people, list(_not_behind(row))


def _not_behind(row: Submission) -> list[str]:
    """Who stands under a summary without having approved it."""
    if row.summary is None:
        return []
    known = {one.invitation.pk for one in behind(row.summary)}
    if not known:
        return ["No society has approved this version of the summary yet, so it cannot go in anybody’s name."]
    named = [one for one in row.contributors.all() if one.invitation_id and one.part in STANDS]
    others = [str(one) for one in named if one.invitation_id not in known]
    if not others:
        return []
    have = "has" if len(others) == 1 else "have"
    return [f"{listed(others)} {have} not approved this summary: take them out of the people, or ask them."]


def _words(row: Submission) -> tuple[str, str]:
    try:
        return covering_letter(matter_of(row), row.covering_letter), ""
    except (BadCover, BadPeople) as error:
        return "", str(error)


def _address(row: Submission) -> str:
    if row.by_mail and not row.to_address:
        return f"Say to which e-mail address of {row.journal} it goes."
    return ""
