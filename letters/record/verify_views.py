"""The pages on which a file or an edition is checked."""

import hashlib

from allauth.core import ratelimit
from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_safe

from letters import access
from letters.models import Edition, State
from letters.proof import standalone
from letters.proof.apart import verify_apart
from letters.record import shelf
from letters.record.forms import VerifyForm
from letters.render.keys import fingerprint
from letters.render.site_keys import site_certificate, site_checkpoint, trusted
from letters.render.store import checkpoint_fingerprint, checkpoint_key

# The page's own script and style by their hashes, and nothing else: what is chosen there cannot be sent anywhere.
VERIFIER_POLICY = dict(
    zip(("script-src", "style-src"), ([f"'{found}'"] for found in standalone.hashes()), strict=True),
    **{"default-src": [NONE], "connect-src": [NONE], "img-src": [NONE], "form-action": [NONE], "font-src": [NONE]},
)


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
    key = site_checkpoint()
    context: dict[str, object] = {"form": form, "certificate": fingerprint(site_certificate())}
    context["checkpoint_key"] = checkpoint_fingerprint(key)
    if request.method == "POST" and not ratelimit.consume(request, action="verify"):
        form.add_error("file", "Twenty files were checked from your address in a minute; wait a minute and try again.")
        return render(request, "letters/record/verify.html", context, status=429)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["file"]
        context["verdict"] = verify_apart(data, trusted=[*trusted(), checkpoint_key(key).encode()])
        known = shelf.edition_with(hashlib.sha256(data).hexdigest())
        context["known"] = known
        context |= _about(request, known)
    return render(request, "letters/record/verify.html", context, status=422 if form.errors else 200)


@csp_replace(VERIFIER_POLICY)
@access.public
@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """One file that checks a letter in the reader's own browser, to be used here or kept."""
    prints = [fingerprint(site_certificate()), checkpoint_fingerprint(site_checkpoint())]
    return HttpResponse(standalone.page(keys=prints, site=settings.SITE_URL))


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
