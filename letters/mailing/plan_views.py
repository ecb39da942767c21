"""Pages beside the outbox: the reminder plan of a letter, and what is known of the sender's domain."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from letters import access
from letters.mailing import actions
from letters.mailing.forms import PlanForm
from letters.models import Letter, database_now
from letters.notify import sender as known
from letters.notify.plan import ended, next_days


@access.coordinator
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, letter: Letter) -> HttpResponse:
    """On which days before the deadline reminders are prepared, and whether they wait."""
    now = database_now()
    stands = {
        "days": ", ".join(map(str, letter.reminder_days)),
        "go": "go" if letter.reminders_go else "wait",
    }
    form = PlanForm(request.POST if request.method == "POST" else None, initial=stands)
    if form.is_bound and form.is_valid():
        days, go = form.cleaned_data["days"], form.cleaned_data["go"] == "go"
        actions.set_plan(by=access.person(request), letter=letter, days=days, go=go, now=now)
        messages.success(request, "The reminder plan is saved.")
        return redirect("mailing:plan", slug=letter.slug)
    context = {"letter": letter, "form": form, "ahead": next_days(letter, now), "plan_ended": ended(letter)}
    return render(request, "letters/mailing/plan.html", context, status=422 if form.errors else 200)


@access.coordinator
@require_safe
def sender(request: HttpRequest, letter: Letter) -> HttpResponse:
    """What the DNS says about the domain our mails come from, looked up now."""
    domain = known.sender_domain()
    try:
        lines, silent = [(one.state, one.sentence) for one in known.check(domain, settings.DKIM_SELECTORS)], False
    except known.NoResolver:
        lines, silent = [], True
    context = {"letter": letter, "domain": domain, "lines": lines, "silent": silent}
    return render(request, "letters/mailing/sender.html", context)
