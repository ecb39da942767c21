"""A person's seat in a society: the office held, the role played here, from and until, and how it was confirmed."""

import datetime

from django.conf import settings
from django.db import models

from letters.models.address import desk_address


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
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="followed_by", help_text="The seat this one took over."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "user",
                "society",
                condition=models.Q(until__isnull=True),
                name="officer_one_open_seat_per_society",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True)
                | models.Q(since__isnull=True)
                | models.Q(until__gte=models.F("since")),
                name="officer_until_not_before_from",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.printed_name}, {self.office}"

    def in_office_on(self, day: datetime.date) -> bool:
        """True when `day` lies in the time of the seat."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def may_sign_on(self, day: datetime.date) -> bool:
        """True when the seat is a signer's and `day` lies in its time."""
        return self.role == Role.SIGNER and self.in_office_on(day)

    @property
    def shares_a_mailbox(self) -> bool:
        """True when mail to this officer goes to a desk such as office@: it proves a mailbox, not a person."""
        return desk_address(self.user.email)

    @property
    def confirmed(self) -> str:
        """How the seat was confirmed, in words, or "" (reads `confirmations`; prefetch it for a list)."""
        return "; ".join(str(row) for row in self.confirmations.all())
