"""A person of the team that runs a letter: a coordinator acts, an observer reads; who owns it stands on the letter."""

from django.conf import settings
from django.db import models


class TeamRole(models.TextChoices):
    COORDINATOR = "coordinator", "coordinator"
    OBSERVER = "observer", "observer"


class Coordinator(models.Model):
    letter = models.ForeignKey("letters.Letter", models.CASCADE, related_name="coordinators")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="coordinates")
    role = models.CharField(max_length=11, choices=TeamRole.choices, default=TeamRole.COORDINATOR)
    mail_answers = models.BooleanField(default=True, help_text="Gets a mail for each answer; never as an observer.")
    offered_at = models.DateTimeField(null=True, blank=True, help_text="The owner offered the letter to this person.")

    class Meta:
        constraints = [
            models.UniqueConstraint("letter", "user", name="coordinator_once_per_letter"),
            models.UniqueConstraint(
                "letter", condition=models.Q(offered_at__isnull=False), name="letter_offered_to_one_person_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(offered_at__isnull=True) | models.Q(role=TeamRole.COORDINATOR),
                name="letter_offered_to_a_coordinator",
            ),
            models.CheckConstraint(condition=models.Q(role__in=TeamRole.values), name="coordinator_role_is_known"),
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def part(self) -> str:
        """“owner”, “coordinator” or “observer” (reads `letter`)."""
        return "owner" if self.letter.owner_id == self.user_id else str(self.role)
