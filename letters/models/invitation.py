"""One society asked to sign one letter, and what it says short of signing."""

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from letters.models.letter import PAST_SEAL, State


class Response(models.TextChoices):
    """What a society may say short of signing; NONE is no reply and never anything else."""

    NONE = "", "no reply"
    IF_CHANGED = "if_changed", "would sign if changed"
    BOARD = "board", "board decides"
    PASSED = "passed", "passed to a colleague"
    DECLINED = "declined", "declined"
    OWN = "own", "own statement"


# What an invitation says before anybody answered, and again once its society has signed.
UNANSWERED: dict[str, Any] = {
    "response": Response.NONE, "responded_at": None, "responded_by": None, "reason": "", "wanted": "",
    "board_on": None, "passed_to": None, "statement_url": "", "may_be_shown": False,
}  # fmt: skip
# The one part without which each response says nothing, and what that part holds when it is not there.
PARTS: dict[str, tuple[str, Any]] = {
    Response.IF_CHANGED: ("wanted", ""),
    Response.BOARD: ("board_on", None),
    Response.PASSED: ("passed_to", None),
    Response.OWN: ("statement_url", ""),
}


def _has_its_part(response: str, part: str, empty: Any) -> models.CheckConstraint:
    """The part is there with this response and with no other."""
    lacking = Q(**{f"{part}__isnull": True}) if empty is None else Q(**{part: empty})
    there = Q(response=response) & ~lacking
    return models.CheckConstraint(
        condition=there | (~Q(response=response) & lacking), name=f"invitation_{response}_has_its_part"
    )


class Invitation(models.Model):
    letter = models.ForeignKey("letters.Letter", models.PROTECT, related_name="invitations")
    society = models.ForeignKey("letters.Society", models.PROTECT, related_name="invitations")
    position = models.PositiveIntegerField(help_text="Place in the printed order.")
    late_call = models.ForeignKey("letters.LateCall", models.PROTECT, null=True, blank=True, related_name="invitations")
    slots = models.PositiveSmallIntegerField(default=1, help_text="How many officers' signatures are asked for.")
    offices = models.JSONField(
        default=list, blank=True, help_text="The office asked for in each place, in printed order; empty: any office."
    )
    two_people = models.BooleanField(default=False, help_text="An approver releases each version, then a signer signs.")
    lead = models.BooleanField(default=False, help_text="Printed first, whatever the order.")
    invited_at = models.DateTimeField(null=True, blank=True)
    response = models.CharField(max_length=10, choices=Response.choices, default=Response.NONE, blank=True)
    responded_at = models.DateTimeField(null=True, blank=True)
    responded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    wanted = models.TextField(blank=True, help_text="What would have to change; the coordinators see it.")
    board_on = models.DateField(null=True, blank=True, help_text="The day on which the society's board decides.")
    passed_to = models.ForeignKey("letters.Officer", models.PROTECT, null=True, blank=True, related_name="+")
    statement_url = models.URLField(max_length=500, blank=True, help_text="The society's own statement.")
    reason = models.TextField(blank=True, help_text="Why it declined; private to the coordinators.")
    may_be_shown = models.BooleanField(default=False, help_text="The answer may stand on the letter's public page.")

    class Meta:
        ordering = ["letter", "position"]
        constraints = [
            models.UniqueConstraint("letter", "society", name="invitation_one_per_society_and_letter"),
            models.UniqueConstraint("letter", "position", name="invitation_place_taken_once"),
            models.UniqueConstraint("letter", condition=Q(lead=True), name="invitation_one_lead_per_letter"),
            models.CheckConstraint(
                condition=Q(response="", responded_at__isnull=True, responded_by__isnull=True)
                | (~Q(response="") & Q(responded_at__isnull=False, responded_by__isnull=False)),
                name="invitation_response_has_time_and_person",
            ),
            models.CheckConstraint(condition=Q(response__in=Response.values), name="invitation_response_is_known"),
            *(_has_its_part(response, part, empty) for response, (part, empty) in PARTS.items()),
            models.CheckConstraint(
                condition=Q(response=Response.DECLINED) | Q(reason=""), name="invitation_reason_only_where_declined"
            ),
            models.CheckConstraint(
                condition=Q(response__in=[Response.DECLINED, Response.OWN]) | Q(may_be_shown=False),
                name="invitation_shows_only_what_was_said",
            ),
            models.CheckConstraint(condition=Q(slots__gte=1), name="invitation_asks_for_one_at_least"),
        ]

    def __str__(self) -> str:
        return f"{self.society} on {self.letter}"

    def office_of(self, slot: int) -> str:
        """The office asked for in this place, or "" where any will do."""
        offices: list[str] = self.offices
        return offices[slot - 1] if 0 < slot <= len(offices) else ""

    def open_until(self, now: datetime.datetime) -> datetime.datetime | None:
        """Until when the society can sign as things stand; None when it cannot."""
        letter, end = self.letter, None
        if letter.state == State.SIGNING:
            end = letter.deadline
        elif letter.state in PAST_SEAL and self.late_call and self.late_call.closed_at is None:
            end = self.late_call.until
        return end if end and now < end else None

    @property
    def decides_too_late(self) -> bool:
        """True when the board decides on a day after the deadline's, on the convener's calendar."""
        last = self.letter.deadline_local
        return bool(self.board_on and last and self.board_on > last.date())
