"""An approver's release of one version for a society that asks for two people; a signer signs after it."""

from django.db import models

from letters.models.version import WrittenOnce


class Approval(WrittenOnce):
    invitation = models.ForeignKey("letters.Invitation", models.PROTECT, related_name="approvals")
    version = models.ForeignKey("letters.Version", models.PROTECT, related_name="approvals")
    officer = models.ForeignKey("letters.Officer", models.PROTECT, related_name="approvals")
    printed_name = models.CharField(max_length=200, help_text="As it was when the version was released.")
    office = models.CharField(max_length=200)
    authenticated = models.CharField(max_length=100)
    approved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("invitation", "version", name="approval_once_per_society_and_version")]

    def __str__(self) -> str:
        return f"{self.printed_name}, {self.office}, for {self.invitation.society}"
