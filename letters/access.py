"""Who may see or do what: every view declares one rule here, and a view without a rule is never served."""

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from allauth.account.internal.flows.reauthentication import suspend_request
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.defaults import page_not_found

from letters import freshness, way_in
from letters.models import Invitation, Letter, Link, State, TeamRole, User, database_now
from letters.way_in import browser as browser
from letters.way_in import let_in as let_in
from letters.way_in import link_for as link_for

P = ParamSpec("P")
Answer = Callable[..., HttpResponseBase]

CONFIRM = "/confirm"  # where one shows to be there; enter/urls.py
OPEN = ("public", "published")  # `published` says itself who may keep its answer


def _ruled(name: str, view: Answer, guarded: Answer) -> Answer:
    @functools.wraps(view)
    def wrapped(*args: object, **kwargs: object) -> HttpResponseBase:
        answer = guarded(*args, **kwargs)
        if name not in OPEN:  # no shared cache may keep what one person was shown
            patch_cache_control(answer, private=True)
        return answer

    wrapped.access = name  # type: ignore[attr-defined]
    return wrapped


def public(view: Answer) -> Answer:
    """Anybody may call the view."""
    return _ruled("public", view, view)


def signed_in(view: Answer) -> Answer:
    """Any person who is signed in."""

    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return _ruled("signed in", view, guarded)


def convener(view: Answer) -> Answer:
    """A person who may start letters."""

    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not person(request).may_convene:
            raise Http404
        return first_a_key(request) or view(request, *args, **kwargs)

    return _ruled("convener", view, guarded)


def runs_letters(view: Answer) -> Answer:
    """A person who may start letters or is in the team of one. Others see a 404."""

    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not person(request).runs_letters:
            raise Http404
        return first_a_key(request) or view(request, *args, **kwargs)

    return _ruled("runs letters", view, guarded)


def _team(request: HttpRequest, slug: str, act: Callable[[Letter], HttpResponseBase]) -> HttpResponseBase:
    """The one door to the pages of a letter's team: strangers see a 404, an observer who sends a form a 403."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    mine = Letter.objects.coordinated_by(person(request)).select_related("current", "owner")
    letter = get_object_or_404(mine, slug=slug)
    first = first_a_key(request)
    if first is None and letter.role == TeamRole.OBSERVER and request.method not in ("GET", "HEAD", "OPTIONS"):
        return _not_yours(request, letter, "coordinators")
    return first or act(letter)


def _not_yours(request: HttpRequest, letter: Letter, whose: str) -> HttpResponseBase:
    """Who of the team may do it, in a sentence."""
    return render(request, "403_team.html", {"letter": letter, "whose": whose}, status=403)


def coordinator(view: Callable[Concatenate[HttpRequest, Letter, P], HttpResponseBase]) -> Answer:
    """The team of the letter named in the address, observers for reading only; the view gets the letter."""

    def guarded(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return _team(request, slug, lambda letter: view(request, letter, *args, **kwargs))

    return _ruled("coordinator", view, guarded)


def _present(view: Callable[Concatenate[HttpRequest, Letter, P], HttpResponseBase], *, owns: bool) -> Answer:
    def guarded(request: HttpRequest, letter: Letter, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        by_key = settings.COORDINATORS_NEED_A_KEY
        if owns and request.method == "POST" and letter.owner_id != person(request).pk:
            return _not_yours(request, letter, "owner")
        if request.method == "POST" and not freshness.fresh(request, person(request), database_now(), by_key=by_key):
            return _confirmation(request)
        return view(request, letter, *args, **kwargs)

    functools.update_wrapper(guarded, view)
    return coordinator(guarded)


def present_coordinator(view: Callable[Concatenate[HttpRequest, Letter, P], HttpResponseBase]) -> Answer:
    """A coordinator who showed less than five minutes ago to be there; the form waits while they do."""
    return _present(view, owns=False)


def owner(view: Callable[Concatenate[HttpRequest, Letter, P], HttpResponseBase]) -> Answer:
    """The owner of the letter, just as present; others of the team get a 403."""
    return _present(view, owns=True)


def registrar(view: Callable[Concatenate[HttpRequest, Invitation, P], HttpResponseBase]) -> Answer:
    """The team of the letter in the address, for a society this letter invites; the view gets the invitation.

    So whoever has a letter that invites a society may see and correct it. Others see a 404.
    """

    def guarded(request: HttpRequest, slug: str, pk: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        def act(letter: Letter) -> HttpResponseBase:
            invitation = get_object_or_404(letter.invitations.select_related("society__logo"), society=pk)
            return view(request, invitation, *args, **kwargs)

        return _team(request, slug, act)

    return _ruled("registrar", view, guarded)


def officer(view: Callable[Concatenate[HttpRequest, Link, P], HttpResponseBase]) -> Answer:
    """An officer asked to sign the letter, by personal link or signed in; the view gets the link. Others: 404."""

    def guarded(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        link = link_for(request, slug)
        if link is None and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if link is None:
            raise Http404
        if way_in.seat(request):
            let_in(request, link)
        return view(request, link, *args, **kwargs)

    return _ruled("officer", view, guarded)


def published(view: Callable[Concatenate[HttpRequest, Letter, P], HttpResponseBase]) -> Answer:
    """Anybody once the letter is published; before that its team and whom it invited.

    For others a letter before its release and one that is not there are the same 404. Neither that answer nor what
    the invited are shown early may be kept by a cache: at the hour of release it would be wrong.
    """

    def guarded(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        letter = Letter.objects.select_related("current").filter(slug=slug).first()
        known = letter is not None and may_read(request, letter)
        answer = view(request, letter, *args, **kwargs) if letter and known else page_not_found(request, Http404())
        if letter is None or letter.state != State.PUBLISHED:
            patch_cache_control(answer, no_store=True, private=True)
        elif "public" not in answer.get("Cache-Control", ""):  # a view that knows the reader for a stranger says so
            patch_cache_control(answer, private=True)
        return answer

    return _ruled("published", view, guarded)


def may_read(request: HttpRequest, letter: Letter) -> bool:
    """True once the letter is published; before that for its team, and for officers by their link or signed in."""
    if letter.state == State.PUBLISHED or coordinates(request, letter):
        return True
    return link_for(request, letter.slug) is not None


def _confirmation(request: HttpRequest) -> HttpResponseBase:
    """To the page of the fresh check; a form that was sent waits in the session until then."""
    answer: HttpResponseBase = suspend_request(request, CONFIRM)
    return answer


def first_a_key(request: HttpRequest) -> HttpResponseBase | None:
    """Where a person who runs letters is led first, when a key is demanded and none was used in this session."""
    if not settings.COORDINATORS_NEED_A_KEY or freshness.last_shown(request, person(request), by_key=True):
        return None
    return _confirmation(request)


def confirmed_first(request: HttpRequest) -> HttpResponseBase | None:
    """Where somebody is led before keys are shown or changed; who has a key and runs letters shows that key."""
    user = person(request)
    by_key = freshness.key_demanded(user) and freshness.has_key(user)
    if freshness.fresh(request, user, database_now(), by_key=by_key):
        return None
    return _confirmation(request)


def person(request: HttpRequest) -> User:
    """The signed-in person; raises Http404 when there is none."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def how(request: HttpRequest) -> str:
    """How the signed-in person last showed to be there, in the words of the record."""
    shown = freshness.last_shown(request, person(request), by_key=settings.COORDINATORS_NEED_A_KEY)
    return shown.how if shown else ""


def coordinates(request: HttpRequest, letter: Letter) -> bool:
    """True when the signed-in person is in the letter's team."""
    return request.user.is_authenticated and letter.coordinators.filter(user=person(request)).exists()
