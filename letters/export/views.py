"""Pages that give a letter out to its coordinators."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from letters import access
from letters.export.bundle import stream
from letters.export.tables import TABLES
from letters.models import Letter
from letters.replies import download
from letters.text.workbook import table_file


@access.coordinator
@require_safe
def exports(request: HttpRequest, letter: Letter) -> HttpResponse:
    """What can be downloaded of this letter."""
    return render(request, "letters/export/exports.html", {"letter": letter, "tables": TABLES})


@access.coordinator
@require_safe
def table(request: HttpRequest, letter: Letter, what: str, kind: str) -> HttpResponse:
    """One list as csv or xlsx; `?to=N`, also several times, asks for these invitations only."""
    chosen = [int(word) for word in request.GET.getlist("to") if word.isascii() and word.isdecimal() and len(word) < 19]
    found = TABLES.get(what)
    if found is None or kind not in ("csv", "xlsx"):
        raise Http404
    data, media_type = table_file(kind, found.heading, found.lines(letter, chosen), title=found.title)
    return download(data, f"{letter.slug}-{what}.{kind}", media_type)


@access.coordinator
@require_safe
def archive(request: HttpRequest, letter: Letter) -> HttpResponse:
    """The whole letter as a zip file, made while it is sent."""
    answer = cast(HttpResponse, StreamingHttpResponse(stream(letter), content_type="application/zip"))
    answer["Content-Disposition"] = f'attachment; filename="{letter.slug}.zip"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
