"""Pages of a list that comes in: bring it, say what its columns mean, see what it would do, import it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from letters import access
from letters.coordinate import importing
from letters.coordinate.dry_run import page_of
from letters.coordinate.import_forms import ColumnsForm, DecideForm, ListForm
from letters.lifecycle import NotNow
from letters.lists.importing import begin
from letters.lists.intake import EXAMPLE_ROW, TEMPLATE, intake, left_out
from letters.lists.listing import BadList
from letters.models import Arrival, ArrivalState, Letter, database_now
from letters.replies import download
from letters.text.workbook import table_file

REFUSED = (BadList, NotNow)


@access.coordinator
@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Bring a list in one of three ways; lists that wait are offered first."""
    user = access.person(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ListForm(*sent, letter=letter, user=user)
    if form.is_valid():
        try:
            arrival = importing.receive(by=user, letter=letter, came=form.came(), now=database_now())
        except REFUSED as error:
            form.add_error("rows" if form.cleaned_data["rows"] else "file", str(error))
        else:
            return redirect("coordinate:arrival", slug=letter.slug, pk=arrival.pk)
    waiting = Arrival.objects.defer("content").filter(letter=letter).exclude(state=ArrivalState.WRITTEN)
    context = {"letter": letter, "form": form, "waiting": waiting}
    failed = request.method == "POST" or form.errors
    return render(request, "letters/coordinate/import_list.html", context, status=422 if failed else 200)


def _arrival(letter: Letter, pk: int) -> Arrival:
    found = get_object_or_404(Arrival.objects.select_related("by", "earlier"), letter=letter, pk=pk)
    found.letter = letter
    return found


def _page(request: HttpRequest, row: Arrival, form: ColumnsForm | None = None) -> HttpResponse:
    context: dict[str, object] = {"letter": row.letter, "arrival": row}
    try:
        came = None if row.earlier or row.state != ArrivalState.OPEN else intake(row)
        if came and (form or not came.settled or "columns" in request.GET):
            context["columns_form"] = form or ColumnsForm(intake=came)
        elif row.state != ArrivalState.WRITING:
            context["run"] = page_of(row, request.GET)
    except BadList as error:  # what was chosen of how to read it left nothing to read
        context["problem"] = str(error)
    status = 422 if form is not None and form.errors else 200
    return render(request, "letters/coordinate/arrival.html", context, status=status)


@access.coordinator
@require_safe
def arrival(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Where a list stands: what its columns mean, what it would do, how far it is written, what became of it."""
    row = _arrival(letter, pk)
    if getattr(request, "htmx", False) and row.state == ArrivalState.WRITING:
        return render(request, "letters/coordinate/_progress.html", {"letter": letter, "arrival": row})
    answer = _page(request, row)
    if getattr(request, "htmx", False):
        answer["HX-Refresh"] = "true"  # it is written: the whole page is another one now
    return answer


@access.coordinator
@require_POST
def set_columns(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Say what the columns hold; it is remembered for the next list with the same headings."""
    row = _arrival(letter, pk)
    try:
        form = ColumnsForm(request.POST, intake=intake(row))
        if not form.is_valid():
            return _page(request, row, form)
        importing.set_columns(
            by=access.person(request), arrival=row, columns=form.columns(),
            encoding=form.changed("encoding") or row.encoding, sheet=form.changed("sheet") or row.sheet,
        )  # fmt: skip
    except REFUSED as error:
        messages.error(request, str(error))
    return redirect("coordinate:arrival", slug=letter.slug, pk=pk)


@access.coordinator
@require_POST
def decide(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Keep what was said of single rows, and show again what the list would do."""
    form = DecideForm(request.POST)
    try:
        importing.decide(
            by=access.person(request), arrival=_arrival(letter, pk), societies=form.societies(),
            addresses=form.addresses(),
        )  # fmt: skip
    except REFUSED as error:
        messages.error(request, str(error))
    return redirect("coordinate:arrival", slug=letter.slug, pk=pk)


@access.coordinator
@require_POST
def write_list(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Import the good rows of the list, with what was said of single rows on the same page."""
    form, by, row = DecideForm(request.POST), access.person(request), _arrival(letter, pk)
    try:
        importing.decide(by=by, arrival=row, societies=form.societies(), addresses=form.addresses())
        row = begin(by=by, arrival=_arrival(letter, pk), now=database_now())
    except REFUSED as error:
        messages.error(request, str(error))
        return redirect("coordinate:arrival", slug=letter.slug, pk=pk)
    if row.state == ArrivalState.WRITTEN and not page_of(row, {}).left_out:
        messages.success(request, f"{row.done} officers are on the list.")
        return redirect("desk:societies", slug=letter.slug)
    return redirect("coordinate:arrival", slug=letter.slug, pk=pk)


@access.coordinator
@require_safe
def rows_left_out(request: HttpRequest, letter: Letter, pk: int, kind: str) -> HttpResponse:
    """The rows that are not imported, each with its reason, as csv or xlsx."""
    heading, lines = left_out(_arrival(letter, pk))
    return _table(kind, heading, lines, f"{letter.slug}-left-out")


@access.coordinator
@require_safe
def list_template(request: HttpRequest, letter: Letter, kind: str) -> HttpResponse:
    """An empty list with its headings and one example, as csv or xlsx."""
    return _table(kind, TEMPLATE, [EXAMPLE_ROW], "societies-template")


def _table(kind: str, heading: object, lines: object, name: str) -> HttpResponse:
    try:
        data, media_type = table_file(kind, heading, lines, title="Societies")  # type: ignore[arg-type]
    except KeyError:
        raise Http404 from None
    return download(data, f"{name}.{kind}", media_type)


@access.coordinator
@require_POST
def drop_list(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Throw a list away."""
    importing.drop(by=access.person(request), arrival=_arrival(letter, pk))
    messages.success(request, "The list is thrown away; nothing more is imported from it.")
    return redirect("coordinate:import_list", slug=letter.slug)
