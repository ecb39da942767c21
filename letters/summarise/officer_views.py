"""An officer's pages of a summary: reading it beside the letter, and saying what the society says of it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from letters import access
from letters.lifecycle import NotNow
from letters.models import Link, database_now
from letters.presence.asked import needs_code, prove
from letters.presence.codes import TooManyCodes, WrongCode, send_code
from letters.summarise import officer_forms, reading, words
from letters.summarise.officer_forms import WORDS, WordForm, choices_for


def _page(link: Link, number: int) -> reading.Page:
    letter = link.invitation.letter
    row = get_object_or_404(letter.summaries.select_related("current", "journal", "target"), number=number)
    row.letter = letter
    version = row.current
    if version is None:
        raise Http404
    version.summary = row
    return reading.page(link, row, version)


@access.officer
@require_safe
def read(request: HttpRequest, link: Link, number: int) -> HttpResponse:
    """The summary beside the letter it shortens, or with what changed (?changes=1), and the bar to decide."""
    letter, page = link.invitation.letter, _page(link, number)
    changes = page.changes
    context = {
        "letter": letter, "link": link, "page": page, "summary": page.summary, "version": page.version,
        "redline": changes, "marked": bool(changes) and request.GET.get("changes") == "1",
        "beside": reading.beside(letter.on_the_table.html, reverse("review:letter", args=[letter.slug])),
        "may_speak": words.may_speak(link, database_now().date()),
    }  # fmt: skip
    return render(request, "letters/summarise/read.html", context)


@access.officer
@require_POST
def start(request: HttpRequest, link: Link, number: int) -> HttpResponse:
    """Send a code where one is needed and go on to the decision."""
    asks, word = needs_code(request, link), request.POST.get("word", "")
    if asks and ("mail" in request.POST or not asks.by_passkey):
        try:
            send_code(link, browser=access.browser(request), now=database_now())
        except TooManyCodes as error:
            messages.warning(request, str(error))
    chosen = f"?word={word}" if word in WORDS else ""
    return redirect(reverse("summarise:decide", args=[link.invitation.letter.slug, number]) + chosen)


@access.officer
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, link: Link, number: int) -> HttpResponse:
    """Say for the society that it approves, leaves it to the lead society, says no, or takes that back."""
    letter, page = link.invitation.letter, _page(link, number)
    initial = {
        "content_hash": page.version.content_hash, "number": page.version.number, "word": request.GET.get("word")
    }  # fmt: skip
    choices = choices_for(link.invitation, page.lead, said=page.said, left_to=page.left_to)
    data = request.POST if request.method == "POST" else None
    form = WordForm(data, initial=initial, needs_code=needs_code(request, link), choices=choices)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _said(request, link, page, form))
            return redirect("summarise:read", slug=letter.slug, number=number)
        except WrongCode as error:
            form.add_error("code", str(error))
        except NotNow as error:
            messages.error(request, str(error))
            return redirect("summarise:read", slug=letter.slug, number=number)
    context = {"letter": letter, "link": link, "form": form, "page": page, "summary": page.summary}
    context["version"] = page.version
    return render(request, "letters/summarise/decide.html", context, status=422 if form.errors else 200)


def _said(request: HttpRequest, link: Link, page: reading.Page, form: WordForm) -> str:
    """Do what was chosen, once the officer was checked, and say so in a sentence."""
    values, society = form.cleaned_data, link.invitation.society
    presence = prove(request, link, values)
    about = {"by": link, "summary": page.summary, "content_hash": values["content_hash"]}
    if values["word"] == officer_forms.APPROVE:
        words.approve(**about, presence=presence)
        rest = (
            "It went to a journal before, so this stays."
            if page.gone
            else "You can change this until it goes to a journal."
        )
        return f"{society} approves version {values['number']}. {rest}"
    if values["word"] == officer_forms.LEAVE:
        left = words.leave(**about, presence=presence)
        return f"{society} leaves the summaries of this letter to {left.to.society}. You can take this back."
    if values["word"] == officer_forms.REFUSE:
        words.refuse(**about, reason=values["reason"], presence=presence)
        return f"{society} is not named with this summary; the coordinators get a mail."
    if values["word"] == officer_forms.BACK:
        words.take_back(**about)
        return "What your society said of this version is taken back."
    words.decide_again(by=link)
    return f"{society} decides about summaries itself again."
