"""The files of a letter: sealed PDF, evidence, proofs, certificate, a society's copy, logos, and what journals sent."""

from collections.abc import Callable

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from letters import access
from letters.models import Document, Edition, Letter, Link
from letters.record import proofs, shelf
from letters.record.cached import by_content
from letters.render.certificate import certificate_pdf, copy_pdf
from letters.render.draft import Busy
from letters.render.pdf import PressFailed, Unprintable
from letters.replies import download


def _file(document: Document, name: str, media_type: str) -> HttpResponse:
    answer = download(document.read(), name, media_type)
    answer["ETag"] = f'"{document.sha256}"'
    return answer


def _pdf(edition: Edition | None) -> tuple[HttpResponse, int]:
    if edition is None or edition.document is None:
        raise Http404
    name = f"{edition.letter.slug}-edition-{edition.number}.pdf"
    return _file(edition.document, name, "application/pdf"), edition.number


@access.published
@require_safe
def logo(request: HttpRequest, row: Letter, receipt_no: str) -> HttpResponse:
    """The logo of one signatory, where the society lets it be shown."""
    document = shelf.logo_of(row, receipt_no)
    if document is None:
        raise Http404
    answer = HttpResponse(document.read(), content_type="image/png")
    answer["X-Content-Type-Options"] = "nosniff"
    return by_content(request, answer, document.sha256)


@access.published
@require_safe
def pdf(request: HttpRequest, row: Letter) -> HttpResponse:
    """The sealed PDF of the newest edition, or of the one named (?edition=1)."""
    answer, which = _pdf(shelf.edition_asked(row, request.GET.get("edition", "")))
    return by_content(request, answer, answer["ETag"].strip('"'), which)


@access.officer
@require_safe
def officers_pdf(request: HttpRequest, link: Link) -> HttpResponse:
    """The sealed PDF for an officer who was asked to sign, also before the letter is public."""
    return _pdf(shelf.edition_asked(link.invitation.letter, request.GET.get("edition", "")))[0]


def _sheet(request: HttpRequest, make: Callable[[], bytes], name: str, back: str, slug: str) -> HttpResponse:
    try:
        return download(make(), name, "application/pdf")
    except (Busy, Unprintable, PressFailed) as error:
        messages.error(request, str(error))
    return redirect(back, slug=slug)


@access.published
@require_safe
def certificate(request: HttpRequest, row: Letter) -> HttpResponse:
    """The certificate of signatures: for everybody where the coordinators chose so, else for them alone."""
    edition = shelf.edition_asked(row, request.GET.get("edition", ""))
    if edition is None or not (row.certificate_public or access.coordinates(request, row)):
        raise Http404
    if not ratelimit.consume(request, action="verify"):
        return HttpResponse("Wait a minute and try again.", status=429, content_type="text/plain")
    name = f"{row.slug}-edition-{edition.number}-signatures.pdf"
    return _sheet(request, lambda: certificate_pdf(edition), name, "record:letter", row.slug)


@access.officer
@require_safe
def copy(request: HttpRequest, link: Link) -> HttpResponse:
    """The copy of a society: a cover note with its own name first, and the sealed PDF inside."""
    row, invitation = link.invitation.letter, link.invitation
    edition = shelf.edition_asked(row, request.GET.get("edition", ""))
    society = shelf.printed_as(edition, invitation) if edition else ""
    if edition is None or not society:
        messages.info(request, f"{invitation.society} is printed in no sealed edition yet.")
        return redirect("review:letter", slug=row.slug)
    name = f"{row.slug}-edition-{edition.number}-copy.pdf"
    return _sheet(request, lambda: copy_pdf(edition, society), name, "review:letter", row.slug)


@access.published
@require_safe
def evidence(request: HttpRequest, row: Letter) -> HttpResponse:
    """The evidence of the newest edition, or of the one named, as a zip file."""
    edition = shelf.edition_asked(row, request.GET.get("edition", ""))
    document = shelf.evidence_of(edition) if edition else None
    if edition is None or document is None:
        raise Http404
    answer = _file(document, f"{row.slug}-edition-{edition.number}-evidence.zip", "application/zip")
    return by_content(request, answer, document.sha256, edition.number)


@access.published
@require_safe
def proof(request: HttpRequest, row: Letter) -> HttpResponse:
    """The proof of one signature (?receipt=) of the newest edition, or of the one named, to be checked by itself."""
    edition, receipt_no = shelf.edition_asked(row, request.GET.get("edition", "")), request.GET.get("receipt", "")
    data = proofs.proof_of(edition, receipt_no) if edition else None
    if edition is None or data is None:
        raise Http404
    name = f"{row.slug}-edition-{edition.number}-proof-{receipt_no}.json"
    return by_content(request, download(data, name, "application/json"))


@access.published
@require_safe
def entry(request: HttpRequest, row: Letter, pk: int) -> HttpResponse:
    """The file of a released entry of the correspondence, where the file was released, too."""
    document, name = shelf.entry_file(row, pk)
    if document is None:
        raise Http404
    return by_content(request, _file(document, name, "application/octet-stream"), document.sha256)
