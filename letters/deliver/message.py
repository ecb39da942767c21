"""The message to a journal, from values to bytes; whether and when it goes is send.py's."""

import dataclasses

from django.core.mail import EmailMessage


@dataclasses.dataclass(frozen=True, slots=True)
class Parcel:
    """All the message may know."""

    sender: str
    reply_to: str
    to: str
    subject: str
    covering_letter: str
    message_id: str
    pdf: bytes
    file_name: str


def message(parcel: Parcel) -> EmailMessage:
    """The covering letter with the sealed PDF attached, under its fixed Message-ID."""
    mail = EmailMessage(
        parcel.subject,
        parcel.covering_letter,
        parcel.sender,
        [parcel.to],
        reply_to=[parcel.reply_to],
        headers={"Message-ID": parcel.message_id},
    )
    mail.attach(parcel.file_name, parcel.pdf, "application/pdf")
    return mail
