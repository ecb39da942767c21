"""Another name of a society: an alias, an acronym, a name in another language; it hints at the society, no more."""

from django.db import models

from letters.models.society import name_key


class NameKind(models.TextChoices):
    ALIAS = "alias", "also called"
    ACRONYM = "acronym", "acronym"
    LABEL = "label", "in another language"
    FORMER = "former", "merged name"


class SocietyName(models.Model):
    society = models.ForeignKey("letters.Society", models.CASCADE, related_name="other_names")
    name = models.CharField(max_length=300)
    key = models.CharField(max_length=300, editable=False, db_index=True)
    kind = models.CharField(max_length=10, choices=NameKind.choices)

    class Meta:
        ordering = ["kind", "key"]
        constraints = [models.UniqueConstraint("society", "key", name="society_name_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.key = name_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]
