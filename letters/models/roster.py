"""The roster of an edition, a row for each record: read in order, a page at a time, or one alone, never all at once."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import models

from letters.models.society import name_key
from letters.models.version import WrittenOnce
from letters.proof import kinds, merkle
from letters.proof.records import canonical_json

if TYPE_CHECKING:
    from letters.models.edition import Edition
    from letters.models.signature import Signature

CHUNK = 1_000  # records written, or read, at once
SOUGHT = ("society", "short_name", "printed_name", "office", "country")


class Counting:
    """How many of each kind stand in a roster, and how many of them declared no interests, as its records pass."""

    def __init__(self) -> None:
        self.number = 0
        self._signed, self._spoken = set[tuple[str, str]](), set[str]()

    def take(self, record: dict[str, Any]) -> None:
        """One record more."""
        self.number += 1
        name = record["society"]
        self._signed.add((record.get("kind", kinds.SOCIETY), name))
        if record["interests"]:
            self._spoken.add(name)

    def counts(self) -> dict[str, dict[str, int]]:
        """What Edition.counts holds; a society with several officers counts once (see kinds.numbers)."""
        silent = (one for one in self._signed if one[1] not in self._spoken)
        return {"signed": kinds.numbers(self._signed), "silent": kinds.numbers(silent)}


class RosterManager(models.Manager["RosterRecord"]):
    def write(self, edition: "Edition", enrolled: Iterable[tuple["Signature", dict[str, Any]]]) -> tuple[str, Counting]:
        """Write the roster of an edition, which has none yet; gives the Merkle root as hex and what was counted.

        The records pass once, in their order, each with its signature, and only some of them are held.
        """
        tree, counting = merkle.Growing(), Counting()

        def rows() -> Iterator[RosterRecord]:
            for position, (signature, record) in enumerate(enrolled, start=1):
                row = RosterRecord.of(edition, position, signature, record)
                tree.add(bytes(row.leaf))
                counting.take(record)
                yield row

        waiting = rows()
        while chunk := list(islice(waiting, CHUNK)):
            self.bulk_create(chunk)
        return tree.root().hex(), counting


class RosterRecord(WrittenOnce):
    """One signature as it stands in a frozen roster. `position` counts from 1 in printed order."""

    edition = models.ForeignKey("letters.Edition", models.PROTECT, related_name="enrolled")
    position = models.PositiveIntegerField()
    signature = models.ForeignKey("letters.Signature", models.PROTECT, related_name="enrolled")
    leaf = models.BinaryField(max_length=32, help_text="RFC 6962 leaf hash of the canonical record.")
    kind = models.CharField(max_length=20, blank=True, help_text="As in the record; empty for a society.")
    society = models.CharField(max_length=300, help_text="As in the record.")
    sought = models.TextField(help_text="What the public searches, as name_key writes it.")
    record = models.JSONField()

    objects = RosterManager()

    class Meta:
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint("edition", "position", name="roster_place_once_per_edition"),
            models.UniqueConstraint("edition", "signature", name="roster_signature_once_per_edition"),
        ]
        # A proof takes the hashes of all records: they are read from this index, without the records themselves.
        indexes = [models.Index(fields=["edition", "position", "leaf"], name="roster_leaves")]

    @classmethod
    def of(cls, edition: "Edition", position: int, signature: "Signature", record: dict[str, Any]) -> "RosterRecord":
        """The row for a record, not yet stored."""
        return cls(
            edition=edition, position=position, signature=signature, record=record,
            leaf=merkle.leaf(canonical_json(record)), kind=record.get("kind", kinds.SOCIETY),
            society=record["society"], sought=name_key(" ".join(record[part] for part in SOUGHT)),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"place {self.position} of {self.edition}: {self.society}"
