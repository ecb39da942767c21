"""Sends one submission: claimed before dialling, never repeated by itself once the text was handed over."""

import email.utils

from django.conf import settings
from django.db import transaction

from letters import jobs, lifecycle, mail
from letters.deliver.message import Parcel, message
from letters.models import Document, Job, Sending, Submission, database_now
from letters.models.document import Kind


def parcel_of(row: Submission) -> Parcel:
    """What the message needs, read from the rows."""
    document = row.edition.document
    if document is None:
        raise jobs.GiveUp("The edition is not sealed yet; seal it and send again.")
    address = email.utils.parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return Parcel(
        sender=email.utils.formataddr((row.edition.letter.convener, address)),
        reply_to=row.created_by.email,
        to=email.utils.formataddr((row.journal.name, row.journal.email)),
        subject=row.subject,
        covering_letter=row.covering_letter,
        message_id=row.message_id,
        pdf=document.read(),
        file_name=f"{row.edition.letter.slug}-edition-{row.edition.number}.pdf",
    )


def send_submission(job: Job) -> None:
    """Send the submission of this job once; raises Later only while the text was surely not handed over."""
    row = Submission.objects.select_related("edition__letter", "edition__document", "journal", "created_by").get(
        pk=job.subject
    )
    if row.state != Sending.QUEUED:
        if row.state == Sending.SENDING:  # an earlier run died between claiming and the answer
            _mark(
                row,
                Sending.UNKNOWN,
                "The sending was interrupted; nobody can tell whether the journal has it.",
            )
        return
    parcel = message(parcel_of(row))
    raw = mail.wire(parcel)  # before the claim: what cannot be written was surely not handed over
    if not Submission.objects.filter(pk=row.pk, state=Sending.QUEUED).update(state=Sending.SENDING):
        return
    answer, why = mail.post(parcel)
    if answer is mail.Answer.SENT:
        _sent(row, raw)
    elif answer is mail.Answer.NOT_YET:
        _mark(row, Sending.QUEUED, why)
        raise jobs.Later(why)
    elif answer is mail.Answer.UNKNOWN:
        _mark(row, Sending.UNKNOWN, why)
    else:
        _mark(row, Sending.FAILED, why)


def submission_lost(job: Job, why: str) -> None:
    """The submission of a job that was given up has failed, if it was still to be sent: a person may start it again."""
    Submission.objects.filter(pk=job.subject, state=Sending.QUEUED).update(state=Sending.FAILED, error=why[:500])


def _mark(row: Submission, state: str, error: str) -> None:
    Submission.objects.filter(pk=row.pk, state__in=[Sending.QUEUED, Sending.SENDING]).update(
        state=state, error=error[:500]
    )


@transaction.atomic
def _sent(row: Submission, raw: bytes) -> None:
    now = database_now()
    kept = Document.objects.keep(raw, kind=Kind.MESSAGE, edition=row.edition, now=now)
    Submission.objects.filter(pk=row.pk).update(state=Sending.SENT, error="", sent_at=now, sent_copy=kept)
    lifecycle.mark_delivered(row.edition.letter, now=now, data={"journal": row.journal.name, "message": kept.sha256})
