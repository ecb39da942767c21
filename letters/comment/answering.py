"""The verbs of a coordinator about comments: answer one, open them to the other societies, tell each society."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from letters import lifecycle
from letters.lifecycle import NotNow
from letters.models import Comment, Disposition, Event, Letter, Link, User
from letters.notify import owed


@transaction.atomic
def answer(*, by: User, comment: Comment, disposition: str, why: str, now: datetime.datetime) -> Comment:
    """Say what becomes of one comment; may be said anew until the society was told.

    Raises NotNow when that has happened or the comment was taken back, ValueError for an unknown disposition.
    """
    if disposition not in Disposition.values or not disposition:
        raise ValueError(f"unknown disposition {disposition!r}")
    if disposition != Disposition.ACCEPTED and not why.strip():
        raise NotNow("Say why; the society reads it.")
    lifecycle.locked(comment.version.letter)
    open_ones = Comment.objects.sent().filter(pk=comment.pk, told_at=None, agrees_with=None)
    if not open_ones.update(disposition=disposition, answer=why.strip(), answered_at=now, answered_by=by):
        raise NotNow("The society was told already, or took the comment back; the answer stands as it was.")
    comment.refresh_from_db()
    return comment


def again(comment: Comment) -> Comment:
    """The comment as it is now."""
    return Comment.objects.select_related("answered_by").get(pk=comment.pk)


def said(comment: Comment) -> tuple[User | None, datetime.datetime] | None:
    """Who answered the comment last, and when."""
    row = again(comment)
    return (row.answered_by, row.answered_at) if row.answered_at else None


@transaction.atomic
def open_comments(*, by: User, letter: Letter, opened: bool, now: datetime.datetime) -> Letter:
    """Let societies see each other's sent comments, or stop it."""
    row = lifecycle.locked(letter)
    if row.comments_open != opened:
        row.comments_open = opened
        row.save(update_fields=["comments_open"])
        kind = "comments opened" if opened else "comments closed"
        Event.objects.append(row, kind, actor="coordinator", by=by, at=now)
    return row


def untold(letter: Letter) -> QuerySet[Any]:
    """What was sent and its society has not been told about; `said` is its answer, for an agreement the other's."""
    rows = Comment.objects.sent().filter(version__letter=letter, invitation__isnull=False, told_at=None)
    return rows.annotate(said=Coalesce("agrees_with__disposition", "disposition"))


@transaction.atomic
def tell(*, by: User, letter: Letter, now: datetime.datetime) -> int:
    """Tell each society whose comments are all answered what became of them, once, in one mail to its officers.

    Agreement with a comment is answered as that comment was. Returns the number of societies told; raises NotNow
    when there is none.
    """
    row = lifecycle.locked(letter)
    for agreement in untold(row).filter(agrees_with__isnull=False).exclude(said="").select_related("agrees_with"):
        _as(agreement, by, now)
    waiting = set(untold(row).filter(said="").values_list("invitation_id", flat=True))
    ready = untold(row).exclude(invitation_id__in=waiting).order_by("version__number", "pk")
    comments: dict[int, list[Comment]] = {}
    for comment in ready.select_related("version", "agrees_with"):
        comments.setdefault(comment.invitation_id or 0, []).append(comment)
    if not comments:
        raise NotNow("No society has all its comments answered yet.")
    links = Link.objects.live().filter(invitation__in=comments, invitation__letter=row)
    for link in links.select_related("officer__user", "invitation__society", "invitation__letter__owner"):
        owed.comments_answered(link, comments[link.invitation_id], now=now)
    ready.filter(pk__in=[comment.pk for group in comments.values() for comment in group]).update(told_at=now)
    facts = {"societies": len(comments)}
    Event.objects.append(row, "comments answered", actor="coordinator", by=by, at=now, data=facts)
    return len(comments)


def _as(agreement: Comment, by: User, now: datetime.datetime) -> None:
    """Write down for an agreement what was said to the comment it stands behind."""
    other = agreement.agrees_with
    if other is not None:
        Comment.objects.filter(pk=agreement.pk).update(
            disposition=other.disposition, answer=other.answer, answered_at=now, answered_by=by
        )
