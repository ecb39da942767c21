"""What a coordinator writes to several officers at once: a draft until it is sent or dropped; its mails are rows."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from letters.models.mail import MailKind

# The kinds that wait as a draft; all others go out as soon as they are owed.
DRAFTED = (MailKind.INVITATION, MailKind.REMINDER, MailKind.NEW_VERSION, MailKind.EXTENDED, MailKind.NOTE)
# Of these one draft per letter is enough: it goes to all it fits.
ONE_AT_A_TIME = (MailKind.INVITATION, MailKind.NEW_VERSION, MailKind.EXTENDED)


class RoundState(models.TextChoices):
    WAITING = "waiting", "Draft"
    SENT = "sent", "Sent"
    DROPPED = "dropped", "Dropped"


class Round(models.Model):
    letter = models.ForeignKey("letters.Letter", models.PROTECT, related_name="rounds")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.label) for kind in DRAFTED])
    state = models.CharField(max_length=8, choices=RoundState.choices, default=RoundState.WAITING)
    only = models.ManyToManyField("letters.Invitation", related_name="+", help_text="Empty: every society it fits.")
    skipped = models.ManyToManyField("letters.Link", related_name="+", help_text="Officers left out by hand.")
    wording = models.JSONField(default=dict, blank=True, help_text="Own words: {language: {subject, body}}.")
    version = models.ForeignKey("letters.Version", models.PROTECT, null=True, related_name="+")
    planned_on = models.DateField(null=True, help_text="The day of the reminder plan, on the convener's calendar.")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "letter", "kind", condition=Q(state="waiting", kind__in=ONE_AT_A_TIME),
                name="round_one_draft_of_a_kind_that_goes_to_all",
            ),
            models.UniqueConstraint(
                "letter", "planned_on", condition=Q(planned_on__isnull=False), name="round_planned_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="round_sent_has_a_time",
            ),
            models.CheckConstraint(condition=Q(kind__in=DRAFTED), name="round_kind_is_one_that_waits"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.letter}"
