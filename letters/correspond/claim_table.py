"""The table of claims: each with where it stands and what each answer said; also as lines of a file."""

import dataclasses

from django.db.models import Exists, OuterRef, Q

from letters.models import Came, Claim, ClaimAnswer, Correspondence, Finding, Letter, Outcome
from letters.text import points

ANSWERING = (Came.REPLY, Came.DECISION, Came.CORRECTION, Came.RETRACTION, Came.CONCERN)
PILLS = {
    Finding.ACCEPTED: "signed", Finding.PARTLY: "partly", Finding.DISPUTED: "declined", Finding.UNANSWERED: "invited",
}  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Cell:
    """What one entry said to one claim; None while nobody looked."""

    entry: Correspondence
    answer: ClaimAnswer | None

    @property
    def pill(self) -> str:
        """How its pill looks."""
        return PILLS[Finding(self.answer.finding)] if self.answer else ""


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One claim with a cell for each answer; `place` is where the letter makes it."""

    claim: Claim
    place: str
    cells: list[Cell]


def answering(letter: Letter) -> list[Correspondence]:
    """The entries that can answer a claim, by day (one query); a journal that takes the letter answers none."""
    asked = Q(kind__in=ANSWERING) & ~Q(outcome=Outcome.TAKEN)
    answers = asked | Exists(ClaimAnswer.objects.filter(correspondence=OuterRef("pk")))
    rows = letter.correspondence.kept().filter(answers).select_related("journal")
    return list(rows.order_by("day", "pk"))


def standing(letter: Letter) -> list[Claim]:
    """The claims in order, with what was said to each (two queries)."""
    return list(letter.claims.standing().prefetch_related("answers").order_by("number"))


def places(letter: Letter) -> list[tuple[str, str]]:
    """(block id, words) of the text on the table; empty while there is none."""
    return points.places(letter.current.parts) if letter.current else []


def lines(letter: Letter, entries: list[Correspondence]) -> list[Line]:
    """The table."""
    where = dict(places(letter))
    found = []
    for claim in standing(letter):
        said = {answer.correspondence_id: answer for answer in claim.answers.all()}
        found.append(Line(claim, where.get(claim.block, ""), [Cell(one, said.get(one.pk)) for one in entries]))
    return found


def heading(entry: Correspondence) -> str:
    """“Authors’ reply, BMJ rapid response, 10 April 2025”."""
    journal = f", {entry.journal}" if entry.journal else ""
    return f"{entry.get_kind_display()}{journal}, {entry.day.day} {entry.day:%B %Y}"


def as_file(letter: Letter) -> tuple[list[str], list[list[str]]]:
    """The headings and lines of the file: two columns for each answer."""
    entries = answering(letter)
    heads = ["number", "claim", "where in the letter", "evidence", "asked for"]
    for entry in entries:
        heads += [heading(entry), f"{heading(entry)}: words"]
    rows = []
    for line in lines(letter, entries):
        claim = line.claim
        row = [str(claim.number), claim.text, line.place, claim.evidence, claim.remedy]
        for cell in line.cells:
            row += [cell.answer.get_finding_display(), cell.answer.said] if cell.answer else ["", ""]
        rows.append(row)
    return heads, rows
