"""What a provider reports about a mail we sent: idempotent by the report's own number, right in any order."""

import dataclasses
import datetime

from django.db import transaction

from letters.models import Mail, MailState, Report

# A report of these ends it, whatever else is reported before or after; a report of delivery is only noted.
LOST = ("bounced", "rejected", "complained", "failed")
SAID = {
    "bounced": "The mail came back",
    "rejected": "The provider did not pass it on",
    "complained": "The receiver's mail program reported it as unwanted",
    "failed": "The provider could not send it",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Returned:
    """One report: the provider and its number for it, which mail it means, what happened when, and why."""

    provider: str
    number: str
    message_id: str
    recipient: str
    kind: str
    at: datetime.datetime
    reason: str


@transaction.atomic
def returned(event: Returned) -> bool:
    """Note a report; False for one that is known, or that means no mail of ours to that address."""
    mail = Mail.objects.filter(message_id=f"<{event.message_id.strip('<>')}>").first()
    if mail is None or mail.to_email.casefold() != event.recipient.casefold():
        return False
    key = f"{event.provider}:{event.kind}:{event.number}"[:255]
    reason = event.reason[:500]
    _, new = Report.objects.get_or_create(
        key=key, defaults={"mail": mail, "kind": event.kind[:20], "reason": reason, "at": event.at}
    )
    if not new:
        return False
    if event.kind == "delivered":
        Mail.objects.filter(pk=mail.pk).exclude(state=MailState.BOUNCED).update(delivered_at=event.at)
        # What nobody could tell is told now; a mail that came back stays so.
        Mail.objects.filter(pk=mail.pk, state__in=[MailState.UNKNOWN, MailState.FAILED]).update(
            state=MailState.SENT, error="", sent_at=event.at
        )
    if event.kind in LOST:
        why = f"{SAID[event.kind]}: {reason}" if reason else f"{SAID[event.kind]}."
        Mail.objects.filter(pk=mail.pk).update(state=MailState.BOUNCED, error=why[:500], delivered_at=None)
    return True
