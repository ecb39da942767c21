"""Pages of the desk: the letters of a coordinator, the state of one, and its societies."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from letters import access
from letters.desk import attention, grid, overview
from letters.models import Letter, database_now


@access.runs_letters
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """All letters this person coordinates."""
    return render(request, "letters/desk/letters.html", {"cards": overview.cards(access.person(request))})


@access.coordinator
@require_safe
def home(request: HttpRequest, letter: Letter) -> HttpResponse:
    """What needs attention, the numbers, the grid and what happened."""
    lines = grid.lines(letter)
    context = {
        "letter": letter,
        "grid": lines,
        "tiles": grid.tiles(letter, lines, database_now()),
        "attention": attention.attention(letter, lines),
        "step": overview.next_step(letter, lines),
        "activity": attention.activity(letter),
    }
    return render(request, "letters/desk/home.html", context)


@access.coordinator
@require_safe
def societies(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Every society with its state, and what can be done with the list."""
    lines = grid.lines(letter)
    waiting = sum(line.pill == "draft" for line in lines)
    return render(request, "letters/desk/societies.html", {"letter": letter, "grid": lines, "waiting": waiting})
