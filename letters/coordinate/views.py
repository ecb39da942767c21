"""Pages of the list: bring societies in, invite them, and replace their officers' links."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from letters import access
from letters.coordinate import actions, papers
from letters.coordinate.forms import ConfirmForm, ListForm, NewLinksForm
from letters.lifecycle import NotNow
from letters.lists.listing import BadList, decoded, read_listing
from letters.lists.plan import Plan, plan
from letters.lists.write import import_societies
from letters.models import Letter, database_now
from letters.models.document import suffix_of
from letters.replies import download, told


def _import_page(request: HttpRequest, letter: Letter, form: ListForm) -> HttpResponse:
    context = {"letter": letter, "form": form}
    return render(request, "letters/coordinate/import_list.html", context, status=422 if form.errors else 200)


def _dry_run(request: HttpRequest, letter: Letter, found: Plan, confirm: ConfirmForm) -> HttpResponse:
    context = {"letter": letter, "plan": found, "form": confirm}
    context |= {state: found.count(state) for state in ("new", "matched", "ambiguous", "listed", "refused")}
    return render(request, "letters/coordinate/_dry_run.html", context)


@access.coordinator
@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Choose a list; a POST shows what an import of the file would do."""
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if request.method != "POST" or not form.is_valid():
        return _import_page(request, letter, form)
    file = form.cleaned_data["file"]
    data = file.read()
    try:
        found = plan(letter, read_listing(data, name=file.name))
    except BadList as error:
        form.add_error("file", str(error))
        return _import_page(request, letter, form)
    confirm = ConfirmForm(initial={"name": file.name, "listing": decoded(data, file.name)[0]})
    return _dry_run(request, letter, found, confirm)


@access.coordinator
@require_POST
def write_list(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Write the good rows of the list that was just shown."""
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        messages.error(request, "The list did not arrive; upload the file again.")
        return redirect("desk:societies", slug=letter.slug)
    try:
        listing = read_listing(form.cleaned_data["listing"].encode(), name=form.cleaned_data["name"])
        found = plan(letter, listing, form.decisions())
        count = import_societies(by=access.person(request), letter=letter, plan=found, now=database_now())
    except (BadList, NotNow) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{count} officers are on the list.")
        left = len(found.ambiguous)
        if left:
            messages.warning(request, f"{left} rows were left out: nobody said yet which society they mean.")
    return redirect("desk:societies", slug=letter.slug)


@access.coordinator
@require_POST
def invite(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Open the letter for signature and send the invitations that are owed."""
    by = access.person(request)
    return told(
        request, lambda: actions.invite(by=by, letter=letter, now=database_now()),
        lambda sent: f"Open for signature; {sent} invitations are on their way.", "desk:home", letter.slug,
    )  # fmt: skip


@access.coordinator
@require_safe
def mandate(request: HttpRequest, letter: Letter, receipt_no: str) -> HttpResponse:
    """The file of a society's decision, which only the coordinators of the letter can open."""
    file = papers.mandate_of(letter, receipt_no)
    if file is None:
        raise Http404
    data = file.read()
    return download(data, f"decision-{receipt_no}.{suffix_of(data)}", "application/octet-stream")


@access.coordinator
@require_safe
def links(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Every officer's personal link, without its secret."""
    return render(request, "letters/coordinate/links.html", {"letter": letter, "links": papers.links(letter)})


@access.coordinator
@require_POST
def new_links(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Revoke one link, or all, and send new ones."""
    form = NewLinksForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose the link to revoke once more.")
        return redirect("coordinate:links", slug=letter.slug)
    by, which = access.person(request), form.cleaned_data["which"]
    return told(
        request, lambda: actions.renew_links(by=by, letter=letter, links=which, now=database_now()),
        lambda count: f"Links revoked: {count}. The new ones are on their way.", "coordinate:links", letter.slug,
    )  # fmt: skip
