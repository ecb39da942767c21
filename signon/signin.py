"""allauth's two sign-in pages with what the house adds: where one was going is kept, a wrong code answers 422."""

import urllib.parse

from allauth.account import views
from allauth.account.utils import get_next_redirect_url
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache


def _keeping_next(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """`answer`, which leads from one sign-in page to the other, with the address to go to afterwards."""
    wanted = get_next_redirect_url(request)
    if not wanted or not isinstance(answer, HttpResponseRedirect):
        return answer
    to = urllib.parse.urlsplit(answer.url)
    if to.path not in ("/signin", "/signin/code") or "next=" in to.query:
        return answer
    query = QueryDict(to.query, mutable=True)
    query["next"] = wanted
    return HttpResponseRedirect(to._replace(query=query.urlencode(safe="/")).geturl())


def _unprocessable(answer: HttpResponse) -> HttpResponse:
    """An invalid form is a 422 here as everywhere."""
    if isinstance(answer, TemplateResponse) and answer.context_data and answer.status_code == 200:
        form = answer.context_data.get("form")
        answer.status_code = 422 if form is not None and form.errors else 200
    return answer


@never_cache
def request_code(request: HttpRequest) -> HttpResponse:
    """Ask for a mailed code; says the same for every address."""
    return _unprocessable(_keeping_next(request, views.request_login_code(request)))


@never_cache
def confirm_code(request: HttpRequest) -> HttpResponse:
    """Type the mailed code."""
    return _unprocessable(_keeping_next(request, views.confirm_login_code(request)))
