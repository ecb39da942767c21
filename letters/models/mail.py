"""One message to one person, from queued to what became of it; secrets are filled in only while it is sent."""

from django.db import models


class MailKind(models.TextChoices):
    INVITATION = "invitation", "invitation"
    NEW_LINK = "new_link", "new link"
    SIGN_IN = "sign_in", "sign-in code"
    CODE = "code", "code"
    RECEIPT = "receipt", "receipt"
    WITHDRAWN = "withdrawn", "withdrawal"
    NEW_VERSION = "new_version", "new version"
    EXTENDED = "extended", "extension"
    LATE = "late", "late signing"
    SEALED = "sealed", "sealed letter"
    RESPONSE = "response", "response"
    ANSWERED = "answered", "answers to comments"
    APPROVED = "approved", "release"
    SHARED = "shared", "signature from a shared mailbox"
    TEAM = "team", "place in the team"
    KIT = "kit", "notice kit"
    UNRELEASED = "unreleased", "release declined or taken back"
    KEYS = "keys", "keys changed"
    SUMMARY = "summary", "summary to approve"
    REMINDER = "reminder", "reminder"
    NOTE = "note", "note"
    TEST = "test", "test"


class MailState(models.TextChoices):
    QUEUED = "queued", "Waiting to be sent"
    SENT = "sent", "Sent"
    BOUNCED = "bounced", "Came back"
    FAILED = "failed", "Not sent"
    UNKNOWN = "unknown", "Cannot tell"


class Mail(models.Model):
    key = models.CharField(max_length=120, unique=True, help_text="What makes this message the only one of its sort.")
    kind = models.CharField(max_length=12, choices=MailKind.choices)
    letter = models.ForeignKey("letters.Letter", models.PROTECT, null=True, related_name="mails")
    link = models.ForeignKey("letters.Link", models.PROTECT, null=True, related_name="mails")
    code = models.ForeignKey("letters.Code", models.SET_NULL, null=True, related_name="+")
    round = models.ForeignKey("letters.Round", models.PROTECT, null=True, related_name="mails")
    to_name = models.CharField(max_length=200, blank=True)
    to_email = models.EmailField()
    reply_to = models.EmailField(blank=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField()
    message_id = models.CharField(max_length=255, unique=True)
    state = models.CharField(max_length=8, choices=MailState.choices, default=MailState.QUEUED)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True, help_text="As the mail provider reported it.")

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["letter", "state"], name="mail_of_a_letter_by_state")]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to_email}"
