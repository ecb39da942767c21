"""Pages about the papers a letter answers: what is known of each, and when the window of each journal ends."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from letters import access
from letters.journals import targets as verbs
from letters.journals import windows
from letters.journals.target_forms import AimForm, ConfirmForm, DoiForm, TargetForm
from letters.lifecycle import NotNow
from letters.models import Letter, Target, database_now
from letters.replies import told


@access.coordinator
@require_http_methods(["GET", "HEAD", "POST"])
def targets(request: HttpRequest, letter: Letter) -> HttpResponse:
    """The papers answered, their windows and the boards; names one more paper."""
    now, form = database_now(), DoiForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by = access.person(request)
        try:
            target = verbs.name_target(by=by, letter=letter, doi=form.cleaned_data["doi"], now=now)
        except NotNow as error:
            form.add_error("doi", str(error))
        else:
            messages.success(request, f"The letter answers {target.doi}. Check citation and dates.")
            return redirect("journals:targets", slug=letter.slug)
    today = now.astimezone(letter.zone).date()
    context = {"letter": letter, "form": form, "aim_form": AimForm.of(letter), **windows.page(letter, today)}
    return render(request, "letters/journals/targets.html", context, status=422 if form.errors else 200)


@access.coordinator
@require_POST
def aim(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Choose the journals the letter may go to."""
    form, now = AimForm(request.POST), database_now()
    if form.is_valid():
        by, chosen = access.person(request), list(form.cleaned_data["journals"])
        said = "These are the journals the letter may go to."
        return told(
            request,
            lambda: verbs.aim(by=by, letter=letter, journals=chosen, now=now),
            said,
            "journals:targets",
            letter.slug,
        )
    today = now.astimezone(letter.zone).date()
    context = {"letter": letter, "form": DoiForm(), "aim_form": form, **windows.page(letter, today)}
    return render(request, "letters/journals/targets.html", context, status=422)


@access.coordinator
@require_http_methods(["GET", "HEAD", "POST"])
def target(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """One paper: citation and dates by hand."""
    row = _target(letter, pk)
    form = TargetForm(request.POST) if request.method == "POST" else TargetForm.of(row)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.correct_target(by=access.person(request), target=row, typed=form.typed(), now=database_now())
        except NotNow as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Citation and dates are as you typed them.")
            return redirect("journals:targets", slug=letter.slug)
    return _page(request, letter, row, form, ConfirmForm(target=row))


@access.coordinator
@require_POST
def confirm_date(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Pin the date the journal counts from."""
    row = _target(letter, pk)
    form = ConfirmForm(request.POST, target=row)
    if not form.is_valid():
        return _page(request, letter, row, TargetForm.of(row), form)
    by, values, now = access.person(request), form.cleaned_data, database_now()
    return told(
        request, lambda: verbs.confirm_date(by=by, target=row, kind=values["kind"], how=values["how"], now=now),
        "This date counts now.", "journals:targets", letter.slug,
    )  # fmt: skip


@access.coordinator
@require_POST
def unpin(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Take the confirmation of a date back."""
    row, by = _target(letter, pk), access.person(request)
    said = "No date is confirmed now; the earliest counts."
    return told(
        request, lambda: verbs.unpin(by=by, target=row, now=database_now()), said, "journals:targets", letter.slug
    )


@access.coordinator
@require_POST
def look_up(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Ask the register of DOIs once more."""
    row, by = _target(letter, pk), access.person(request)
    return told(
        request, lambda: verbs.look_up(by=by, target=row, now=database_now()),
        "The paper is being looked up. Look again in a few seconds.", "journals:targets", letter.slug,
    )  # fmt: skip


@access.coordinator
@require_POST
def drop_target(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Take a paper off the letter."""
    row, by = _target(letter, pk), access.person(request)
    return told(
        request, lambda: verbs.drop_target(by=by, target=row, now=database_now()),
        f"{row.doi} is no longer among the papers.", "journals:targets", letter.slug,
    )  # fmt: skip


def _target(letter: Letter, pk: int) -> Target:
    return get_object_or_404(Target.objects.select_related("letter"), pk=pk, letter=letter)


def _page(request: HttpRequest, letter: Letter, row: Target, form: TargetForm, confirm: ConfirmForm) -> HttpResponse:
    context = {"letter": letter, "target": row, "form": form, "confirm": confirm, "pinned": windows.pinned(row)}
    status = 422 if form.errors or confirm.errors else 200
    return render(request, "letters/journals/target.html", context, status=status)
