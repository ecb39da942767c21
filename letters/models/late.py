"""A late call: after a seal, chosen societies may sign the sealed version until a time, for the next edition."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class LateCall(models.Model):
    letter = models.ForeignKey("letters.Letter", models.PROTECT, related_name="late_calls")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    until = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "letter", condition=Q(closed_at__isnull=True), name="late_call_one_open_per_letter"
            ),
            models.CheckConstraint(condition=Q(until__gt=models.F("opened_at")), name="late_call_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return f"late call on {self.letter}"
