"""Pages of the directory of journals: the list, one journal, and what corrects it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from letters import access
from letters.journals import actions, directory
from letters.journals.forms import ContactForm, JournalForm, RuleForm
from letters.lifecycle import NotNow
from letters.models import Journal, JournalContact, database_now
from letters.text.venue import KINDS


@access.signed_in
@require_safe
def journals(request: HttpRequest) -> HttpResponse:
    """All journals on record, with the rules that decide most."""
    lines = directory.lines(database_now().date())
    return render(request, "letters/journals/journals.html", {"lines": lines})


@access.signed_in
@require_safe
def journal(request: HttpRequest, key: str) -> HttpResponse:
    """One journal: its rules with their sources, how to reach it, and who corrected what."""
    row = get_object_or_404(Journal, key=key)
    today = database_now().date()
    context = {
        "journal": row, "rules": directory.rule_lines(row, today), "contacts": directory.contacts(row),
        "history": directory.history(row), "may_correct": access.person(request).may_convene,
    }  # fmt: skip
    return render(request, "letters/journals/journal.html", context)


@access.convener
@require_http_methods(["GET", "HEAD", "POST"])
def new_journal(request: HttpRequest) -> HttpResponse:
    """Add a journal."""
    form = JournalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.add(by=access.person(request), facts=form.facts(), now=database_now())
        except NotNow as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, "The journal is added. Enter what you know of its rules.")
            return redirect("journals:journal", key=row.key)
    context = {"form": form}
    return render(request, "letters/journals/new_journal.html", context, status=422 if form.errors else 200)


@access.convener
@require_http_methods(["GET", "HEAD", "POST"])
def edit_journal(request: HttpRequest, key: str) -> HttpResponse:
    """Correct name, ISSN, publisher, address and note."""
    row = get_object_or_404(Journal, key=key)
    form = JournalForm(request.POST) if request.method == "POST" else JournalForm.of(row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(by=access.person(request), journal=row, facts=form.facts(), now=database_now())
        except NotNow as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, "Corrected; the history keeps what stood there before.")
            return redirect("journals:journal", key=row.key)
    context = {"journal": row, "form": form}
    return render(request, "letters/journals/edit_journal.html", context, status=422 if form.errors else 200)


@access.convener
@require_http_methods(["GET", "HEAD", "POST"])
def edit_rule(request: HttpRequest, key: str, rule: str) -> HttpResponse:
    """Enter or correct one rule."""
    row, now = get_object_or_404(Journal, key=key), database_now()
    if rule not in KINDS:
        raise Http404
    old, seen = directory.rule_of(row, rule)
    form = RuleForm.of(old, seen=seen, today=now.date())
    if request.method == "POST":
        form = RuleForm(request.POST, kind=rule, today=now.date())
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_rule(
                by=access.person(request), journal=row, kind=rule, finding=form.finding(),
                seen=form.cleaned_data["seen"], now=now,
            )  # fmt: skip
        except NotNow as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"“{KINDS[rule].label}” is on record as you read it.")
            return redirect("journals:journal", key=row.key)
    context = {"journal": row, "kind": KINDS[rule], "old": old, "form": form, "seen": seen}
    return render(request, "letters/journals/edit_rule.html", context, status=422 if form.errors else 200)


@access.convener
@require_POST
def check_rule(request: HttpRequest, key: str, rule: str) -> HttpResponse:
    """Say that a rule still stands as it is."""
    row, seen = get_object_or_404(Journal, key=key), request.POST.get("seen", "")
    if rule not in KINDS or not seen.isdecimal() or len(seen) > 18:
        raise Http404
    try:
        actions.check_rule(by=access.person(request), journal=row, kind=rule, seen=int(seen), now=database_now())
    except NotNow as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"“{KINDS[rule].label}” is marked as checked today.")
    return redirect("journals:journal", key=row.key)


@access.convener
@require_http_methods(["GET", "HEAD", "POST"])
def new_contact(request: HttpRequest, key: str) -> HttpResponse:
    """Add a way to reach the journal."""
    return _contact(request, get_object_or_404(Journal, key=key), None, "letters/journals/new_contact.html")


@access.convener
@require_http_methods(["GET", "HEAD", "POST"])
def edit_contact(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Correct a way to reach the journal."""
    contact = get_object_or_404(JournalContact.objects.select_related("journal"), pk=pk, journal__key=key)
    return _contact(request, contact.journal, contact, "letters/journals/edit_contact.html")


@access.convener
@require_POST
def drop_contact(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take a way to reach the journal away."""
    contact = get_object_or_404(JournalContact.objects.select_related("journal"), pk=pk, journal__key=key)
    actions.drop_contact(by=access.person(request), contact=contact, now=database_now())
    messages.success(request, "Taken away; the history keeps it.")
    return redirect("journals:journal", key=key)


def _contact(request: HttpRequest, row: Journal, contact: JournalContact | None, template: str) -> HttpResponse:
    now = database_now()
    form = ContactForm.of(contact, today=now.date())
    if request.method == "POST":
        form = ContactForm(request.POST, today=now.date())
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_contact(by=access.person(request), journal=row, contact=contact, address=form.way_in(), now=now)
        except NotNow as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "It is on record how to reach the journal.")
            return redirect("journals:journal", key=row.key)
    context = {"journal": row, "contact": contact, "form": form}
    return render(request, template, context, status=422 if form.errors else 200)
