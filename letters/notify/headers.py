"""What else stands in the head of a mail: its thread, how reminders are stopped, and the number a provider reports."""

import json
from collections.abc import Callable

from django.conf import settings

from letters.models import Link, Mail, MailKind
from signon.site import absolute

# What hangs together by its subject matter is shown as one conversation; codes are no part of it.
NO_THREAD = (MailKind.CODE, MailKind.SIGN_IN, MailKind.TEST)
# How each provider is told which of our mails it reports on. Mailgun reports the Message-ID itself.
METADATA: dict[str, Callable[[str], dict[str, str]]] = {
    "postmark": lambda message_id: {"X-PM-Metadata-signon": message_id.strip("<>")},
    "mailgun": lambda message_id: {"X-Mailgun-Variables": json.dumps({"signon": message_id.strip("<>")})},
}


def stop_address(link: Link) -> str:
    """Where an officer stops the reminders about one letter."""
    return absolute(f"/stop/{link.pk}/{link.stop_token}")


def headers(row: Mail) -> dict[str, str]:
    """Further headers of one mail (one query)."""
    made: dict[str, str] = {}
    first = _first_of_thread(row)
    if first:
        made |= {"In-Reply-To": first, "References": first}
    if row.kind == MailKind.REMINDER and row.link:  # RFC 8058; no other kind can be stopped
        made["List-Unsubscribe"] = f"<{stop_address(row.link)}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    provider = METADATA.get(settings.MAIL_PROVIDER)
    return made | (provider(row.message_id) if provider else {})


def _first_of_thread(row: Mail) -> str:
    """The Message-ID of the first mail about this letter to this officer, or "" for that mail itself."""
    if row.link_id is None or row.kind in NO_THREAD:
        return ""
    before = Mail.objects.filter(link=row.link_id, pk__lt=row.pk).exclude(kind__in=NO_THREAD)
    return str(before.order_by("pk").values_list("message_id", flat=True).first() or "")
