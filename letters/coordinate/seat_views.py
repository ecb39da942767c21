"""Pages about one officer's seat: how it was confirmed, what it may do, who takes it over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from letters import access
from letters.coordinate import roll, seats
from letters.coordinate.society_forms import CheckForm, ReplaceForm, RoleForm
from letters.lifecycle import NotNow
from letters.models import Invitation, Letter, Link, database_now
from letters.models.letter import BEFORE_CLOSE


def _seat_page(request: HttpRequest, letter: Letter, link: Link, check: CheckForm, role: RoleForm) -> HttpResponse:
    context = {
        "letter": letter, "link": link, "officer": link.officer, "society": link.officer.society,
        "check_form": check, "role_form": role, "may_change": letter.state in BEFORE_CLOSE,
    }  # fmt: skip
    status = 422 if check.errors or role.errors else 200
    return render(request, "letters/coordinate/seat.html", context, status=status)


@access.coordinator
@require_safe
def seat(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """One officer: how the seat was confirmed, the role."""
    link = roll.seat_of(letter, pk)
    return _seat_page(request, letter, link, CheckForm(), RoleForm(initial={"role": link.officer.role}))


@access.coordinator
@require_POST
def check_seat(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Record that, and how, the coordinator made sure."""
    link, form = roll.seat_of(letter, pk), CheckForm(request.POST)
    if not form.is_valid():
        return _seat_page(request, letter, link, form, RoleForm(initial={"role": link.officer.role}))
    seats.check_seat(
        by=access.person(request), letter=letter, officer=link.officer, how=form.cleaned_data["how"],
        now=database_now(),
    )  # fmt: skip
    messages.success(request, f"It is recorded how you checked {link.officer}.")
    return redirect("coordinate:society", slug=letter.slug, pk=link.officer.society_id)


@access.coordinator
@require_POST
def set_role(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Change what the officer may do."""
    link, form = roll.seat_of(letter, pk), RoleForm(request.POST)
    if not form.is_valid():
        return _seat_page(request, letter, link, CheckForm(), form)
    try:
        seats.set_role(
            by=access.person(request), letter=letter, officer=link.officer, role=form.cleaned_data["role"],
            now=database_now(),
        )  # fmt: skip
    except NotNow as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{link.officer} is {form.cleaned_data['role']} now.")
    return redirect("coordinate:society", slug=letter.slug, pk=link.officer.society_id)


@access.coordinator
@require_http_methods(["GET", "HEAD", "POST"])
def replace_officer(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """A successor takes over the seat and is invited."""
    link = roll.seat_of(letter, pk)
    form = ReplaceForm(request.POST if request.method == "POST" else None, initial={"office": link.officer.office})
    if request.method == "POST" and form.is_valid():
        try:
            made = seats.replace_officer(
                by=access.person(request), letter=letter, link=link, successor=form.successor(), now=database_now()
            )
        except NotNow as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{made.officer} has the seat now.")
            return redirect("coordinate:society", slug=letter.slug, pk=link.officer.society_id)
    context = {"letter": letter, "link": link, "officer": link.officer, "society": link.officer.society, "form": form}
    return render(request, "letters/coordinate/replace_officer.html", context, status=422 if form.errors else 200)


@access.registrar
@require_POST
def ask_successor(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Ask who took over a seat of the society, on this letter too."""
    letter, named = invitation.letter, request.POST.get("officer", "")
    found = roll.roll(invitation).successors
    officer = next((one for one in found if str(one.pk) == named), None)
    if officer is None:
        messages.error(request, "Choose the successor once more; the list has changed.")
        return redirect("coordinate:society", slug=letter.slug, pk=invitation.society_id)
    try:
        seats.ask_successor(
            by=access.person(request), letter=letter, invitation=invitation, officer=officer, now=database_now()
        )
    except NotNow as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{officer} is asked now.")
    return redirect("coordinate:society", slug=letter.slug, pk=invitation.society_id)
