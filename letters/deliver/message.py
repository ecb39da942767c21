"""The message to a journal, from values to bytes; whether and when it goes is send.py's."""

import dataclasses

from django.core.mail import EmailMessage


@dataclasses.dataclass(frozen=True, slots=True)
class File:
    """One attachment under the name the editor sees."""

    name: str
    data: bytes
    media_type: str


@dataclasses.dataclass(frozen=True, slots=True)
class Parcel:
    """All the message may know."""

    sender: str
    reply_to: tuple[str, ...]
    to: str
    cc: tuple[str, ...]
    subject: str
    covering_letter: str
    message_id: str
    files: tuple[File, ...]


def message(parcel: Parcel) -> EmailMessage:
    """The covering letter with its files attached, under its fixed Message-ID."""
    mail = EmailMessage(
        parcel.subject,
        parcel.covering_letter,
        parcel.sender,
        [parcel.to],
        cc=list(parcel.cc),
        reply_to=list(parcel.reply_to),
        headers={"Message-ID": parcel.message_id},
    )
    for file in parcel.files:
        mail.attach(file.name, file.data, file.media_type)
    return mail
