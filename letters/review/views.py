"""Pages an officer reads: the door of a personal link, the letter, what changed, a version on paper."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from letters import access, behind
from letters.models import Link, Version, database_now
from letters.render.draft import Busy, draft_of, draft_paper
from letters.render.pdf import PressFailed, Unprintable
from letters.replies import download
from letters.review import reading
from letters.review.forms import TypedForm
from letters.review.margin import margin


def _come_in(request: HttpRequest, link: Link) -> HttpResponse:
    """Remember the link in the session and lead to the letter; nothing is burnt and nothing signed."""
    if request.user.is_authenticated and request.user != link.officer.user:
        context = {"link": link, "letter": link.invitation.letter}
        return render(request, "letters/review/other_person.html", context, status=403)
    access.let_in(request, link)
    answer = redirect("review:letter", slug=link.invitation.letter.slug)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@access.public
@require_safe
def door(request: HttpRequest, token: str) -> HttpResponse:
    """The personal link: opens reading and takes the token out of the address."""
    link = Link.objects.by_token(token)
    ended = link.ended(timezone.now()) if link else ""
    if link is None or ended:
        context = {"link": link, "ended": ended}
        return render(request, "letters/review/no_link.html", context, status=410 if link else 404)
    return _come_in(request, link)


@access.public
@require_http_methods(["GET", "HEAD", "POST"])
def typed(request: HttpRequest) -> HttpResponse:
    """The code at the foot of a mail, for who cannot open its link; it opens the same."""
    form = TypedForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not ratelimit.consume(request, action="typed"):
        form.add_error("code", "Too many codes were tried from your address. Wait a minute, then try again.")
        return render(request, "letters/review/typed.html", {"form": form}, status=429)
    if form.is_bound and form.is_valid():
        link = Link.objects.by_typed(form.cleaned_data["code"])
        ended = link.ended(timezone.now()) if link else ""
        if link is not None and not ended:
            return _come_in(request, link)
        found = "This code opens nothing. Compare it with the foot of the newest mail, letter by letter."
        form.add_error("code", f"This code {ended}. Sign in with your e-mail address." if ended else found)
    return render(request, "letters/review/typed.html", {"form": form}, status=422 if form.errors else 200)


@access.officer
@require_safe
def letter(request: HttpRequest, link: Link) -> HttpResponse:
    """The letter, what changed since this officer last read, and the bar to sign."""
    row = link.invitation.letter
    if row.current is None:
        raise Http404
    stands = reading.standing(link)
    before = reading.read_before(link, stands.signature)
    shown, drafts, whole, may_comment = margin(link)
    context = {
        "letter": row, "version": row.current, "link": link, "standing": stands, "before": before,
        "html": shown, "drafts": drafts, "whole": whole, "may_comment": may_comment,
        "changes": reading.changes(before, row.current) if before else None,
        "progress": reading.progress(link),
        "summaries": behind.waiting([link.invitation_id]).get(link.invitation_id, []),
        "open": link.invitation.open_until(database_now()),
        "may_sign": link.officer.may_sign_on(database_now().date()),
    }  # fmt: skip
    return render(request, "letters/review/letter.html", context)


@access.officer
@require_safe
def changes(request: HttpRequest, link: Link) -> HttpResponse:
    """The redline from an earlier circulated version (?from=N) to the one on the table."""
    row = link.invitation.letter
    if row.current is None:
        raise Http404
    older = row.versions.exclude(circulated_at=None).exclude(pk=row.on_the_table.pk)
    asked = request.GET.get("from", "")
    old: Version | None = older.filter(number=asked).first() if asked.isascii() and asked.isdecimal() else None
    old = old or reading.read_before(link, reading.standing(link).signature) or older.last()
    if old is None:
        return redirect("review:letter", slug=row.slug)
    context = {
        "letter": row, "link": link, "old": old, "new": row.current,
        "changes": reading.changes(old, row.current),
    }  # fmt: skip
    return render(request, "letters/review/changes.html", context)


@access.officer
@require_safe
def draft(request: HttpRequest, link: Link, number: int) -> HttpResponse:
    """A circulated version as a PDF marked as a draft; for the sealed one, the sealed PDF."""
    letter = link.invitation.letter
    version = get_object_or_404(letter.versions.exclude(circulated_at=None), number=number)
    made = draft_of(version)
    if made is None:
        return redirect("record:officers_pdf", slug=letter.slug)
    try:
        paper = draft_paper(made)
    except (Busy, Unprintable, PressFailed) as error:
        messages.error(request, str(error))
        return redirect("review:letter", slug=letter.slug)
    word = "superseded" if version.superseded else "draft"
    return download(paper, f"{letter.slug}-{word}-version-{number}.pdf", "application/pdf")
