"""One edition sent to one journal: at most once by itself, and what was sent is kept byte for byte."""

from django.conf import settings
from django.db import models


class Sending(models.TextChoices):
    QUEUED = "queued", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Not sent"
    UNKNOWN = "unknown", "Cannot tell"


class Submission(models.Model):
    edition = models.ForeignKey("letters.Edition", models.PROTECT, related_name="submissions")
    journal = models.ForeignKey("letters.Journal", models.PROTECT, related_name="submissions")
    subject = models.CharField(max_length=300)
    covering_letter = models.TextField()
    message_id = models.CharField(max_length=255, unique=True)
    state = models.CharField(max_length=8, choices=Sending.choices, default=Sending.QUEUED)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_copy = models.ForeignKey("letters.Document", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint("edition", "journal", name="submission_once_per_edition_and_journal"),
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False, sent_copy__isnull=False),
                name="submission_sent_has_time_and_copy",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} to {self.journal}"
