"""Public pages: front page, published letter, downloads, verification; and a signed-in person's own letters."""

import hashlib
from collections.abc import Callable

from allauth.core import ratelimit
from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_safe

from letters import access, freshness
from letters.models import Document, Edition, Letter, Link, State, Submission
from letters.proof import standalone
from letters.proof.apart import verify_apart
from letters.record import kits, shelf
from letters.record.forms import VerifyForm
from letters.render.certificate import certificate_pdf, copy_pdf
from letters.render.draft import Busy
from letters.render.keys import fingerprint
from letters.render.pdf import PressFailed, Unprintable
from letters.render.site_keys import site_keys, trusted
from letters.render.store import checkpoint_fingerprint, checkpoint_key
from letters.replies import download

# The page's own script and style by their hashes, and nothing else: what is chosen there cannot be sent anywhere.
VERIFIER_POLICY = dict(
    zip(("script-src", "style-src"), ([f"'{found}'"] for found in standalone.hashes()), strict=True),
    **{"default-src": [NONE], "connect-src": [NONE], "img-src": [NONE], "form-action": [NONE], "font-src": [NONE]},
)


@access.public
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What this place is, and the letters that are public."""
    return render(request, "letters/record/front.html", {"letters": shelf.published()})


@access.signed_in
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """The letters this person is asked to sign, own seats, keys and sessions."""
    person = access.person(request)
    context = {
        "mine": shelf.letters_of(person), "seats": shelf.seats_of(person), "keys": shelf.keys_of(person),
        "sessions": shelf.sessions_of(person), "key_demanded": freshness.key_demanded(person),
    }  # fmt: skip
    return render(request, "letters/record/me.html", context)


@access.published
@require_safe
def letter(request: HttpRequest, row: Letter) -> HttpResponse:
    """The published letter: text, signatories, downloads, what happened."""
    edition = shelf.edition_of(row)
    if edition is None:
        raise Http404
    sent = Submission.objects.filter(edition__letter=row, state="sent").select_related("journal")
    context = {
        "letter": row, "edition": edition, "version": edition.version, "submissions": sent,
        "editions": shelf.editions_of(row), "signatories": shelf.signatories(edition),
        "answers": shelf.other_answers(row), "taken_back": shelf.taken_back(edition), "picture": kits.picture_of(row),
    }  # fmt: skip
    return render(request, "letters/record/letter.html", context)


def _file(document: Document, name: str, media_type: str) -> HttpResponse:
    answer = download(document.read(), name, media_type)
    answer["ETag"] = f'"{document.sha256}"'
    return answer


def _pdf(edition: Edition | None) -> HttpResponse:
    if edition is None or edition.document is None:
        raise Http404
    return _file(edition.document, f"{edition.letter.slug}-edition-{edition.number}.pdf", "application/pdf")


@access.published
@require_safe
def logo(request: HttpRequest, row: Letter, receipt_no: str) -> HttpResponse:
    """The logo of one signatory, where the society lets it be shown."""
    document = shelf.logo_of(row, receipt_no)
    if document is None:
        raise Http404
    answer = HttpResponse(document.read(), content_type="image/png")
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@access.published
@require_safe
def pdf(request: HttpRequest, row: Letter) -> HttpResponse:
    """The sealed PDF of the newest edition, or of the one named (?edition=1)."""
    return _pdf(shelf.edition_asked(row, request.GET.get("edition", "")))


@access.officer
@require_safe
def officers_pdf(request: HttpRequest, link: Link) -> HttpResponse:
    """The sealed PDF for an officer who was asked to sign, also before the letter is public."""
    return _pdf(shelf.edition_asked(link.invitation.letter, request.GET.get("edition", "")))


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
    return _file(document, f"{row.slug}-edition-{edition.number}-evidence.zip", "application/zip")


def _about(request: HttpRequest, edition: Edition | None) -> dict[str, object]:
    """What may be said beyond the file: before the release nothing, not even whether there is a later edition."""
    letter = edition.letter if edition else None
    known = letter is not None and access.may_read(request, letter)
    return {
        "public": letter is not None and letter.state == State.PUBLISHED,
        "latest": shelf.edition_of(letter) if letter and known else None,
    }


@access.public
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Check a file: a plain verdict, what it proves and what it does not."""
    form = VerifyForm(request.POST, request.FILES) if request.method == "POST" else VerifyForm()
    keys = site_keys()
    context: dict[str, object] = {"form": form, "certificate": fingerprint(keys.certificate)}
    context["checkpoint_key"] = checkpoint_fingerprint(keys)
    if request.method == "POST" and not ratelimit.consume(request, action="verify"):
        form.add_error("file", "Twenty files were checked from your address in a minute; wait a minute and try again.")
        return render(request, "letters/record/verify.html", context, status=429)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["file"]
        context["verdict"] = verify_apart(data, trusted=[*trusted(), checkpoint_key(keys).encode()])
        known = shelf.edition_with(hashlib.sha256(data).hexdigest())
        context["known"] = known
        context |= _about(request, known)
    return render(request, "letters/record/verify.html", context, status=422 if form.errors else 200)


@csp_replace(VERIFIER_POLICY)
@access.public
@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """One file that checks a letter in the reader's own browser, to be used here or kept."""
    keys = site_keys()
    return HttpResponse(
        standalone.page(keys=[fingerprint(keys.certificate), checkpoint_fingerprint(keys)], site=settings.SITE_URL)
    )


@access.public
@require_safe
def verify_edition(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the address on page 1 answers: which edition it names, without opening an unpublished text."""
    edition = shelf.edition_by_id(public_id)
    context = {"edition": edition, "form": VerifyForm(), "public_id": public_id, **_about(request, edition)}
    answer = render(request, "letters/record/verify_edition.html", context, status=200 if edition else 404)
    if not context["public"]:  # it says more from the hour of release on
        patch_cache_control(answer, no_store=True)
    return answer
