"""By when something is to have happened after a letter was sent, and by which standard."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class DueStep(models.TextChoices):
    """What is waited for, in the order of escalation."""

    ACKNOWLEDGEMENT = "acknowledgement", "Acknowledgement"
    POSTING = "posting", "The response posted"
    REPLY = "reply", "The authors’ reply"
    ANSWER = "answer", "The journal’s decision"
    RECEIPT = "receipt", "Acknowledgement of the complaint"
    COMPLAINT = "complaint", "Answer to the complaint"
    COPE = "cope", "Word from COPE"
    OTHER = "other", "Something else"


class DueQuerySet(models.QuerySet["Due"]):
    def open(self) -> "DueQuerySet":
        """What is still waited for."""
        return self.filter(ended_at=None)


class Due(models.Model):
    """By when something is to have happened, and by which standard; a person ends it or an entry does."""

    letter = models.ForeignKey("letters.Letter", models.PROTECT, related_name="dues")
    submission = models.ForeignKey("letters.Submission", models.PROTECT, null=True, related_name="dues")
    step = models.CharField(max_length=16, choices=DueStep.choices)
    since = models.DateField(help_text="From this day on it is waited for.")
    on = models.DateField()
    what = models.CharField(max_length=300, blank=True)
    standard = models.CharField(max_length=300, help_text="Whose rule it is, in words.")
    source = models.CharField(max_length=500, blank=True, help_text="The address where the rule stands.")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    met_by = models.ForeignKey("letters.Correspondence", models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    objects = DueQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                "submission", "step", condition=Q(ended_at__isnull=True) & ~Q(step=DueStep.OTHER),
                name="due_step_once_per_submission",
            ),
            models.CheckConstraint(condition=Q(since__lte=F("on")), name="due_not_before_it_is_waited_for"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | Q(ended_by__isnull=True, met_by__isnull=True),
                name="due_ended_has_a_time",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_step_display()} by {self.on}"
