"""One society asked to sign one letter, and what it says short of signing."""

from django.conf import settings
from django.db import models


class Response(models.TextChoices):
    NONE = "", "no reply"
    DECLINED = "declined", "declined"


class Invitation(models.Model):
    letter = models.ForeignKey("letters.Letter", models.PROTECT, related_name="invitations")
    society = models.ForeignKey("letters.Society", models.PROTECT, related_name="invitations")
    position = models.PositiveIntegerField(help_text="Place in the printed order.")
    slots = models.PositiveSmallIntegerField(default=1, help_text="How many officers' signatures are asked for.")
    offices = models.JSONField(
        default=list, blank=True, help_text="The office asked for in each place, in printed order; empty: any office."
    )
    two_people = models.BooleanField(default=False, help_text="An approver releases each version, then a signer signs.")
    lead = models.BooleanField(default=False, help_text="Printed first, whatever the order.")
    invited_at = models.DateTimeField(null=True, blank=True)
    response = models.CharField(max_length=10, choices=Response.choices, default=Response.NONE, blank=True)
    reason = models.TextField(blank=True, help_text="Private to the coordinators.")
    responded_at = models.DateTimeField(null=True, blank=True)
    responded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["letter", "position"]
        constraints = [
            models.UniqueConstraint("letter", "society", name="invitation_one_per_society_and_letter"),
            models.UniqueConstraint("letter", "position", name="invitation_place_taken_once"),
            models.UniqueConstraint("letter", condition=models.Q(lead=True), name="invitation_one_lead_per_letter"),
            models.CheckConstraint(
                condition=models.Q(response="", responded_at__isnull=True, responded_by__isnull=True)
                | (~models.Q(response="") & models.Q(responded_at__isnull=False, responded_by__isnull=False)),
                name="invitation_response_has_time_and_person",
            ),
            models.CheckConstraint(condition=models.Q(slots__gte=1), name="invitation_asks_for_one_at_least"),
        ]

    def __str__(self) -> str:
        return f"{self.society} on {self.letter}"

    def office_of(self, slot: int) -> str:
        """The office asked for in this place, or "" where any will do."""
        offices: list[str] = self.offices
        return offices[slot - 1] if 0 < slot <= len(offices) else ""
