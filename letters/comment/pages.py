"""What the views of comments have in common: the thread of a block, the table of answers, an act with its sentence."""

import dataclasses
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from letters import replies
from letters.comment import answering, table, threads
from letters.comment.actions import place_of
from letters.comment.forms import ANSWERS, CommentForm, FilterForm
from letters.models import Comment, Letter, Link
from letters.models.letter import IN_DISCUSSION
from letters.stale import SeenForm
from letters.text.blocks import Block
from letters.text.proposal import editable


@dataclasses.dataclass(frozen=True, slots=True)
class Thread:
    """One block with all an officer may read about it; `initial` is what the form starts with."""

    block: str
    part: Block | None
    place: str
    remarks: list[threads.Remark]
    initial: dict[str, str]
    own_words: str


def thread(link: Link, block: str) -> Thread:
    """The thread of a block of the version on the table; raises Http404 when there is no such block."""
    letter = link.invitation.letter
    if letter.current is None:
        raise Http404
    try:
        part, place = place_of(letter.current, block)
    except LookupError:
        raise Http404 from None
    found = [remark for remark in threads.readable(link) if remark.comment.block == block]
    mine = next((r.comment for r in found if r.draft and _is_draft_of(r.comment, link)), None)
    own = editable(part) if part else ""
    initial = {"text": mine.text if mine else "", "proposed": (mine.proposed if mine else "") or own}
    return Thread(block, part, place, [r for r in found if r.comment is not mine], initial, own)


def _is_draft_of(comment: Comment, link: Link) -> bool:
    on_table = link.invitation.letter.current_id
    return (comment.officer_id, comment.version_id, comment.agrees_with_id) == (link.officer_id, on_table, None)


def thread_page(
    request: HttpRequest, link: Link, shown: Thread, form: CommentForm | None = None, *, kept: Comment | None = None
) -> HttpResponse:
    """The thread as a page, or as a part of the letter's page where htmx asked for it."""
    form = form or CommentForm(initial=shown.initial)
    if not shown.own_words:
        del form.fields["proposed"]
    context = {
        "letter": link.invitation.letter, "link": link, "thread": shown, "form": form, "kept": kept,
        "open": link.invitation.letter.state in IN_DISCUSSION,
    }  # fmt: skip
    part = bool(getattr(request, "htmx", False))
    name = "letters/comment/_thread.html" if part else "letters/comment/thread.html"
    answer = render(request, name, context, status=422 if form.errors else 200)
    answer["Vary"] = "HX-Request"
    return answer


def kept(request: HttpRequest, link: Link, block: str, draft: Comment | None) -> HttpResponse:
    """After a draft was written: a word while the writing goes on, the thread for htmx, else back to the block."""
    if "autosave" in request.POST:
        return render(request, "letters/comment/_saved.html", {"draft": draft, "link": link})
    if getattr(request, "htmx", False):
        return thread_page(request, link, thread(link, block), kept=draft)
    messages.success(request, "Your comment is kept as a draft." if draft else "There is no draft here any more.")
    return redirect(reverse("review:letter", args=[link.invitation.letter.slug]) + f"#b-{block}")


def told(request: HttpRequest, link: Link, act: Callable[[], Any], sentence: str) -> HttpResponse:
    """Do it, say so or why not, and go to the society's comments."""
    return replies.told(request, act, sentence, "comment:comments", link.invitation.letter.slug)


def filter_of(request: HttpRequest) -> str:
    """The filter a form was sent from, as the end of an address."""
    kept = request.POST.get("filter", "")
    return f"?{kept}" if kept and "#" not in kept and len(kept) < 1000 else ""


def answers_page(request: HttpRequest, letter: Letter, *, at: int = 0, form: SeenForm | None = None) -> HttpResponse:
    """The coordinator's table; `form` is an answer to comment `at` that needs mending."""
    every = table.rows(letter)
    names = list(dict.fromkeys(row.society for row in every))
    asked = FilterForm(request.GET, societies=names, sections=list(dict.fromkeys(row.section for row in every)))
    wanted = table.Wanted(**asked.cleaned_data) if asked.is_valid() else table.Wanted()
    waiting = answering.untold(letter).values_list("invitation_id", "said")
    unready = {society for society, said in waiting if not said}
    context = {
        "letter": letter, "rows": table.chosen(every, wanted), "count": len(every), "filter": asked,
        "query": request.GET.urlencode(), "at": at, "form": form, "choices": ANSWERS,
        "open_count": sum(not row.comment.disposition for row in every),
        "ready": len({society for society, _ in waiting} - unready), "unready": len(unready),
        "changeable": letter.state in IN_DISCUSSION,
    }  # fmt: skip
    status = 200 if form is None else 409 if form.clash else 422
    return render(request, "letters/comment/answers.html", context, status=status)
