"""The notice kit of a society, and the pictures to share."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from letters import access
from letters.models import Letter, Link
from letters.record import kits
from letters.record.cached import by_content
from letters.render.draft import Busy
from letters.render.pdf import PressFailed, Unprintable


def _png(data: bytes) -> HttpResponse:
    answer = HttpResponse(data, content_type="image/png")
    answer["ETag"] = f'"{hashlib.sha256(data).hexdigest()}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@access.published
@require_safe
def picture(request: HttpRequest, row: Letter) -> HttpResponse:
    """The picture that stands for all societies, for those who link to the letter."""
    found = kits.picture_of(row)
    if found is None:
        raise Http404
    answer = _png(found.document.read())
    return by_content(request, answer, answer["ETag"].strip('"'))


@access.officer
@require_safe
def kit(request: HttpRequest, link: Link) -> HttpResponse:
    """What the officer's society needs to tell its members, once the letter is released."""
    letter = link.invitation.letter
    context = {"letter": letter, "link": link, "kit": kits.kit_for(link)}
    return render(request, "letters/record/kit.html", context)


@access.officer
@require_safe
def own_picture(request: HttpRequest, link: Link) -> HttpResponse:
    """The society's own picture, drawn when it is first asked for; ?save=1 hands it over as a file."""
    try:
        data = kits.picture_for(link)
    except (Busy, Unprintable, PressFailed) as error:
        return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8")
    if data is None:
        raise Http404
    answer = _png(data)
    if "save" in request.GET:
        name = slugify(link.invitation.society.short_name or link.invitation.society.official_name)[:40] or "society"
        answer["Content-Disposition"] = f'attachment; filename="{link.invitation.letter.slug}-{name}.png"'
    return answer
