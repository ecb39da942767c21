"""Pages of the clock: set a date, end a wait, and the ladder when nothing comes."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from letters import access
from letters.correspond import rungs, waits
from letters.correspond.about import named
from letters.correspond.due_forms import DueForm, EndForm, WroteForm
from letters.correspond.waiting import asked, submission_of, wait_from
from letters.lifecycle import NotNow
from letters.models import Letter, database_now
from letters.stale import SeenForm, Stale, status, unchanged
from letters.text.ladder import RUNGS


@access.coordinator
@require_http_methods(["GET", "HEAD", "POST"])
def wait(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Wait for something until a day; `?submission=N&step=…` says for what."""
    now, row = database_now(), submission_of(letter, request.GET.get("submission", ""))
    posted, step = request.method == "POST", request.GET.get("step", "")
    form: SeenForm = DueForm(request.POST) if posted else DueForm(initial=asked(letter, row, step, now))
    if posted and form.is_valid():
        wanted, by = wait_from(letter, row, form.cleaned_data, now), access.person(request)
        try:
            fresh, trace = (
                (lambda at: DueForm(initial=asked(at, row, step, now))),
                lambda: waits.last_act(letter, row, step),
            )
            with unchanged(form, letter, fresh, trace):
                due = waits.set_due(by=by, letter=letter, submission=row, wait=wanted, now=now)
        except NotNow as error:
            form.add_error("on", str(error))
        except Stale as found:
            form = found.form
        else:
            messages.success(request, f"It is waited for until {waits.said(due.on)}.")
            return redirect("correspond:correspondence", slug=letter.slug)
    context = {"letter": letter, "form": form, "named": named(row) if row else "", "submission": row}
    return render(request, "letters/correspond/wait.html", context, status=status(form))


@access.coordinator
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Stop waiting, with the reason."""
    due = get_object_or_404(letter.dues.open().select_related("letter", "submission__journal"), pk=pk)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        try:
            waits.end_due(by=access.person(request), due=due, note=note, now=database_now())
        except NotNow as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "It is no longer waited for.")
        return redirect("correspond:correspondence", slug=letter.slug)
    context = {"letter": letter, "due": due, "form": form}
    return render(request, "letters/correspond/end.html", context, status=422 if form.errors else 200)


@access.coordinator
@require_http_methods(["GET", "HEAD", "POST"])
def escalate(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """The ladder for one submission; records that a rung was written to."""
    row, now, form = submission_of(letter, str(pk)), database_now(), None
    if row is None:
        raise Http404
    if request.method == "POST":
        rung = next((one for key, one in RUNGS.items() if request.POST.get(f"{key}-rung") == key), None)
        if rung is None:
            raise Http404
        form = WroteForm(request.POST, rung=rung, submission=row, today=now.astimezone(letter.zone).date())
    if form and form.is_valid():
        by, said = access.person(request), form.cleaned_data
        waits.wrote(
            by=by, letter=letter, submission=row, rung=form.to, day=said["day"], words=said["words"],
            until=form.until, now=now,
        )  # fmt: skip
        messages.success(request, "It is on record, and the clock runs.")
        return redirect("correspond:correspondence", slug=letter.slug)
    context = rungs.page(letter, row, now, form)
    return render(request, "letters/correspond/escalate.html", context, status=422 if form else 200)
