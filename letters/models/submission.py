"""One text sent to one journal: at most once by itself, and what was sent is kept byte for byte."""

import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from letters.models.journal import Channel
from letters.text.pack.tongues import LANGUAGES

if TYPE_CHECKING:
    from letters.models.summary import SummaryVersion
    from letters.models.target import Target

LETTER = "letter"  # what a submission is about that carries the full letter; see Submission.about


class Sending(models.TextChoices):
    PREPARING = "preparing", "Being prepared"
    WAITING = "waiting", "Waits for a second person"
    QUEUED = "queued", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Not sent"
    UNKNOWN = "unknown", "Cannot tell"


BEFORE_SENDING = (Sending.PREPARING, Sending.WAITING)  # nothing left the house yet, and everything may still change


def about(summary: "SummaryVersion | None", target: "Target | None") -> str:
    """What Submission.about says of this text at this paper's own page; what is equal is sent but once."""
    text = f"summary version {summary.pk}" if summary else LETTER
    return f"{text} to paper {target.pk}" if target else text


def new_reply_key() -> str:
    """What stands in the address to which the journal's answer comes; 20 hexadecimal figures, not to be guessed."""
    return secrets.token_hex(10)


class Submission(models.Model):
    edition = models.ForeignKey("letters.Edition", models.PROTECT, related_name="submissions")
    journal = models.ForeignKey("letters.Journal", models.PROTECT, related_name="submissions")
    # The full letter, or a version of a summary; at a paper's own page where the journal has one for each.
    summary = models.ForeignKey("letters.SummaryVersion", models.PROTECT, null=True, related_name="submissions")
    target = models.ForeignKey("letters.Target", models.PROTECT, null=True, related_name="submissions")
    about = models.CharField(
        max_length=60, default=LETTER, help_text="The text, and the paper where it answers one: what is sent but once."
    )
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.MAIL)
    address = models.CharField(max_length=300, blank=True, help_text="Where it goes; empty: the journal's own address.")
    cc = models.JSONField(default=list, blank=True, help_text="E-mail addresses that get a copy.")
    subject = models.CharField(max_length=300)
    language = models.CharField(
        max_length=2, default="en", choices=list(LANGUAGES.items()), help_text="Of the covering letter."
    )
    covering_letter = models.TextField(help_text="As it was written, with its fields in braces.")
    words = models.TextField(blank=True, help_text="The covering letter as it goes, from when it was asked for.")
    # What was decided against an objection: a reason, and that the covering letter itself asks for the permission.
    despite = models.CharField(max_length=300, blank=True, help_text="Why it goes although preflight says no.")
    asks_permission = models.BooleanField(default=False, help_text="The covering letter asks for the permission.")
    submitter_name = models.CharField(max_length=200, blank=True, help_text="The one person who submits.")
    submitter_email = models.EmailField(blank=True)
    message_id = models.CharField(max_length=255, unique=True)
    reply_key = models.CharField(max_length=20, unique=True, default=new_reply_key, editable=False)
    state = models.CharField(max_length=10, choices=Sending.choices, default=Sending.PREPARING)
    error = models.CharField(max_length=500, blank=True)
    # After an attempt that nobody can tell the end of: what may have arrived is not changed any more.
    doubtful = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Who asked for it to go, who agreed where two must, and from when it may go: until then it can be stopped.
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    goes_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    # The message, or the text a person pasted into the journal's form.
    sent_copy = models.ForeignKey("letters.Document", models.PROTECT, null=True, related_name="+")
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reference = models.CharField(max_length=100, blank=True, help_text="The number the journal gave it.")
    receipt = models.TextField(blank=True, help_text="What the journal's form or system said.")
    receipt_file = models.ForeignKey("letters.Document", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint("edition", "journal", "about", name="submission_once_per_edition_journal_and_text"),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False, sent_copy__isnull=False),
                name="submission_sent_has_time_and_copy",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | (Q(asked_by__isnull=False) & ~Q(agreed_by=F("asked_by"))),
                name="submission_agreed_by_another",
            ),
            models.CheckConstraint(condition=Q(language__in=list(LANGUAGES)), name="submission_language_is_known"),
            models.CheckConstraint(
                condition=Q(handed_in_by__isnull=True) | ~Q(channel=Channel.MAIL),
                name="submission_mail_is_not_handed_in",
            ),
            models.CheckConstraint(
                condition=Q(about=LETTER, summary__isnull=True, target__isnull=True) | ~Q(about=LETTER),
                name="submission_of_the_letter_names_no_summary",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.summary.summary if self.summary else self.edition} to {self.journal}"

    @property
    def to_address(self) -> str:
        """Where it goes by mail."""
        return self.address or self.journal.email

    @property
    def by_mail(self) -> bool:
        """Whether this site sends it; otherwise a person hands it in."""
        return self.channel == Channel.MAIL

    @property
    def what(self) -> str:
        """The text in words: “the letter, edition 1”, “the summary “Rapid response”, version 2”."""
        if self.summary is None:
            return f"the letter, {self.edition}"
        return f"the summary “{self.summary.summary}”, version {self.summary.number}"

    @property
    def reply_address(self) -> str:
        """Where answers to this submission come in by machine; empty where the site takes none."""
        name, at, host = settings.INBOUND_ADDRESS.partition("@")
        return f"{name}+{self.reply_key}{at}{host}" if at else ""


class Part(models.TextChoices):
    """In which role somebody stands with a submission; an endorser is not an author (ICMJE, section II.A)."""

    AUTHOR = "author", "Author"
    BEHALF = "behalf", "On whose behalf it is written"
    ENDORSER = "endorser", "Endorser"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"


class Contributor(models.Model):
    """One society of the roster, or one person, with a submission."""

    submission = models.ForeignKey("letters.Submission", models.CASCADE, related_name="contributors")
    part = models.CharField(max_length=12, choices=Part.choices)
    position = models.PositiveIntegerField()
    invitation = models.ForeignKey("letters.Invitation", models.PROTECT, null=True, related_name="+")
    given_names = models.CharField(max_length=200, blank=True)
    family_name = models.CharField(max_length=200, blank=True)
    affiliation = models.CharField(max_length=300, blank=True)
    email = models.EmailField(blank=True)
    orcid = models.CharField(max_length=19, blank=True, help_text="Four groups of four signs.")

    class Meta:
        ordering = ["submission", "position"]
        constraints = [
            models.UniqueConstraint("submission", "position", name="contributor_place_taken_once"),
            models.UniqueConstraint("submission", "invitation", name="contributor_society_once"),
            models.CheckConstraint(
                condition=Q(invitation__isnull=False, given_names="", family_name="")
                | (Q(invitation__isnull=True) & ~Q(family_name="")),
                name="contributor_is_a_society_or_a_person",
            ),
        ]

    def __str__(self) -> str:
        return str(self.invitation.society) if self.invitation else f"{self.given_names} {self.family_name}".strip()


class Permission(models.Model):
    """An editor allows that the text stands in another journal as well (ICMJE, section III.D)."""

    letter = models.ForeignKey("letters.Letter", models.PROTECT, related_name="permissions")
    journal = models.ForeignKey("letters.Journal", models.PROTECT, related_name="+")
    editor = models.CharField(max_length=200, help_text="Who allowed it.")
    given_on = models.DateField()
    note = models.CharField(max_length=500, blank=True, help_text="How, and on what terms.")
    file = models.ForeignKey("letters.Document", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["letter", "journal__name"]
        constraints = [models.UniqueConstraint("letter", "journal", name="permission_once_per_letter_and_journal")]

    def __str__(self) -> str:
        return f"{self.editor} for {self.journal}"
