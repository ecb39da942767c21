"""What one e-mail says, as a value: whose words it brings, of which day, and the files with them; eml.py reads it."""

import datetime
import hashlib
from dataclasses import dataclass

from letters.text.forwarded import Original

EARLIEST = datetime.date(1990, 1, 1)


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that came with a mail."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Mailed:
    """What a mail says. `message_id` is that of the mail, or made of its bytes; `at` None where no date can be read.

    `automatic`: "" for a person, "reply", "notice" or "bounce" for a program. `addressed`: all headers that name
    whom it went to, as they stand. `original`: what was forwarded in it, where that is clear.
    """

    message_id: str
    sender: str
    title: str
    at: datetime.datetime | None
    text: str
    files: tuple[Enclosed, ...]
    automatic: str
    addressed: str
    original: Original | None = None

    @property
    def wrote(self) -> str:
        """Who wrote what it brings: of a forwarded mail the sender of the original."""
        return self.original.sender if self.original else self.sender

    @property
    def forwarder(self) -> str:
        """Who forwarded it; empty for a mail that was not."""
        return self.sender if self.original else ""

    @property
    def headed(self) -> str:
        """The subject of what it brings."""
        return (self.original.title if self.original else "") or self.title

    def day(self, zone: datetime.tzinfo) -> datetime.date | None:
        """The day of what it brings: of a forwarded mail that of the original, unless that lies behind its own."""
        own = self.at.astimezone(zone).date() if self.at else None
        first = self.original.day if self.original else None
        return first if first and first >= EARLIEST and (own is None or first <= own) else own

    @property
    def words(self) -> tuple[object, ...]:
        """What must agree for two mails with one Message-ID to be the same one; the way they took may differ."""
        sums = tuple(hashlib.sha256(file.data).hexdigest() for file in self.files)
        return (self.sender, self.title, self.text, sums)
