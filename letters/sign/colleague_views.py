"""Pages on which an officer acts for a colleague's signature: releasing a version, vouching for a seat."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from letters import access
from letters.freshness import Presence
from letters.lifecycle import NotNow
from letters.models import Link
from letters.presence.asked import needs_code, prove
from letters.presence.codes import WrongCode
from letters.sign import answers, second
from letters.sign.actions import VersionMoved
from letters.sign.colleague_forms import ReleaseForm, VersionForm, VouchForm


def _done(
    request: HttpRequest, link: Link, form: VersionForm, act: Callable[[Presence], str]
) -> HttpResponse | None:  # fmt: skip
    """Where an approver's act leads once the person was checked; None while its form has still to be filled in."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        messages.success(request, act(prove(request, link, form.cleaned_data)))
    except WrongCode as error:
        form.add_error("code", str(error))
        return None
    except VersionMoved:
        return answers.moved_page(request, link, form.cleaned_data["number"])
    except NotNow as error:
        return answers.not_now(request, link, str(error))
    return redirect("review:letter", slug=link.invitation.letter.slug)


def _shown(link: Link) -> dict[str, object]:
    version = link.invitation.letter.current
    return {"content_hash": version.content_hash, "number": version.number} if version else {}


@access.officer
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, link: Link) -> HttpResponse:
    """Release the version that was read, so that a signer of the society may sign it, or say that it is not."""
    letter = link.invitation.letter
    if letter.current is None:
        return redirect("review:letter", slug=letter.slug)
    data = request.POST if request.method == "POST" else None
    form = ReleaseForm(data, initial=_shown(link), needs_code=needs_code(request, link))

    def act(presence: Presence) -> str:
        values = form.cleaned_data
        said = {"by": link, "content_hash": values["content_hash"], "presence": presence}
        if values["word"] == "no":
            second.refuse(**said, reason=values["reason"])
            return f"Version {values['number']} is not released; the signers and the coordinators get a mail."
        second.approve(**said)
        return f"Version {values['number']} is released; the signer gets a mail."

    done = _done(request, link, form, act)
    context = {"letter": letter, "link": link, "form": form, "version": letter.current}
    return done or render(request, "letters/sign/approve.html", context, status=422 if form.errors else 200)


@access.officer
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, link: Link) -> HttpResponse:
    """Take the release of the version that was read back, until the society signed it."""
    letter = link.invitation.letter
    if letter.current is None:
        return redirect("review:letter", slug=letter.slug)
    data = request.POST if request.method == "POST" else None
    form = VersionForm(data, initial=_shown(link), needs_code=needs_code(request, link))

    def act(_: Presence) -> str:
        second.take_back(by=link, content_hash=form.cleaned_data["content_hash"])
        return "The release is taken back; the signers and the coordinators get a mail."

    done = _done(request, link, form, act)
    context = {"letter": letter, "link": link, "form": form, "version": letter.current}
    return done or render(request, "letters/sign/take_back.html", context, status=422 if form.errors else 200)


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
