"""Pages of correspondence: the list with its clock, one entry, and its files."""

import datetime
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from letters import access, stale
from letters.correspond import actions, page
from letters.correspond.about import choices
from letters.correspond.entry_forms import EntryForm
from letters.correspond.files import media_type, plain_name
from letters.lifecycle import NotNow
from letters.models import Came, Correspondence, Document, Letter, database_now
from letters.replies import download, told


@access.coordinator
@require_safe
def correspondence(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Everything that came back, by submission and by day, and the clock beside it."""
    return render(request, "letters/correspond/correspondence.html", page.page(letter, database_now()))


@access.coordinator
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Record what came, or what was written later."""
    now = database_now()
    offered = choices(letter, now)
    about = request.GET.get("about") or (min(offered.submissions) if len(offered.submissions) == 1 else "")
    form = EntryForm(initial={"about": about}, choices=offered)
    if request.method == "POST":
        form = EntryForm(request.POST, request.FILES, choices=offered)
    if request.method == "POST" and form.is_valid():
        by = access.person(request)
        try:
            row = actions.record(by=by, letter=letter, typed=form.typed(), file=form.given, now=now)
        except NotNow as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"“{row.title}” is on record.")
            return redirect("correspond:entry", slug=letter.slug, pk=row.pk)
    form.keep()
    context = {"letter": letter, "form": form}
    return render(request, "letters/correspond/new.html", context, status=422 if form.errors else 200)


@access.coordinator
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """One entry: what it says, its files; sort, correct or remove it."""
    posted, now = request.method == "POST", database_now()
    row = _entry(letter, pk, removed=posted)  # what is typed about an entry that is gone is not lost
    form = EntryForm.of(row, choices(letter, now, row))
    if posted:
        form = EntryForm(request.POST, request.FILES, choices=form.offered, entry=row)
    if posted and form.is_valid():
        try:
            with stale.unchanged(form, letter, lambda _: _form_of(row, now), lambda: actions.last_act(row)):
                actions.correct(by=access.person(request), entry=row, now=now, **form.correction())
        except NotNow as error:
            form.add_error(None, str(error))
        except stale.Stale as found:
            form = cast(EntryForm, found.form)
            form.full_clean()
        else:
            messages.success(request, "Sorted." if row.kind == Came.UNSORTED else "Corrected.")
            return redirect("correspond:correspondence", slug=letter.slug)
    form.keep()
    context = {"letter": letter, "entry": row, "form": form}
    return render(request, "letters/correspond/entry.html", context, status=stale.status(form))


@access.coordinator
@require_POST
def remove(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Take an entry off the pages; the record keeps it."""
    row, by = _entry(letter, pk), access.person(request)
    return told(
        request, lambda: actions.remove(by=by, entry=row, now=database_now()),
        f"“{row.title}” is removed; the record keeps it.", "correspond:correspondence", letter.slug,
    )  # fmt: skip


@access.coordinator
@require_safe
def file(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """The file that stands for an entry."""
    row = _entry(letter, pk)
    return _given_out(row.file, row.file_name, f"entry-{pk}")


@access.coordinator
@require_safe
def original(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """The whole e-mail as it came."""
    return _given_out(_entry(letter, pk).original, f"entry-{pk}.eml", f"entry-{pk}.eml")


@access.coordinator
@require_safe
def attachment(request: HttpRequest, letter: Letter, pk: int, number: int) -> HttpResponse:
    """One file that came with an e-mail."""
    row = get_object_or_404(_entry(letter, pk).attachments.select_related("document"), position=number)
    return _given_out(row.document, row.name, f"attachment-{number}")


def _entry(letter: Letter, pk: int, *, removed: bool = False) -> Correspondence:
    kept = letter.correspondence.all() if removed else letter.correspondence.kept()
    rows = kept.select_related("letter", "submission", "journal", "file", "original")
    return get_object_or_404(rows.prefetch_related("attachments__document"), pk=pk)


def _form_of(entry: Correspondence, now: datetime.datetime) -> EntryForm:
    """The form as the entry stands now; raises NotNow where it was removed."""
    row = actions.standing(entry)
    return EntryForm.of(row, choices(row.letter, now, row))


def _given_out(document: Document | None, name: str, fallback: str) -> HttpResponse:
    if document is None:
        raise Http404
    data = document.read()
    return download(data, plain_name(name, fallback), media_type(name, data))
