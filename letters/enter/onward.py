"""Where a person goes once presence was shown: to the form that waited, or, if that was done before, to its page."""

import urllib.parse

from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY, resume_request
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

FORM = "confirm_form"  # in the session: the address of the last form that waited, and the page it stood on


def _waiting(request: HttpRequest) -> bool:
    return "request" in (request.session.get(STATE_SESSION_KEY) or {})


def remember_page(request: HttpRequest, following: str) -> None:
    """Keep from which page the form that waits now was sent; the browser says it, and only pages here count."""
    if not _waiting(request):
        return
    came = request.headers.get("referer", "")
    here = url_has_allowed_host_and_scheme(came, {request.get_host()}, require_https=request.is_secure())
    page = urllib.parse.urlsplit(came).path if here else ""
    if page != request.path:  # a reload, or a form of this page itself
        request.session[FORM] = {"path": following, "page": page or "/me"}


def onward(request: HttpRequest, following: str) -> HttpResponse:
    """Go on with the form that waited; one that was done already is not sent again, its page is shown instead."""
    known = request.session.get(FORM) or {}
    if not _waiting(request) and known.get("path") == following != known["page"]:
        messages.info(request, "What you pressed was sent already. Look here how things stand, or press it again.")
        return redirect(known["page"])
    answer: HttpResponse | None = resume_request(request)
    return answer or redirect(following)
