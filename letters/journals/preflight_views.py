"""Pages that hold a version of the letter against a journal, before anything is sent."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from letters import access, fit
from letters.journals.target_forms import FileForm
from letters.models import Journal, Letter, Version, database_now


@access.coordinator
@require_safe
def preflights(request: HttpRequest, letter: Letter) -> HttpResponse:
    """One line for each journal: does the text fit?"""
    versions, version = _version(request, letter)
    looked = fit.looked_at(letter, version.parts, fit.journals(), database_now())
    context = {"letter": letter, "versions": versions, "version": version, "looked": looked}
    return render(request, "letters/journals/preflights.html", context)


@access.coordinator
@require_safe
def preflight(request: HttpRequest, letter: Letter, key: str) -> HttpResponse:
    """One journal: what fits, what does not, and what to do about it."""
    journal = get_object_or_404(Journal.objects.prefetch_related("rules", "contacts"), key=key)
    versions, version = _version(request, letter)
    (looked,) = fit.looked_at(letter, version.parts, [journal], database_now())
    context = {"letter": letter, "versions": versions, "version": version, "looked": looked, "journal": journal}
    return render(request, "letters/journals/preflight.html", context)


@access.coordinator
@require_http_methods(["GET", "HEAD", "POST"])
def preflight_file(request: HttpRequest, letter: Letter) -> HttpResponse:
    """A text that is no version, such as a summary, against one journal; nothing of it is kept."""
    posted = request.method == "POST"
    form, looked = FileForm(request.POST if posted else None, request.FILES if posted else None), None
    if posted and form.is_valid():
        journal, blocks = form.cleaned_data["journal"], form.cleaned_data["file"]
        (looked,) = fit.looked_at(letter, blocks, [journal], database_now())
    context = {"letter": letter, "form": form, "looked": looked}
    return render(request, "letters/journals/preflight_file.html", context, status=422 if form.errors else 200)


def _version(request: HttpRequest, letter: Letter) -> tuple[list[Version], Version]:
    """All versions and the one asked for, else the newest; Http404 where there is no such one."""
    versions = fit.versions(letter)
    wanted = request.GET.get("version", "")
    chosen = [version for version in versions if not wanted or str(version.number) == wanted]
    if not chosen:
        raise Http404
    return versions, chosen[0]
