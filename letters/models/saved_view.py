"""A view of the grid that one coordinator named on one letter: a query string, never rows."""

from django.conf import settings
from django.db import models


class SavedView(models.Model):
    letter = models.ForeignKey("letters.Letter", models.CASCADE, related_name="saved_views")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=400, help_text="As it stands in the address, without page and choice.")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("letter", "user", "name", name="saved_view_one_per_name_and_person"),
            models.CheckConstraint(condition=~models.Q(name=""), name="saved_view_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
