"""What a coordinator notes about one society, a call or a note, and when to come back to it; never in the record."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class CallQuerySet(models.QuerySet["Call"]):
    def open(self) -> "CallQuerySet":
        """Those somebody wants to come back to and has not yet."""
        return self.filter(follow_up_on__isnull=False, done_at=None)


class Call(models.Model):
    invitation = models.ForeignKey("letters.Invitation", models.PROTECT, related_name="calls")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    called = models.BooleanField(default=True, help_text="False: a note, nobody was called.")
    note = models.TextField(help_text="Private to the coordinators.")
    follow_up_on = models.DateField(null=True, blank=True, help_text="A day on the convener's calendar.")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["invitation", "-at"], name="call_newest_of_a_society")]
        constraints = [
            models.CheckConstraint(condition=~Q(note=""), name="call_says_something"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None)
                | Q(done_at__isnull=False, done_by__isnull=False, follow_up_on__isnull=False),
                name="call_done_only_where_to_follow_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{'call' if self.called else 'note'} about {self.invitation_id}"
