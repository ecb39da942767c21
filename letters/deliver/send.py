"""Sends one submission: claimed before dialling, never repeated by itself once the text was handed over."""

import datetime

from django.db import transaction

from letters import jobs, lifecycle, mail
from letters.deliver.matter import RELATED
from letters.deliver.message import message
from letters.deliver.parcel import parcel_of
from letters.models import Document, Job, Sending, Submission, database_now
from letters.models.document import Kind


def send_submission(job: Job, clock: jobs.Clock = database_now) -> None:
    """Send the submission of this job once; raises Later only while the text was surely not handed over."""
    row = Submission.objects.select_related(*RELATED).get(pk=job.subject)
    if row.state != Sending.QUEUED:
        if row.state == Sending.SENDING:  # an earlier run died between claiming and the answer
            _mark(
                row,
                Sending.UNKNOWN,
                "The sending was interrupted; nobody can tell whether the journal has it.",
                doubtful=True,
            )
        return
    if not row.by_mail:  # handed in by a person
        return
    if row.goes_at and row.goes_at > clock():
        raise jobs.Later("Its hour has not come.")
    parcel = message(parcel_of(row))
    raw = mail.wire(parcel)  # before the claim: what cannot be written was surely not handed over
    kept = Document.objects.keep(raw, kind=Kind.MESSAGE, edition=row.edition, now=clock())
    # Stopped, changed and asked for anew meanwhile, it would go at another hour: these bytes must not go then.
    mine = Submission.objects.filter(pk=row.pk, state=Sending.QUEUED, goes_at=row.goes_at)
    if not mine.update(state=Sending.SENDING, sent_copy=kept):
        return
    answer, why = mail.post(parcel)
    if answer is mail.Answer.SENT:
        _sent(row, kept, clock())
    elif answer is mail.Answer.NOT_YET:
        _mark(row, Sending.QUEUED, why)
        raise jobs.Later(why)
    elif answer is mail.Answer.UNKNOWN:
        _mark(row, Sending.UNKNOWN, why, doubtful=True)
    else:
        _mark(row, Sending.FAILED, why)


def submission_lost(job: Job, why: str) -> None:
    """The submission of a job that was given up has failed, if it was still to be sent: a person may start it again."""
    Submission.objects.filter(pk=job.subject, state=Sending.QUEUED).update(state=Sending.FAILED, error=why[:500])


def _mark(row: Submission, state: str, error: str, **more: bool) -> None:
    Submission.objects.filter(pk=row.pk, state__in=[Sending.QUEUED, Sending.SENDING]).update(
        state=state, error=error[:500], **more
    )


@transaction.atomic
def _sent(row: Submission, kept: Document, now: datetime.datetime) -> None:
    lifecycle.locked(row.edition.letter)  # first, as everybody does who changes a submission
    Submission.objects.filter(pk=row.pk).update(state=Sending.SENT, error="", sent_at=now, sent_copy=kept)
    lifecycle.mark_delivered(row.edition.letter, now=now, data=facts(row, kept))


def facts(row: Submission, kept: Document) -> dict[str, str]:
    """What the record says of what went."""
    text = {"summary": str(row.summary.summary)} if row.summary else {}
    return {"journal": row.journal.name, "message": kept.sha256, **text}
