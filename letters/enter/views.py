"""The page on which a person shows to be there before an act, and the end of own sessions."""

from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from letters import access
from letters.enter import actions
from letters.enter.forms import EndForm
from letters.enter.onward import onward, remember_page
from letters.enter.ways import Ways


@access.signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Show to be there by passkey, app or mailed code; then what was pressed before goes on where it stopped."""
    person = access.person(request)
    ways = Ways(request, person)
    following = get_next_redirect_url(request) or "/me"
    if request.POST.get("way") == "send":
        try:
            actions.send_code(request, by=person)
        except actions.NotShown as error:
            messages.warning(request, str(error))
    elif request.method == "POST" and ways.answered():
        return onward(request, following)
    elif request.method != "POST":
        remember_page(request, following)
    if ways.key_missing:
        request.session["going_to"] = following
    status = 422 if ways.wrong else 200
    return render(request, "letters/enter/confirm.html", {"ways": ways, "next": following}, status=status)


@access.signed_in
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End one session of one's own, or all others."""
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose the session to end once more.")
        return redirect("record:me")
    count = actions.end_sessions(
        by=access.person(request), which=form.cleaned_data["which"], here=request.session.session_key
    )
    messages.success(request, "The session is ended." if count == 1 else f"{count} sessions are ended.")
    return redirect("record:me")
