"""Pages of claims: the table, one claim, proposals from the letter, and the file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from letters import access, stale
from letters.correspond import claim_table
from letters.correspond import claims as verbs
from letters.correspond.claim_forms import ClaimForm, ProposalForm, SaidForm, asked, traced, typed
from letters.lifecycle import NotNow
from letters.models import Claim, Letter, database_now
from letters.replies import download, told
from letters.text.points import points
from letters.text.workbook import table_file


@access.coordinator
@require_safe
def claims(request: HttpRequest, letter: Letter) -> HttpResponse:
    """The numbered points of the letter, and what each answer said to them."""
    entries = claim_table.answering(letter)
    heads = [(entry, claim_table.heading(entry)) for entry in entries]
    context = {"letter": letter, "heads": heads, "lines": claim_table.lines(letter, entries)}
    return render(request, "letters/correspond/claims.html", context)


@access.coordinator
@require_http_methods(["GET", "HEAD", "POST"])
def new_claim(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Add one point."""
    form = ClaimForm(request.POST if request.method == "POST" else None, places=claim_table.places(letter))
    if request.method == "POST" and form.is_valid():
        try:
            verbs.add(by=access.person(request), letter=letter, points=[form.point()], now=database_now())
        except NotNow as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The claim is on the table.")
            return redirect("correspond:claims", slug=letter.slug)
    context = {"letter": letter, "form": form}
    return render(request, "letters/correspond/new_claim.html", context, status=422 if form.errors else 200)


@access.coordinator
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """One point: its words, evidence and remedy, and what each answer said to it."""
    posted = request.method == "POST"
    row = _claim(letter, pk, removed=posted)  # what is typed about a claim that is gone is not lost
    forms = asked(row, letter, request.POST if posted else None)
    bad = [form for form in forms if not form.is_valid()]
    if posted and not bad:
        by, now, (point, answers) = access.person(request), database_now(), typed(forms)
        try:
            with stale.all_unchanged(forms, letter, lambda at: asked(verbs.standing(row), at), traced(row)):
                verbs.change(by=by, claim=row, point=point, said=answers, now=now)
        except NotNow as error:
            forms[0].add_error(None, str(error))
        except stale.Stale as found:
            forms = found.forms
        else:
            messages.success(request, f"Claim {row.number} is as you wrote it.")
            return redirect("correspond:claims", slug=letter.slug)
    said = [(claim_table.heading(form.entry), form) for form in forms if isinstance(form, SaidForm)]
    context = {"letter": letter, "claim": row, "form": forms[0], "said": said}
    status = max(stale.status(form) for form in forms)
    return render(request, "letters/correspond/claim.html", context, status=status)


@access.coordinator
@require_http_methods(["GET", "HEAD", "POST"])
def proposals(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Points found among the headings and numbered items of the letter; those that are ticked become claims."""
    taken = {one.block for one in claim_table.standing(letter)}
    found = [one for one in points(letter.current.parts if letter.current else []) if one.block not in taken]
    form = ProposalForm(request.POST if request.method == "POST" else None, found=found)
    if request.method == "POST" and form.is_valid():
        by, now = access.person(request), database_now()
        return told(
            request, lambda: verbs.add(by=by, letter=letter, points=form.points(), now=now),
            "They are on the table. Add the evidence and what is asked for.", "correspond:claims", letter.slug,
        )  # fmt: skip
    context = {"letter": letter, "form": form, "found": found}
    return render(request, "letters/correspond/proposals.html", context, status=422 if form.errors else 200)


@access.coordinator
@require_POST
def move(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Move a claim up or down by one."""
    row, up = _claim(letter, pk), request.POST.get("to") == "up"
    by, now = access.person(request), database_now()
    return told(
        request, lambda: verbs.move(by=by, claim=row, up=up, now=now),
        lambda moved: f"It is claim {moved.number} now.", "correspond:claims", letter.slug,
    )  # fmt: skip


@access.coordinator
@require_POST
def remove_claim(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Take a claim off the table."""
    row, by = _claim(letter, pk), access.person(request)
    return told(
        request, lambda: verbs.remove(by=by, claim=row, now=database_now()),
        "The claim is off the table; the record keeps it.", "correspond:claims", letter.slug,
    )  # fmt: skip


@access.coordinator
@require_POST
def show(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Put the table on the letter's public page, or take it off."""
    shown, by = request.POST.get("shown") == "1", access.person(request)
    said = "The table of claims is public." if shown else "The table of claims is for your team alone again."
    return told(
        request, lambda: verbs.show(by=by, letter=letter, shown=shown, now=database_now()), said,
        "correspond:claims", letter.slug,
    )  # fmt: skip


@access.coordinator
@require_safe
def table(request: HttpRequest, letter: Letter) -> HttpResponse:
    """The table as .csv."""
    heads, rows = claim_table.as_file(letter)
    data, media_type = table_file("csv", heads, rows, title="Claims")
    return download(data, f"{letter.slug}-claims.csv", media_type)


def _claim(letter: Letter, pk: int, *, removed: bool = False) -> Claim:
    rows = letter.claims.all() if removed else letter.claims.standing()
    return get_object_or_404(rows.select_related("letter").prefetch_related("answers"), pk=pk)
