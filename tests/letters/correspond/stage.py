"""Submissions that were sent, mails as journals write them, and what a coordinator records, by the real actions."""

import datetime
import email.message

from letters.correspond import actions, claims
from letters.correspond.actions import Typed
from letters.correspond.files import given
from letters.models import (
    Correspondence,
    Document,
    Edition,
    Journal,
    JournalRule,
    Letter,
    Sending,
    Submission,
    database_now,
)
from letters.models.document import Kind
from tests import factories

BASE = "answers@letters.example"
SENT = datetime.datetime(2025, 3, 18, 9, tzinfo=datetime.UTC)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def journal(name: str = "BMJ rapid response", **rules: str) -> Journal:
    """A journal with these rules, such as posts="1 day"."""
    row, _ = Journal.objects.get_or_create(name=name, defaults={"email": "editor@journal.example"})
    for kind, value in rules.items():
        JournalRule.objects.create(
            journal=row, kind=kind, value=value, source="https://journal.example/rules",
            checked_on=datetime.date(2026, 11, 21),
        )  # fmt: skip
    return row


def sent(letter: Letter, to: Journal, *, at: datetime.datetime = SENT, channel: str = "form") -> Submission:
    """A submission that was handed in there; without a rendered PDF, which nothing here looks at."""
    edition = letter.editions.first() or Edition.objects.get(letter=letter)
    kept = Document.objects.keep(b"what was pasted", kind=Kind.PASTED, edition=edition, now=at)
    return Submission.objects.create(
        edition=edition, journal=to, channel=channel, subject="Our letter", covering_letter="Dear Editor,",
        message_id=f"<{to.key}-{letter.pk}@letters.example>", state=Sending.SENT, sent_at=at, sent_copy=kept,
        created_at=at, created_by=factories.alice(),
    )  # fmt: skip


def mail(
    to: str, *, sender: str = "Editor <editor@journal.example>", subject: str = "Your letter",
    text: str = "We have it.", message_id: str = "<1@journal.example>", files: tuple[tuple[str, bytes], ...] = (),
    **headers: str,
) -> bytes:  # fmt: skip
    """A mail from a journal, as bytes."""
    row = email.message.EmailMessage()
    row["From"], row["To"], row["Subject"], row["Date"] = sender, to, subject, "Wed, 19 Mar 2025 10:00:00 +0000"
    if message_id:
        row["Message-ID"] = message_id
    for name, value in headers.items():
        row[name.replace("_", "-")] = value
    row.set_content(text)
    for name, data in files:
        row.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return row.as_bytes()


def record(letter: Letter, kind: str, day: str, file: tuple[str, bytes] | None = None, **facts) -> Correspondence:
    """Alice puts an entry on record."""
    typed = Typed(kind=kind, day=datetime.date.fromisoformat(day), **facts)
    chosen = given(*file) if file else None
    return actions.record(by=factories.alice(), letter=letter, typed=typed, file=chosen, now=database_now())


def claimed(letter: Letter, *texts: str) -> list:
    """Alice numbers points of the letter."""
    points = [claims.Point(text=text) for text in texts]
    return claims.add(by=factories.alice(), letter=letter, points=points, now=database_now())
