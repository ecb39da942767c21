"""A remark on a block of a version, with proposed words if the writer has some, and the coordinator's disposition."""

import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from letters.models.link import Link

WHOLE = "whole"  # what stands for the id of a block when the letter as a whole is meant
SECOND_THOUGHTS = datetime.timedelta(minutes=10)  # for taking back what was sent, or bringing back what was removed


class Disposition(models.TextChoices):
    NONE = "", "not answered"
    ACCEPTED = "accepted", "Accepted"
    PARTLY = "partly", "Partly accepted"
    NOT = "not", "Not accepted"


class CommentQuerySet(models.QuerySet["Comment"]):
    def kept(self) -> "CommentQuerySet":
        """Without those that were removed."""
        return self.filter(removed_at=None)

    def sent(self) -> "CommentQuerySet":
        """What coordinators see."""
        return self.kept().filter(sent_at__isnull=False)

    def drafts_of(self, link: "Link") -> "CommentQuerySet":
        """What the officers of the link's society have written and not yet sent."""
        return self.kept().filter(invitation=link.invitation, sent_at=None)

    def readable_by(self, link: "Link") -> "CommentQuerySet":
        """The society's own comments, and what others sent where the coordinator has opened the comments."""
        letter = link.invitation.letter
        own = Q(invitation=link.invitation)
        others = Q(version__letter=letter, invitation__isnull=False, sent_at__isnull=False)
        return self.kept().filter(own | others if letter.comments_open else own)


class Comment(models.Model):
    version = models.ForeignKey("letters.Version", models.CASCADE, related_name="comments")
    block = models.CharField(max_length=20, help_text="Id of the block, or “whole”.")
    place = models.CharField(max_length=120, help_text="Where the block stood, in words.")
    quote = models.TextField(blank=True, help_text="The block as it read.")
    # A remark that came in with a Word file belongs to no society.
    invitation = models.ForeignKey("letters.Invitation", models.PROTECT, null=True, related_name="comments")
    officer = models.ForeignKey("letters.Officer", models.PROTECT, null=True, related_name="comments")
    author = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    proposed = models.TextField(blank=True, help_text="The block as it should read, in Markdown.")
    agrees_with = models.ForeignKey("self", models.PROTECT, null=True, related_name="agreements")
    written_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    disposition = models.CharField(max_length=8, choices=Disposition.choices, default=Disposition.NONE, blank=True)
    answer = models.TextField(blank=True, help_text="Why; the society reads it.")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField(null=True, help_text="When the society was told what became of it.")

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["version", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | ~Q(proposed="") | Q(agrees_with__isnull=False), name="comment_says_something"
            ),
            models.UniqueConstraint(
                "officer", "version", "block",
                condition=Q(sent_at=None, removed_at=None, agrees_with=None), name="comment_one_draft_per_block",
            ),
            models.UniqueConstraint(
                "invitation", "agrees_with", condition=Q(removed_at=None), name="comment_society_agrees_once"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by=None) | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="comment_sent_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(removed_at=None), name="comment_sent_is_not_removed"
            ),
            models.CheckConstraint(
                condition=Q(disposition="", answered_at=None, answered_by=None, told_at=None)
                | (~Q(disposition="") & Q(sent_at__isnull=False, answered_at__isnull=False, answered_by__isnull=False)),
                name="comment_answered_once_sent",
            ),
            models.CheckConstraint(
                condition=Q(invitation=None, officer=None) | Q(invitation__isnull=False, officer__isnull=False),
                name="comment_of_a_society_or_of_a_file",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.author} on {self.place}"
