"""One rule of one journal with its source and the day it was checked, and the record of who corrected what."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from letters.models.version import WrittenOnce
from letters.text.venue import KINDS, Rule

# The order in which the parts of a correction are told; a database does not keep that of the keys.
PARTS = ("value", "binds", "way", "address", "note", "source", "origin", "checked")


WORDS = {"spoken": "in a sentence"}  # what the fields of a journal are called on its page, where not as here


class Origin(models.TextChoices):
    OWN = "own", "The journal’s or publisher’s own page"
    COPY = "copy", "A copy of its own page"
    OTHER = "other", "Somebody else’s page"


class JournalRule(models.Model):
    journal = models.ForeignKey("letters.Journal", models.PROTECT, related_name="rules")
    kind = models.CharField(max_length=20, choices=[(kind.key, kind.label) for kind in KINDS.values()])
    value = models.CharField(max_length=200, blank=True, help_text="Empty: not known, or none stated.")
    silent = models.BooleanField(default=False, help_text="Somebody looked: the journal states none.")
    hard = models.BooleanField(default=True, help_text="What breaks it is not taken; soft: asked for.")
    note = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=500, blank=True)
    origin = models.CharField(max_length=5, choices=Origin.choices, default=Origin.OWN)
    checked_on = models.DateField(null=True, blank=True)
    # Empty while the rule is as it came with the program; then a newer program may bring it up to date.
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["journal", "pk"]
        constraints = [
            models.UniqueConstraint("journal", "kind", name="journal_rule_once_per_kind"),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="journal_rule_kind_is_known"),
            models.CheckConstraint(condition=Q(silent=False) | Q(value=""), name="journal_rule_silent_has_no_value"),
            models.CheckConstraint(
                condition=Q(value="", silent=False) | (~Q(source="") & Q(checked_on__isnull=False)),
                name="journal_rule_known_has_source_and_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.value_of().said}"

    def value_of(self) -> Rule:
        """The rule as a value."""
        return Rule(self.kind, self.value, self.silent, self.hard, self.note, self.source, self.checked_on)

    @property
    def facts(self) -> dict[str, str]:
        """What a correction keeps of it."""
        said = self.value_of().said
        return {
            "value": said, "binds": "hard" if self.hard else "soft", "note": self.note, "source": self.source,
            "origin": self.get_origin_display(), "checked": self.checked_on.isoformat() if self.checked_on else "",
        }  # fmt: skip


class JournalCorrection(WrittenOnce):
    """One change of what is on record about a journal; `by` is empty for what came with the program."""

    journal = models.ForeignKey("letters.Journal", models.PROTECT, related_name="corrections")
    subject = models.CharField(max_length=40, help_text="A field, the kind of a rule, or contact.")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.journal}: {self.subject}"

    @property
    def differences(self) -> list[tuple[str, str, str]]:
        """(what, from, to) for each part that changed; "" where there was nothing."""
        names = sorted({*self.before, *self.after}, key=lambda name: PARTS.index(name) if name in PARTS else -1)
        pairs = [(name, self.before.get(name, ""), self.after.get(name, "")) for name in names]
        return [(WORDS.get(name, name), old, new) for name, old, new in pairs if old != new]

    @property
    def about(self) -> str:
        """What was corrected, in the words of the page."""
        if self.subject in KINDS:
            return KINDS[self.subject].label
        return WORDS.get(self.subject, self.subject).capitalize()
