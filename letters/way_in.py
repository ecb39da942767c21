"""By which link a browser or a signed-in person may read a letter; what reading opens is access.py's business."""

import secrets

from django.http import HttpRequest
from django.utils import timezone

from letters.models import Link

SESSION_LINKS = "links"  # {slug: primary keys of the links this browser came in by, the newest last}
MOST_LINKS = 8
SESSION_BROWSER = "browser"  # what tells this browser from another one that holds the same link

# What an act needs of its link, and what a page shows besides. Each table joined costs a millisecond in which the
# statement is only put together: half of them are spared where the answer is a redirect.
ACTING = ("officer__user", "invitation__society__logo", "invitation__letter__current", "invitation__letter__owner")
READING = (
    "officer__society", "last_read", "invitation__passed_to", "invitation__late_call", "passed_by__officer",
)  # fmt: skip
# The words themselves, which an act does not read: it names them by their hash.
UNREAD = [f"invitation__letter__current__{name}" for name in ("text", "html", "blocks", "check_lines", "remarks")]


def browser(request: HttpRequest) -> str:
    """The name this browser has until its session ends; given at first need."""
    if SESSION_BROWSER not in request.session:
        request.session[SESSION_BROWSER] = secrets.token_hex(8)
    return str(request.session[SESSION_BROWSER])


def let_in(request: HttpRequest, link: Link) -> None:
    """Remember in the session that this browser came in by `link`; it opens reading, nothing else."""
    browser(request)
    links, slug = request.session.get(SESSION_LINKS, {}), link.invitation.letter.slug
    if links.get(slug, [])[-1:] == [link.pk]:  # a session that did not change must not be written
        return
    others = [pk for pk in links.get(slug, []) if pk != link.pk]
    request.session[SESSION_LINKS] = {**links, slug: [*others, link.pk][-MOST_LINKS:]}


def seat(request: HttpRequest) -> int | None:
    """The link a form or an address names: a person may hold offices in two societies asked to sign one letter."""
    named = request.POST.get("seat") or request.GET.get("seat") or ""
    return int(named) if named.isascii() and named.isdecimal() and len(named) < 19 else None


def link_for(request: HttpRequest, slug: str) -> Link | None:
    """The live link by which this browser or this signed-in person may read the letter.

    A signed-in person only ever gets an own link, whatever the session remembers, and also one that ended with its
    letter: receipts can be read again for ever. A seat that a form names is the one that was on the page: a second
    tab must not turn it into another society's.
    """
    links = (
        Link.objects.live()
        .filter(invitation__letter__slug=slug, invitation__invited_at__isnull=False)
        .select_related(*ACTING)
    )
    acts = request.method == "POST"
    links = links.defer(*UNREAD) if acts else links.select_related(*ACTING, *READING)
    came_by: list[int] = request.session.get(SESSION_LINKS, {}).get(slug, [])
    if request.user.is_authenticated:
        own = {link.pk: link for link in links.filter(officer__user=request.user).order_by("-pk")}
    else:
        own = {link.pk: link for link in links.opening(timezone.now()).filter(pk__in=came_by)}
    named = seat(request)
    if named is not None:
        return own.get(named)
    newest = [pk for pk in came_by if pk in own] or sorted(own, reverse=True)
    return own[newest[-1]] if newest else None
