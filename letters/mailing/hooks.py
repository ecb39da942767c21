"""Where a mail provider posts its reports; django-anymail authenticates and reads them, notify/returned.py acts."""

from typing import Any

from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from django.http import HttpResponse

from letters import access
from letters.models import database_now
from letters.notify.returned import Returned, returned


class Straight:
    """Stands where anymail's views expect a Django signal, and calls one function instead."""

    def send(self, *, sender: object, event: Any, esp_name: str) -> None:
        """Note one event; what a mail program opened or clicked is not our business."""
        metadata = event.metadata or {}
        at = event.timestamp or database_now()
        number = event.event_id or f"{event.message_id}:{at.isoformat()}"
        returned(
            Returned(
                provider=esp_name, number=str(number), message_id=str(metadata.get("signon") or event.message_id or ""),
                recipient=str(event.recipient or ""), kind=str(event.event_type), at=at,
                reason=str(event.mta_response or event.description or ""),
            )
        )  # fmt: skip


class Postmark(PostmarkTrackingWebhookView):  # type: ignore[misc]
    """Authenticated by name and password."""

    signal = Straight()


class Mailgun(MailgunTrackingWebhookView):  # type: ignore[misc]
    """Authenticated by a signature over each report."""

    signal = Straight()


PROVIDERS: dict[str, Any] = {"postmark": Postmark, "mailgun": Mailgun}


def tracking(provider: str) -> Any:
    """The view for this provider's reports; public, because each report carries its own proof."""
    view: Any = PROVIDERS[provider].as_view()

    def mail_reports(*args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = view(*args, **kwargs)
        return answer

    mail_reports.csrf_exempt = True  # type: ignore[attr-defined]
    return access.public(mail_reports)
