"""A list of societies on its way in: what came, what a person said about it so far, and how far it is written."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class ArrivalState(models.TextChoices):
    OPEN = "open", "Not yet imported"
    WRITING = "writing", "Being imported"
    WRITTEN = "written", "Imported"


class Arrival(models.Model):
    letter = models.ForeignKey("letters.Letter", models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=255, help_text="What the file was called.")
    content = models.BinaryField(default=bytes, help_text="The file, or the rows that were pasted, as they came.")
    earlier = models.ForeignKey(
        "letters.Letter",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="The letter whose group is asked again.",
    )
    encoding = models.CharField(max_length=20, blank=True, help_text="As a person chose it; empty: guessed.")
    sheet = models.CharField(max_length=60, blank=True, help_text="The sheet of a workbook that a person chose.")
    columns = models.JSONField(null=True, help_text="The field in each column as a person said; null: guessed.")
    decisions = models.JSONField(default=dict, help_text="By row number: which society is meant.")
    addresses = models.JSONField(default=dict, help_text="By row number: the e-mail address a person typed.")
    state = models.CharField(max_length=8, choices=ArrivalState.choices, default=ArrivalState.OPEN)
    done = models.PositiveIntegerField(default=0, help_text="Rows written so far.")
    total = models.PositiveIntegerField(default=0, help_text="Rows to write.")
    error = models.CharField(max_length=500, blank=True, help_text="Why writing it was given up.")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ArrivalState.values), name="arrival_state_is_known"),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="arrival_writes_no_more_than_there_is"),
            models.UniqueConstraint("letter", condition=Q(state="writing"), name="arrival_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def chosen(self) -> dict[int, str]:
        """Which society is meant, by row number."""
        return {int(number): value for number, value in self.decisions.items()}

    @property
    def corrected(self) -> dict[int, str]:
        """The address a person typed, by row number."""
        return {int(number): value for number, value in self.addresses.items()}


class KnownHeadings(models.Model):
    """What a person once said the columns under a header line hold; the guess when that line comes again."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64)
    columns = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint("by", "fingerprint", name="headings_known_once_per_person")]

    def __str__(self) -> str:
        return ", ".join(filter(None, self.columns))
