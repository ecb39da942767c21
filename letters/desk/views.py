"""Pages of the desk: the letters of a coordinator, the state of one, its societies, and what happened."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from letters import access
from letters.desk import actions, activity, overview, pages
from letters.desk.forms import ViewForm
from letters.desk.showing import Wish
from letters.lifecycle import NotNow
from letters.models import Letter, database_now


@access.runs_letters
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """All letters this person coordinates."""
    return render(
        request, "letters/desk/letters.html", {"cards": overview.cards(access.person(request), database_now())}
    )


@access.coordinator
@require_safe
def home(request: HttpRequest, letter: Letter) -> HttpResponse:
    """What needs attention, the numbers, the grid and what happened."""
    return render(request, "letters/desk/home.html", pages.overview(letter, database_now()))


@access.coordinator
@require_safe
def happened(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Everything that happened, page by page."""
    page = Wish.of(request.GET.dict()).page
    entries, more = activity.activity(letter, most=activity.PAGE, page=page)
    if page > 1 and not entries:
        raise Http404
    context = {"letter": letter, "activity": entries, "page": page, "more": more}
    return render(request, "letters/desk/happened.html", context)


@access.coordinator
@require_safe
def societies(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Every society with its state, sought, sorted and chosen, and what can be done with them."""
    wish = Wish.of(request.GET.dict())
    return pages.societies(request, letter, access.person(request), wish, now=database_now())


@access.coordinator
@require_POST
def keep_view(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Keep what is shown under a name."""
    form, person, now = ViewForm(request.POST), access.person(request), database_now()
    wish = Wish.from_query(request.POST.get("query", ""))
    if form.is_valid():
        try:
            view = actions.keep_view(by=person, letter=letter, name=form.cleaned_data["name"], query=wish.query())
        except NotNow as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, f"The view “{view.name}” is kept. Only you see it.")
            return pages.back(letter, view.query)
    return pages.societies(request, letter, person, wish, now=now, view_form=form)


@access.coordinator
@require_POST
def drop_view(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Take one of one's own views away."""
    if not actions.drop_view(by=access.person(request), letter=letter, pk=pk):
        raise Http404
    messages.success(request, "The view is gone; the societies are as they were.")
    return redirect("desk:societies", slug=letter.slug)
