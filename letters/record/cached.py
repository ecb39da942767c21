"""Answers strangers from memory and by 304, as long as the fingerprint of a letter's public pages stays the same.

Who carries a session, or a message of ours, is never answered from here and never kept by a shared cache. The mark is
looked up at most once a second in each process, and again whenever a reader holds another one; what was read before a
page was made names the page, so that an old page never bears the mark of a new one.
"""

import dataclasses
import functools
import gzip
import hashlib
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import http_date

from letters.record import dated, fingerprint
from letters.record.fingerprint import Fingerprint

Answer = Callable[..., HttpResponseBase]
Answered = TypeVar("Answered", bound=HttpResponseBase)

PUBLIC = "public, max-age=5, stale-while-revalidate=25"
SECONDS = dated.BELIEVED  # for which a fingerprint is believed
MOST_PAGES, MOST_BYTES = 128, 400_000  # kept in each process; what is larger, compressed, is made for each reader
_MARK = re.compile(r'(?:W/)?"([^"]*)"')
COMPRESSED = ("text/", "application/json", "application/ld+json", "application/atom+xml", "image/svg+xml")


@dataclasses.dataclass(slots=True)
class Kept:
    """One page as it was last made, `packed` where that makes it smaller; empty where it was too large to keep."""

    found: Fingerprint
    mark: str
    since: int
    looked: float
    headers: dict[str, str] = dataclasses.field(default_factory=dict)
    content: bytes = b""
    packed: bool = False


_pages: OrderedDict[str, Kept] = OrderedDict()


def forget() -> None:
    """Empty the memory of this process; tests begin with it."""
    _pages.clear()


def stranger(request: HttpRequest) -> bool:
    """True for a reader about whom the site knows nothing: no session, and no message that waits to be shown."""
    return settings.SESSION_COOKIE_NAME not in request.COOKIES and "messages" not in request.COOKIES


def kept(*parameters: str) -> Callable[[Answer], Answer]:
    """For a view of a published letter, above its access rule: strangers get its page from memory, or a 304.

    `parameters` are those of the address on which the page depends: with one of them it is made for each reader.
    Others, such as those that count campaigns, change nothing.
    """

    def around(view: Answer) -> Answer:
        @functools.wraps(view)
        def wrapped(request: HttpRequest, slug: str, *args: object, **kwargs: object) -> HttpResponseBase:
            if not stranger(request) or any(request.GET.get(name) for name in parameters):
                return view(request, slug, *args, **kwargs)
            page = _page(request, slug)
            if page is None:  # not public, or not there: the access rule says so
                return view(request, slug, *args, **kwargs)
            if _holds(request, page.mark) or dated.holds(request, page.since, page.found.at):
                return _signed(HttpResponseNotModified(), page)
            if page.content:
                return _from_memory(request, page)
            return _made(page, view(request, slug, *args, **kwargs))

        return wrapped

    return around


def _page(request: HttpRequest, slug: str) -> Kept | None:
    """What is kept at this address, found to be true less than a second ago (at most one query)."""
    page, now = _pages.get(request.path), time.monotonic()
    if page and now - page.looked < SECONDS and not _is_ahead(request, page):
        return page
    found = fingerprint.of(slug)
    if found is None:
        return None
    since = dated.since(f"letter/{slug}", found.mark, found.at)
    if page is None or page.found.mark != found.mark:
        page = Kept(found, hashlib.sha256(f"{found.mark} {request.path}".encode()).hexdigest()[:32], since, now)
        _pages[request.path] = page
        while len(_pages) > MOST_PAGES:
            _pages.popitem(last=False)
    page.found, page.since, page.looked = found, since, now
    return page


def _is_ahead(request: HttpRequest, page: Kept) -> bool:
    """True for a reader whose page may be newer than this process's: it bears another mark, or a later date."""
    if "If-None-Match" in request.headers:
        return not _holds(request, page.mark)
    second = dated.asked(request)
    return second is not None and second > page.found.at.timestamp()


def _made(page: Kept, answer: HttpResponseBase) -> HttpResponseBase:
    """The answer of the view, kept for the next reader where it is a page."""
    if answer.status_code != 200:
        return answer
    if not isinstance(answer, HttpResponse):  # it is sent while it is made: too long to be kept, or held at all
        return _signed(answer, page)
    page.headers = {name: value for name, value in answer.items() if name not in ("Vary", "Cache-Control")}
    packed = answer.headers["Content-Type"].startswith(COMPRESSED)
    content = gzip.compress(answer.content, mtime=0) if packed else answer.content
    if len(content) <= MOST_BYTES:
        page.packed, page.content = packed, content
    return _signed(answer, page)


def _from_memory(request: HttpRequest, page: Kept) -> HttpResponse:
    if not page.packed:
        return _signed(HttpResponse(page.content, headers=page.headers), page)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        answer = HttpResponse(page.content, headers=page.headers)
        answer["Content-Encoding"] = "gzip"
    else:
        answer = HttpResponse(gzip.decompress(page.content), headers=page.headers)
    patch_vary_headers(answer, ("Accept-Encoding",))
    return _signed(answer, page)


def _signed(answer: Answered, page: Kept) -> Answered:
    """With what a cache needs; the mark is weak, since the same page goes out compressed and plain."""
    return _named(answer, f'W/"{page.mark}"', min(page.since, page.found.at.timestamp()))


def _named(answer: Answered, tag: str, second: float) -> Answered:
    answer["ETag"] = tag
    answer["Last-Modified"] = http_date(second)
    answer["Cache-Control"] = PUBLIC
    patch_vary_headers(answer, ("Cookie",))
    return answer


def _holds(request: HttpRequest, mark: str) -> bool:
    """True when the reader says it holds this mark."""
    said = request.headers.get("If-None-Match", "")
    return said.strip() == "*" or mark in _MARK.findall(said)


def by_content(request: HttpRequest, answer: HttpResponse, mark: str = "", which: int = 0) -> HttpResponse:
    """An answer that is quickly made, named by its content: strangers may keep it, and who holds it gets a 304.

    `mark` is the SHA-256 of a file that goes out byte for byte as it is; without it the answer may be compressed.
    `which` is the number of the edition, at an address where one can be asked for.
    """
    if not stranger(request):
        patch_cache_control(answer, private=True)
        return answer
    if answer.status_code != 200:
        return answer
    now = timezone.now()
    tag = f'"{mark}"' if mark else f'W/"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    since = dated.since(_place(request, which), tag, now)
    same = _holds(request, tag.strip('W/"')) or dated.holds(request, since, now)
    return _named(HttpResponseNotModified() if same else answer, tag, min(since, now.timestamp()))


def _place(request: HttpRequest, which: int) -> str:
    """The address without what changes nothing, such as words that count campaigns and zeros before a number."""
    match = request.resolver_match
    parts = [match.view_name, *match.kwargs.values()] if match else [request.path]
    return "/".join(str(part) for part in [*parts, which])
