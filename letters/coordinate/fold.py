"""Makes one invitation of two on the same letter, when the two societies were found to be one."""

import datetime

from letters.lifecycle import NotNow
from letters.models import (
    Approval,
    Call,
    Comment,
    Contributor,
    Delegation,
    Invitation,
    Letter,
    Link,
    Response,
    Round,
    Signature,
    SummaryApproval,
)
from letters.models.invitation import UNANSWERED


def refuse_doubles(letter: Letter, pair: list[Invitation]) -> None:
    """Raises NotNow where the two cannot be one: both carry signatures, or both answered."""
    signed = [one for one in pair if Signature.objects.filter(invitation=one).exists()]
    if len(signed) > 1:
        raise NotNow(f"“{letter}” carries signatures of both, and a society signs a letter once; they stay two.")
    if all(one.response != Response.NONE for one in pair):
        raise NotNow(f"On “{letter}” both have answered; ask one of them to sign or to change its answer first.")


def fold(pair: list[Invitation], now: datetime.datetime) -> Invitation:
    """Fold the second invitation into the first, or into the one with signatures; returns the one that stays.

    Links, comments, releases, notes of the desk and the answer move over; a person with a link on both keeps the one
    that stays. The letter is locked, and refuse_doubles was asked before.
    """
    stays, goes = sorted(pair, key=lambda one: not Signature.objects.filter(invitation=one).exists())
    people = Link.objects.live().filter(invitation=stays).values("officer__user")
    Link.objects.live().filter(invitation=goes, officer__user__in=people).update(revoked_at=now)
    Link.objects.filter(invitation=goes, slot__gt=stays.slots).update(slot=1)
    Link.objects.filter(invitation=goes).update(invitation=stays)
    agreed = Comment.objects.filter(invitation=stays, removed_at=None).exclude(agrees_with=None).values("agrees_with")
    Comment.objects.filter(invitation=goes, removed_at=None, agrees_with__in=agreed).delete()
    Comment.objects.filter(invitation=goes).update(invitation=stays)
    said = Approval.objects.live().filter(invitation=stays).values("version")
    Approval.objects.live().filter(invitation=goes, version__in=said).update(ended_at=now)
    Approval.objects.filter(invitation=goes).update(invitation=stays)
    _summaries(stays, goes, now)
    Call.objects.filter(invitation=goes).update(invitation=stays)
    for drafted in Round.objects.filter(only=goes):
        drafted.only.add(stays)
    if stays.response == Response.NONE and not Signature.objects.filter(invitation=stays).live().exists():
        for part in UNANSWERED:
            setattr(stays, part, getattr(goes, part))
    stays.lead, stays.late_call = stays.lead or goes.lead, stays.late_call or goes.late_call
    stays.invited_at = min(filter(None, [stays.invited_at, goes.invited_at]), default=None)
    Invitation.objects.filter(pk=goes.pk).delete()
    stays.save()
    return stays


def _summaries(stays: Invitation, goes: Invitation, now: datetime.datetime) -> None:
    """What was said of summaries moves over; a word left to the other of the two is no word left to anybody."""
    said = SummaryApproval.objects.live().filter(invitation=stays).values("version")
    SummaryApproval.objects.live().filter(invitation=goes, version__in=said).update(ended_at=now)
    SummaryApproval.objects.filter(invitation=goes).update(invitation=stays)
    Delegation.objects.filter(invitation__in=[stays, goes], to__in=[stays, goes]).delete()
    if Delegation.objects.filter(invitation=stays, ended_at=None).exists():
        Delegation.objects.filter(invitation=goes, ended_at=None).update(ended_at=now)
    Delegation.objects.filter(invitation=goes).update(invitation=stays)
    Delegation.objects.filter(to=goes).update(to=stays)
    named = Contributor.objects.filter(invitation=stays).values("submission")
    Contributor.objects.filter(invitation=goes, submission__in=named).delete()
    Contributor.objects.filter(invitation=goes).update(invitation=stays)
