"""The page on which a letter is closed, sealed and released, and the buttons on it; sending is dispatch's."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from letters import access
from letters.models import Job, Letter, MailKind, State, Submission, database_now
from letters.notify import rounds
from letters.replies import told
from letters.submit import actions, late, progress
from letters.submit.forms import ExtendForm, LateForm, ReleaseForm, first_error

STEPS = {
    State.SIGNING: "Close for signature",
    State.CLOSED: "Seal the PDF",
    State.SEALED: "Send to the journal",
    State.DELIVERED: "Release to the public",
}


def _steps(letter: Letter) -> list[tuple[str, str]]:
    """The four steps, each done, now or ahead."""
    order = [*STEPS, State.PUBLISHED]
    here = order.index(State(letter.state)) if letter.state in order else -1
    return [(name, "done" if n < here else "now" if n == here else "ahead") for n, name in enumerate(STEPS.values())]


def _page(
    request: HttpRequest, letter: Letter, late_form: LateForm | None = None, release_form: ReleaseForm | None = None
) -> HttpResponse:
    edition, sealed, now = actions.current_edition(letter), actions.sealed_edition(letter), database_now()
    job = Job.objects.filter(key=f"seal:{edition.pk}").first() if edition else None
    submissions = Submission.objects.filter(edition__letter=letter).select_related("journal", "summary__summary")
    context = {
        "letter": letter, "edition": edition, "job": job, "submissions": submissions,
        "extend_form": ExtendForm(), "steps": _steps(letter), "sealed": sealed, "call": late.open_call(letter),
        "late_form": late_form or LateForm(letter=letter),
        "release_form": release_form or ReleaseForm(letter=letter), "now": now,
        "progress": progress.sealing(edition, job, now),
    }  # fmt: skip
    status = 422 if any(one is not None and one.errors for one in (late_form, release_form)) else 200
    answer = render(request, "letters/submit/deliver.html", context, status=status)
    if getattr(request, "htmx", False) and context["progress"] is None:  # the page looked whether the work is done
        answer["HX-Refresh"] = "true"
    return answer


@access.coordinator
@require_safe
def deliver(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Where the letter stands between close and release."""
    return _page(request, letter)


def _done(request: HttpRequest, letter: Letter, act: Callable[[], object], said: str) -> HttpResponse:
    return told(request, act, said, "submit:deliver", letter.slug)


@access.present_coordinator
@require_POST
def close(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Close for signature."""
    by = access.person(request)
    return _done(
        request,
        letter,
        lambda: actions.close(by=by, letter=letter, checked=access.how(request)),
        "Closed; the roster is frozen as edition 1.",
    )


@access.present_coordinator
@require_POST
def extend(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Set a later deadline."""
    form = ExtendForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("submit:deliver", slug=letter.slug)
    by, deadline = access.person(request), form.deadline(letter.zone)
    answer = _done(
        request, letter,
        lambda: actions.extend(
            by=by, letter=letter, deadline=deadline, now=database_now(), checked=access.how(request), tell=False
        ),
        "The deadline is extended. The officers do not know yet: look at the mail, then send it.",
    )  # fmt: skip
    notice = rounds.waiting(letter, MailKind.EXTENDED)
    return redirect("mailing:draft", slug=letter.slug, pk=notice.pk) if notice else answer


@access.present_coordinator
@require_POST
def seal(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Owe the sealed PDF."""
    by = access.person(request)
    return _done(
        request, letter,
        lambda: actions.seal(by=by, letter=letter, now=database_now(), checked=access.how(request)),
        "The PDF is being made and sealed; this takes a few seconds.",
    )  # fmt: skip


@access.present_coordinator
@require_POST
def open_late(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Let chosen societies sign the sealed version."""
    form = LateForm(request.POST, letter=letter)
    if not form.is_valid():
        return _page(request, letter, late_form=form)
    by, until = access.person(request), form.deadline(letter.zone)
    chosen, now = form.cleaned_data["societies"], database_now()
    return _done(
        request, letter, lambda: late.open_late(by=by, letter=letter, societies=chosen, until=until, now=now),
        "These societies may sign now, and their officers are told.",
    )  # fmt: skip


@access.present_coordinator
@require_POST
def close_late(request: HttpRequest, letter: Letter) -> HttpResponse:
    """End late signing; what was signed becomes the next edition."""
    by = access.person(request)
    return _done(
        request, letter, lambda: late.close_late(by=by, letter=letter),
        "Late signing is closed. Where somebody signed, the next edition waits for its seal.",
    )  # fmt: skip


@access.coordinator
@require_POST
def certificate(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Make the certificate of signatures public, or private again."""
    by, shown = access.person(request), request.POST.get("shown") == "1"
    return _done(
        request, letter, lambda: actions.show_certificate(by=by, letter=letter, shown=shown, now=database_now()),
        "The certificate of signatures is public." if shown else "The certificate of signatures is private.",
    )  # fmt: skip


@access.present_coordinator
@require_POST
def abandon(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Give the letter up."""
    by = access.person(request)
    return _done(
        request, letter, lambda: actions.abandon(by=by, letter=letter, now=database_now()),
        "The letter is abandoned. Its record stays; its links open nothing any more.",
    )  # fmt: skip


@access.present_coordinator
@require_POST
def release(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Open the public record."""
    by = access.person(request)
    return _done(
        request, letter, lambda: actions.release(by=by, letter=letter, now=database_now()),
        "The letter is public.",
    )  # fmt: skip


@access.present_coordinator
@require_POST
def set_release(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Choose when the public page opens by itself, or take the time away."""
    form = ReleaseForm(request.POST, letter=letter)
    away = "away" in request.POST
    if not away and not form.is_valid():
        return _page(request, letter, release_form=form)
    by, now, how = access.person(request), database_now(), access.how(request)
    at = None if away else form.deadline(letter.zone)
    return _done(
        request, letter, lambda: actions.set_release(by=by, letter=letter, at=at, now=now, checked=how),
        "The page no longer opens by itself." if away else "The page opens by itself at the time you set.",
    )  # fmt: skip
