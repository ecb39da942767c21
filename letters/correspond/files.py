"""What a coordinator uploads as an answer: an e-mail, a PDF, a picture or text, told apart by what is in it."""

from dataclasses import dataclass

from letters.models.document import suffix_of
from letters.text.eml import MOST_BYTES, Unreadable, clean, is_msg, read_mail
from letters.text.encodings import decoded, guess
from letters.text.mailed import Mailed

MSG = (
    "{name} is a file of Outlook that only Outlook reads: open the message in Outlook on the web or in the new "
    "Outlook, choose “…” and “Save as”, and upload the .eml file it makes."
)
MEDIA = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "eml": "message/rfc822"}
_HEADS = (b"from:", b"received:", b"return-path:", b"delivered-to:", b"mime-version:", b"message-id:", b"date:",
          b"subject:", b"to:", b"x-")  # fmt: skip


class BadFile(ValueError):
    """The file cannot be taken; the message is one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Given:
    """A file with what was read from it: `mail` for an e-mail, `text` for a text file."""

    name: str
    data: bytes
    mail: Mailed | None = None
    text: str = ""


def given(name: str, data: bytes) -> Given:
    """The file as it can be kept; raises BadFile."""
    name = " ".join(clean(name).replace("\\", "/").rsplit("/", 1)[-1].split())[-255:] or "file"
    if len(data) > MOST_BYTES:
        raise BadFile(f"{name} is larger than {MOST_BYTES // 1024**2} MB: upload a smaller copy, or type its words.")
    if is_msg(data, name):
        raise BadFile(MSG.format(name=name))
    if suffix_of(data) in ("pdf", "png", "jpg"):
        return Given(name, data)
    headed = data.lstrip()[:40].lower().startswith(_HEADS) and not name.lower().endswith((".txt", ".md"))
    if name.lower().endswith(".eml") or headed:
        try:
            return Given(name, data, mail=read_mail(data))
        except Unreadable as error:
            raise BadFile(f"{name}: {error}") from None
    text = _text(data)
    if not text:
        raise BadFile(f"{name} is neither an e-mail (.eml) nor a PDF, a picture or plain text: save it as PDF.")
    return Given(name, data, text=text)


def media_type(name: str, data: bytes) -> str:
    """What a browser is told about a file that is downloaded; never anything it would run."""
    suffix = suffix_of(data) or ("eml" if name.lower().endswith(".eml") else "")
    return MEDIA.get(suffix, "application/octet-stream")


def plain_name(name: str, fallback: str) -> str:
    """A name for a download: ASCII, without quotes or anything a shell or a folder would stumble over."""
    kept = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "._- ") else "-" for sign in name)
    return kept.strip(" .-")[-100:] or fallback


def _text(data: bytes) -> str:
    if b"\0" in data or not data.strip():
        return ""
    return clean(decoded(data, guess(data)))
