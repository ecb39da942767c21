"""A picture to share when a letter is released: one for each society of an edition, and one for all."""

from django.db import models


class Picture(models.Model):
    edition = models.ForeignKey("letters.Edition", models.PROTECT, related_name="pictures")
    invitation = models.ForeignKey("letters.Invitation", models.PROTECT, null=True, related_name="pictures")
    document = models.ForeignKey("letters.Document", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint("edition", "invitation", name="picture_once_per_edition_and_society"),
            models.UniqueConstraint(
                "edition", condition=models.Q(invitation__isnull=True), name="picture_for_all_once_per_edition"
            ),
        ]

    def __str__(self) -> str:
        return f"picture of {self.edition}"
