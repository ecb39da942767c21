"""What the pages of the desk hold, put together from what the other modules read; which page is asked is the views'."""

import dataclasses
import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from letters.desk import grid as reading
from letters.desk.activity import activity
from letters.desk.attention import attention, owed
from letters.desk.charts import bars, line
from letters.desk.figures import course, funnel
from letters.desk.forms import NoteForm, ViewForm
from letters.desk.grid import Line, lines
from letters.desk.overview import next_step
from letters.desk.showing import SORTS, STATES, Wish, show
from letters.models import Call, Invitation, Letter, SavedView, User

ON_HOME = 40  # societies on the overview; the list of societies has them all
LATEST = 12
MOST_SAID = 3500  # letters of a query; servers take addresses of about 4000
OPEN = 10  # chosen societies named one by one


@dataclasses.dataclass(frozen=True, slots=True)
class Own:
    """A view somebody named: how many rows it holds now."""

    view: SavedView
    count: int
    here: bool


def overview(letter: Letter, now: datetime.datetime) -> dict[str, object]:
    """Needs attention, numbers, charts, the latest of the grid, what happened."""
    grid = lines(letter, now)
    published = letter.versions.exclude(circulated_at=None).order_by("number").values_list("number", "circulated_at")
    whole = [(number, at) for number, at in published if at]
    over_time = course(letter, grid, whole, now)
    steps = funnel(grid)
    latest, more = activity(letter, most=LATEST)
    newest_first = sorted(grid, key=lambda row: -row.at.timestamp() if row.at else 0)
    return {
        "letter": letter, "grid": newest_first[:ON_HOME], "societies": len(grid),
        "tiles": reading.tiles(letter, grid, now), "attention": attention(letter, grid, owed(letter), now),
        "step": next_step(letter, grid), "activity": latest, "more": more, "funnel": steps, "bars": bars(steps),
        "course": over_time, "line": line(over_time) if over_time else None,
    }  # fmt: skip


def societies(
    request: HttpRequest, letter: Letter, user: User, wish: Wish, *, now: datetime.datetime,
    chosen: frozenset[int] = frozenset(), error: str = "", view_form: ViewForm | None = None,
) -> HttpResponse:  # fmt: skip
    """The page of the societies; 422 with `error` or with what is wrong in `view_form`, and the choice kept."""
    grid = lines(letter, now)
    shown = show(grid, wish)
    if wish.choose:
        chosen = frozenset(row.invitation.pk for row in shown.matching)
    own = own_views(letter, user, grid, wish)
    on_page = {row.invitation.pk for row in shown.rows}
    context = {
        "letter": letter, "here": reverse("desk:societies", args=[letter.slug]), "grid": shown.rows, "shown": shown,
        "wish": wish, "query": wish.query(), "query_here": wish.query(page=shown.page), "states": STATES,
        "own_here": any(mine.here for mine in own),
        "sorts": {key: label for key, (label, _) in SORTS.items()}, "own": own,
        "chosen": chosen, "chosen_elsewhere": sorted(chosen - on_page), "choose_all": wish.query(choose=True),
        "matches": len(shown.matching), "societies": len(grid), "error": error, "view_form": view_form or ViewForm(),
        "waiting": sum(row.pill == "draft" for row in grid), "narrowed": bool(wish.q or wish.state),
        "before": wish.query(page=shown.page - 1) if shown.page > 1 else None,
        "after": wish.query(page=shown.page + 1) if shown.page < shown.pages else None,
    }  # fmt: skip
    wrong = bool(error or (view_form and view_form.errors))
    return render(request, "letters/desk/societies.html", context, status=422 if wrong else 200)


def own_views(letter: Letter, user: User, grid: list[Line], wish: Wish) -> list[Own]:
    """The views this person named on this letter (one query)."""
    found = []
    for view in SavedView.objects.filter(letter=letter, user=user):
        kept = Wish.from_query(view.query)
        found.append(Own(view, len(show(grid, kept).matching), kept == dataclasses.replace(wish, page=1, choose=False)))
    return found


def invitations_of(letter: Letter, given: list[str]) -> list[Invitation]:
    """The invitations of this letter among the keys a form sent, in printed order; what is no key is left out."""
    keys = {int(key) for key in given if key.isascii() and key.isdecimal() and len(key) < 19}
    if not keys:
        return []
    return [row for row in letter.invitations.select_related("society").order_by("position") if row.pk in keys]


def download_of(letter: Letter, chosen: list[Invitation]) -> str:
    """Where these societies are downloaded for Excel; past what an address can name, all are."""
    address = reverse("export:table", args=[letter.slug, "societies", "xlsx"])
    said = urlencode([("to", row.pk) for row in chosen])
    return f"{address}?{said}" if len(said) < MOST_SAID else address


def noting(request: HttpRequest, letter: Letter, chosen: list[Invitation], form: NoteForm, query: str) -> HttpResponse:
    """The page on which one note is written about several societies."""
    context = {
        "letter": letter, "chosen": chosen, "named": chosen[:OPEN], "others": len(chosen) - OPEN, "form": form,
        "query": query,
    }  # fmt: skip
    return render(request, "letters/desk/chosen.html", context, status=422 if form.errors else 200)


def about(invitation: Invitation) -> dict[str, Any]:
    """What is known to the desk about one society: its people, what was noted, whether something is to follow up."""
    known = list(invitation.calls.select_related("by", "done_by"))
    return {
        "letter": invitation.letter, "invitation": invitation, "society": invitation.society, "known": known,
        "people": invitation.links.live().select_related("officer__user").order_by("slot", "pk"),
        "open": any(row.follow_up_on and not row.done_at for row in known),
    }  # fmt: skip


def to_follow_up(invitations: list[Invitation]) -> bool:
    """True when something was to be followed up with one of these."""
    return Call.objects.open().filter(invitation__in=invitations).exists()


def back(letter: Letter, query: str) -> HttpResponse:
    """To the societies as they were shown."""
    address, said = reverse("desk:societies", args=[letter.slug]), Wish.from_query(query)
    return redirect(f"{address}?{said.query(page=said.page)}".rstrip("?"))


def today(letter: Letter, now: datetime.datetime) -> datetime.date:
    """The day on the convener's calendar."""
    return now.astimezone(letter.zone).date()
