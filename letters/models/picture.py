"""The picture to share that stands for all societies of a released edition."""

from django.db import models


class Picture(models.Model):
    edition = models.OneToOneField("letters.Edition", models.PROTECT, related_name="picture")
    document = models.ForeignKey("letters.Document", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"picture of {self.edition}"
