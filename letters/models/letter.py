"""The undertaking: title, convener, deadline and state; only lifecycle.py changes the state."""

import datetime
import zoneinfo
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from letters.models.coordinator import TeamRole
from letters.proof.chain import GENESIS

if TYPE_CHECKING:
    from letters.models.user import User
    from letters.models.version import Version


class State(models.TextChoices):
    DRAFT = "draft", "Draft"
    REVIEW = "review", "In review"
    SIGNING = "signing", "Open for signature"
    CLOSED = "closed", "Closed"
    SEALED = "sealed", "Sealed"
    DELIVERED = "delivered", "Delivered"
    PUBLISHED = "published", "Published"
    ABANDONED = "abandoned", "Abandoned"


# What was sealed stays sealed; here a signature can only go into a further edition.
IN_DISCUSSION = (State.REVIEW, State.SIGNING)  # the words are out and can still change
BEFORE_CLOSE = (State.DRAFT, *IN_DISCUSSION)
PAST_SEAL = (State.SEALED, State.DELIVERED, State.PUBLISHED)


class OfficersAsked(models.TextChoices):
    ONE = "one", "One officer signs for each society"
    EACH = "each", "Every officer named signs, each in a place of their own"


class Order(models.TextChoices):
    LISTED = "listed", "As on the list, or by hand"
    NAME = "name", "By name"
    COUNTRY = "country", "By country, then by name"


PLAN = (14, 7, 3, 1)  # days before the deadline on which a reminder is prepared, unless the coordinator chose others


def usual_plan() -> list[int]:
    """The reminder plan a new letter starts with."""
    return list(PLAN)


class LetterQuerySet(models.QuerySet["Letter"]):
    def coordinated_by(self, user: "User") -> "LetterQuerySet":
        """The letters whose team this person is in, each with the `role` held there."""
        return self.filter(coordinators__user=user).annotate(role=models.F("coordinators__role"))  # type: ignore[no-redef]

    def run_by(self, user: "User") -> "LetterQuerySet":
        """The letters this person may act on: those coordinated, not those observed."""
        return self.filter(coordinators__user=user, coordinators__role=TeamRole.COORDINATOR)

    def locked(self) -> "LetterQuerySet":
        """Rows locked until the transaction ends; NO KEY, so that inserts pointing at the letter need not wait."""
        return self.select_for_update(no_key=True)


class Paper(models.TextChoices):
    A4 = "a4", "A4"
    LETTER = "letter", "US Letter"


class Letter(models.Model):
    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=300)
    convener = models.CharField(max_length=200, help_text="Who calls the societies together.")
    addressee = models.CharField(max_length=200, blank=True, help_text="For example: The Editor, Journal of Examples.")
    letterhead = models.CharField(max_length=300, blank=True, help_text="The convener's address as printed.")
    letterhead_logo = models.ForeignKey(
        "letters.Document", models.PROTECT, null=True, related_name="+", editable=False,
        help_text="Printed at the head of page 1.",
    )  # fmt: skip
    language = models.CharField(max_length=10, default="en")
    paper = models.CharField(max_length=6, choices=Paper.choices, default=Paper.A4)
    certificate_public = models.BooleanField(default=False, help_text="The certificate of signatures is public.")
    claims_public = models.BooleanField(default=False, help_text="The table of claims is public.")
    two_people_send = models.BooleanField(default=False, help_text="A second person agrees before anything is sent.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT, editable=False)
    deadline = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True, help_text="The soft date: “please answer by”.")
    embargo = models.CharField(max_length=200, blank=True, help_text="What signatories keep to themselves, how long.")
    time_zone = models.CharField(max_length=60, default="UTC")
    officers_asked = models.CharField(max_length=4, choices=OfficersAsked.choices, default=OfficersAsked.ONE)
    comments_open = models.BooleanField(default=False, help_text="Societies see each other's comments.")
    order = models.CharField(max_length=8, choices=Order.choices, default=Order.LISTED)
    reminder_days = models.JSONField(default=usual_plan, blank=True, help_text="Days before the deadline; empty: none.")
    reminders_go = models.BooleanField(default=False, help_text="Planned reminders are sent without a coordinator.")
    # The version on the table; only lifecycle.py sets it. Signatures on another version are "earlier".
    current = models.ForeignKey("letters.Version", models.PROTECT, null=True, related_name="+", editable=False)
    # Head of the event chain, moved on under the row lock.
    events_count = models.PositiveIntegerField(default=0, editable=False)
    events_head = models.CharField(max_length=64, default=GENESIS, editable=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Exactly one person, always: at first who made the letter, later who accepted it.
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The embargo: when the public page opens by itself. Set on the clock of `time_zone`; lifecycle.py writes it.
    release_at = models.DateTimeField(null=True, blank=True, editable=False)
    settled_at = models.DateTimeField(
        null=True, editable=False, help_text="Last sealed, released or open to late signers; from here links run out."
    )

    objects = LetterQuerySet.as_manager()
    role = ""  # what the person who asked holds in the team; filled by coordinated_by()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="letter_state_is_known"),
            models.CheckConstraint(condition=models.Q(paper__in=Paper.values), name="letter_paper_is_known"),
            models.CheckConstraint(
                condition=models.Q(state=State.DRAFT)
                | models.Q(state=State.ABANDONED)
                | models.Q(current__isnull=False),
                name="letter_past_draft_has_a_version",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.SIGNING) | models.Q(deadline__isnull=False),
                name="letter_in_signing_has_a_deadline",
            ),
            models.CheckConstraint(
                condition=models.Q(answer_by__isnull=True) | models.Q(answer_by__lte=models.F("deadline")),
                name="letter_asks_for_answers_before_its_deadline",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.PUBLISHED) | models.Q(published_at__isnull=False),
                name="letter_published_has_a_time",
            ),
            models.CheckConstraint(condition=models.Q(order__in=Order.values), name="letter_order_is_known"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/l/{self.slug}"

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The convener's time zone, in which the deadline was set."""
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def deadline_local(self) -> datetime.datetime | None:
        """The deadline on the convener's clock."""
        return self.deadline.astimezone(self.zone) if self.deadline else None

    @property
    def release_local(self) -> datetime.datetime | None:
        """When the public page opens, on the convener's clock."""
        return self.release_at.astimezone(self.zone) if self.release_at else None

    @property
    def on_the_table(self) -> "Version":
        """The current version; raises LookupError while the letter is a draft without one."""
        if self.current is None:
            raise LookupError(f"letter {self.slug} has no circulated version")
        return self.current
