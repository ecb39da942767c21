"""Comments of a Word file: kept with the version that was read from it, and brought in when it is published."""

import datetime
from collections.abc import Sequence
from typing import Any

from letters.models import Comment, User, Version
from letters.text.blocks import Block
from letters.text.places import places
from letters.text.source import Comment as WordComment

DONE = "Marked as done in Word."


def remarks(comments: Sequence[WordComment], blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """The comments as JSON objects with the id, the place and the words of their block among `blocks`."""
    where = places(blocks)
    authors = {comment.id: comment.author for comment in comments}
    return [
        {
            "block": blocks[comment.index].id, "place": where[comment.index][:120], "quote": comment.quote,
            "author": comment.author[:200], "date": comment.moment.isoformat() if comment.moment else "",
            "text": _said(comment, authors.get(comment.parent, "")),
        }
        for comment in comments
    ]  # fmt: skip


def _said(comment: WordComment, answered: str) -> str:
    lead = f"To {answered}: " if comment.parent else ""
    return f"{lead}{comment.text}" + (f"\n{DONE}" if comment.resolved and not comment.parent else "")


def bring_in(version: Version, *, by: User, now: datetime.datetime) -> int:
    """The kept comments as rows that belong to no society; returns how many there are."""
    rows = [
        Comment(
            version=version, block=remark["block"], place=remark["place"], quote=remark["quote"],
            author=remark["author"], text=remark["text"], sent_at=now, sent_by=by,
            written_at=datetime.datetime.fromisoformat(remark["date"]) if remark["date"] else now,
        )
        for remark in version.remarks if remark["text"].strip()
    ]  # fmt: skip
    return len(Comment.objects.bulk_create(rows))
