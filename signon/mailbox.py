"""The demo's mailbox: shows the mails written to the data folder; routed only where SIGNON_MAILBOX is on."""

import email
import email.message
import email.policy
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from letters import access

MOST = 200


def _read(path: Path) -> email.message.EmailMessage:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, email.message.EmailMessage)
    return message


@access.public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The newest mails; ?to= filters by recipient."""
    wanted = request.GET.get("to", "").strip().lower()
    files = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.eml"), reverse=True)
    mails = []
    for file in files:
        message = _read(file)
        if wanted and wanted not in str(message["To"]).lower():
            continue
        mails.append({"name": file.name, "to": message["To"], "subject": message["Subject"], "date": message["Date"]})
        if len(mails) == MOST:
            break
    return render(request, "mailbox/index.html", {"mails": mails, "wanted": wanted, "total": len(files)})


@access.public
@require_safe
def message(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: headers, plain text with its links, attachments by name."""
    path = Path(settings.EMAIL_FILE_PATH) / name
    if "/" in name or not name.endswith(".eml") or not path.is_file():
        raise Http404
    mail = _read(path)
    body = mail.get_body(("plain",))
    attachments = [part.get_filename() for part in mail.iter_attachments()]
    context = {
        "subject": mail["Subject"], "sender": mail["From"], "to": mail["To"], "attachments": attachments,
        "text": body.get_content() if body else "",
    }  # fmt: skip
    return render(request, "mailbox/message.html", context)
