"""Who may see or do what: every view declares one rule here, and a view without a rule is never served."""

import functools
import secrets
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from allauth.account.internal.flows.reauthentication import suspend_request
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import patch_cache_control

from letters import freshness
from letters.models import Invitation, Letter, Link, State, User, database_now

P = ParamSpec("P")
Answer = Callable[..., HttpResponse]

SESSION_LINKS = "links"  # {slug: primary keys of the links this browser came in by, the newest last}
MOST_LINKS = 8
CONFIRM = "/confirm"  # where one shows to be there; enter/urls.py
SESSION_BROWSER = "browser"  # what tells this browser from another one that holds the same link

# Routes of allauth, which cannot carry a rule themselves; the admin pages ask for staff on their own.
FOREIGN = {
    "account_login": "public",
    "account_request_login_code": "public",
    "account_confirm_login_code": "public",
    "account_logout": "public",
    "account_inactive": "public",
    "mfa_login_webauthn": "public",
    "mfa_index": "signed in",
    "mfa_list_webauthn": "signed in",
    "mfa_add_webauthn": "fresh",
    "mfa_remove_webauthn": "fresh",
    "mfa_activate_totp": "fresh",
    "mfa_deactivate_totp": "fresh",
    "mfa_view_recovery_codes": "fresh",
    "mfa_generate_recovery_codes": "fresh",
    "mfa_download_recovery_codes": "fresh",
}
if "allauth.socialaccount" in settings.INSTALLED_APPS:
    names = ("openid_connect_login", "openid_connect_callback", "orcid_login", "orcid_callback", "saml_login")
    more = ("saml_acs", "saml_finish_acs", "saml_sls", "saml_metadata")
    pages = ("socialaccount_login_cancelled", "socialaccount_login_error", "socialaccount_signup")
    FOREIGN |= dict.fromkeys((*names, *more, *pages), "public") | {"socialaccount_connections": "fresh"}


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
        return first_a_key(request) or view(request, *args, **kwargs)

    return _ruled("convener", view, guarded)


def coordinator(view: Callable[Concatenate[HttpRequest, Letter, P], HttpResponse]) -> Answer:
    """A coordinator of the letter named in the address; the view gets the letter. Others see a 404."""

    def guarded(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        letter = get_object_or_404(Letter.objects.coordinated_by(person(request)).select_related("current"), slug=slug)
        return first_a_key(request) or view(request, letter, *args, **kwargs)

    return _ruled("coordinator", view, guarded)


def present_coordinator(view: Callable[Concatenate[HttpRequest, Letter, P], HttpResponse]) -> Answer:
    """A coordinator who showed less than five minutes ago to be there; the form waits while they do."""

    def guarded(request: HttpRequest, letter: Letter, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        by_key = settings.COORDINATORS_NEED_A_KEY
        if request.method == "POST" and not freshness.fresh(request, person(request), database_now(), by_key=by_key):
            return _confirmation(request)
        return view(request, letter, *args, **kwargs)

    functools.update_wrapper(guarded, view)
    return coordinator(guarded)


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


def _confirmation(request: HttpRequest) -> HttpResponse:
    """To the page of the fresh check; a form that was sent waits in the session until then."""
    answer: HttpResponse = suspend_request(request, CONFIRM)
    return answer


def first_a_key(request: HttpRequest) -> HttpResponse | None:
    """Where a person who runs letters is led first, when a key is demanded and none was used in this session."""
    if not settings.COORDINATORS_NEED_A_KEY or freshness.last_shown(request, person(request), by_key=True):
        return None
    return _confirmation(request)


def confirmed_first(request: HttpRequest) -> HttpResponse | None:
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
    """True when the signed-in person is one of the letter's coordinators."""
    return request.user.is_authenticated and letter.coordinators.filter(user=person(request)).exists()


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


def _seat(request: HttpRequest) -> int | None:
    """The link a form or an address names: a person may hold offices in two societies asked to sign one letter."""
    named = request.POST.get("seat") or request.GET.get("seat") or ""
    return int(named) if named.isascii() and named.isdecimal() and len(named) < 19 else None


def link_for(request: HttpRequest, slug: str) -> Link | None:
    """The live link by which this browser or this signed-in person may read the letter.

    A signed-in person only ever gets an own link, whatever the session remembers, and also one that ended with its
    letter: receipts can be read again for ever. A seat that a form names is
    the one that was on the page: a second tab must not turn it into another society's.
    """
    links = (
        Link.objects.live()
        .filter(invitation__letter__slug=slug, invitation__invited_at__isnull=False)
        .select_related("officer__user", "officer__society", "invitation__society__logo", "last_read")
        .select_related("invitation__letter__current", "invitation__letter__created_by")
        .select_related("invitation__passed_to", "invitation__late_call", "passed_by__officer")
    )
    came_by: list[int] = request.session.get(SESSION_LINKS, {}).get(slug, [])
    if request.user.is_authenticated:
        own = {link.pk: link for link in links.filter(officer__user=person(request)).order_by("-pk")}
    else:
        own = {link.pk: link for link in links.opening(timezone.now()).filter(pk__in=came_by)}
    seat = _seat(request)
    if seat is not None:
        return own.get(seat)
    newest = [pk for pk in came_by if pk in own] or sorted(own, reverse=True)
    return own[newest[-1]] if newest else None
