"""The forms of the steps on the page of a submission: preflight, people, permissions, covering letter."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from letters import access, stale
from letters.dispatch import actions, checks, pages
from letters.dispatch.forms import AskForm, DespiteForm, PermitForm, WordsForm
from letters.dispatch.people_forms import PeopleForm, PersonSet, persons_again
from letters.dispatch.views import found
from letters.lifecycle import NotNow
from letters.models import Letter, Submission, database_now
from letters.stale import SeenForm


def _again(request: HttpRequest, row: Submission, status: int = 422, **forms: object) -> HttpResponse:
    """The page with a form that did not pass, as it was sent."""
    context = pages.submission(row.edition.letter, row, access.person(request), database_now(), **forms)
    return render(request, "letters/dispatch/submission.html", context | {"unsaved": forms}, status=status)


def _done(request: HttpRequest, row: Submission, said: str, step: str) -> HttpResponse:
    messages.success(request, said)
    answer = redirect("dispatch:submission", slug=row.edition.letter.slug, pk=row.pk)
    answer["Location"] += f"#{step}"
    return answer


def _kept(
    form: SeenForm, row: Submission, part: str, fresh: Callable[[Submission], SeenForm], act: Callable[[], object]
) -> SeenForm | None:
    """Do it where nobody else changed this part meanwhile; None when it is done, else the form to show again."""
    letter = row.edition.letter
    try:
        with stale.unchanged(form, letter, lambda _: fresh(checks.fresh(row.pk)), lambda: actions.last_act(row, part)):
            act()
    except NotNow as error:
        form.add_error(None, str(error))
        return form
    except stale.Stale as clash:
        return clash.form
    return None


@access.coordinator
@require_POST
def people(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Who submits, the named persons, the role of each society."""
    row, by, now = found(letter, pk), access.person(request), database_now()
    persons = PersonSet(request.POST, prefix="person")
    form = PeopleForm.sent(request.POST, persons, pages.nameable(row))
    if not (form.is_valid() and persons.is_valid()):
        return _again(request, row, people_form=form, persons=persons)
    act = partial(actions.name_people, by=by, submission=row, people=form.typed(persons.cleaned_data), now=now)
    bad = _kept(form, row, "people", lambda row: PeopleForm.of(row, pages.nameable(row)), act)
    if bad:
        row = found(letter, pk)
        return _again(request, row, stale.status(bad), people_form=bad, persons=persons_again(bad, persons, row))
    return _done(request, row, "These people stand with the submission.", "step-2")


@access.coordinator
@require_POST
def words(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """How it goes, to whom, and the covering letter."""
    row, form, by, now = found(letter, pk), WordsForm(request.POST), access.person(request), database_now()
    if not form.is_valid():
        return _again(request, row, words_form=form)
    act = partial(actions.write, by=by, submission=row, now=now, **form.cleaned_data)
    bad = _kept(form, row, "words", WordsForm.of, act)
    if bad:
        return _again(request, found(letter, pk), stale.status(bad), words_form=bad)
    return _done(request, row, "Saved. Read below how the covering letter goes.", "step-4")


@access.coordinator
@require_POST
def despite(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Why it goes although preflight says no."""
    row, form, by, now = found(letter, pk), DespiteForm(request.POST), access.person(request), database_now()
    if not form.is_valid():
        return _again(request, row, despite_form=form)
    why = form.cleaned_data["despite"]
    act = partial(actions.object_to, by=by, submission=row, despite=why, now=now)
    bad = _kept(form, row, "despite", DespiteForm.of, act)
    if bad:
        return _again(request, found(letter, pk), stale.status(bad), despite_form=bad)
    said = "Your reason is kept with the submission." if why else "Preflight is heeded again."
    return _done(request, row, said, "step-1")


@access.coordinator
@require_POST
def permission(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Record an editor's permission."""
    row, by, now = found(letter, pk), access.person(request), database_now()
    missing, today = checks.checked(row, now).missing, now.astimezone(letter.zone).date()
    form = PermitForm(request.POST, request.FILES, choices=missing, today=today)
    if not form.is_valid():
        return _again(request, row, permit_form=form)
    try:
        made = actions.permit(by=by, letter=letter, now=now, **form.cleaned_data)
    except NotNow as error:
        form.add_error(None, str(error))
        return _again(request, row, permit_form=form)
    return _done(request, row, f"The permission of {made.journal.in_sentences} is on record.", "step-3")


@access.coordinator
@require_POST
def ask_in_letter(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """The covering letter asks for the permission itself, or no longer."""
    row, form, by, now = found(letter, pk), AskForm(request.POST), access.person(request), database_now()
    asks = form.is_valid() and form.cleaned_data["asks"]
    act = partial(actions.ask_in_letter, by=by, submission=row, asks=asks, now=now)
    bad = _kept(form, row, "asks", AskForm.of, act)
    if bad:
        return _again(request, found(letter, pk), stale.status(bad), ask_form=bad)
    said = (
        "The covering letter now asks for the permission: read it again."
        if asks
        else "A permission must be on record again."
    )
    return _done(request, row, said, "step-3")
