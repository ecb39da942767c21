"""The page of the team and the buttons on it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from letters import access
from letters.lifecycle import NotNow
from letters.models import Letter, database_now
from letters.replies import told
from letters.team import actions, roll
from letters.team.forms import InviteForm, RoleForm


def _page(request: HttpRequest, letter: Letter, form: InviteForm) -> HttpResponse:
    person = access.person(request)
    context = {
        "letter": letter, "form": form, "team": roll.team(letter, person), "acts": roll.acts(letter),
        "owns": letter.owner_id == person.pk,
    }  # fmt: skip
    return render(request, "letters/team/team.html", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, letter: Letter, act: Callable[[], object], said: str) -> HttpResponse:
    return told(request, act, said, "team:team", letter.slug)


@access.coordinator
@require_safe
def team(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Who runs the letter, and who did what."""
    return _page(request, letter, InviteForm())


@access.owner
@require_POST
def invite(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Let a person into the team."""
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            made = actions.invite(
                by=access.person(request), letter=letter, now=database_now(), checked=access.how(request),
                **form.cleaned_data,
            )  # fmt: skip
        except NotNow as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, f"{made} is in the team and is told by mail.")
            return redirect("team:team", slug=letter.slug)
    return _page(request, letter, form)


@access.owner
@require_POST
def change_role(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Give somebody another role."""
    form = RoleForm(request.POST)
    by, now, how = access.person(request), database_now(), access.how(request)
    if not form.is_valid():
        messages.error(request, "Choose a role.")
        return redirect("team:team", slug=letter.slug)
    role = form.cleaned_data["role"]
    return _done(
        request,
        letter,
        lambda: actions.change_role(by=by, letter=letter, pk=pk, role=role, now=now, checked=how),
        "The role is changed. It counts from the next page on.",
    )


@access.owner
@require_POST
def remove(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Let somebody go."""
    by, now, how = access.person(request), database_now(), access.how(request)
    return _done(
        request,
        letter,
        lambda: actions.remove(by=by, letter=letter, pk=pk, now=now, checked=how),
        "This person can no longer open the letter. What they did stays in the record.",
    )


@access.owner
@require_POST
def offer(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Offer the letter to a coordinator."""
    by, now, how = access.person(request), database_now(), access.how(request)
    return _done(
        request,
        letter,
        lambda: actions.offer(by=by, letter=letter, pk=pk, now=now, checked=how),
        "The letter is offered. It stays yours until the offer is accepted.",
    )


@access.owner
@require_POST
def keep(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Take the offer back."""
    by = access.person(request)
    return _done(
        request,
        letter,
        lambda: actions.keep(by=by, letter=letter, now=database_now()),
        "The offer is taken back. The letter stays yours.",
    )


@access.present_coordinator
@require_POST
def accept(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Become the owner."""
    by, now, how = access.person(request), database_now(), access.how(request)
    return _done(
        request, letter, lambda: actions.accept(by=by, letter=letter, now=now, checked=how), "The letter is yours now."
    )


@access.coordinator
@require_POST
def mail_answers(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Choose whether each answer comes by mail."""
    wanted = request.POST.get("wanted") == "yes"
    actions.mail_answers(by=access.person(request), letter=letter, wanted=wanted)
    messages.success(request, "You get a mail for each answer." if wanted else "Answers are not mailed to you.")
    return redirect("team:team", slug=letter.slug)
