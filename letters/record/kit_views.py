"""The notice kit of a society, and the pictures to share."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from letters import access
from letters.models import Letter, Link, Picture
from letters.record import kits


def _png(row: Picture | None) -> HttpResponse:
    if row is None:
        raise Http404
    answer = HttpResponse(row.document.read(), content_type="image/png")
    answer["ETag"] = f'"{row.document.sha256}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@access.published
@require_safe
def picture(request: HttpRequest, row: Letter) -> HttpResponse:
    """The picture that stands for all societies, for those who link to the letter."""
    return _png(kits.picture_of(row))


@access.officer
@require_safe
def kit(request: HttpRequest, link: Link) -> HttpResponse:
    """What the officer's society needs to tell its members, once the letter is released."""
    letter = link.invitation.letter
    context = {"letter": letter, "link": link, "kit": kits.kit_for(link), "picture": kits.picture_for(link)}
    return render(request, "letters/record/kit.html", context)


@access.officer
@require_safe
def own_picture(request: HttpRequest, link: Link) -> HttpResponse:
    """The society's own picture; ?save=1 hands it over as a file."""
    answer = _png(kits.picture_for(link))
    if "save" in request.GET:
        name = slugify(link.invitation.society.short_name or link.invitation.society.official_name)[:40] or "society"
        answer["Content-Disposition"] = f'attachment; filename="{link.invitation.letter.slug}-{name}.png"'
    return answer
