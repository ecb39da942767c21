"""The letter as an officer reads it: beside each block a way to comment on it, and how many comments there are."""

from collections import Counter

from django.urls import reverse
from django.utils.html import format_html

from letters.models import WHOLE, Comment, Link
from letters.models.letter import IN_DISCUSSION
from letters.text.margin import with_margin
from letters.text.places import places

QUIET = frozenset({"title", "signatories"})  # what nobody comments on by itself


def margin(link: Link) -> tuple[str, int, int, bool]:
    """HTML of the letter with its margin, drafts not yet sent, comments on the whole, whether one may comment.

    One query.
    """
    letter = link.invitation.letter
    version = letter.on_the_table
    seen = list(Comment.objects.readable_by(link).values_list("block", "sent_at", "invitation_id"))
    drafts = sum(sent is None and society == link.invitation_id for _, sent, society in seen)
    counts = Counter(block for block, _, _ in seen)
    may = letter.state in IN_DISCUSSION
    marks, slots = {}, {}
    parts = version.parts
    for part, place in zip(parts, places(parts), strict=True):
        if part.kind in QUIET or not (may or counts[part.id]):
            continue
        address = reverse("comment:thread", args=[letter.slug, part.id])
        count = counts[part.id]
        said = f"Comment on {place}" if not count else f"{count} comment{'s'[: count > 1]} on {place}"
        marks[part.id] = format_html(
            '<a class="remark" href="{0}?seat={1}" hx-get="{0}?seat={1}" hx-target="#t-{2}" aria-label="{3}">{4}</a>',
            address, link.pk, part.id, said, count or "",
        )  # fmt: skip
        slots[part.id] = format_html('<div class="thread-slot" id="t-{}"></div>', part.id)
    return with_margin(version.html, marks, slots), drafts, counts[WHOLE], may
