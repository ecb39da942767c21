"""Sends one mail row: codes, invitations and receipts at least once, with one automatic repeat when nobody can tell."""

import email.utils
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

from letters import jobs, mail
from letters.models import Job, Mail, MailKind, MailState, database_now
from letters.models.code import LIFE
from letters.notify.blocks import CODE, LINK, STOP, TYPED
from letters.notify.headers import headers, stop_address
from signon.site import absolute

FORGOTTEN = "The code is not kept."
OVER = (MailState.SENT, MailState.BOUNCED)


def filled(row: Mail, text: str) -> str:
    """`text` with the secrets of this message in their places."""
    if row.link:
        text = text.replace(LINK, absolute(f"/i/{row.link.token}")).replace(TYPED, row.link.typed)
        text = text.replace(STOP, stop_address(row.link))
    if row.code:
        text = text.replace(CODE, row.code.digits)
    return text


def message_of(row: Mail) -> mail.Message:
    """What will be sent, secrets included."""
    return mail.Message(row.subject, filled(row, row.text), filled(row, row.html))


def send_mail(job: Job) -> None:
    """Send the mail of this job unless it was sent; raises Later or GiveUp with the server's words."""
    row = Mail.objects.select_related("link", "code").get(pk=job.subject)
    if row.state in OVER:
        return
    if row.kind in (MailKind.CODE, MailKind.SIGN_IN) and database_now() - row.created_at > LIFE:
        raise jobs.GiveUp("The code ran out before the mail server could be reached.")
    if jobs.interrupted(job):  # perhaps after the text was handed over: what follows is the one repeat
        _unclear(row, jobs.INTERRUPTED)
        row.state = MailState.UNKNOWN
    answer, why = mail.post(_addressed(row))
    if answer is mail.Answer.SENT:
        _mark(row, MailState.SENT, "")
    elif answer is mail.Answer.NOT_YET:
        _mark(row, row.state, why)
        raise jobs.Later(why)
    elif answer is mail.Answer.UNKNOWN:
        _unclear(row, why)
        raise jobs.Later(why)
    else:
        raise jobs.GiveUp(why)


def mail_lost(job: Job, why: str) -> None:
    """The mail of a job that was given up has failed, unless it may have arrived; no digits are left in its row."""
    row = Mail.objects.get(pk=job.subject)
    _mark(row, MailState.UNKNOWN if row.state == MailState.UNKNOWN else MailState.FAILED, why)
    if row.kind == MailKind.SIGN_IN:
        Mail.objects.filter(pk=row.pk).update(text=FORGOTTEN, html="")


def _addressed(row: Mail) -> EmailMessage:
    address = email.utils.parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return mail.envelope(
        message_of(row),
        sender=email.utils.formataddr((f"{settings.SITE_NAME} letters", address)),
        to=email.utils.formataddr((row.to_name, row.to_email)),
        message_id=row.message_id,
        reply_to=row.reply_to,
        headers=headers(row),
    )


def _unclear(row: Mail, why: str) -> None:
    """Nobody can tell whether the mail arrived; raises GiveUp when that was so before: it is repeated once."""
    if row.state == MailState.UNKNOWN:
        raise jobs.GiveUp(why)
    _mark(row, MailState.UNKNOWN, why)


def _mark(row: Mail, state: str, error: str) -> None:
    values: dict[str, Any] = {"state": state, "error": error[:500]}
    if state == MailState.SENT:
        values["sent_at"] = database_now()
        if row.kind == MailKind.SIGN_IN:
            values.update(text=FORGOTTEN, html="")
    # A report that a mail came back may be here before the server's answer to it was written down.
    Mail.objects.filter(pk=row.pk).exclude(state__in=OVER).update(**values)
