"""Pages about comments: the thread of a block, a society's comments, and the coordinator's table of answers."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from letters import access, stale
from letters.comment import actions, answering, exports, pages, threads
from letters.comment import table as listing
from letters.comment.forms import AnswerForm, CommentForm
from letters.lifecycle import NotNow
from letters.models import Comment, Letter, Link, database_now
from letters.replies import download, told


@access.officer
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, link: Link, block: str) -> HttpResponse:
    """What was said about one block; a POST keeps the officer's own draft, also while it is being written."""
    if request.method != "POST":
        return pages.thread_page(request, link, pages.thread(link, block))
    form = CommentForm(request.POST)
    if form.is_valid():
        try:
            draft = actions.write(by=link, block=block, now=database_now(), **form.cleaned_data)
        except NotNow as error:
            form.add_error(None, str(error))
        except LookupError:
            raise Http404 from None
        else:
            return pages.kept(request, link, block, draft)
    return pages.thread_page(request, link, pages.thread(link, block), form)


@access.officer
@require_safe
def comments(request: HttpRequest, link: Link) -> HttpResponse:
    """The society's drafts, what it sent and what became of it, and others' comments where they are open."""
    letter = link.invitation.letter
    if letter.current is None:
        raise Http404
    stands = threads.standing(link, database_now())
    context = {"letter": letter, "link": link, "standing": stands}
    return render(request, "letters/comment/comments.html", context)


@access.officer
@require_POST
def send(request: HttpRequest, link: Link) -> HttpResponse:
    """Send the society's comments to the coordinator; whoever sends them is signed in."""
    slug = link.invitation.letter.slug
    if request.user != link.officer.user:  # a mail scanner that follows the link and submits forms sends nothing
        messages.info(request, "Sign in first, so that it is you who sends them. Your drafts are kept.")
        return redirect_to_login(reverse("comment:comments", args=[slug]))
    try:
        count = actions.send(by=link, now=database_now())
    except NotNow as error:
        messages.error(request, str(error))
    else:
        said = "Your society's comment is sent" if count == 1 else f"Your society's {count} comments are sent"
        messages.success(request, f"{said}. You can take this back for ten minutes.")
    return redirect("comment:comments", slug=slug)


@access.officer
@require_POST
def take_back(request: HttpRequest, link: Link) -> HttpResponse:
    """Make drafts again of what was just sent."""
    if request.user != link.officer.user:
        return redirect_to_login(reverse("comment:comments", args=[link.invitation.letter.slug]))
    return pages.told(request, link, lambda: actions.take_back(by=link, now=database_now()), "They are drafts again.")


@access.officer
@require_POST
def remove(request: HttpRequest, link: Link, pk: int) -> HttpResponse:
    """Take a draft away."""
    row = get_object_or_404(Comment.objects.kept(), pk=pk, invitation=link.invitation)
    act = lambda: actions.remove(by=link, comment=row, now=database_now())  # noqa: E731
    return pages.told(request, link, act, "The draft is removed. You can bring it back for ten minutes.")


@access.officer
@require_POST
def restore(request: HttpRequest, link: Link, pk: int) -> HttpResponse:
    """Bring a draft back."""
    row = get_object_or_404(Comment, pk=pk, invitation=link.invitation, removed_at__isnull=False)
    act = lambda: actions.restore(by=link, comment=row, now=database_now())  # noqa: E731
    return pages.told(request, link, act, "The draft is back.")


@access.officer
@require_POST
def agree(request: HttpRequest, link: Link, pk: int) -> HttpResponse:
    """Stand behind another society's comment instead of repeating it."""
    row = get_object_or_404(Comment.objects.readable_by(link).sent(), pk=pk)
    act = lambda: actions.agree(by=link, comment=row, now=database_now())  # noqa: E731
    return pages.told(request, link, act, "“We agree” is kept as a draft.")


@access.coordinator
@require_safe
def answers(request: HttpRequest, letter: Letter) -> HttpResponse:
    """The table of comments, filtered."""
    return pages.answers_page(request, letter)


@access.coordinator
@require_POST
def answer(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Say what becomes of one comment."""
    row = get_object_or_404(Comment.objects.sent().filter(version__letter=letter, agrees_with=None), pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return pages.answers_page(request, letter, at=row.pk, form=form)
    by = access.person(request)
    try:
        with stale.unchanged(form, letter, lambda _: AnswerForm.of(answering.again(row)), lambda: answering.said(row)):
            answering.answer(by=by, comment=row, now=database_now(), **form.cleaned_data)
    except NotNow as error:
        messages.error(request, str(error))
    except stale.Stale as found:
        return pages.answers_page(request, letter, at=row.pk, form=found.form)
    return redirect(f"{reverse('comment:answers', args=[letter.slug])}{pages.filter_of(request)}#c-{row.pk}")


@access.coordinator
@require_POST
def openness(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Open the comments to all societies, or close them."""
    opened = request.POST.get("open") == "yes"
    answering.open_comments(by=access.person(request), letter=letter, opened=opened, now=database_now())
    messages.success(
        request, "Societies now see each other's comments." if opened else "Each society sees its own comments only."
    )
    return redirect("comment:answers", slug=letter.slug)


@access.coordinator
@require_POST
def tell(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Send each society whose comments are all answered one mail with the answers."""
    by = access.person(request)

    def said(count: int) -> str:
        return f"{count} {'society is' if count == 1 else 'societies are'} told by mail."

    return told(
        request, lambda: answering.tell(by=by, letter=letter, now=database_now()), said, "comment:answers", letter.slug
    )


@access.coordinator
@require_safe
def table(request: HttpRequest, letter: Letter, kind: str) -> HttpResponse:
    """The whole table as a file: word or excel."""
    if kind not in exports.KINDS:
        raise Http404
    make, media_type, ending = exports.KINDS[kind]
    made = make(listing.rows(letter), title=f"Comments on {letter.title}")
    return download(made, f"{letter.slug}-comments.{ending}", media_type)
