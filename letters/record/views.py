"""Public pages: front page, published letter, its data and feeds; and a signed-in person's own letters."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from letters import access, freshness
from letters.models import Letter
from letters.record import page, shelf
from letters.record.cached import by_content, kept


@access.public
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What this place is, and the letters that are public."""
    return by_content(request, render(request, "letters/record/front.html", {"letters": shelf.published()}))


@access.signed_in
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """The letters this person is asked to sign, own seats, keys and sessions."""
    person = access.person(request)
    context = {
        "mine": shelf.letters_of(person), "seats": shelf.seats_of(person), "keys": shelf.keys_of(person),
        "sessions": shelf.sessions_of(person), "key_demanded": freshness.key_demanded(person),
    }  # fmt: skip
    return render(request, "letters/record/me.html", context)


@kept("q", "page")
@access.published
@require_safe
def letter(request: HttpRequest, row: Letter) -> HttpResponse:
    """The published letter: text, signatories (?q= seeks among them, ?page= turns over), what happened, downloads."""
    asked, number = request.GET.get("q", ""), request.GET.get("page", "")
    return render(request, "letters/record/letter.html", page.of_letter(row, asked, number))
