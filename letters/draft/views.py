"""Pages of the drafting step: new letter, its text and versions, its terms."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from letters import access, stale
from letters.draft import actions, editing, exports, kept
from letters.draft.forms import HeadingsForm, NewLetterForm, PublishForm, TermsForm, TrackedForm, UploadForm
from letters.lifecycle import NotNow
from letters.models import Comment, Letter, MailKind, Version, database_now
from letters.notify import rounds
from letters.replies import download
from letters.text.canonical import Refused
from letters.text.diff import redline
from letters.text.reading import Unreadable
from letters.text.suggestion import suggest

BAD_FILE = (Unreadable, Refused, NotNow)


def _upload(form: UploadForm) -> actions.Upload:
    file = form.cleaned_data["file"]
    return actions.Upload(file.name, file.read(), form.cleaned_data["tracked"])


@access.convener
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Upload the first text; a file that came with a mistake elsewhere in the form need not be chosen again."""
    if request.method != "POST":
        kept.forget(request)
        return render(request, "letters/draft/new.html", {"form": NewLetterForm()})
    form = NewLetterForm(request.POST, request.FILES, kept=kept.kept_name(request))
    if form.is_valid():
        try:
            letter = actions.new_letter(
                by=access.person(request), upload=kept.upload_of(request, form),
                convener=form.cleaned_data["convener"], now=database_now(),
            )  # fmt: skip
        except BAD_FILE as error:
            form.add_error("file", str(error))
            kept.forget(request, form)
        else:
            kept.forget(request)
            return redirect("draft:text", slug=letter.slug)
    kept.keep(request, form)
    return render(request, "letters/draft/new.html", {"form": form}, status=422)


def _text_page(
    request: HttpRequest, letter: Letter, form: UploadForm, publish: PublishForm | None = None
) -> HttpResponse:
    waiting = letter.versions.filter(circulated_at=None).first()
    publish = publish or PublishForm(version=waiting)
    changes, label, reason = None, "", ""
    if waiting and letter.current:
        changes = redline(letter.current.parts, waiting.parts)
        label, reason = suggest(letter.current.parts, waiting.parts)
        publish.initial["change"] = label
    context = {
        "letter": letter, "form": form, "publish_form": publish, "waiting": waiting, "changes": changes,
        "label": label, "reason": reason,
        "versions": letter.versions.exclude(circulated_at=None).order_by("-number"),
    }  # fmt: skip
    status = 422 if form.errors or publish.errors else 200
    return render(request, "letters/draft/text.html", context, status=status)


@access.coordinator
@require_http_methods(["GET", "POST"])
def text(request: HttpRequest, letter: Letter) -> HttpResponse:
    """The versions; a POST uploads the next text."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_version(by=access.person(request), letter=letter, upload=_upload(form), now=database_now())
        except BAD_FILE as error:
            form.add_error("file", str(error))
        else:
            return redirect("draft:text", slug=letter.slug)
    return _text_page(request, letter, form)


@access.coordinator
@require_POST
def publish(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Circulate the version that waits."""
    number = request.POST.get("number", "")
    waiting = get_object_or_404(letter.versions, circulated_at=None)
    form = PublishForm(request.POST, version=waiting)
    if str(waiting.number) != number:  # the page showed another version than the one that waits now
        raise Http404
    if not form.is_valid():
        return _text_page(request, letter, UploadForm(), form)
    try:
        actions.publish(by=access.person(request), version=waiting, now=database_now(), tell=False, **form.terms())
    except NotNow as error:
        messages.error(request, str(error))
        return redirect("draft:text", slug=letter.slug)
    messages.success(request, f"Version {waiting.number} is published.")
    notice = rounds.waiting(letter, MailKind.NEW_VERSION)
    if notice:
        messages.warning(request, "The officers do not know yet: look at the mail below, then send it.")
        return redirect("mailing:draft", slug=letter.slug, pk=notice.pk)
    return redirect("draft:terms" if letter.deadline is None else "desk:home", slug=letter.slug)


def _decided(request: HttpRequest, letter: Letter, form: TrackedForm | HeadingsForm) -> HttpResponse:
    try:
        if form.is_valid():
            actions.decide(by=access.person(request), letter=letter, now=database_now(), **form.cleaned_data)
    except BAD_FILE as error:
        messages.error(request, str(error))
    return redirect("draft:text", slug=letter.slug)


@access.coordinator
@require_POST
def tracked(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Accept or reject all tracked changes of the file that waits."""
    return _decided(request, letter, TrackedForm(request.POST))


@access.coordinator
@require_POST
def put_words(request: HttpRequest, letter: Letter, pk: int) -> HttpResponse:
    """Put the words a comment proposes into the next version."""
    comment = get_object_or_404(Comment.objects.sent().filter(version__letter=letter), pk=pk)
    try:
        made = editing.put_words(by=access.person(request), letter=letter, comment=comment, now=database_now())
    except BAD_FILE as error:
        messages.error(request, str(error))
        return redirect("comment:answers", slug=letter.slug)
    messages.success(request, f"The words are in version {made.number}. Look at it before you publish it.")
    return redirect("draft:text", slug=letter.slug)


@access.coordinator
@require_POST
def headings(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Take the bold lines of the file that waits as headings, or leave them."""
    return _decided(request, letter, HeadingsForm(request.POST))


def _terms_page(request: HttpRequest, letter: Letter, form: stale.SeenForm) -> HttpResponse:
    context = {"letter": letter, "form": form, "listed": letter.invitations.exists()}
    return render(request, "letters/draft/terms.html", context, status=stale.status(form))


@access.coordinator
@require_http_methods(["GET", "POST"])
def terms(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Convener, addressee, deadline, who signs."""
    form = TermsForm(request.POST, request.FILES) if request.method == "POST" else TermsForm.of(letter)
    if request.method == "POST" and form.is_valid():
        values = {key: form.cleaned_data[key] for key in actions.Terms.__dataclass_fields__}
        by = access.person(request)
        try:
            with stale.unchanged(form, letter, TermsForm.of, lambda: stale.last_act(letter, "terms", "extended")):
                actions.set_terms(by=by, letter=letter, terms=actions.Terms(**values), now=database_now())
        except NotNow as error:
            form.add_error(None, str(error))
        except stale.Stale as found:
            return _terms_page(request, letter, found.form)
        else:
            messages.success(request, "The terms are saved.")
            return redirect("desk:home" if letter.invitations.exists() else "coordinate:import_list", slug=letter.slug)
    return _terms_page(request, letter, form)


@access.coordinator
@require_safe
def logo(request: HttpRequest, letter: Letter) -> HttpResponse:
    """The convener's logo as this site drew it."""
    if letter.letterhead_logo is None:
        raise Http404
    return HttpResponse(letter.letterhead_logo.read(), content_type="image/png")


def _before(request: HttpRequest, row: Version) -> Version | None:
    """The earlier version the address names (?from=N)."""
    asked = request.GET.get("from", "")
    plain = asked.isascii() and asked.isdecimal() and len(asked) < 7
    return row.letter.versions.filter(number=asked, number__lt=row.number).first() if plain else None


@access.coordinator
@require_safe
def export(request: HttpRequest, letter: Letter, number: int, kind: str) -> HttpResponse:
    """One version as a file: word, text, markdown, pdf, or tracked since the version before (or ?from=N)."""
    row = get_object_or_404(letter.versions.select_related("created_by"), number=number)
    before = _before(request, row) or letter.versions.filter(number=number - 1).first()
    try:
        made = exports.export(row, kind, before)
    except exports.NO_PAPER as error:
        messages.error(request, str(error))
        return redirect("draft:text", slug=letter.slug)
    if made is None:
        raise Http404
    return download(made.data, made.name, made.media_type)


@access.coordinator
@require_safe
def version(request: HttpRequest, letter: Letter, number: int) -> HttpResponse:
    """One circulated version as it stands, or with what changed since an earlier one (?from=N)."""
    row = get_object_or_404(letter.versions, number=number)
    old = _before(request, row)
    context = {
        "letter": letter, "version": row, "old": old, "changes": redline(old.parts, row.parts) if old else None,
        "earlier": letter.versions.filter(number__lt=number).values_list("number", flat=True),
    }  # fmt: skip
    return render(request, "letters/draft/version.html", context)
