"""What every template knows about the installation; nothing about letters."""

from django.conf import settings
from django.http import HttpRequest


def context(request: HttpRequest) -> dict[str, object]:
    """Site name, address and whether the demo's mailbox page is open."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "mailbox": settings.MAILBOX,
        "outside": settings.OUTSIDE.ways,
    }


def absolute(path: str) -> str:
    """`path` under the configured address: links never follow a request's Host header."""
    return f"{settings.SITE_URL}{path}"
