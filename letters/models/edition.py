"""The roster of signatures frozen at a close, with its Merkle root; the sealed PDF is added once it exists."""

from django.db import models

from letters.models.version import WrittenOnce
from letters.proof import kinds


class Edition(WrittenOnce):
    letter = models.ForeignKey("letters.Letter", models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    version = models.ForeignKey("letters.Version", models.PROTECT, related_name="editions")
    roster = models.JSONField(help_text="One record per signature, in printed order.")
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

    def holds(self, receipt_no: str) -> bool:
        """True when the signature with this receipt stands in the roster."""
        return any(record["receipt"] == receipt_no for record in self.roster)

    @property
    def signers(self) -> str:
        """Who stands in the roster, counted: “31 societies, 2 organisations and 1 person”."""
        return kinds.counted(kinds.signers(self.roster))

    @property
    def undeclared(self) -> str:
        """How many declared no interests, counted in the same way; empty where all declared some."""
        said = ((kind, name, record["interests"])
                for (kind, name), record in zip(kinds.signers(self.roster), self.roster, strict=True))  # fmt: skip
        return kinds.declared(said)[1]

    @property
    def societies(self) -> int:
        """How many societies stand in the roster."""
        return len({record["society"] for record in self.roster})
