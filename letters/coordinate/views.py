"""Pages of invitations: send them, open what came with an answer, and replace officers' links."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from letters import access
from letters.coordinate import actions, papers
from letters.coordinate.forms import NewLinksForm
from letters.lifecycle import NotNow
from letters.models import Letter, MailKind, database_now
from letters.models.document import suffix_of
from letters.notify import rounds
from letters.replies import download, told


@access.coordinator
@require_POST
def invite(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Prepare the invitations that are owed as a draft; sending it opens the letter for signature."""
    try:
        waiting = rounds.prepare(by=access.person(request), letter=letter, kind=MailKind.INVITATION, now=database_now())
    except NotNow as error:
        messages.error(request, str(error))
        return redirect("desk:home", slug=letter.slug)
    return redirect("mailing:draft", slug=letter.slug, pk=waiting.pk)


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
