"""Who may see or do what: every view declares one rule here, and a view without a rule is never served."""

import datetime
import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from allauth.account.authentication import get_authentication_records
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control

from letters.models import Invitation, Letter, Link, State, User

P = ParamSpec("P")
Answer = Callable[..., HttpResponse]

FRESH = datetime.timedelta(minutes=5)
SESSION_LINKS = "links"  # {slug: primary keys of the links this browser came in by, the newest last}
MOST_LINKS = 8

# Routes of allauth, which cannot carry a rule themselves; the admin pages ask for staff on their own.
FOREIGN = {
    "account_login": "public",
    "account_request_login_code": "public",
    "account_confirm_login_code": "public",
    "account_logout": "public",
    "account_inactive": "public",
}


def _ruled(name: str, view: Answer, guarded: Answer) -> Answer:
    @functools.wraps(view)
    def wrapped(*args: object, **kwargs: object) -> HttpResponse:
        answer = guarded(*args, **kwargs)
        if name != "public":  # no shared cache may keep what one person was shown
            patch_cache_control(answer, private=True)
        return answer

    wrapped.access = name  # type: ignore[attr-defined]
    return wrapped


def public(view: Answer) -> Answer:
    """Anybody may call the view."""
    return _ruled("public", view, view)


def signed_in(view: Answer) -> Answer:
    """Any person who is signed in."""

    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return _ruled("signed in", view, guarded)


def convener(view: Answer) -> Answer:
    """A person who may start letters."""

    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not person(request).may_convene:
            raise Http404
        return view(request, *args, **kwargs)

    return _ruled("convener", view, guarded)


def coordinator(view: Callable[Concatenate[HttpRequest, Letter, P], HttpResponse]) -> Answer:
    """A coordinator of the letter named in the address; the view gets the letter. Others see a 404."""

    def guarded(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        letter = get_object_or_404(Letter.objects.coordinated_by(person(request)).select_related("current"), slug=slug)
        return view(request, letter, *args, **kwargs)

    return _ruled("coordinator", view, guarded)


def registrar(view: Callable[Concatenate[HttpRequest, Invitation, P], HttpResponse]) -> Answer:
    """A coordinator of the letter in the address, for a society this letter invites; the view gets the invitation.

    So whoever has a letter that invites a society may see and correct it. Others see a 404.
    """

    def guarded(request: HttpRequest, slug: str, pk: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        mine = Invitation.objects.filter(letter__coordinators__user=person(request), letter__slug=slug)
        invitation = get_object_or_404(mine.select_related("letter__current", "society__logo"), society=pk)
        return view(request, invitation, *args, **kwargs)

    return _ruled("registrar", view, guarded)


def officer(view: Callable[Concatenate[HttpRequest, Link, P], HttpResponse]) -> Answer:
    """An officer asked to sign the letter, by personal link or signed in; the view gets the link. Others: 404."""

    def guarded(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        link = link_for(request, slug)
        if link is None and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if link is None:
            raise Http404
        if _seat(request):
            let_in(request, link)
        return view(request, link, *args, **kwargs)

    return _ruled("officer", view, guarded)


def published(view: Callable[Concatenate[HttpRequest, Letter, P], HttpResponse]) -> Answer:
    """Anybody once the letter is published; before that only its coordinators. Others see a 404."""

    def guarded(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        letter = get_object_or_404(Letter.objects.select_related("current"), slug=slug)
        if letter.state != State.PUBLISHED and not coordinates(request, letter):
            raise Http404
        return view(request, letter, *args, **kwargs)

    return _ruled("published", view, guarded)


def person(request: HttpRequest) -> User:
    """The signed-in person; raises Http404 when there is none."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def coordinates(request: HttpRequest, letter: Letter) -> bool:
    """True when the signed-in person is one of the letter's coordinators."""
    return request.user.is_authenticated and letter.coordinators.filter(user=person(request)).exists()


def let_in(request: HttpRequest, link: Link) -> None:
    """Remember in the session that this browser came in by `link`; it opens reading, nothing else."""
    links, slug = request.session.get(SESSION_LINKS, {}), link.invitation.letter.slug
    if links.get(slug, [])[-1:] == [link.pk]:  # a session that did not change must not be written
        return
    others = [pk for pk in links.get(slug, []) if pk != link.pk]
    request.session[SESSION_LINKS] = {**links, slug: [*others, link.pk][-MOST_LINKS:]}


def _seat(request: HttpRequest) -> int | None:
    """The link a form or an address names: a person may hold offices in two societies asked to sign one letter."""
    named = request.POST.get("seat") or request.GET.get("seat") or ""
    return int(named) if named.isascii() and named.isdecimal() and len(named) < 19 else None


def link_for(request: HttpRequest, slug: str) -> Link | None:
    """The live link by which this browser or this signed-in person may read the letter.

    A signed-in person only ever gets an own link, whatever the session remembers. A seat that a form names is
    the one that was on the page: a second tab must not turn it into another society's.
    """
    links = (
        Link.objects.live()
        .filter(invitation__letter__slug=slug, invitation__invited_at__isnull=False)
        .exclude(invitation__letter__state=State.ABANDONED)
        .select_related("officer__user", "officer__society", "invitation__society", "last_read")
        .select_related("invitation__letter__current")
    )
    came_by: list[int] = request.session.get(SESSION_LINKS, {}).get(slug, [])
    if request.user.is_authenticated:
        own = {link.pk: link for link in links.filter(officer__user=person(request)).order_by("-pk")}
    else:
        own = {link.pk: link for link in links.filter(pk__in=came_by)}
    seat = _seat(request)
    if seat is not None:
        return own.get(seat)
    newest = [pk for pk in came_by if pk in own] or sorted(own, reverse=True)
    return own[newest[-1]] if newest else None


def fresh(request: HttpRequest, user: User, now: datetime.datetime) -> datetime.datetime | None:
    """When `user` last proved in this session to be there, if that is less than FRESH ago."""
    if request.user != user:
        return None
    records = get_authentication_records(request, user)
    if not records:
        return None
    at = datetime.datetime.fromtimestamp(records[-1]["at"], datetime.UTC)
    return at if now - at < FRESH else None
