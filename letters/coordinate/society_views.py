"""Pages about one society of a letter: what is known of it, which officers are asked, whether it is another one."""

import functools

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from letters import access, stale
from letters.coordinate import leaving, registry, roll, seats
from letters.coordinate import order as printing
from letters.coordinate.society_forms import AskForm, MergeForm, OrderForm, SocietyForm
from letters.lifecycle import NotNow
from letters.models import Invitation, Letter, database_now
from letters.models.letter import BEFORE_CLOSE


@access.registrar
@require_safe
def society(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """One society: its facts, its officers and how each was confirmed, its places."""
    context = {
        "letter": invitation.letter, "invitation": invitation, "society": invitation.society,
        "roll": roll.roll(invitation), "domains": invitation.society.domains.all(),
        "names": invitation.society.other_names.all(),
    }  # fmt: skip
    return render(request, "letters/coordinate/society.html", context)


@access.registrar
@require_http_methods(["GET", "HEAD", "POST"])
def edit_society(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Correct what the registry knows, for every letter."""
    row = invitation.society
    trace = functools.partial(registry.last_correction, row)
    form: stale.SeenForm = SocietyForm(request.POST, request.FILES) if request.method == "POST" else SocietyForm.of(row)
    if request.method == "POST" and form.is_valid():
        by, details = access.person(request), registry.Details(**form.cleaned_data)
        try:
            with stale.unchanged(form, invitation.letter, lambda _: SocietyForm.of(registry.held(row)), trace):
                registry.edit_society(
                    by=by, letter=invitation.letter, society=registry.held(row), details=details, now=database_now()
                )
        except NotNow as error:
            form.add_error(None, str(error))
        except stale.Stale as found:
            form = found.form
        else:
            messages.success(request, "The registry is corrected. What was signed keeps the name it was signed with.")
            return redirect("coordinate:society", slug=invitation.letter.slug, pk=row.pk)
    context = {"letter": invitation.letter, "society": row, "form": form}
    return render(request, "letters/coordinate/edit_society.html", context, status=stale.status(form))


@access.registrar
@require_safe
def logo(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """The society's logo as this site drew it."""
    document = invitation.society.logo
    if document is None:
        raise Http404
    return HttpResponse(document.read(), content_type="image/png")


@access.registrar
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Which officers of the society are asked, and whether an approver comes first."""
    form = AskForm(request.POST) if request.method == "POST" else AskForm.of(invitation)
    if request.method == "POST" and form.is_valid():
        try:
            seats.ask(
                by=access.person(request), letter=invitation.letter, invitation=invitation,
                offices=form.cleaned_data["offices"], two_people=form.cleaned_data["two_people"], now=database_now(),
            )  # fmt: skip
        except NotNow as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "It is recorded who is asked.")
            return redirect("coordinate:society", slug=invitation.letter.slug, pk=invitation.society_id)
    context = {"letter": invitation.letter, "society": invitation.society, "form": form}
    return render(request, "letters/coordinate/ask.html", context, status=422 if form.errors else 200)


@access.registrar
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Say that this society is another row of the registry; the other one is kept."""
    others = roll.also_mine(access.person(request), invitation.society)
    form = MergeForm(request.POST if request.method == "POST" else None, others=others)
    if request.method == "POST" and form.is_valid():
        try:
            kept = registry.merge(
                by=access.person(request), keep=form.cleaned_data["other"], drop=invitation.society, now=database_now()
            )
        except NotNow as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"The two are one society now: {kept}.")
            return redirect("coordinate:society", slug=invitation.letter.slug, pk=kept.pk)
    context = {"letter": invitation.letter, "society": invitation.society, "form": form, "others": others}
    return render(request, "letters/coordinate/merge.html", context, status=422 if form.errors else 200)


@access.registrar
@require_http_methods(["GET", "HEAD", "POST"])
def take_off(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Ask, then take the society off the list."""
    refused = ""
    if request.method == "POST":
        try:
            leaving.take_off(
                by=access.person(request), letter=invitation.letter, invitation=invitation, now=database_now()
            )
        except NotNow as error:
            refused = str(error)
        else:
            messages.success(request, f"{invitation.society} is off the list of this letter.")
            return redirect("desk:societies", slug=invitation.letter.slug)
    context = {"letter": invitation.letter, "society": invitation.society, "refused": refused}
    return render(request, "letters/coordinate/take_off.html", context, status=409 if refused else 200)


def _order_form(letter: Letter, data: QueryDict | None = None) -> OrderForm:
    return OrderForm(data, letter=letter, entries=printing.proof(letter))


def _order_page(request: HttpRequest, letter: Letter, form: stale.SeenForm) -> HttpResponse:
    context = {"letter": letter, "form": form, "may_order": letter.state in BEFORE_CLOSE}
    return render(request, "letters/coordinate/order.html", context, status=stale.status(form))


@access.coordinator
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest, letter: Letter) -> HttpResponse:
    """The order under the letter, and how each society will be printed."""
    form = _order_form(letter, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by = access.person(request)
        wish = printing.Wish(form.cleaned_data["order"], form.cleaned_data["lead"], form.wished_places())
        try:
            with stale.unchanged(form, letter, _order_form, lambda: stale.last_act(letter, *printing.ARRANGES)):
                printing.set_order(by=by, letter=letter, wish=wish, now=database_now())
        except NotNow as error:
            form.add_error(None, str(error))
        except stale.Stale as found:
            return _order_page(request, letter, found.form)
        else:
            messages.success(request, "The societies are in this order now.")
            return redirect("coordinate:order", slug=letter.slug)
    return _order_page(request, letter, form)
