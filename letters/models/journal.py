"""A venue a letter can go to; its rules are not kept yet, only where it takes mail."""

from django.db import models


class Journal(models.Model):
    name = models.CharField(max_length=200, unique=True)
    email = models.EmailField(help_text="Where the journal takes correspondence.")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
