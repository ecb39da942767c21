"""A shorter text derived from the letter for a journal with little room; its versions are approved, never signed."""

from django.conf import settings
from django.db import models

from letters.models.version import Imported, WrittenOnce


class Summary(models.Model):
    letter = models.ForeignKey("letters.Letter", models.PROTECT, related_name="summaries")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200, help_text="For example: Rapid response to the guideline.")
    # Where it is meant to go, as far as that is known; where it went stands in its submissions.
    journal = models.ForeignKey("letters.Journal", models.PROTECT, null=True, blank=True, related_name="+")
    target = models.ForeignKey("letters.Target", models.SET_NULL, null=True, blank=True, related_name="+")
    # The version the societies are asked to approve; earlier ones keep their approvals, which do not move.
    current = models.ForeignKey("letters.SummaryVersion", models.PROTECT, null=True, related_name="+", editable=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["letter", "number"]
        constraints = [models.UniqueConstraint("letter", "number", name="summary_number_once_per_letter")]

    def __str__(self) -> str:
        return self.name


class SummaryVersion(Imported):
    """Text n of a summary; once stored it is never changed, and approvals name it by its hash."""

    summary = models.ForeignKey("letters.Summary", models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField(help_text="Canonical text; its hash is what is approved.")
    html = models.TextField(help_text="Made once from the blocks, sanitised, shown as it is.")
    blocks = models.JSONField()
    content_hash = models.CharField(max_length=64)
    words = models.PositiveIntegerField()
    note = models.TextField(blank=True, help_text="What the coordinator says about it.")
    source_name = models.CharField(max_length=255)
    source = models.ForeignKey("letters.Document", models.PROTECT, related_name="+")
    tracked = models.CharField(max_length=6, default="ask", help_text="What became of tracked changes: accept, reject.")
    bold = models.CharField(max_length=5, default="ask", help_text="What became of bold lines: take, leave.")
    check_lines = models.JSONField(default=list)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    circulated_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["summary", "number"]
        constraints = [
            models.UniqueConstraint("summary", "number", name="summary_version_number_once"),
            models.UniqueConstraint(
                "summary", condition=models.Q(circulated_at__isnull=True), name="summary_version_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.summary}"


class SummaryApprovalQuerySet(models.QuerySet["SummaryApproval"]):
    def live(self) -> "SummaryApprovalQuerySet":
        """Not taken back: approvals, and refusals."""
        return self.filter(ended_at=None)


class SummaryApproval(WrittenOnce):
    """A society's word on one version of a summary: its officer approves it, or not and why."""

    version = models.ForeignKey("letters.SummaryVersion", models.PROTECT, related_name="approvals")
    invitation = models.ForeignKey("letters.Invitation", models.PROTECT, related_name="summary_approvals")
    content_hash = models.CharField(max_length=64, help_text="Of the words that were on the page.")
    officer = models.ForeignKey("letters.Officer", models.PROTECT, related_name="+")
    printed_name = models.CharField(max_length=200, help_text="As it was when the officer said so.")
    office = models.CharField(max_length=200)
    authenticated = models.CharField(max_length=100)
    approved_at = models.DateTimeField()
    refused = models.BooleanField(default=False)
    reason = models.TextField(blank=True, help_text="Why not; the coordinators read it.")
    ended_at = models.DateTimeField(null=True, editable=False, help_text="When it was taken back or changed.")

    objects = SummaryApprovalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "version", "invitation", condition=models.Q(ended_at__isnull=True),
                name="summary_approval_one_live_per_society",
            ),
            models.CheckConstraint(
                condition=models.Q(refused=True) | models.Q(reason=""), name="summary_approval_reason_where_refused"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.invitation.society} on {self.version}"


class Delegation(WrittenOnce):
    """One society leaves the approval of all summaries of a letter to another; said by its officer, or recorded.

    A coordinator who records it names the decision it rests on; `basis` is empty only where the officer said so here.
    """

    invitation = models.ForeignKey("letters.Invitation", models.PROTECT, related_name="delegations")
    to = models.ForeignKey("letters.Invitation", models.PROTECT, related_name="delegated")
    officer = models.ForeignKey("letters.Officer", models.PROTECT, null=True, related_name="+")
    authenticated = models.CharField(max_length=100, blank=True)
    basis = models.CharField(max_length=300, blank=True, help_text="Which decision, such as a minute or a mail.")
    basis_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "invitation", condition=models.Q(ended_at__isnull=True), name="delegation_one_live_per_society"
            ),
            models.CheckConstraint(
                condition=~models.Q(invitation=models.F("to")), name="delegation_is_to_another_society"
            ),
            models.CheckConstraint(
                condition=models.Q(officer__isnull=False) | (~models.Q(basis="") & models.Q(basis_on__isnull=False)),
                name="delegation_rests_on_an_officer_or_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invitation.society} leaves summaries to {self.to.society}"
