"""Pages of chasing by phone: a call or note about one society or several, and being done with a follow-up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from letters import access
from letters.desk import actions, pages
from letters.desk.forms import NoteForm
from letters.desk.showing import Wish
from letters.models import Call, Invitation, Letter, database_now
from letters.replies import told

NONE_CHOSEN = "Nothing is chosen. Tick the societies you mean, then press the button again."


@access.registrar
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Note a call with one society, or a remark about it, and when to follow it up."""
    letter, now = invitation.letter, database_now()
    context = pages.about(invitation)
    form = NoteForm(
        request.POST if request.method == "POST" else None, today=pages.today(letter, now), open_before=context["open"]
    )
    if form.is_valid():
        actions.note(by=access.person(request), invitations=[invitation], now=now, **form.words())
        messages.success(request, f"It is noted about {invitation.society}.")
        return pages.back(letter, request.GET.urlencode())
    return render(request, "letters/desk/call.html", {**context, "form": form}, status=422 if form.errors else 200)


@access.coordinator
@require_POST
def chosen(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Act on all chosen societies: to the mail with the same form, to a file, or one call or note about each.

    The first POST brings the choice, the second the words of the note.
    """
    now, query = database_now(), request.POST.get("query", "")
    rows = pages.invitations_of(letter, request.POST.getlist("to"))
    if not rows:
        wish, person = Wish.from_query(query), access.person(request)
        return pages.societies(request, letter, person, wish, now=now, error=NONE_CHOSEN)
    if request.POST.get("kind") == "xlsx":
        return redirect(pages.download_of(letter, rows))
    if request.POST.get("kind"):
        return HttpResponseRedirect(
            reverse("mailing:write", args=[letter.slug]), status=307
        )  # the same POST, once more
    data = request.POST if "save" in request.POST else None
    form = NoteForm(data, today=pages.today(letter, now), open_before=pages.to_follow_up(rows))
    if form.is_valid():
        made = actions.note(by=access.person(request), invitations=rows, now=now, **form.words())
        messages.success(request, f"It is noted about {len(made)} {'society' if len(made) == 1 else 'societies'}.")
        return pages.back(letter, query)
    return pages.noting(request, letter, rows, form, query)


@access.coordinator
@require_POST
def done(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Be done with a follow-up."""
    row = get_object_or_404(Call.objects.select_related("invitation__society"), pk=pk, invitation__letter=letter)
    act = lambda: actions.done(by=access.person(request), call=row, now=database_now())  # noqa: E731
    return told(request, act, f"The follow-up with {row.invitation.society} is done.", "desk:home", letter.slug)
