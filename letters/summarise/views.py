"""A coordinator's pages of the summaries: the list, a new one, one with its approvals, delegations from outside."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from letters import access
from letters.lifecycle import NotNow
from letters.models import Delegation, Letter, Summary, database_now
from letters.summarise import actions, reading
from letters.summarise import delegations as outside
from letters.summarise.forms import DelegationForm, FileForm, NamingForm, NewForm, PublishForm
from letters.text.canonical import Refused
from letters.text.diff import redline
from letters.text.reading import Unreadable

BAD_FILE = (Unreadable, Refused, NotNow)


def _summary(letter: Letter, number: int) -> Summary:
    found: Summary = get_object_or_404(letter.summaries.select_related("current", "journal", "target"), number=number)
    found.letter = letter
    if found.current:
        found.current.summary = found
    return found


@access.coordinator
@require_safe
def summaries(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Each summary, with how many societies are behind it."""
    context = {"letter": letter, "lines": reading.lines(letter), "delegations": reading.delegations(letter)}
    return render(request, "letters/summarise/summaries.html", context)


@access.coordinator
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Upload the first text of a summary."""
    posted = request.method == "POST"
    form = NewForm(request.POST if posted else None, request.FILES if posted else None, letter=letter)
    if posted and form.is_valid():
        try:
            made = actions.begin(
                by=access.person(request), letter=letter, brought=form.brought(), naming=form.naming(),
                now=database_now(),
            )  # fmt: skip
        except BAD_FILE as error:
            form.add_error("file", str(error))
        else:
            return redirect("summarise:summary", slug=letter.slug, number=made.number)
    status = 422 if form.errors else 200
    return render(request, "letters/summarise/new.html", {"letter": letter, "form": form}, status=status)


def _page(
    request: HttpRequest, row: Summary, form: FileForm, publish_form: PublishForm | None = None
) -> HttpResponse:  # fmt: skip
    shown = reading.detail(row, database_now())
    waiting = shown["waiting"]
    if waiting and publish_form is None:
        publish_form = PublishForm(initial={"number": waiting.number, "note": waiting.note})
    context = {"letter": row.letter, "summary": row, "form": form, "publish_form": publish_form, **shown}
    status = 422 if form.errors or (publish_form and publish_form.errors) else 200
    return render(request, "letters/summarise/summary.html", context, status=status)


@access.coordinator
@require_http_methods(["GET", "HEAD", "POST"])
def summary(request: HttpRequest, letter: Letter, number: int) -> HttpResponse:
    """One summary: its text, whether it fits, who is behind it; a POST uploads the next text."""
    row, posted = _summary(letter, number), request.method == "POST"
    form = FileForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        try:
            actions.add_version(by=access.person(request), summary=row, brought=form.brought(), now=database_now())
        except BAD_FILE as error:
            form.add_error("file", str(error))
        else:
            return redirect("summarise:summary", slug=letter.slug, number=number)
    return _page(request, row, form)


@access.coordinator
@require_POST
def read_again(request: HttpRequest, letter: Letter, number: int) -> HttpResponse:
    """Decide about the tracked changes or the bold lines of the file that waits."""
    tracked, bold = request.POST.get("tracked", ""), request.POST.get("bold", "")
    if (tracked or bold) and tracked in ("", "accept", "reject") and bold in ("", "take", "leave"):
        try:
            actions.decide(
                by=access.person(request), summary=_summary(letter, number), now=database_now(), tracked=tracked,
                bold=bold,
            )  # fmt: skip
        except BAD_FILE as error:
            messages.error(request, str(error))
    return redirect("summarise:summary", slug=letter.slug, number=number)


@access.coordinator
@require_POST
def publish(request: HttpRequest, letter: Letter, number: int) -> HttpResponse:
    """Ask the societies to approve the version that waits."""
    row, form = _summary(letter, number), PublishForm(request.POST)
    waiting = get_object_or_404(row.versions, circulated_at=None)
    waiting.summary = row
    if not form.is_valid():
        return _page(request, row, FileForm(), form)
    if form.cleaned_data["number"] != waiting.number:  # the page showed another version than the one that waits now
        raise Http404
    try:
        count = actions.publish(
            by=access.person(request), version=waiting, note=form.cleaned_data["note"], now=database_now()
        )
    except NotNow as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Version {waiting.number} is published; {count} officers get a mail.")
    return redirect("summarise:summary", slug=letter.slug, number=number)


@access.coordinator
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest, letter: Letter, number: int) -> HttpResponse:
    """What the summary is called and where it is meant to go."""
    row = _summary(letter, number)
    form = NamingForm(request.POST, letter=letter) if request.method == "POST" else NamingForm.of(row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.describe(
                by=access.person(request), summary=row, naming=form.naming(row.name), now=database_now()
            )  # fmt: skip
        except NotNow as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Saved.")
            return redirect("summarise:summary", slug=letter.slug, number=number)
    context = {"letter": letter, "summary": row, "form": form}
    return render(request, "letters/summarise/name.html", context, status=422 if form.errors else 200)


@access.coordinator
@require_POST
def remind(request: HttpRequest, letter: Letter, number: int) -> HttpResponse:
    """Write once more to the officers of societies that have not answered."""
    try:
        count = actions.remind(by=access.person(request), summary=_summary(letter, number), now=database_now())
    except NotNow as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Officers who were written to once more: {count}.")
    return redirect("summarise:summary", slug=letter.slug, number=number)


@access.coordinator
@require_safe
def version(request: HttpRequest, letter: Letter, number: int) -> HttpResponse:
    """A published version (?version=N), with what changed since the one before it."""
    row, asked = _summary(letter, number), request.GET.get("version", "")
    published = list(row.versions.exclude(circulated_at=None).order_by("number"))
    found = next((one for one in published if str(one.number) == asked), published[-1] if published else None)
    if found is None:
        raise Http404
    old = next((one for one in reversed(published) if one.number < found.number), None)
    context = {
        "letter": letter, "summary": row, "version": found, "old": old,
        "changes": redline(old.parts, found.parts) if old else None,
    }  # fmt: skip
    return render(request, "letters/summarise/version.html", context)


@access.present_coordinator
@require_http_methods(["GET", "HEAD", "POST"])
def delegations(request: HttpRequest, letter: Letter) -> HttpResponse:
    """The delegations that hold; a POST records one that was received outside."""
    signed = reading.signed(letter)
    form = DelegationForm(request.POST if request.method == "POST" else None, signed=signed)
    if request.method == "POST" and form.is_valid():
        try:
            made = outside.record(
                by=access.person(request), letter=letter, now=database_now(), checked=access.how(request),
                **form.cleaned_data,
            )  # fmt: skip
        except NotNow as error:
            form.add_error(None, str(error))
        else:
            words = f"{made.invitation.society} leaves the summaries to {made.to.society}"
            messages.success(request, f"It is recorded that {words}.")
            return redirect("summarise:delegations", slug=letter.slug)
    context = {"letter": letter, "form": form, "delegations": reading.delegations(letter), "signed": signed}
    return render(request, "letters/summarise/delegations.html", context, status=422 if form.errors else 200)


@access.present_coordinator
@require_POST
def end_delegation(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """A recorded delegation no longer holds."""
    row = get_object_or_404(Delegation.objects.select_related("invitation__society"), pk=pk, invitation__letter=letter)
    try:
        outside.end(by=access.person(request), delegation=row, now=database_now(), checked=access.how(request))
    except NotNow as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{row.invitation.society} decides about the summaries itself again.")
    return redirect("summarise:delegations", slug=letter.slug)
