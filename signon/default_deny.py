"""Middleware that serves no view without a declared access rule; the rules are in letters/access.py."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from letters.access import FOREIGN


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

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Answer 404 for a route nobody gave a rule."""
        match = request.resolver_match
        if match is None or not rule_of(view, match.view_name, match.app_name):
            raise Http404
