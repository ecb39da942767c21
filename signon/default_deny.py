"""Middleware that serves no view without a declared access rule; the rules are in letters/access.py."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from letters.access import confirmed_first, first_a_key
from letters.foreign import FOREIGN


def rule_of(view: Any, name: str, app: str) -> str:
    """The declared rule of a resolved route, or an empty string when there is none."""
    if app == "admin":
        return "staff"
    return str(getattr(view, "access", "")) or FOREIGN.get(name, "")


class DefaultDeny:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """404 for a route nobody gave a rule; for views that are not ours, keep the rule they cannot carry."""
        match = request.resolver_match
        rule = rule_of(view, match.view_name, match.app_name) if match else ""
        if not rule:
            raise Http404
        known = request.user.is_authenticated
        if rule == "staff":
            return first_a_key(request) if known else None
        if hasattr(view, "access") or rule == "public":
            return None
        if not known:
            return redirect_to_login(request.get_full_path())
        return confirmed_first(request) if rule == "fresh" else None
