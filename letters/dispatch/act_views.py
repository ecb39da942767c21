"""The buttons that let a submission go, stop it or throw it away, and the owner's choice whether two people send."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from letters import access
from letters.dispatch import actions, going
from letters.dispatch.views import found
from letters.lifecycle import NotNow
from letters.models import Letter, Submission, database_now
from letters.replies import told


def _told(request: HttpRequest, row: Submission, act: Callable[[], object], said: str) -> HttpResponse:
    """Do it, say so or why not, and go back to the page of the submission."""
    try:
        act()
    except NotNow as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("dispatch:submission", slug=row.edition.letter.slug, pk=row.pk)


@access.present_coordinator
@require_POST
def ask(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Let it go, or ask a second person."""
    row, by, how, now = found(letter, pk), access.person(request), access.how(request), database_now()
    said = (
        "It waits for a second person now."
        if letter.two_people_send
        else "It goes after a pause in which you can stop it."
    )
    pause = settings.COOLING_OFF
    return _told(request, row, lambda: going.ask(by=by, submission=row, now=now, pause=pause, checked=how), said)


@access.present_coordinator
@require_POST
def agree(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """The second person's word."""
    row, by, how, now = found(letter, pk), access.person(request), access.how(request), database_now()
    seen, pause = request.POST.get("seen", ""), settings.COOLING_OFF
    return _told(
        request, row,
        lambda: going.agree(by=by, submission=row, seen=seen, now=now, pause=pause, checked=how), "You agreed.",
    )  # fmt: skip


@access.coordinator
@require_POST
def stop(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Take it back before it goes; nobody is asked to show a key while the minutes run."""
    row, by, now = found(letter, pk), access.person(request), database_now()
    return _told(request, row, lambda: going.stop(by=by, submission=row, now=now), "Stopped.")


@access.present_coordinator
@require_POST
def send_again(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Send once more what failed or what nobody can tell."""
    row, by, how, now = found(letter, pk), access.person(request), access.how(request), database_now()
    pause, said = settings.COOLING_OFF, f"It goes to {row.journal} once more."
    return _told(request, row, lambda: going.send_again(by=by, submission=row, now=now, pause=pause, checked=how), said)


@access.present_coordinator
@require_POST
def arrived(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """The journal says that it has it."""
    row, by, how, now = found(letter, pk), access.person(request), access.how(request), database_now()
    said = f"{row.journal.in_sentences} has it, you say; that is on record."
    return _told(request, row, lambda: going.arrived(by=by, submission=row, now=now, checked=how), said)


@access.coordinator
@require_POST
def discard(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Throw away what was never sent."""
    row, by = found(letter, pk), access.person(request)
    said = f"The submission to {row.journal} is thrown away."
    return told(request, lambda: actions.discard(by=by, submission=row), said, "dispatch:submissions", letter.slug)


@access.owner
@require_POST
def two_people(request: HttpRequest, letter: Letter) -> HttpResponse:
    """The owner's choice: nothing goes without a second person, or one is enough."""
    by, wanted, now = access.person(request), request.POST.get("wanted") == "yes", database_now()
    said = "From now on a second person must agree before anything goes." if wanted else "One person is enough now."
    return told(
        request, lambda: actions.two_people(by=by, letter=letter, wanted=wanted, now=now), said,
        "dispatch:submissions", letter.slug,
    )  # fmt: skip
