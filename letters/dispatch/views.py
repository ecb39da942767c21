"""The pages of the submissions: all of them, a new one, one with its steps, the guided one for a form, its files."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from letters import access
from letters.deliver.matter import sealed_edition
from letters.dispatch import checks, choosing, going, pages
from letters.dispatch.hand_forms import HandForm
from letters.lifecycle import NotNow
from letters.models import Letter, Submission, database_now
from letters.models.document import suffix_of
from letters.replies import download
from letters.text.pack.bibliography import BadStyle
from letters.text.pack.cover import BadCover
from letters.text.pack.people import BadPeople

TYPES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}


@access.coordinator
@require_safe
def submissions(request: HttpRequest, letter: Letter) -> HttpResponse:
    """All submissions of the letter, each with its state."""
    context = {"letter": letter, **pages.listing(letter, access.person(request))}
    return render(request, "letters/dispatch/submissions.html", context)


@access.coordinator
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Choose journal, text, paper and way of a new submission."""
    initial = {name: request.GET.get(name, "") for name in ("journal",) if name in request.GET}
    form = pages.new_form(letter, request.POST if request.method == "POST" else None, initial)
    if request.method == "POST" and form.is_valid():
        try:
            row = choosing.choose(by=access.person(request), letter=letter, form=form, now=database_now())
        except NotNow as error:
            form.add_error(None, str(error))
        else:
            return redirect("dispatch:submission", slug=letter.slug, pk=row.pk)
    context = {"letter": letter, "form": form, "sealed": sealed_edition(letter)}
    return render(request, "letters/dispatch/new.html", context, status=422 if form.errors else 200)


@access.coordinator
@require_safe
def submission(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """One submission with its steps, from preflight to what went."""
    row, now = found(letter, pk), database_now()
    context = pages.submission(letter, row, access.person(request), now)
    answer = render(request, "letters/dispatch/submission.html", context)
    if getattr(request, "htmx", False) and row.state != request.GET.get("state"):  # something happened meanwhile
        answer["HX-Refresh"] = "true"
    return answer


@access.present_coordinator
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """What to paste where in the journal's form, then the word that it was handed in."""
    row, now = found(letter, pk), database_now()
    looked = checks.checked(row, now)
    pasted = pages.paste(row, looked)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = HandForm(data, files, zone=letter.zone, now=now, initial={"pasted": pasted.text if pasted else ""})
    if request.method == "POST" and form.is_valid():
        by, how = access.person(request), access.how(request)
        try:
            going.hand_in(by=by, submission=row, handed=form.handed, now=now, checked=how)
        except NotNow as error:
            form.add_error(None, str(error))
        else:
            return redirect("dispatch:submission", slug=letter.slug, pk=row.pk)
    context = {
        "letter": letter, "row": row, "form": form, "paste": pasted, "found": looked, "stops": looked.stops(row),
    }  # fmt: skip
    return render(request, "letters/dispatch/hand_in.html", context, status=422 if form.errors else 200)


@access.coordinator
@require_safe
def pack(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Everything for the journal as one zip file; where a file cannot be made, the page says why."""
    row = found(letter, pk)
    try:
        data = pages.zipped(row)
    except (BadPeople, BadCover, BadStyle) as error:
        messages.error(request, f"The pack cannot be made: {error}")
        return redirect("dispatch:submission", slug=letter.slug, pk=pk)
    return download(data, f"{letter.slug}-{row.journal.key}-{row.pk}.zip", "application/zip")


@access.coordinator
@require_safe
def sent(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """What went, byte for byte: the message, or the text as pasted."""
    row = found(letter, pk)
    if row.sent_copy is None:
        raise Http404
    name, kind = ("message.eml", "message/rfc822") if row.by_mail else ("pasted.txt", "text/plain; charset=utf-8")
    return download(row.sent_copy.read(), f"{letter.slug}-{row.pk}-{name}", kind)


@access.coordinator
@require_safe
def receipt(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """The journal's receipt as a file."""
    row = found(letter, pk)
    if row.receipt_file is None:
        raise Http404
    data = row.receipt_file.read()
    ending = suffix_of(data)
    return download(data, f"{letter.slug}-{row.pk}-receipt.{ending}", TYPES.get(ending, "application/octet-stream"))


def found(letter: Letter, pk: int) -> Submission:
    """This letter's submission of that number, or a 404."""
    return checks.fresh(get_object_or_404(Submission.objects.only("pk"), pk=pk, edition__letter=letter).pk)
