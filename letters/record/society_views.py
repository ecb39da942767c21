"""The public page of a society, for its own site."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from letters import access
from letters.models import Society
from letters.record import societies
from letters.record.cached import by_content
from letters.record.data_views import as_json
from letters.record.societies import Signed


def _signed(**place: int | str) -> tuple[Society, list[Signed]]:
    """The society and its released letters; Http404 without any: that it is asked to sign something is private."""
    society = societies.society_at(**place)
    letters = societies.signed_by(society.surviving) if society else []
    if society is None or not letters:
        raise Http404
    return society, letters


@access.public
@require_safe
def society(request: HttpRequest, slug: str) -> HttpResponse:
    """The letters a society signed."""
    row, letters = _signed(slug=slug)
    if row.merged_into:
        return redirect(row.merged_into, permanent=True)
    return by_content(request, render(request, "letters/record/society.html", {"society": row, "letters": letters}))


@access.public
@require_safe
def society_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The letters a society signed, for a program."""
    row, letters = _signed(slug=slug)
    return by_content(request, as_json(societies.as_json(row.surviving, letters)))


@access.public
@require_safe
def numbered(request: HttpRequest, pk: int) -> HttpResponse:
    """The address the page had before it bore the society's name."""
    return redirect(_signed(pk=pk)[0].surviving, permanent=True)


@access.public
@require_safe
def numbered_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The address of the data before it bore the society's name."""
    return redirect("record:society_json", slug=_signed(pk=pk)[0].surviving.slug, permanent=True)
