"""Where mail from journals is posted: a whole message signed with a shared secret, or a provider's report of one."""

import hashlib
import hmac
import time
from typing import Any

from anymail.webhooks.mailgun import MailgunInboundWebhookView
from anymail.webhooks.postmark import PostmarkInboundWebhookView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from letters import access
from letters.inbox.filing import file_message
from letters.models import database_now
from letters.text.eml import MOST_BYTES

WITHIN = 300  # seconds by which the clock of the sender may differ from ours


@access.public
@csrf_exempt
@require_POST
def inbound(request: HttpRequest) -> HttpResponse:
    """Take in one message (RFC 5322, as it is on the wire); the signature over time and body is its proof."""
    if not settings.INBOUND_SECRET:
        raise Http404
    length = request.headers.get("Content-Length", "")
    if not length.isdecimal() or int(length) > MOST_BYTES:
        return _said(f"The message is larger than {MOST_BYTES // 1024**2} MB.", 413)
    stamp = request.headers.get("X-Signon-Timestamp", "")
    if not _signed(stamp, request.body, request.headers.get("X-Signon-Signature", "")):
        return _said("The signature does not fit the time and the message.", 403)
    if abs(time.time() - int(stamp)) > WITHIN:
        return _said("The time of the signature is more than five minutes away; is the clock right?", 403)
    to = request.headers.get("X-Signon-Recipient", "")[:1000]
    filed = file_message(request.body, now=database_now(), addressed=to)
    if filed.stray:
        return _said(f"Kept for the operator: {filed.stray.why}", 202)
    return _said("Filed." if filed.new else "Known already.", 200)


def _signed(stamp: str, body: bytes, given: str) -> bool:
    """Whether `given` is HMAC-SHA256 of time, a full stop and the body, in hexadecimal figures (RFC 2104)."""
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) < 12):
        return False
    made = hmac.new(settings.INBOUND_SECRET.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(made.encode(), given.encode("utf-8", "replace"))


def _said(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(f"{sentence}\n", content_type="text/plain; charset=utf-8", status=status)


class Straight:
    """Stands where anymail's views expect a Django signal, and calls one function instead."""

    def send(self, *, sender: object, event: Any, esp_name: str) -> None:
        """File one message; the provider says to whom it was addressed on the way."""
        to = str(event.message.envelope_recipient or "")
        file_message(event.message.as_bytes(), now=database_now(), addressed=to)


class Postmark(PostmarkInboundWebhookView):  # type: ignore[misc]
    """Authenticated by name and password."""

    signal = Straight()


class Mailgun(MailgunInboundWebhookView):  # type: ignore[misc]
    """Authenticated by a signature."""

    signal = Straight()


PROVIDERS: dict[str, Any] = {"postmark": Postmark, "mailgun": Mailgun}


def provided(provider: str) -> Any:
    """The view for messages this provider took in; public, because each report carries its own proof."""
    view: Any = PROVIDERS[provider].as_view()

    def mail_inbound(*args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = view(*args, **kwargs)
        return answer

    mail_inbound.csrf_exempt = True  # type: ignore[attr-defined]
    return access.public(mail_inbound)
