"""The verbs of an officer who comments: write, remove, bring back, agree, send for the society, take back."""

import datetime

from django.db import transaction
from django.db.models import Q

from letters import lifecycle
from letters.lifecycle import NotNow
from letters.models import SECOND_THOUGHTS, WHOLE, Comment, Event, Letter, Link, Role, Version
from letters.models.comment import CommentQuerySet
from letters.models.letter import IN_DISCUSSION
from letters.text.blocks import Block
from letters.text.places import places
from letters.text.proposal import FIXED, editable

RELEASES = (Role.SIGNER, Role.APPROVER)
AS_A_WHOLE = "the letter as a whole"


def place_of(version: Version, block: str) -> tuple[Block | None, str]:
    """The block and its place in words; raises LookupError when the version has no such block."""
    if block == WHOLE:
        return None, AS_A_WHOLE
    parts = version.parts
    for part, place in zip(parts, places(parts), strict=True):
        if part.id == block:
            return part, place
    raise LookupError(f"{version} has no block {block}")


def _letter(link: Link) -> Letter:
    letter = lifecycle.locked(link.invitation.letter)
    if letter.state not in IN_DISCUSSION:
        raise NotNow(f"The letter is “{letter.get_state_display()}”; its text can no longer change.")
    return letter


@transaction.atomic
def write(*, by: Link, block: str, text: str, proposed: str, now: datetime.datetime) -> Comment | None:
    """Keep this officer's draft about a block of the version on the table, in place of what was kept before.

    Nothing written removes the draft and returns None. Proposed words that are the block's own are no proposal.
    Raises NotNow once the text can no longer change, LookupError when the block is not in the version.
    """
    version = _letter(by).on_the_table
    part, place = place_of(version, block)
    own = editable(part) if part else ""
    proposed = " ".join(proposed.split())
    if part is None or part.kind in FIXED or proposed == own:
        proposed = ""
    mine = Comment.objects.drafts_of(by).filter(officer=by.officer, version=version, block=block, agrees_with=None)
    if not text.strip() and not proposed:
        mine.update(removed_at=now)
        return None
    words = {"text": text.strip(), "proposed": proposed, "written_at": now}
    if mine.update(**words):
        return mine.get()
    return Comment.objects.create(
        version=version, block=block, place=place[:120], quote=part.text if part else "",
        invitation=by.invitation, officer=by.officer, author=by.officer.printed_name, **words,
    )  # fmt: skip


@transaction.atomic
def remove(*, by: Link, comment: Comment, now: datetime.datetime) -> Comment:
    """Take a draft of the own society away; it can be brought back for a while. Raises NotNow for one that was sent."""
    _letter(by)
    if not Comment.objects.drafts_of(by).filter(pk=comment.pk).update(removed_at=now):
        raise NotNow("This comment was sent or removed meanwhile; look again.")
    comment.refresh_from_db()
    return comment


@transaction.atomic
def restore(*, by: Link, comment: Comment, now: datetime.datetime) -> Comment:
    """Bring a removed draft back within ten minutes; raises NotNow later, or when another was begun in its place."""
    _letter(by)
    gone = Comment.objects.filter(pk=comment.pk, invitation=by.invitation, removed_at__gt=now - SECOND_THOUGHTS)
    begun = Comment.objects.drafts_of(by).filter(
        Q(officer=comment.officer, version=comment.version, block=comment.block, agrees_with=None)
        if comment.agrees_with_id is None
        else Q(agrees_with=comment.agrees_with_id)
    )
    if begun.exists():
        raise NotNow("There is a newer draft in its place; remove that one first.")
    if not gone.update(removed_at=None):
        raise NotNow("This comment was removed more than ten minutes ago; write it again.")
    comment.refresh_from_db()
    return comment


@transaction.atomic
def agree(*, by: Link, comment: Comment, now: datetime.datetime) -> Comment:
    """Draft “we agree” with another society's comment instead of repeating it; doing so twice changes nothing."""
    _letter(by)
    if comment.invitation_id == by.invitation_id:
        raise NotNow("This is your own society's comment.")
    known = Comment.objects.kept().filter(invitation=by.invitation, agrees_with=comment).first()
    return known or Comment.objects.create(
        version=comment.version, block=comment.block, place=comment.place, quote=comment.quote,
        invitation=by.invitation, officer=by.officer, author=by.officer.printed_name,
        agrees_with=comment, written_at=now,
    )  # fmt: skip


@transaction.atomic
def send(*, by: Link, now: datetime.datetime) -> int:
    """Send the drafts of the society as its one response; returns how many there were.

    Only a signer or approver of the society may; raises NotNow for others and when there is nothing to send.
    """
    letter = _letter(by)
    if by.officer.role not in RELEASES:
        raise NotNow("A signer or approver of your society sends the comments; yours are kept for them.")
    count = Comment.objects.drafts_of(by).update(sent_at=now, sent_by=by.officer.user)
    if not count:
        raise NotNow("There is nothing to send yet.")
    _record(letter, "commented", by, count, now)
    return count


@transaction.atomic
def take_back(*, by: Link, now: datetime.datetime) -> int:
    """Turn what was sent in the last ten minutes into drafts again; returns how many.

    Raises NotNow when it is too late, when one was answered or another society stands behind it.
    """
    letter = _letter(by)
    if by.officer.role not in RELEASES:
        raise NotNow("A signer or approver of your society takes the comments back.")
    late = Comment.objects.sent().filter(invitation=by.invitation, sent_at__gt=now - SECOND_THOUGHTS)
    if late.filter(Q(agreements__removed_at=None, agreements__isnull=False) | ~Q(disposition="")).exists():
        raise NotNow("A comment was answered or another society agreed with it; it can no longer be taken back.")
    if _blocked(by, late):
        raise NotNow("A new draft stands in the place of a sent one; remove it first.")
    count = late.update(sent_at=None, sent_by=None)
    if not count:
        raise NotNow("The comments were sent more than ten minutes ago; write to the coordinator.")
    _record(letter, "comments taken back", by, count, now)
    return count


def _blocked(by: Link, late: CommentQuerySet) -> bool:
    keys = ("officer_id", "version_id", "block")
    drafts = set(Comment.objects.drafts_of(by).filter(agrees_with=None).values_list(*keys))
    return any(found in drafts for found in late.filter(agrees_with=None).values_list(*keys))


def _record(letter: Letter, kind: str, by: Link, count: int, now: datetime.datetime) -> None:
    facts = {"count": count, "version": letter.on_the_table.number}
    society = {"society": by.invitation.society.official_name}
    Event.objects.append(letter, kind, actor="officer", by=by.officer.user, at=now, data=facts, private=society)
