"""What the pages of the submissions show, read in a number of queries that does not grow; changes nothing."""

import dataclasses
import datetime
import io
import zipfile
from typing import Any

from django.db.models import QuerySet

from letters.behind import behind
from letters.deliver.matter import matter_of, sealed_edition, signers, title_of
from letters.deliver.parcel import names, reply_to
from letters.dispatch import checks
from letters.dispatch.forms import AskForm, DespiteForm, NewForm, PermitForm, WordsForm, journal_choices, text_choices
from letters.dispatch.people_forms import PeopleForm, PersonSet, persons_of
from letters.models import (
    Invitation,
    Journal,
    Letter,
    Permission,
    Sending,
    Submission,
    Summary,
    TeamRole,
    User,
)
from letters.text.pack.contents import COVER, pack
from letters.text.pack.cover import BadCover
from letters.text.pack.lists import interests_text
from letters.text.pack.matter import Matter
from letters.text.pack.web import web_text, words
from letters.text.pack.wording import length

STEPS = ("Preflight", "People", "Permissions", "Covering letter", "Pack")


@dataclasses.dataclass(frozen=True, slots=True)
class Paste:
    """The text for a form, with all its words and those the journal counts, the most it takes (None: not known)."""

    title: str
    text: str
    whole: int
    words: int
    limit: int | None
    said: str
    interests: str


def rows(letter: Letter) -> QuerySet[Submission]:
    """All submissions of the letter, the newest first."""
    found = Submission.objects.filter(edition__letter=letter).order_by("-created_at", "-pk")
    related = ("journal", "edition", "summary__summary", "target", "asked_by", "handed_in_by")
    return found.select_related(*related)


def listing(letter: Letter, user: User) -> dict[str, Any]:
    """The page of all submissions."""
    found = list(rows(letter))
    taken = {row.journal_id for row in found}
    aims = [aim.journal for aim in letter.aims.select_related("journal") if aim.journal_id not in taken]
    return {"rows": found, "open_aims": aims, "sealed": sealed_edition(letter), "alone": not _others(letter, user)}


def new_form(letter: Letter, data: Any = None, initial: Any = None) -> NewForm:
    """The form for a new submission with what can be chosen."""
    edition, aims = sealed_edition(letter), set(letter.aims.values_list("journal", flat=True))
    summaries = Summary.objects.filter(letter=letter).exclude(current=None).select_related("current")
    papers = [("", "No one paper in particular"), *((str(one.pk), str(one)) for one in letter.targets.all())]
    return NewForm(
        data, initial=initial, journals=journal_choices(list(Journal.objects.all()), aims), papers=papers,
        texts=text_choices(letter, edition, list(summaries)),
    )  # fmt: skip


def submission(letter: Letter, row: Submission, user: User, now: datetime.datetime, **bound: Any) -> dict[str, Any]:
    """The page of one submission; `bound` are forms that did not pass."""
    found = checks.checked(row, now)
    societies = nameable(row)
    today = now.astimezone(letter.zone).date()
    shown = {
        "words_form": WordsForm.of(row), "people_form": PeopleForm.of(row, societies),
        "persons": PersonSet(initial=persons_of(row), prefix="person"),
        "despite_form": DespiteForm.of(row), "ask_form": AskForm.of(row),
        "permit_form": PermitForm(choices=found.missing, today=today) if found.missing else None,
    }  # fmt: skip
    stops = found.stops(row)
    return {
        "letter": letter, "row": row, "found": found, "stops": stops, "now": now, "digest": checks.digest(row),
        "editable": row.state in (Sending.PREPARING, Sending.FAILED) and not row.doubtful, "steps": _steps(row, found),
        "paste": paste(row, found), "files": names(row), "reply_to": reply_to(row), "mine": row.asked_by_id == user.pk,
        "permissions": _permissions(row, found), "alone": not _others(letter, user), **shown, **bound,
    }  # fmt: skip


def paste(row: Submission, found: checks.Checked) -> Paste | None:
    """What goes into a form; None while the people do not fit."""
    if found.people is None:
        return None
    matter = matter_of(row)
    count, limit = words(matter), row.journal.venue.rule("words").number
    said, text = length(matter, count).partition(" ")[2], web_text(matter, titled=False).strip()
    return Paste(title_of(row), text, len(text.split()), count, limit, said, interests_text(matter).strip())


def zipped(row: Submission) -> bytes:
    """The pack as a zip file; raises BadPeople, BadCover and whatever else a file cannot be made of."""
    pdf = row.edition.document.read() if row.edition.document else b""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in _pack(matter_of(row), row, pdf).items():
            file.writestr(name, data)
    return buffer.getvalue()


def _pack(matter: Matter, row: Submission, pdf: bytes) -> dict[str, bytes]:
    """The files; once it was asked for, the covering letter is that of the asking, braces in names and all."""
    if not row.words:
        return pack(matter, cover=row.covering_letter, pdf=pdf)
    try:
        return pack(matter, cover=row.words, pdf=pdf)
    except BadCover:
        return {**pack(matter, cover=row.covering_letter, pdf=pdf), f"{COVER}.txt": row.words.encode()}


def nameable(row: Submission) -> list[Invitation]:
    """The societies that can be named: who signed this edition, and with a summary only who is behind it or named."""
    signed = [one.invitation for one in signers(row.edition).values()]
    if row.summary is None:
        return signed
    known = {one.invitation.pk for one in behind(row.summary)}
    known |= {one.invitation_id for one in row.contributors.all() if one.invitation_id}
    return [one for one in signed if one.pk in known]


def _permissions(row: Submission, found: checks.Checked) -> list[Permission]:
    """Those on record that matter here."""
    if not found.elsewhere:
        return []
    given = Permission.objects.filter(letter=row.edition.letter_id, journal__in=[row.journal_id, *found.elsewhere])
    return list(given.select_related("journal", "recorded_by"))


def _others(letter: Letter, user: User) -> bool:
    """Whether somebody else of the team may agree."""
    return letter.coordinators.filter(role=TeamRole.COORDINATOR).exclude(user=user).exists()


def _steps(row: Submission, found: checks.Checked) -> list[tuple[str, str, bool]]:
    """(name, anchor, done) of each step."""
    done = (
        found.preflight.fits or bool(row.despite), not found.people_stops,
        not found.missing or row.asks_permission, bool(found.words and not found.address_stop), not found.people_stops,
    )  # fmt: skip
    return [(name, f"step-{n}", one) for n, (name, one) in enumerate(zip(STEPS, done, strict=True), start=1)]
