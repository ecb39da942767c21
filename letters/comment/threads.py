"""What an officer sees of comments, read in a fixed number of queries; it changes nothing."""

import dataclasses
import datetime
from collections.abc import Iterable

from django.db.models import Prefetch

from letters.comment.actions import RELEASES
from letters.models import SECOND_THOUGHTS, WHOLE, Comment, Link, Version
from letters.models.letter import IN_DISCUSSION

# Joined, not fetched one by one: SQLite refuses a condition that names more than a thousand.
AGREEING = Prefetch("agreements", Comment.objects.select_related("invitation__society"))


@dataclasses.dataclass(frozen=True, slots=True)
class Remark:
    """One comment as a reader sees it; `since` says what became of its block in later versions."""

    comment: Comment
    society: str
    own: bool
    draft: bool
    since: str
    agreeing: list[str]
    agreed: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Standing:
    """All an officer may see: drafts and sent comments of the own society, those of others, and what can be done."""

    drafts: list[Remark]
    sent: list[Remark]
    others: list[Remark]
    removed: list[Comment]
    may_send: bool
    may_take_back: bool
    open: bool


def since(comment: Comment, current: Version, texts: dict[str, str]) -> str:
    """What to say above a comment on an earlier version; `texts` are the blocks of the current one by id."""
    if comment.version_id == current.pk:
        return ""
    said = f"Written on version {comment.version.number}"
    text = texts.get(comment.block, "")
    # A comment that came with a Word file quotes the words it hangs on, another the whole block.
    own = comment.invitation_id is not None
    if comment.block == WHOLE or text == comment.quote or (not own and text and comment.quote in text):
        return said
    return f"{said}, paragraph since {'changed' if comment.block in texts else 'removed'}"


def texts_of(version: Version) -> dict[str, str]:
    """The words of each block by its id."""
    return {part.id: part.text for part in version.parts}


def remarks(link: Link, rows: Iterable[Comment]) -> list[Remark]:
    """Comments with what a reader of this link's society is told about them."""
    current = link.invitation.letter.on_the_table
    texts = texts_of(current)
    made = []
    for row in rows:
        agreements = [other for other in row.agreements.all() if other.removed_at is None]
        sent = [other for other in agreements if other.sent_at or other.invitation_id == link.invitation_id]
        made.append(
            Remark(
                comment=row,
                society=row.invitation.society.official_name if row.invitation else "",
                own=row.invitation_id == link.invitation_id,
                draft=row.sent_at is None,
                since=since(row, current, texts),
                agreeing=[str(other.invitation.society) for other in sent if other.invitation],
                agreed=any(other.invitation_id == link.invitation_id for other in agreements),
            )
        )
    return made


def readable(link: Link) -> list[Remark]:
    """Every comment this officer may read (two queries)."""
    rows = Comment.objects.readable_by(link).select_related(
        "version", "invitation__society", "officer", "agrees_with__invitation__society"
    )
    return remarks(link, rows.prefetch_related(AGREEING))


def standing(link: Link, now: datetime.datetime) -> Standing:
    """The page of all comments (three queries)."""
    all_of = readable(link)
    sent = [remark for remark in all_of if remark.own and not remark.draft]
    recent = [remark for remark in sent if _recent(remark.comment.sent_at, now)]
    answered = any(remark.comment.disposition or set(remark.agreeing) for remark in recent)
    releases = link.officer.role in RELEASES
    can = link.invitation.letter.state in IN_DISCUSSION
    removed = Comment.objects.filter(
        invitation=link.invitation, officer=link.officer, removed_at__gt=now - SECOND_THOUGHTS
    )
    return Standing(
        drafts=[remark for remark in all_of if remark.draft],
        sent=sent,
        others=[remark for remark in all_of if not remark.own and remark.comment.agrees_with_id is None],
        removed=list(removed),
        may_send=releases and can,
        may_take_back=releases and can and bool(recent) and not answered,
        open=can,
    )


def _recent(at: datetime.datetime | None, now: datetime.datetime) -> bool:
    return at is not None and now - at < SECOND_THOUGHTS
