"""A published letter for others' programs: signatories, citations, feeds."""

import json
from collections.abc import Iterator
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from letters import access
from letters.models import Edition, Letter
from letters.record import cite, feed, roster, roster_data, shelf
from letters.record.cached import by_content, kept
from letters.record.page import cited, rows_of
from letters.replies import download, in_pieces
from letters.text.workbook import CSV

ATOM = "application/atom+xml; charset=utf-8"
Answer = TypeVar("Answer", bound=HttpResponseBase)
AT_ONCE = 2_000  # signatures of which a file is made before it is sent; only such a file is kept for the next reader


def for_everybody(answer: Answer) -> Answer:
    """Scripts of other sites may read it; it holds what stands on a public page anyway."""
    answer["Access-Control-Allow-Origin"] = "*"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def as_json(said: object) -> HttpResponse:
    """A document to read by program or by eye."""
    text = json.dumps(said, ensure_ascii=False, indent=1)
    return for_everybody(HttpResponse(text, content_type="application/json"))


@kept()
@access.published
@require_safe
def signatories_json(request: HttpRequest, row: Letter) -> HttpResponseBase:
    """Who signed, and which edition of the letter says so."""
    edition = rows_of(row).edition
    return _all_of(edition, roster_data.as_json(edition, roster.signatories(edition)), "application/json")


@kept()
@access.published
@require_safe
def signatories_csv(request: HttpRequest, row: Letter) -> HttpResponseBase:
    """Who signed, for a spreadsheet."""
    edition = rows_of(row).edition
    answer = _all_of(edition, roster_data.as_csv(roster.signatories(edition)), CSV)
    answer["Content-Disposition"] = f'attachment; filename="{row.slug}-signatories.csv"'
    return answer


def _all_of(edition: Edition, pieces: Iterator[bytes], media_type: str) -> HttpResponseBase:
    """A file of all signatories."""
    whole = edition.size <= AT_ONCE
    return for_everybody(HttpResponse(b"".join(pieces), media_type) if whole else in_pieces(pieces, media_type))


@kept()
@access.published
@require_safe
def citation_bib(request: HttpRequest, row: Letter) -> HttpResponse:
    """The citation for BibTeX."""
    rows = rows_of(row)
    text = cite.as_bibtex(cited(rows, list(roster.names(rows.edition))))
    return download(text.encode(), f"{row.slug}.bib", "application/x-bibtex; charset=utf-8")


@kept()
@access.published
@require_safe
def citation_ris(request: HttpRequest, row: Letter) -> HttpResponse:
    """The citation for reference managers."""
    rows = rows_of(row)
    text = cite.as_ris(cited(rows, list(roster.names(rows.edition))))
    return download(text.encode(), f"{row.slug}.ris", "application/x-research-info-systems; charset=utf-8")


@kept()
@access.published
@require_safe
def letter_feed(request: HttpRequest, row: Letter) -> HttpResponse:
    """What happened to the letter, as a feed."""
    return for_everybody(HttpResponse(feed.of_letter(rows_of(row)), content_type=ATOM))


@access.public
@require_safe
def site_feed(request: HttpRequest) -> HttpResponse:
    """The letters released here, as a feed."""
    answer = HttpResponse(feed.of_site(shelf.published()), content_type=ATOM)
    return by_content(request, for_everybody(answer))
