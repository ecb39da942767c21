"""What a submission is as a message, read from the rows; the page shows the same values before it goes."""

import email.utils

from django.conf import settings

from letters import jobs
from letters.deliver.matter import matter_of
from letters.deliver.message import File, Parcel
from letters.models import Submission
from letters.text.pack.contents import document
from letters.text.pack.people import BadPeople
from letters.text.pack.web import web_text

PDF, TEXT = "application/pdf", "text/plain"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def parcel_of(row: Submission) -> Parcel:
    """All of the message; raises GiveUp before the seal, and when the journal's rules no longer take these people."""
    if row.edition.document is None:
        raise jobs.GiveUp("The edition is not sealed yet; seal it and send again.")
    address = email.utils.parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return Parcel(
        sender=email.utils.formataddr((row.edition.letter.convener, address)),
        reply_to=reply_to(row),
        to=email.utils.formataddr((row.journal.name, row.to_address)),
        cc=tuple(row.cc),
        subject=row.subject,
        covering_letter=row.words or row.covering_letter,
        message_id=row.message_id,
        files=(*_text(row), File(names(row)[-1], row.edition.document.read(), PDF)),
    )


def reply_to(row: Submission) -> tuple[str, ...]:
    """Who prepared it, who submits it in person, and the address at which this site reads along, where it does."""
    people = {one.casefold(): one for one in (row.created_by.email, row.submitter_email) if one}
    return (*people.values(), *filter(None, [row.reply_address]))


def names(row: Submission) -> list[str]:
    """The names of the files that go along: the sealed letter last, before it a summary in two forms."""
    slug, pdf = row.edition.letter.slug, f"{row.edition.letter.slug}-edition-{row.edition.number}.pdf"
    if row.summary is None:
        return [pdf]
    stem = f"{slug}-summary-{row.summary.summary.number}"
    return [f"{stem}.docx", f"{stem}.txt", pdf]


def _text(row: Submission) -> tuple[File, ...]:
    """A summary as Word file and as plain text; the letter itself goes as its sealed PDF alone."""
    if row.summary is None:
        return ()
    try:
        matter = matter_of(row)
    except BadPeople as error:
        raise jobs.GiveUp(f"{error} Change the people, then ask for it to go again.") from error
    word, plain, _ = names(row)
    return File(word, document(matter), WORD), File(plain, web_text(matter).encode(), TEXT)
