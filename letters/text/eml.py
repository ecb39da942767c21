"""Reads one e-mail (RFC 5322, MIME) into plain values; whatever is in it, no HTML comes out and nothing else breaks."""

import codecs
import datetime
import email.errors
import email.header
import email.policy
import email.utils
import hashlib
import re
from email.message import Message
from email.parser import BytesParser

from letters.text.forwarded import original
from letters.text.mailed import EARLIEST, Enclosed, Mailed
from letters.text.unmarked import plain

MOST_BYTES = 25 * 1024 * 1024
MOST_TEXT = 200_000  # characters; the whole message is kept beside them
MOST_PARTS = 200
MOST_FILES = 50
_HEADER = 4_000  # characters of one header that are looked at
_ADDRESSED = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc", "X-Forwarded-To")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what Outlook's .msg files begin with
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_SLOW = frozenset({"punycode", "idna"})  # for names of hosts; Python takes hours for a long text


class _Short(email.policy.Compat32):
    """Cuts each header where it becomes absurd, before the parser looks for parameters in it."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """(name, value) of the lines of one header."""
        name, value = super().header_source_parse(sourcelines)
        return name[:100], value[:_HEADER]

    def header_fetch_parse(self, name: str, value: str) -> str:
        """The value with bytes above 127 taken for UTF-8 (RFC 6532), as many programs send them."""
        return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


class Unreadable(ValueError):
    """The file is no e-mail that can be read; the message is one sentence that says what to do."""


def is_msg(data: bytes, name: str) -> bool:
    """Whether a file is one of Outlook's own, which nothing else reads."""
    return data.startswith(_OLE) or name.lower().endswith(".msg")


def made_id(raw: bytes) -> str:
    """The Message-ID of a message that has none of its own: its SHA-256."""
    return f"<{hashlib.sha256(raw).hexdigest()}@hash>"


def read_mail(raw: bytes) -> Mailed:
    """The mail in these bytes; raises Unreadable where it is too large, empty, or folded into itself without end."""
    if len(raw) > MOST_BYTES:
        raise Unreadable(f"The message is larger than {MOST_BYTES // 1024**2} MB: save its attachments one by one.")
    try:
        message = BytesParser(policy=_Short()).parsebytes(raw)
        parts = _leaves(message)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, IndexError) as error:
        raise Unreadable("The message cannot be read as an e-mail: save it once more as .eml.") from error
    if not message.keys():
        raise Unreadable("This is no e-mail: it does not begin with lines such as “From:” and “Subject:”.")
    said, files = _sorted(parts)
    title = _line(message, "Subject")[:300]
    return Mailed(
        message_id=_message_id(message, raw), sender=_line(message, "From")[:200], title=title, at=_when(message),
        text=said, files=tuple(files), automatic=_automatic(message), original=original(title, said),
        addressed="\n".join(str(value)[:_HEADER] for name in _ADDRESSED for value in message.get_all(name, [])),
    )  # fmt: skip


def clean(text: str) -> str:
    """Text a database takes and a page shows as it reads: LF, no controls, no signs that turn its direction."""
    text = text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    lines = [line.rstrip() for line in _CONTROLS.sub("", text).split("\n")]
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(lines)).strip("\n")


def _leaves(message: Message) -> list[Message]:
    """The parts that hold something, in order; an enclosed message counts as one."""
    found: list[Message] = []
    todo = [message]
    while todo and len(found) < MOST_PARTS:
        part = todo.pop(0)
        inside = part.get_payload()
        if isinstance(inside, list) and part.get_content_maintype() == "multipart":
            todo = [one for one in inside[:MOST_PARTS] if isinstance(one, Message)] + todo
        else:
            found.append(part)
    return found


def _sorted(parts: list[Message]) -> tuple[str, list[Enclosed]]:
    """The words, from plain parts or else from HTML, and the files."""
    written: list[str] = []
    marked: list[str] = []
    files: list[Enclosed] = []
    for number, part in enumerate(parts, start=1):
        kind, name = part.get_content_type(), _file_name(part)
        attached = str(part.get("Content-Disposition", "")).strip().lower().startswith("attachment")
        if kind in ("text/plain", "message/delivery-status") and not attached and not name:
            written.append(_text(part))
        elif kind == "text/html" and not attached and not name:
            marked.append(_text(part))
        elif len(files) < MOST_FILES:
            data = _bytes(part)
            if data:
                files.append(Enclosed(name or _named(part, number), data))
    words = "\n\n".join(filter(None, map(clean, written))) or "\n\n".join(clean(plain(one)) for one in marked)
    return (words if len(words) <= MOST_TEXT else f"{words[:MOST_TEXT]}\n[…]"), files


def _text(part: Message) -> str:
    data = _bytes(part)
    try:
        codec = codecs.lookup(str(part.get_content_charset("utf-8"))).name
        return data.decode("utf-8" if codec in _SLOW else codec, "replace")
    except (LookupError, ValueError, UnicodeError):  # a charset nobody knows, or one that is no text codec
        return data.decode("utf-8", "replace")


def _bytes(part: Message) -> bytes:
    """What is in a part; an enclosed message as it would be sent."""
    try:
        if part.get_content_maintype() == "message" and isinstance(part.get_payload(), list):
            inside = part.get_payload()
            return b"\n\n".join(bytes(one) for one in inside if isinstance(one, Message))
        data = part.get_payload(decode=True)
        return data if isinstance(data, bytes) else b""
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, UnicodeError):
        return str(part.get_payload()).encode("utf-8", "replace")


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError, AttributeError, UnicodeError):
        return ""
    return " ".join(clean(_decoded(str(name)[:_HEADER])).replace("\\", "/").rsplit("/", 1)[-1].split())[:255]


def _named(part: Message, number: int) -> str:
    kinds = {"message/rfc822": "eml", "application/pdf": "pdf", "text/html": "html", "text/plain": "txt"}
    return f"part-{number}.{kinds.get(part.get_content_type(), 'bin')}"


def _decoded(value: str) -> str:
    """A header as people read it (RFC 2047); one that cannot be decoded stays as it was sent."""
    try:
        pieces = email.header.decode_header(value)
        return "".join(_piece(text, charset) for text, charset in pieces)
    except (ValueError, LookupError, TypeError, AttributeError, UnicodeError, email.errors.MessageError):
        return value


def _piece(text: bytes | str, charset: str | None) -> str:
    if isinstance(text, str):
        return text
    try:
        return text.decode(charset or "utf-8", "replace")
    except (LookupError, ValueError):
        return text.decode("utf-8", "replace")


def _line(message: Message, name: str) -> str:
    value = message.get(name)
    return " ".join(clean(_decoded(str(value)[:_HEADER])).split()) if value is not None else ""


def _message_id(message: Message, raw: bytes) -> str:
    """As RFC 5322, 3.6.4 writes it; one that is missing, broken or endless is made of the bytes."""
    found = re.search(r"<[\x21-\x3b\x3d\x3f-\x7e]{3,250}>", str(message.get("Message-ID", ""))[:_HEADER])
    return found[0] if found else made_id(raw)


def _when(message: Message) -> datetime.datetime | None:
    try:
        at = email.utils.parsedate_to_datetime(str(message.get("Date", ""))[:200])
        at = at.replace(tzinfo=at.tzinfo or datetime.UTC).astimezone(datetime.UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
    return at if at.date() >= EARLIEST else None


def _automatic(message: Message) -> str:
    """Who answers by itself says so (RFC 3834, section 5); what came back is a report (RFC 3464)."""
    said = _line(message, "Auto-Submitted").lower()
    if message.get_content_type() == "multipart/report":
        read = str(message.get_param("report-type", "")).lower() == "disposition-notification"
        return "notice" if read else "bounce"
    if said.startswith("auto-replied") or _vacation(message):
        return "reply"
    return "notice" if said and not said.startswith("no") else ""


def _vacation(message: Message) -> bool:
    """Programs that answer without saying it as the standard asks."""
    if any(message.get(name) for name in ("X-Autoreply", "X-Autorespond", "X-Vacation")):
        return True
    return _line(message, "Precedence").lower() == "auto_reply"
