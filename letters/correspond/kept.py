"""Keeps the file of a form that is shown again, so that nobody has to choose it twice; a signed field says which."""

from django.core import signing

from letters.correspond.files import Given, given
from letters.models import Document, database_now
from letters.models.document import Kind

_SALT = "correspond.kept"


def keep(file: Given) -> str:
    """Store the file; what to put into the hidden field."""
    document = Document.objects.keep(file.data, kind=Kind.ANSWER, edition=None, now=database_now())
    return signing.dumps({"name": file.name, "sha256": document.sha256}, salt=_SALT)


def kept(token: str) -> Given | None:
    """The file of a hidden field made here less than a day ago; None for any other."""
    try:
        said = signing.loads(token, salt=_SALT, max_age=24 * 3600)
        return given(said["name"], Document.objects.get(sha256=said["sha256"]).read())
    except (signing.BadSignature, Document.DoesNotExist, OSError, ValueError):
        return None
