"""Pages on which an officer acts: asking for a code, signing, declining, withdrawing, and the receipt."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from letters import access
from letters.lifecycle import NotNow
from letters.models import Link, Signature, State, database_now
from letters.sign import actions, answers
from letters.sign.codes import TooManyCodes, WrongCode, send_code
from letters.sign.forms import ReasonForm, SignForm
from letters.sign.presence import needs_code, prove

ACTS = {
    "sign": "sign:sign", "respond": "sign:respond", "approve": "sign:approve", "colleagues": "sign:colleagues",
}  # fmt: skip


@access.officer
@require_POST
def start(request: HttpRequest, link: Link) -> HttpResponse:
    """Send a code where one is needed and go to the page of the act; `act` is one of ACTS or a receipt number."""
    act, slug = request.POST.get("act", "sign"), link.invitation.letter.slug
    asks = needs_code(request, link)
    if asks and ("mail" in request.POST or not asks.by_passkey):
        try:
            send_code(link, browser=access.browser(request), now=database_now())
        except TooManyCodes as error:
            messages.warning(request, str(error))
    if act in ACTS:
        return redirect(ACTS[act], slug=slug)
    return redirect("sign:withdraw", slug=slug, receipt_no=get_object_or_404(Signature, receipt_no=act).receipt_no)


@access.officer
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, link: Link) -> HttpResponse:
    """Check before you sign; a POST signs exactly the version whose hash the page showed."""
    asks = needs_code(request, link)
    if request.method != "POST":
        return answers.check_page(request, link, SignForm.of(link, needs_code=asks))
    form = SignForm(request.POST, needs_code=asks)
    if not form.is_valid():
        return answers.check_page(request, link, form)
    try:
        presence = prove(request, link, form.cleaned_data)
        signature = actions.sign(by=link, consent=answers.consent_of(form), presence=presence)
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
@require_http_methods(["GET", "HEAD", "POST"])
def respond(request: HttpRequest, link: Link) -> HttpResponse:
    """Decline for the society, with or without a reason."""
    form = ReasonForm(request.POST if request.method == "POST" else None, needs_code=needs_code(request, link))
    if request.method == "POST" and form.is_valid():
        try:
            prove(request, link, form.cleaned_data)
            actions.decline(by=link, reason=form.cleaned_data["reason"])
        except WrongCode as error:
            form.add_error("code", str(error))
        except NotNow as error:
            return answers.not_now(request, link, str(error))
        else:
            messages.success(request, "Your answer is recorded. You can change it until the close.")
            return redirect("review:letter", slug=link.invitation.letter.slug)
    context = {"letter": link.invitation.letter, "link": link, "form": form}
    return render(request, "letters/sign/respond.html", context, status=422 if form.errors else 200)


@access.officer
@require_safe
def receipt(request: HttpRequest, link: Link, receipt_no: str) -> HttpResponse:
    """The receipt of one signature of this officer's society."""
    signature = get_object_or_404(
        Signature.objects.select_related("version", "officer"), receipt_no=receipt_no, invitation=link.invitation
    )
    letter = link.invitation.letter
    context = {
        "letter": letter, "link": link, "signature": signature,
        "may_withdraw": letter.state in (State.SIGNING, State.REVIEW, State.CLOSED)
        and not signature.withdrawn_at and not signature.replaced_at,
        "offer_passkey": answers.offer_passkey(request, signature),
    }  # fmt: skip
    return render(request, "letters/sign/receipt.html", context)


@access.officer
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, link: Link, receipt_no: str) -> HttpResponse:
    """Take the signature back, until the seal."""
    signature = get_object_or_404(Signature, receipt_no=receipt_no, invitation=link.invitation)
    form = ReasonForm(request.POST if request.method == "POST" else None, needs_code=needs_code(request, link))
    if request.method == "POST" and form.is_valid():
        try:
            prove(request, link, form.cleaned_data)
            actions.withdraw(by=link, signature=signature, reason=form.cleaned_data["reason"])
        except WrongCode as error:
            form.add_error("code", str(error))
        except NotNow as error:
            return answers.not_now(request, link, str(error))
        else:
            messages.success(request, "The signature is withdrawn and will not be printed.")
            return redirect("sign:receipt", slug=link.invitation.letter.slug, receipt_no=receipt_no)
    context = {"letter": link.invitation.letter, "link": link, "form": form, "signature": signature}
    return render(request, "letters/sign/withdraw.html", context, status=422 if form.errors else 200)
