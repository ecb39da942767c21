"""Pages on which an officer acts: asking for a code, signing, answering, withdrawing, and the receipt."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from letters import access
from letters.lifecycle import NotNow
from letters.models import Link, Signature, database_now
from letters.presence.asked import needs_code, prove, remember_read, remember_zone
from letters.presence.codes import TooManyCodes, WrongCode, send_code
from letters.presence.forms import CodeForm
from letters.render.pdf import PressFailed, Unprintable
from letters.replies import download
from letters.sign import actions, answers, receipts, responses
from letters.sign.forms import NoteForm, ReasonForm, SignForm
from letters.sign.response_form import RespondForm

ACTS = {
    "sign": "sign:sign", "respond": "sign:respond", "approve": "sign:approve", "colleagues": "sign:colleagues",
    "take_back": "sign:take_back",
}  # fmt: skip


@access.officer
@require_POST
def start(request: HttpRequest, link: Link) -> HttpResponse:
    """Send a code where one is needed and go to the page of the act; `act` is one of ACTS or a receipt number."""
    act, slug = request.POST.get("act", "sign"), link.invitation.letter.slug
    remember_zone(link, request.POST.get("zone", ""))
    asks = needs_code(request, link)
    if asks and ("mail" in request.POST or not asks.by_passkey):
        try:
            send_code(link, browser=access.browser(request), now=database_now())
        except TooManyCodes as error:
            messages.warning(request, str(error))
    else:
        remember_read(link)
    if act in ACTS:
        return redirect(ACTS[act], slug=slug)
    signature = get_object_or_404(Signature, receipt_no=act)
    way_out = "sign:note" if actions.sealed_in(signature) else "sign:withdraw"
    return redirect(way_out, slug=slug, receipt_no=signature.receipt_no)


@access.officer
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, link: Link) -> HttpResponse:
    """Check before you sign; a POST signs exactly the version whose hash the page showed."""
    asks = needs_code(request, link)
    if request.method != "POST":
        return answers.check_page(request, link, SignForm.of(link, answers.standing(link), needs_code=asks))
    form = SignForm(request.POST, request.FILES, needs_code=asks)
    if not form.is_valid():
        return answers.check_page(request, link, form)
    try:
        proof = prove(request, link, form.cleaned_data)
        signature = actions.sign(by=link, consent=answers.consent_of(form), presence=proof)
    except WrongCode as error:
        form.add_error("code", str(error))
        repeated = answers.second_click(request, link, form.data.get("code", ""))
        return repeated or answers.check_page(request, link, form)
    except actions.VersionMoved:
        return answers.moved_page(request, link, form.cleaned_data["number"])
    except actions.SignedAlready as error:
        return answers.signed_already(request, link, error)
    except NotNow as error:
        return answers.not_now(request, link, str(error))
    return redirect("sign:receipt", slug=link.invitation.letter.slug, receipt_no=signature.receipt_no)


@access.officer
@require_safe
def logo(request: HttpRequest, link: Link) -> HttpResponse:
    """The logo the registry has of the society."""
    document = link.invitation.society.logo
    if document is None:
        raise Http404
    return HttpResponse(document.read(), content_type="image/png")


@access.officer
@require_http_methods(["GET", "HEAD", "POST"])
def respond(request: HttpRequest, link: Link) -> HttpResponse:
    """Say what the society says short of signing; it can be said anew until the close."""
    asks, invitation = needs_code(request, link), link.invitation
    form = RespondForm(request.POST, needs_code=asks) if request.method == "POST" else RespondForm.of(
        invitation, needs_code=asks
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            prove(request, link, form.cleaned_data)
            return answers.answered(request, link, form)
        except WrongCode as error:
            form.add_error("code", str(error))
        except responses.Unusable as error:
            form.add_error(error.field, str(error))
            form.forget_check()  # it was right, and is used up
        except NotNow as error:
            return answers.not_now(request, link, str(error))
    return answers.respond_page(request, link, form)


@access.officer
@require_safe
def receipt(request: HttpRequest, link: Link, receipt_no: str) -> HttpResponse:
    """The receipt of one signature of this officer's society."""
    found = receipts.receipt_of(link, receipt_no)
    if found is None:
        raise Http404
    context = {
        "letter": link.invitation.letter, "link": link, "receipt": found, "signature": found.signature,
        "offer_passkey": answers.offer_passkey(request, found.signature),
    }  # fmt: skip
    return render(request, "letters/sign/receipt.html", context)


@access.officer
@require_safe
def receipt_pdf(request: HttpRequest, link: Link, receipt_no: str) -> HttpResponse:
    """The receipt as a sheet of its own; where it cannot be printed, the page says why."""
    found = receipts.receipt_of(link, receipt_no)
    if found is None:
        raise Http404
    try:
        data = receipts.pdf_of(found)
    except (Unprintable, PressFailed) as error:
        messages.warning(request, str(error))
        return redirect("sign:receipt", slug=link.invitation.letter.slug, receipt_no=receipt_no)
    return download(data, f"receipt-{receipt_no}.pdf", "application/pdf")


def _taken_back(
    request: HttpRequest, link: Link, receipt_no: str, form: CodeForm, act: Callable[[], object], said: str
) -> HttpResponse | None:
    """Where an act of taking back leads once the officer was checked; None while its form has still to be filled in."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        prove(request, link, form.cleaned_data)
        act()
    except WrongCode as error:
        form.add_error("code", str(error))
        return None
    except NotNow as error:
        return answers.not_now(request, link, str(error))
    messages.success(request, said)
    return redirect("sign:receipt", slug=link.invitation.letter.slug, receipt_no=receipt_no)


@access.officer
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, link: Link, receipt_no: str) -> HttpResponse:
    """Take the signature back, until the seal."""
    signature = get_object_or_404(Signature, receipt_no=receipt_no, invitation=link.invitation)
    form = ReasonForm(request.POST if request.method == "POST" else None, needs_code=needs_code(request, link))
    done = _taken_back(
        request, link, receipt_no, form,
        lambda: actions.withdraw(by=link, signature=signature, reason=form.cleaned_data["reason"]),
        "The signature is withdrawn and will not be printed.",
    )  # fmt: skip
    context = {"letter": link.invitation.letter, "link": link, "form": form, "signature": signature}
    return done or render(request, "letters/sign/withdraw.html", context, status=422 if form.errors else 200)


@access.officer
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, link: Link, receipt_no: str) -> HttpResponse:
    """Take the society's support back in public, after the seal."""
    signature = get_object_or_404(Signature, receipt_no=receipt_no, invitation=link.invitation)
    form = NoteForm(request.POST if request.method == "POST" else None, needs_code=needs_code(request, link))
    done = _taken_back(
        request, link, receipt_no, form,
        lambda: actions.note(by=link, signature=signature, words=form.cleaned_data["words"]),
        "The note is recorded and stands below your society’s name.",
    )  # fmt: skip
    if done:
        return done
    context = {
        "letter": link.invitation.letter, "link": link, "form": form, "signature": signature,
        "printed": actions.sealed_in(signature),
    }  # fmt: skip
    return render(request, "letters/sign/note.html", context, status=422 if form.errors else 200)
