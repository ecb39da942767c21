"""A person who runs a letter: invites, closes, seals, sends."""

from django.conf import settings
from django.db import models


class Coordinator(models.Model):
    letter = models.ForeignKey("letters.Letter", models.CASCADE, related_name="coordinators")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="coordinates")

    class Meta:
        constraints = [models.UniqueConstraint("letter", "user", name="coordinator_once_per_letter")]

    def __str__(self) -> str:
        return str(self.user)
