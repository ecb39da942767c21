"""Pages of the mail that need no sign-in: stop reminders, the deadline as a calendar file, how to check a mail."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from letters import access
from letters.mailing import actions
from letters.models import Letter, Link, State, database_now
from letters.notify.calendar import calendar_file, fits


def _link(pk: int, token: str) -> Link:
    """The live link of this stop address; 404 for any other."""
    links = Link.objects.live().exclude(invitation__letter__state=State.ABANDONED)
    link = get_object_or_404(links.select_related("officer", "invitation__letter", "invitation__society"), pk=pk)
    if not constant_time_compare(token, link.stop_token):
        raise Http404
    return link


@csrf_exempt  # a mail program posts here on its own (RFC 8058): the secret address is what allows it
@access.public
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """Stop the reminders about one letter to one officer, or take that back; a GET only shows the buttons."""
    link = _link(pk, token)
    if request.method == "POST":
        actions.stop_reminders(by=link, stop="again" not in request.POST, now=database_now())
        link.refresh_from_db()  # no redirect: mail programs do not follow one (RFC 8058, 3.1)
    answer = render(request, "letters/mailing/stop.html", {"link": link, "letter": link.invitation.letter})
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@access.public
@require_safe
def deadline(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """The deadline as a calendar file; its address tells the title and that time, nothing else."""
    letter = get_object_or_404(Letter.objects.exclude(state=State.ABANDONED), slug=slug)
    if not fits(letter, token) or letter.deadline is None:
        raise Http404
    answer = HttpResponse(calendar_file(letter, now=database_now()), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="deadline.ics"'
    return answer


@access.public
@require_safe
def genuine(request: HttpRequest) -> HttpResponse:
    """How to check a mail from us."""
    address = settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")
    return render(request, "letters/mailing/genuine.html", {"address": address, "domain": address.rpartition("@")[2]})
