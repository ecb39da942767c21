"""What came back from a journal, and what was written to it later: dated, with its file, public or private."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Came(models.TextChoices):
    """What an entry is; unsorted until a coordinator said so."""

    UNSORTED = "", "not sorted yet"
    ACKNOWLEDGEMENT = "acknowledgement", "Acknowledgement"
    QUERY = "query", "Query"
    REPLY = "reply", "Authors’ reply"
    DECISION = "decision", "Decision"
    PUBLICATION = "publication", "Publication"
    CORRECTION = "correction", "Correction"
    RETRACTION = "retraction", "Retraction"
    CONCERN = "concern", "Expression of concern"
    PRESS = "press", "Press"
    SENT = "sent", "Sent by us"


class Outcome(models.TextChoices):
    """What a decision came to."""

    NONE = "", "not said"
    NO_ACTION = "no_action", "No further action"
    TAKEN = "taken", "Taken for publication"
    REFUSED = "refused", "Not taken"
    CORRECTION = "correction", "Correction announced"
    CONCERN = "concern", "Expression of concern announced"
    RETRACTION = "retraction", "Retraction announced"


class Automatic(models.TextChoices):
    """What a program sent by itself (RFC 3834; RFC 3464 for what came back); none of it counts as an answer."""

    NONE = "", "written by a person, as far as can be seen"
    REPLY = "reply", "Automatic reply"
    NOTICE = "notice", "Sent by a program"
    BOUNCE = "bounce", "Returned mail"


class CorrespondenceQuerySet(models.QuerySet["Correspondence"]):
    def kept(self) -> "CorrespondenceQuerySet":
        """Without those that were removed."""
        return self.filter(removed_at=None)

    def unsorted(self) -> "CorrespondenceQuerySet":
        """What came by mail and nobody has said yet what it is."""
        return self.kept().filter(kind=Came.UNSORTED)

    def shown(self) -> "CorrespondenceQuerySet":
        """What stands on the letter's public page, the oldest first."""
        return self.kept().filter(public=True).order_by("day", "pk")


class Correspondence(models.Model):
    letter = models.ForeignKey("letters.Letter", models.PROTECT, related_name="correspondence")
    submission = models.ForeignKey("letters.Submission", models.PROTECT, null=True, related_name="correspondence")
    journal = models.ForeignKey("letters.Journal", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=16, choices=Came.choices, default=Came.UNSORTED, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.NONE, blank=True)
    day = models.DateField(help_text="The day it bears, not the day it was recorded.")
    sender = models.CharField(max_length=200, blank=True, help_text="For the team alone.")
    forwarded_by = models.CharField(max_length=200, blank=True, help_text="In whose mail it came, if another's.")
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True, help_text="With a public entry these words are public, too.")
    url = models.URLField(max_length=500, blank=True)
    doi = models.CharField(max_length=200, blank=True)
    file = models.ForeignKey("letters.Document", models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=255, blank=True)
    public = models.BooleanField(default=False, help_text="Stands on the letter's public page once that is open.")
    file_public = models.BooleanField(default=False, help_text="Its file can be downloaded there, too.")
    # Of an e-mail: the whole message as it came, for the team alone; the same message is taken in once.
    original = models.ForeignKey("letters.Document", models.PROTECT, null=True, related_name="+")
    automatic = models.CharField(max_length=6, choices=Automatic.choices, default=Automatic.NONE, blank=True)
    message_id = models.CharField(max_length=255, null=True, blank=True, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Empty: it came by mail."
    )
    removed_at = models.DateTimeField(null=True)

    objects = CorrespondenceQuerySet.as_manager()

    class Meta:
        ordering = ["letter", "day", "pk"]
        verbose_name_plural = "correspondence"
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="") | Q(kind=Came.DECISION), name="correspondence_only_a_decision_has_an_outcome"
            ),
            models.CheckConstraint(
                condition=Q(public=False) | ~Q(kind=""), name="correspondence_is_sorted_before_it_is_public"
            ),
            models.CheckConstraint(
                condition=Q(file_public=False) | Q(public=True, file__isnull=False),
                name="correspondence_shows_only_a_file_it_has",
            ),
            models.CheckConstraint(
                condition=Q(recorded_by__isnull=False) | Q(message_id__isnull=False),
                name="correspondence_recorded_by_somebody_or_mailed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.day}"


class Attachment(models.Model):
    """A file that came with an e-mail; the one of them that stands for the entry is its `file`."""

    correspondence = models.ForeignKey("letters.Correspondence", models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=255)
    document = models.ForeignKey("letters.Document", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["correspondence", "position"]
        constraints = [models.UniqueConstraint("correspondence", "position", name="attachment_place_taken_once")]

    def __str__(self) -> str:
        return self.name


class Stray(models.Model):
    """A message that came in and belongs to no submission; kept whole, for the operator to look at."""

    message_id = models.CharField(max_length=255, unique=True)
    sender = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=300, blank=True)
    why = models.CharField(max_length=300)
    document = models.ForeignKey("letters.Document", models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=500, blank=True, help_text="The file, where it was too large to be taken in.")
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return f"{self.title or 'without a subject'}: {self.why}"
