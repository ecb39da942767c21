"""Pages of a letter's mail: the outbox, and the drafts that wait in it."""

from collections.abc import Callable

from csp.decorators import csp
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from letters import access
from letters.lifecycle import NotNow
from letters.mailing import actions
from letters.mailing.forms import DraftForm, WriteForm
from letters.mailing.paper import Paper, paper
from letters.mailing.shelf import shelf
from letters.models import Letter, MailKind, Round, RoundState, database_now
from letters.notify import plan, rounds, wording
from letters.replies import told


@access.coordinator
@require_safe
def outbox(request: HttpRequest, letter: Letter) -> HttpResponse:
    """The drafts, and every message of the letter with its state and what to do."""
    shown = shelf(letter, state=request.GET.get("state", ""), page=request.GET.get("page", ""))
    now = database_now()
    context = {
        "letter": letter, "shelf": shown, "plan_ended": plan.ended(letter),
        "drafts": [(row, rounds.refusal(letter, row.kind, now)) for row in shown.drafts],
        "no_reminder": rounds.refusal(letter, MailKind.REMINDER, now),
        "no_note": rounds.refusal(letter, MailKind.NOTE, now),
    }  # fmt: skip
    return render(request, "letters/mailing/outbox.html", context)


@access.coordinator
@require_POST
def write(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Make a draft of one kind to the societies named, or to all it fits, and open it."""
    form = WriteForm(request.POST, societies=list(letter.invitations.values_list("pk", flat=True)))
    if not form.is_valid():
        messages.error(request, "Choose once more what to write, and to whom.")
        return redirect("mailing:outbox", slug=letter.slug)
    try:
        row = rounds.prepare(
            by=access.person(request), letter=letter, kind=form.cleaned_data["kind"], now=database_now(),
            only=form.cleaned_data["to"],
        )  # fmt: skip
    except NotNow as error:
        messages.error(request, str(error))
        return redirect("mailing:outbox", slug=letter.slug)
    return redirect("mailing:draft", slug=letter.slug, pk=row.pk)


def _draft(request: HttpRequest, letter: Letter, pk: int) -> Paper | None:
    """The draft as things stand, or None where it was sent or dropped; 404 where there is none."""
    row = get_object_or_404(Round.objects.filter(letter=letter), pk=pk)
    if row.state != RoundState.WAITING:
        return None
    return paper(row, letter, now=database_now(), seen_by=request.GET.get("as", ""))


@access.coordinator
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """A draft: how it reads to any officer, its words, who gets it; a POST saves, sends, tries out or drops it."""
    found = _draft(request, letter, pk)
    if found is None:
        messages.warning(request, "This draft was sent or dropped; here is what became of the mails.")
        return redirect("mailing:outbox", slug=letter.slug)
    form = DraftForm(request.POST if request.method == "POST" else None, paper=found, seen=actions.stamp(found.row))
    if form.is_bound and form.is_valid():
        try:
            return DONE[form.cleaned_data["do"]](request, found, form)
        except NotNow as error:
            form.add_error(None, str(error))
    context = {"letter": letter, "paper": found, "form": form, "fields": wording.FIELDS, "names": wording.NAMES}
    context["refused"] = rounds.refusal(letter, found.row.kind, database_now())
    if form.is_bound:
        context["now_seen"] = actions.stamp(found.row)
    return render(request, "letters/mailing/draft.html", context, status=422 if form.errors else 200)


def _save(request: HttpRequest, found: Paper, form: DraftForm) -> Round:
    return actions.save(
        by=access.person(request), paper=found, words=form.words(), going=form.cleaned_data["going"],
        seen=form.cleaned_data["seen"], now=database_now(),
    )  # fmt: skip


def _back(request: HttpRequest, found: Paper, said: str) -> HttpResponse:
    messages.success(request, said)
    answer = redirect("mailing:draft", slug=found.letter.slug, pk=found.row.pk)
    if found.shown and request.GET.get("as"):
        answer["Location"] += "?" + urlencode({"as": found.shown.pk})
    return answer


def _saved(request: HttpRequest, found: Paper, form: DraftForm) -> HttpResponse:
    _save(request, found, form)
    return _back(request, found, "The draft is saved; below it reads as it will be sent.")


def _sent(request: HttpRequest, found: Paper, form: DraftForm) -> HttpResponse:
    row = _save(request, found, form)
    sent = actions.send(by=access.person(request), row=row, now=database_now())
    messages.success(request, f"Sent to {sent} officer{'' if sent == 1 else 's'}: the mails are on their way.")
    return redirect("desk:home", slug=found.letter.slug)


def _tried(request: HttpRequest, found: Paper, form: DraftForm) -> HttpResponse:
    row = _save(request, found, form)
    person = access.person(request)
    shown = paper(row, found.letter, now=database_now(), seen_by=request.GET.get("as", ""))
    actions.try_out(by=person, paper=shown, now=database_now())
    return _back(request, found, f"A test is on its way to {person.email}; its link opens nothing.")


def _dropped(request: HttpRequest, found: Paper, form: DraftForm) -> HttpResponse:
    actions.drop(by=access.person(request), row=found.row)
    messages.success(request, "The draft is dropped; nothing was sent.")
    return redirect("mailing:outbox", slug=found.letter.slug)


def _shipped(request: HttpRequest, found: Paper, form: DraftForm) -> HttpResponse:
    actions.take_shipped(by=access.person(request), paper=found)
    return _back(request, found, "The shipped words are back.")


DONE: dict[str, Callable[[HttpRequest, Paper, DraftForm], HttpResponse]] = {
    "save": _saved, "send": _sent, "test": _tried, "drop": _dropped, "shipped": _shipped,
}  # fmt: skip


@csp({"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "sandbox": []})
@access.coordinator
@require_safe
def preview(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """The HTML part of a draft as a mail program shows it; the page may load and run nothing."""
    found = _draft(request, letter, pk)
    if found is None or found.preview is None:
        raise Http404
    return HttpResponse(found.preview.html)


@access.coordinator
@require_POST
def again(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Send one message once more, at the coordinator's word."""
    row = get_object_or_404(letter.mails, pk=pk)
    by = access.person(request)
    return told(
        request, lambda: actions.send_again(by=by, mail=row, now=database_now()),
        f"The mail to {row.to_name} will be sent again.", "mailing:outbox", letter.slug,
    )  # fmt: skip


@access.coordinator
@require_POST
def returned(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Note by hand that a sent mail came back."""
    row = get_object_or_404(letter.mails, pk=pk)
    by = access.person(request)
    return told(
        request, lambda: actions.came_back(by=by, mail=row, now=database_now()),
        f"Noted: the mail to {row.to_name} came back. Correct the address, then send it again.",
        "mailing:outbox", letter.slug,
    )  # fmt: skip
