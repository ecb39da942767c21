"""Dates a public page by when the site first saw it as it is, for readers who ask by date alone.

Much that a page shows changes without a date of its own, so the date is a memory, kept where the rate limits are. Its
second is over, and the second for which a page is believed, before anybody is told that nothing changed since then. A
memory that was lost begins anew: that costs a reader one more copy of the page, never the news.
"""

import datetime
import math

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.http import parse_http_date_safe

BELIEVED = 1.0  # seconds for which a process answers without looking, or makes a page it has begun
KEPT = 90 * 24 * 3600


def since(address: str, mark: str, now: datetime.datetime) -> int:
    """The second since which the page bears this mark, which was read at `now`; still to come right after a change.

    All processes share the memory, so that a page that changed and changed back was seen to do so by somebody, or by
    nobody at all. Whoever got another page, at the latest BELIEVED after it changed, got it with an earlier date.
    """
    key = f"page:{address}"
    held: tuple[str, int] | None = cache.get(key)
    if held and held[0] == mark:
        return held[1]
    second = math.floor(now.timestamp() + BELIEVED) + 1
    cache.set(key, (mark, second), KEPT)
    return second


def asked(request: HttpRequest) -> int | None:
    """The second a reader names who does not name a mark, which would say more; None without one that can be read."""
    if "If-None-Match" in request.headers:
        return None
    return parse_http_date_safe(request.headers.get("If-Modified-Since", ""))


def holds(request: HttpRequest, since: int, now: datetime.datetime) -> bool:
    """True when the date asked by shows that the reader has the page as it is; a day to come shows nothing."""
    second = asked(request)
    return second is not None and since <= second <= now.timestamp()
