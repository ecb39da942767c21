"""What a mail provider reported about one mail; kept so that a report that comes twice counts once."""

from django.db import models


class Report(models.Model):
    mail = models.ForeignKey("letters.Mail", models.PROTECT, related_name="reports")
    key = models.CharField(max_length=255, unique=True, help_text="The provider and its own number for the report.")
    kind = models.CharField(max_length=20, help_text="delivered, bounced, deferred, complained and so on.")
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.mail}"
