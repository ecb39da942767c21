"""A person's seat in a society: the office held, the role played here, from and until."""

import datetime

from django.conf import settings
from django.db import models


class Role(models.TextChoices):
    SIGNER = "signer", "signer"
    APPROVER = "approver", "approver"
    ASSISTANT = "assistant", "assistant"
    REVIEWER = "reviewer", "reviewer"


class Officer(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats")
    society = models.ForeignKey("letters.Society", models.PROTECT, related_name="officers")
    office = models.CharField(max_length=200)
    printed_name = models.CharField(max_length=200, help_text="As it is to stand under the letter.")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.SIGNER)
    since = models.DateField("from", null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("user", "society", name="officer_one_seat_per_society"),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True)
                | models.Q(since__isnull=True)
                | models.Q(until__gte=models.F("since")),
                name="officer_until_not_before_from",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.printed_name}, {self.office}"

    def may_sign_on(self, day: datetime.date) -> bool:
        """True when the seat is a signer's and `day` lies in its time."""
        started = self.since is None or self.since <= day
        return self.role == Role.SIGNER and started and (self.until is None or day <= self.until)
