"""Keeps the file of a form that is shown again, so that nobody has to choose it twice; the session knows which."""

from django.http import HttpRequest

from letters.draft.actions import Upload
from letters.draft.forms import NewLetterForm
from letters.models import Document, database_now
from letters.models.document import Kind

SESSION_FILE = "draft_file"  # {"name": as uploaded, "sha256": of the stored document}


def kept_name(request: HttpRequest) -> str:
    """The name of the file this browser sent before, or ""."""
    return str(request.session.get(SESSION_FILE, {}).get("name", ""))


def keep(request: HttpRequest, form: NewLetterForm) -> None:
    """Store the file of a form that must be shown again, unless the file itself is what is wrong with it."""
    file = form.files.get("file")
    if file is None or "file" in form.errors:
        return
    file.seek(0)
    document = Document.objects.keep(file.read(), kind=Kind.SOURCE, edition=None, now=database_now())
    request.session[SESSION_FILE] = {"name": file.name, "sha256": document.sha256}
    form.offer_kept(str(file.name))


def upload_of(request: HttpRequest, form: NewLetterForm) -> Upload:
    """The file just sent, else the one that was kept."""
    file, tracked = form.cleaned_data["file"], form.cleaned_data["tracked"]
    if file:
        return Upload(file.name, file.read(), tracked)
    row = Document.objects.get(sha256=request.session[SESSION_FILE]["sha256"])
    return Upload(kept_name(request), row.read(), tracked)


def forget(request: HttpRequest, form: NewLetterForm | None = None) -> None:
    """The file was read, or is of no use; then `form` asks for another."""
    request.session.pop(SESSION_FILE, None)
    if form:
        form.offer_kept("")
