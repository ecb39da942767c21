"""An organisation that can sign; it is the same row in every letter it is asked to sign."""

import unicodedata

from django.db import models


def name_key(name: str) -> str:
    """What makes two spellings one name: NFKC, lower case, single blanks."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


class SocietyQuerySet(models.QuerySet["Society"]):
    def named(self, name: str) -> "SocietyQuerySet":
        """Societies whose official name is `name`; never matched by short name, which two societies may share."""
        return self.filter(name_key=name_key(name))


class Society(models.Model):
    official_name = models.CharField(max_length=300)
    name_key = models.CharField(max_length=300, editable=False)
    short_name = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1 code of two letters.")
    domain = models.CharField(max_length=253, blank=True)
    ror_id = models.URLField(blank=True)

    objects = SocietyQuerySet.as_manager()

    class Meta:
        ordering = ["name_key"]
        verbose_name_plural = "societies"
        constraints = [
            models.UniqueConstraint("name_key", "country", name="society_once_per_name_and_country"),
            models.CheckConstraint(condition=~models.Q(official_name=""), name="society_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.official_name

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_key = name_key(self.official_name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]
