"""Text n of a letter; once stored it is never changed, only circulated, and signatures name it by its hash."""

from typing import Any

from django.conf import settings
from django.db import models

from letters.models.letter import State
from letters.text.blocks import Block
from letters.text.structure import bold_only


class Change(models.TextChoices):
    FIRST = "first", "first version"
    EDITORIAL = "editorial", "editorial"
    SUBSTANTIVE = "substantive", "substantive"


class Frozen(TypeError):
    """A row that may be written once was about to be written again."""


class WrittenOnce(models.Model):
    """A row whose save() works once; what must be set later is set by a named queryset update."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None and not self._state.adding:
            raise Frozen(f"{type(self).__name__} {self.pk} is written once and cannot be saved again")
        super().save(*args, **kwargs)


class Imported(WrittenOnce):
    """A text read from a file: blocks, what became of bold lines, and the sentences of the import check."""

    blocks: Any
    bold: Any
    check_lines: Any

    class Meta:
        abstract = True

    @property
    def parts(self) -> list[Block]:
        """The blocks as values, in order."""
        return [Block.from_dict(block) for block in self.blocks]

    @property
    def bold_lines(self) -> list[str]:
        """Bold lines that look like headings, while nobody has said what they are."""
        return [block.text for block in bold_only(self.parts)] if self.bold == "ask" else []

    @property
    def stops(self) -> list[str]:
        """Sentences of the import check that forbid circulation."""
        return [sentence for state, sentence in self.check_lines if state == "stop"]


class Version(Imported):
    letter = models.ForeignKey("letters.Letter", models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField(help_text="Canonical text; its hash is what is signed.")
    html = models.TextField(help_text="Made once from the blocks, sanitised, shown and printed as it is.")
    blocks = models.JSONField()
    content_hash = models.CharField(max_length=64)
    words = models.PositiveIntegerField()
    change = models.CharField(max_length=12, choices=Change.choices, default=Change.FIRST)
    summary = models.CharField(max_length=600, blank=True, help_text="What changed, said by the program.")
    note = models.TextField(blank=True, help_text="What the coordinator says about the change.")
    source_name = models.CharField(max_length=255)
    source = models.ForeignKey("letters.Document", models.PROTECT, related_name="+")
    tracked = models.CharField(max_length=6, default="ask", help_text="What became of tracked changes: accept, reject.")
    bold = models.CharField(max_length=5, default="ask", help_text="What became of bold lines: take, leave.")
    check_lines = models.JSONField(default=list)
    remarks = models.JSONField(default=list, help_text="Comments of the Word file, to bring in when it is published.")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    circulated_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["letter", "number"]
        constraints = [
            models.UniqueConstraint("letter", "number", name="version_number_once_per_letter"),
            models.UniqueConstraint(
                "letter", condition=models.Q(circulated_at__isnull=True), name="version_one_draft_per_letter"
            ),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="version_numbers_start_at_one"),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"

    @property
    def superseded(self) -> bool:
        """Whether a later version is on the table; asks for the letter."""
        return self.circulated_at is not None and self.letter.current_id != self.pk

    @property
    def sealed(self) -> bool:
        """Whether this is the text of the sealed letter; asks for the letter."""
        sealed = (State.SEALED, State.DELIVERED, State.PUBLISHED)
        return self.letter.state in sealed and self.letter.current_id == self.pk

    @property
    def mark(self) -> str:
        """What stands on each page of this text until it is sealed: "Draft, version 1, superseded, not signed"."""
        return ", ".join(
            ["Draft", f"version {self.number}", *(["superseded"] if self.superseded else []), "not signed"]
        )
