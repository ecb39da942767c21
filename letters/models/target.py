"""A paper the letter answers, with every date from which a journal may count, and the journals it may go to."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Target(models.Model):
    letter = models.ForeignKey("letters.Letter", models.PROTECT, related_name="targets")
    doi = models.CharField(max_length=200, help_text="In lower case, without an address around it.")
    citation = models.CharField(max_length=1000, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # What was asked of the register of DOIs; `trouble` is the sentence that says why there is no answer.
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.JSONField(default=dict, blank=True, help_text="What the register said, as far as it is used.")
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["letter", "pk"]
        constraints = [
            models.UniqueConstraint("letter", "doi", name="target_once_per_letter"),
            models.CheckConstraint(condition=Q(doi__startswith="10."), name="target_has_a_doi"),
        ]

    def __str__(self) -> str:
        return self.citation or self.doi

    @property
    def named(self) -> str:
        """The paper within a sentence, which ends with a full stop of its own."""
        return str(self).rstrip(".")


class DateKind(models.TextChoices):
    ONLINE = "online", "online"
    UPDATED = "updated", "updated"
    PRINT = "print", "in print"


class Exact(models.TextChoices):
    DAY = "day", "to the day"
    MONTH = "month", "to the month"
    YEAR = "year", "to the year"


class TargetDate(models.Model):
    target = models.ForeignKey("letters.Target", models.CASCADE, related_name="dates")
    kind = models.CharField(max_length=8, choices=DateKind.choices)
    day = models.DateField(help_text="The first day it can be, where only the month or year is known.")
    exact = models.CharField(max_length=5, choices=Exact.choices, default=Exact.DAY)
    source = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    # The journal counts from this one; how that is known stands beside it.
    confirmed_how = models.CharField(max_length=300, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["target", "day", "pk"]
        constraints = [
            models.UniqueConstraint("target", "kind", name="target_date_once_per_kind"),
            models.UniqueConstraint(
                "target", condition=Q(confirmed_at__isnull=False), name="target_date_one_confirmed"
            ),
            models.CheckConstraint(condition=Q(kind__in=DateKind.values), name="target_date_kind_is_known"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True, confirmed_how="")
                | (Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(confirmed_how="")),
                name="target_date_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.day}"

    @property
    def said(self) -> str:
        """The day as exactly as it is known: “19 February 2025”, “February 2025”, “2025”."""
        month = f"{self.day:%B} {self.day.year}"
        return {Exact.DAY: f"{self.day.day} {month}", Exact.MONTH: month}.get(Exact(self.exact), str(self.day.year))


class Aim(models.Model):
    """One journal a letter may go to: its rules are held against the text, its window against the calendar."""

    letter = models.ForeignKey("letters.Letter", models.CASCADE, related_name="aims")
    journal = models.ForeignKey("letters.Journal", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["letter", "journal__name"]
        constraints = [models.UniqueConstraint("letter", "journal", name="aim_once_per_letter_and_journal")]

    def __str__(self) -> str:
        return f"{self.letter} to {self.journal}"
