"""A domain of a society: an officer's address there confirms the seat."""

from django.conf import settings
from django.db import models


class Domain(models.Model):
    society = models.ForeignKey("letters.Society", models.CASCADE, related_name="domains")
    name = models.CharField(max_length=253, help_text="Lower case, as address.own_domain gives it.")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint("society", "name", name="domain_once_per_society")]

    def __str__(self) -> str:
        return self.name
