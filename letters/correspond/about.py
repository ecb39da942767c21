"""What an entry can belong to, and which waits it can end: the choices of the form, read for one letter."""

import datetime
import zoneinfo
from dataclasses import dataclass, field

from django.db.models import Q

from letters.models import Correspondence, Due, Journal, Letter, Submission
from letters.models.submission import LETTER

NOBODY = ("", "No journal, such as press")


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices for one letter on one day; `met`: the waits the entry has ended."""

    today: datetime.date
    zone: zoneinfo.ZoneInfo
    submissions: dict[str, Submission]
    journals: dict[str, Journal]
    waits: list[tuple[str, str]]
    met: list[str] = field(default_factory=list)

    @property
    def about(self) -> list[tuple[str, str]]:
        """Submissions first, then journals the letter may go to."""
        sent = [(key, named(row)) for key, row in self.submissions.items()]
        return [*sent, *((key, f"{row}, in general") for key, row in self.journals.items()), NOBODY]

    def chosen(self, key: str) -> tuple[Submission | None, Journal | None]:
        """The submission, or the journal alone."""
        return self.submissions.get(key), self.journals.get(key)


def submissions_of(letter: Letter) -> list[Submission]:
    """In the order they were made, with what names them and the rules of their journals (three queries)."""
    rows = Submission.objects.filter(edition__letter=letter).select_related(
        "journal", "edition", "summary__summary", "target"
    )
    rows = rows.prefetch_related("journal__rules", "journal__contacts")
    return list(rows.order_by("created_at", "pk"))


def named(row: Submission) -> str:
    """“BMJ rapid response: the letter (edition 1)”, or the name of the summary with the paper it answers."""
    if row.about == LETTER or row.summary is None:
        return f"{row.journal}: the letter (edition {row.edition.number})"
    paper = f", on {row.target.doi}" if row.target else ""
    return f"{row.journal}: {row.summary.summary.name}{paper}"


def choices(letter: Letter, now: datetime.datetime, entry: Correspondence | None = None) -> Choices:
    """What can be chosen for an entry of this letter (six queries)."""
    submissions = {f"s{row.pk}": row for row in submissions_of(letter)}
    went = {row.journal_id: row.journal for row in submissions.values()}
    aims = {aim.journal_id: aim.journal for aim in letter.aims.select_related("journal")}
    others = Q(pk__in=[entry.journal_id]) if entry and entry.journal_id else Q(pk__in=[])
    more = {row.pk: row for row in Journal.objects.filter(others)}
    journals = {f"j{pk}": row for pk, row in {**went, **aims, **more}.items()}
    dues = letter.dues.filter(Q(ended_at=None) | Q(met_by=entry) if entry else Q(ended_at=None))
    rows = list(dues.select_related("submission__journal"))
    met = [str(due.pk) for due in rows if due.ended_at is not None]
    today = now.astimezone(letter.zone).date()
    return Choices(today, letter.zone, submissions, journals, [(str(due.pk), waited(due)) for due in rows], met)


def waited(due: Due) -> str:
    """“Acknowledgement, BMJ rapid response, due 3 April 2025”."""
    what = due.what or due.get_step_display()
    journal = f", {due.submission.journal}" if due.submission else ""
    return f"{what}{journal}, due {due.on.day} {due.on:%B %Y}"
