"""Mail backends: SMTP that can tell "not taken" from "cannot tell", and a folder of .eml files."""

import contextlib
import re
import smtplib
import socket
import threading
import time
from collections.abc import Sequence
from email.utils import getaddresses
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from letters.mail import Refused, Unanswered, wire


class OverSMTP(EmailBackend):
    """One message per connection; silence after the final dot is Unanswered, a 5xx is Refused, all else OSError."""

    patience = 600.0  # seconds for the answer to the final dot (RFC 5321, 4.5.3.2.6); EMAIL_TIMEOUT for each other
    longest = 1200.0  # seconds for the whole conversation, whatever the pace of the answers
    farewell = 5.0  # seconds for the answer to QUIT, which nobody needs

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send each message, raising at the first that was not surely taken; ValueError where it cannot be written."""
        for message in email_messages:
            data = wire(message)
            watch = threading.Timer(self.longest, self._hang_up)
            watch.daemon = True
            watch.start()
            try:
                self.fail_silently = False
                self.open()
                self.hand_over(message, data)
            finally:
                watch.cancel()
                self._take_leave()
        return len(email_messages)

    def hand_over(self, message: EmailMessage, data: bytes) -> None:
        """MAIL, RCPT, DATA step by step (RFC 5321), because smtplib's sendmail hides where the line broke."""
        smtp = self.connection
        if smtp is None or smtp.sock is None:
            raise OSError("no connection to the mail server")
        line = smtp.sock
        # The final dot is a small write after another: without this it waits for the acknowledgement of the text, which
        # the other side holds back for up to 40 ms because nothing asks it for an answer yet.
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        smtp.ehlo_or_helo_if_needed()
        stated = [f"size={len(data)}"] if smtp.has_extn("size") else []
        stated += ["body=8bitmime"] if smtp.has_extn("8bitmime") else []
        judge(*smtp.mail(bare(message.from_email), stated))
        for to in message.recipients():
            judge(*smtp.rcpt(bare(to)))
        judge(*smtp.docmd("DATA"), good=3)
        smtp.send(re.sub(rb"(?m)^\.", b"..", data))  # RFC 5321, 4.5.2
        try:
            line.settimeout(self.patience)
            smtp.send(b".\r\n")
            number, text = smtp.getreply()
        except OSError as error:
            raise Unanswered(str(error) or type(error).__name__) from error
        if number // 100 not in (2, 4, 5):
            raise Unanswered(f"it said {number} {text.decode('utf-8', 'replace')}")
        judge(number, text)

    def _hang_up(self) -> None:
        """End a conversation that takes too long; whoever waits in it gets the error of a broken line."""
        line = self._line()
        if line:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _take_leave(self) -> None:
        """QUIT; how that ends says nothing about the message."""
        line = self._line()
        with contextlib.suppress(OSError):
            if line:
                line.settimeout(self.farewell)
            self.close()

    def _line(self) -> socket.socket | None:
        """The socket of the conversation, also of one that is only being opened."""
        smtp: smtplib.SMTP | None = self.connection or getattr(self, "_partial_connection", None)
        return smtp.sock if smtp else None


def bare(address: str) -> str:
    """The address alone, its domain in the form DNS knows (RFC 3490); ValueError for one no server can be told."""
    name, _, domain = getaddresses([address])[0][1].rpartition("@")
    if not name.isascii():
        raise ValueError(f"{address} has letters before the @ that mail servers do not take.")
    return f"{name}@{domain.encode('idna').decode('ascii')}"


def judge(number: int, text: bytes, good: int = 2) -> None:
    """Raise for an SMTP answer other than `good` hundred: Refused for 5xx, OSError for the rest."""
    said = f"{number} {text.decode('utf-8', 'replace')}"
    if number >= 500:
        raise Refused(said)
    if number // 100 != good:
        raise smtplib.SMTPResponseException(number, said)


class ToFolder(BaseEmailBackend):
    """Each message as one .eml file in EMAIL_FILE_PATH, complete or not there at all."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the files; names sort by time."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{time.time_ns():020d}-{message.extra_headers.get('Message-ID', '<none>').strip('<>')}.eml"
            part = folder / f"{name}.part"
            part.write_bytes(wire(message))
            part.rename(folder / name)
        return len(email_messages)
