"""The badge of a letter, for other sites: a picture, and a page of its own that any site may frame."""

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from letters import access
from letters.models import Letter
from letters.record.cached import kept
from letters.record.data_views import for_everybody
from letters.record.page import rows_of


@csp_replace({"frame-ancestors": ["*"]})
@xframe_options_exempt
@kept()
@access.published
@require_safe
def badge(request: HttpRequest, row: Letter) -> HttpResponse:
    """The badge as a page to frame: the picture, and a link to the letter that opens in a window of its own."""
    return render(request, "letters/record/badge.html", {"letter": row, "edition": rows_of(row).edition})


@kept()
@access.published
@require_safe
def badge_svg(request: HttpRequest, row: Letter) -> HttpResponse:
    """The badge as a picture that counts who signed."""
    context = {"letter": row, "edition": rows_of(row).edition}
    return for_everybody(render(request, "letters/record/badge.svg", context, content_type="image/svg+xml"))
