"""One line of a letter's append-only, hash-chained record; what must stay private is in it only as a commitment."""

import datetime
import secrets
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models

from letters.models.version import WrittenOnce
from letters.proof.chain import event_hash
from letters.proof.records import instant, private_digest

if TYPE_CHECKING:
    from letters.models.letter import Letter
    from letters.models.user import User


def new_salt() -> str:
    """What hides a commitment until it is opened: 128 bits."""
    return secrets.token_hex(16)


class EventManager(models.Manager["Event"]):
    def append(
        self,
        letter: "Letter",
        kind: str,
        *,
        actor: str,
        by: "User | None",
        at: datetime.datetime,
        data: dict[str, Any] | None = None,
        private: dict[str, Any] | None = None,
        salt: str = "",
    ) -> "Event":
        """Add the next event; `letter` must be locked by the caller's transaction or two heads would fork.

        `data` becomes public with the evidence, `private` only as a salted digest.
        """
        details = private or ({"person": by.email} if by else {})
        salt = (salt or new_salt()) if details else ""
        record: dict[str, Any] = {
            "seq": letter.events_count + 1,
            "at": instant(at),
            "kind": str(kind),
            "actor": actor,
            "data": data or {},
            "private": private_digest(details, salt) if details else "",
            "prev": letter.events_head,
        }
        event = self.create(
            letter=letter, seq=record["seq"], at=at, kind=record["kind"], actor=actor, by=by, data=record["data"],
            details=details, salt=salt, private=record["private"], prev=record["prev"], hash=event_hash(record),
        )  # fmt: skip
        letter.events_count, letter.events_head = event.seq, event.hash
        letter.save(update_fields=["events_count", "events_head"])
        return event


class Event(WrittenOnce):
    letter = models.ForeignKey("letters.Letter", models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=30)
    actor = models.CharField(max_length=20, help_text="coordinator, officer or system: the role, not the person.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    data = models.JSONField(default=dict)
    details = models.JSONField(default=dict)
    salt = models.CharField(max_length=32, blank=True)
    private = models.CharField(max_length=64, blank=True)
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = EventManager()

    class Meta:
        ordering = ["letter", "seq"]
        constraints = [
            models.UniqueConstraint("letter", "seq", name="event_number_once_per_letter"),
            models.UniqueConstraint("letter", "prev", name="event_chain_does_not_fork"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"

    def as_record(self) -> dict[str, Any]:
        """The public form, as it stands in the evidence."""
        return {
            "seq": self.seq,
            "at": instant(self.at),
            "kind": self.kind,
            "actor": self.actor,
            "data": self.data,
            "private": self.private,
            "prev": self.prev,
            "hash": self.hash,
        }
