"""The verbs of a letter's mail."""

import datetime

from django.db import transaction

from letters import jobs
from letters.lifecycle import NotNow
from letters.models import Mail, MailState, User


@transaction.atomic
def send_again(*, by: User, mail: Mail, now: datetime.datetime) -> None:
    """Owe a mail that failed, or that nobody can tell of, once more; raises NotNow for any other."""
    changed = Mail.objects.filter(pk=mail.pk, state__in=[MailState.FAILED, MailState.UNKNOWN]).update(
        state=MailState.QUEUED, error=""
    )
    if not changed:
        raise NotNow("This mail is sent or still waiting; it is not sent twice.")
    if not jobs.again("mail", mail.pk, now=now):
        raise NotNow("The last attempt is just ending; press the button again in a moment.")
