"""A message as it goes over the line, and handing it to the mail server with an honest answer; no rows here."""

import dataclasses
import enum

from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection


class Answer(enum.Enum):
    """What is known after handing over a message."""

    SENT = "sent"  # the server took it
    NOT_YET = "not yet"  # nothing was taken; trying again is safe
    REFUSED = "refused"  # the server will not take it, now or later
    UNKNOWN = "unknown"  # silence after the text was handed over: it may or may not have been taken


class Unanswered(Exception):
    """The connection broke after the final dot and before the server's answer."""


class Refused(Exception):
    """The server answered with a permanent refusal."""


@dataclasses.dataclass(frozen=True, slots=True)
class Message:
    """Subject, plain text and HTML of one message."""

    subject: str
    text: str
    html: str


def envelope(
    message: Message,
    *,
    sender: str,
    to: str,
    message_id: str,
    reply_to: str = "",
    headers: dict[str, str] | None = None,
) -> EmailMultiAlternatives:
    """The message as it goes to the server, with its fixed Message-ID."""
    mail = EmailMultiAlternatives(
        message.subject,
        message.text,
        sender,
        [to],
        reply_to=[reply_to] if reply_to else None,
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated", **(headers or {})},
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail


def wire(message: EmailMessage) -> bytes:
    """The bytes as they go over the line, with CRLF and one at the end; raises ValueError where a header cannot be.

    Made once per message, since date and boundaries would be others the next time: what is kept is what was sent.
    """
    made = vars(message)
    if "wire" not in made:
        raw: bytes = message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
        made["wire"] = raw.rstrip(b"\r\n") + b"\r\n"
    written: bytes = made["wire"]
    return written


def post(message: EmailMessage) -> tuple[Answer, str]:
    """Hand `message` to the configured server once; the answer and, unless sent, one sentence why."""
    try:
        get_connection().send_messages([message])
    except Unanswered as error:
        return Answer.UNKNOWN, f"The mail server took the text but did not answer ({error})."
    except Refused as error:
        return Answer.REFUSED, f"The mail server refused the message: {error}"
    except OSError as error:  # smtplib's exceptions are OSErrors
        return Answer.NOT_YET, f"The mail server could not be reached or asked to wait: {error}"
    except ValueError as error:
        return Answer.REFUSED, f"The message cannot be written as mail: {error}"
    return Answer.SENT, ""
