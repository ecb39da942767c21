"""The roster of signatures frozen at a close, with its Merkle root; the sealed PDF is added once it exists."""

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db import models

from letters.models.roster import CHUNK
from letters.models.version import WrittenOnce
from letters.proof import kinds

if TYPE_CHECKING:
    from letters.models.signature import Signature


class Edition(WrittenOnce):
    letter = models.ForeignKey("letters.Letter", models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    version = models.ForeignKey("letters.Version", models.PROTECT, related_name="editions")
    counts = models.JSONField(help_text="How many signed, and how many of them declared no interests, by kind.")
    root = models.CharField(max_length=64, help_text="RFC 6962 Merkle root over the canonical records.")
    closed_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, editable=False, help_text="Reopened before it was sealed.")
    document = models.ForeignKey("letters.Document", models.PROTECT, null=True, related_name="+", editable=False)
    sealed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["letter", "number"]
        constraints = [
            models.UniqueConstraint(
                "letter",
                "number",
                condition=models.Q(superseded_at__isnull=True),
                name="edition_number_once_per_letter",
            ),
            models.CheckConstraint(
                condition=models.Q(document__isnull=True, sealed_at__isnull=True)
                | models.Q(document__isnull=False, sealed_at__isnull=False),
                name="edition_sealed_has_document_and_time",
            ),
        ]

    def __str__(self) -> str:
        return f"edition {self.number}"

    @property
    def public_id(self) -> str:
        """What stands in the verify address on page 1: the text's hash, shortened, and the edition."""
        return f"{self.version.content_hash[:12]}-{self.number}"

    def records(self) -> Iterator[dict[str, Any]]:
        """The records in printed order, some at a time: all of a long roster are hundreds of megabytes (one query)."""
        return self.enrolled.order_by("position").values_list("record", flat=True).iterator(CHUNK)

    @property
    def roster(self) -> list[dict[str, Any]]:
        """All records at once, for rosters that are known to be short."""
        return list(self.records())

    def signatures(self) -> Iterator["Signature"]:
        """The signatures in printed order with their invitations and societies, some at a time (one query)."""
        rows = self.enrolled.select_related("signature__invitation__society").defer("record", "sought")
        return (row.signature for row in rows.order_by("position").iterator(CHUNK))

    @functools.cached_property
    def size(self) -> int:
        """How many signatures stand in the roster (one query)."""
        return self.enrolled.count()

    def holds(self, receipt_no: str) -> bool:
        """True when the signature with this receipt stands in the roster (one query)."""
        return self.enrolled.filter(signature__receipt_no=receipt_no).exists()

    @property
    def signers(self) -> str:
        """Who stands in the roster, counted: “31 societies, 2 organisations and 1 person”."""
        return kinds.in_words(self.counts["signed"])

    @property
    def undeclared(self) -> str:
        """How many declared no interests, counted in the same way; empty where all declared some."""
        return kinds.in_words(self.counts["silent"]) if self.counts["silent"] else ""

    @property
    def societies(self) -> int:
        """How many names stand in the roster, of whatever kind."""
        return sum(self.counts["signed"].values())
