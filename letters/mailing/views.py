"""Pages of a letter's mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from letters import access
from letters.lifecycle import NotNow
from letters.mailing import actions
from letters.mailing.shelf import mails
from letters.models import Letter, database_now


@access.coordinator
@require_safe
def outbox(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Every message of the letter with its state."""
    return render(request, "letters/mailing/outbox.html", {"letter": letter, "mails": mails(letter)})


@access.coordinator
@require_POST
def again(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Send one message once more, at the coordinator's word."""
    row = get_object_or_404(letter.mails, pk=pk)
    try:
        actions.send_again(by=access.person(request), mail=row, now=database_now())
    except NotNow as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"The mail to {row.to_name} will be sent again.")
    return redirect("mailing:outbox", slug=letter.slug)
