"""A numbered point of the letter with its evidence and the remedy asked, and what each answer said to it."""

from django.conf import settings
from django.db import models


class ClaimQuerySet(models.QuerySet["Claim"]):
    def standing(self) -> "ClaimQuerySet":
        """Without those that were removed."""
        return self.filter(removed_at=None)


class Claim(models.Model):
    letter = models.ForeignKey("letters.Letter", models.PROTECT, related_name="claims")
    number = models.PositiveIntegerField()
    text = models.TextField(help_text="The point in one or two sentences.")
    block = models.CharField(max_length=20, blank=True, help_text="Id of the block of the letter where it is made.")
    evidence = models.TextField(blank=True, help_text="Page, table or figure, and the reference.")
    remedy = models.CharField(max_length=300, blank=True, help_text="What is asked for.")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["letter", "number"]
        constraints = [
            models.UniqueConstraint(
                "letter", "number", condition=models.Q(removed_at__isnull=True), name="claim_number_once_per_letter"
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="claim_says_something"),
        ]

    def __str__(self) -> str:
        return f"claim {self.number}"


class Finding(models.TextChoices):
    """What an answer came to on one claim."""

    ACCEPTED = "accepted", "Accepted"
    PARTLY = "partly", "Accepted in part"
    DISPUTED = "disputed", "Disputed"
    UNANSWERED = "unanswered", "Not answered"


class ClaimAnswer(models.Model):
    claim = models.ForeignKey("letters.Claim", models.CASCADE, related_name="answers")
    correspondence = models.ForeignKey("letters.Correspondence", models.PROTECT, related_name="claim_answers")
    finding = models.CharField(max_length=10, choices=Finding.choices)
    said = models.TextField(blank=True, help_text="What it said to the claim, in its own or in short words.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["claim", "correspondence__day", "pk"]
        constraints = [
            models.UniqueConstraint("claim", "correspondence", name="claim_answered_once_per_entry"),
            models.CheckConstraint(condition=models.Q(finding__in=Finding.values), name="claim_finding_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_finding_display()}: {self.claim}"
