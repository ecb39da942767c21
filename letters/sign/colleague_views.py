"""Pages on which an officer acts for a colleague's signature: releasing a version, vouching for a seat."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from letters import access
from letters.lifecycle import NotNow
from letters.models import Link
from letters.sign import answers, second
from letters.sign.actions import VersionMoved
from letters.sign.codes import WrongCode
from letters.sign.colleague_forms import ReleaseForm, VouchForm
from letters.sign.presence import needs_code, prove


@access.officer
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, link: Link) -> HttpResponse:
    """Release the version that was read, so that a signer of the society may sign it."""
    letter, asks = link.invitation.letter, needs_code(request, link)
    if letter.current is None:
        return redirect("review:letter", slug=letter.slug)
    shown = {"content_hash": letter.current.content_hash, "number": letter.current.number}
    form = ReleaseForm(request.POST, needs_code=asks) if request.method == "POST" else ReleaseForm(
        initial=shown, needs_code=asks
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            presence = prove(request, link, form.cleaned_data)
            approval = second.approve(by=link, content_hash=form.cleaned_data["content_hash"], presence=presence)
        except WrongCode as error:
            form.add_error("code", str(error))
        except VersionMoved:
            return answers.moved_page(request, link, form.cleaned_data["number"])
        except NotNow as error:
            return answers.not_now(request, link, str(error))
        else:
            messages.success(request, f"{str(approval.version).capitalize()} is released; the signer gets a mail.")
            return redirect("review:letter", slug=letter.slug)
    context = {"letter": letter, "link": link, "form": form, "version": letter.current}
    return render(request, "letters/sign/approve.html", context, status=422 if form.errors else 200)


@access.officer
@require_http_methods(["GET", "HEAD", "POST"])
def colleagues(request: HttpRequest, link: Link) -> HttpResponse:
    """The society's officers on this letter; a POST vouches for one of them."""
    others = second.colleagues(link)
    data = request.POST if request.method == "POST" else None
    form = VouchForm(data, needs_code=needs_code(request, link), officers=others)
    if request.method == "POST" and form.is_valid():
        try:
            prove(request, link, form.cleaned_data)
            second.vouch(by=link, officer=form.chosen())
        except WrongCode as error:
            form.add_error("code", str(error))
        except NotNow as error:
            return answers.not_now(request, link, str(error))
        else:
            messages.success(request, f"Thank you. It is recorded that you vouched for {form.chosen()}.")
            return redirect("sign:colleagues", slug=link.invitation.letter.slug)
    context = {"letter": link.invitation.letter, "link": link, "form": form, "colleagues": others}
    return render(request, "letters/sign/colleagues.html", context, status=422 if form.errors else 200)
