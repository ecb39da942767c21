"""An approver's word on one version for a society that asks for two people: released, or not and why."""

from django.db import models

from letters.models.version import WrittenOnce


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def live(self) -> "ApprovalQuerySet":
        """Not taken back: releases, and refusals to release."""
        return self.filter(ended_at__isnull=True)

    def released(self) -> "ApprovalQuerySet":
        """Releases that hold."""
        return self.live().filter(declined=False)


class Approval(WrittenOnce):
    invitation = models.ForeignKey("letters.Invitation", models.PROTECT, related_name="approvals")
    version = models.ForeignKey("letters.Version", models.PROTECT, related_name="approvals")
    officer = models.ForeignKey("letters.Officer", models.PROTECT, related_name="approvals")
    printed_name = models.CharField(max_length=200, help_text="As it was when the version was released.")
    office = models.CharField(max_length=200)
    authenticated = models.CharField(max_length=100)
    approved_at = models.DateTimeField()
    declined = models.BooleanField(default=False, help_text="The approver said no: nobody may sign this version.")
    reason = models.TextField(blank=True, help_text="Why not; the signers and the coordinators read it.")
    ended_at = models.DateTimeField(null=True, editable=False, help_text="When it was taken back.")

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "invitation",
                "version",
                condition=models.Q(ended_at__isnull=True),
                name="approval_one_live_per_society_and_version",
            ),
            models.CheckConstraint(
                condition=models.Q(declined=True) | models.Q(reason=""), name="approval_reason_only_where_declined"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.printed_name}, {self.office}, for {self.invitation.society}"
