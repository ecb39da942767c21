"""The coordinator's table of comments: every remark with its society, section, agreement and answer."""

import dataclasses
from dataclasses import replace

from letters.comment.forms import AnswerForm
from letters.comment.threads import AGREEING, since, texts_of
from letters.models import Comment, Disposition, Letter
from letters.text.blocks import Block
from letters.text.diff import redline
from letters.text.places import sections
from letters.text.proposal import edited

FROM_FILE = "From the Word file"
AS_A_WHOLE = "The letter as a whole"
HEADINGS = ["Place", "Society", "Comment", "Proposed words", "Agreeing", "Decision", "Why"]


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One comment; `agreeing` are the societies behind it, `fits` says that its words can be put into the text."""

    comment: Comment
    society: str
    section: str
    since: str
    agreeing: list[str]
    fits: bool
    redline: str
    seen: str


@dataclasses.dataclass(frozen=True, slots=True)
class Wanted:
    """What to show; empty means all. `state` is a disposition or "open"."""

    society: str = ""
    section: str = ""
    state: str = ""


def rows(letter: Letter) -> list[Row]:
    """All comments that were sent, in the order of the letter, oldest version first (four queries)."""
    if letter.current is None:
        return []
    sent = Comment.objects.sent().filter(version__letter=letter, agrees_with=None)
    found = sent.select_related("version", "invitation__society", "answered_by").prefetch_related(AGREEING)
    waiting = letter.versions.filter(circulated_at=None).first()
    texts, base = texts_of(letter.current), texts_of(waiting or letter.current)
    parts = {pk: version.parts for pk, version in {row.version_id: row.version for row in found}.items()}
    names = _sections(parts)
    made = [
        Row(
            comment=row,
            society=row.invitation.society.official_name if row.invitation else FROM_FILE,
            section=names.get((row.version_id, row.block), AS_A_WHOLE),
            since=since(row, letter.current, texts),
            agreeing=[str(a.invitation.society) for a in row.agreements.all() if a.sent_at and a.invitation],
            fits=bool(row.proposed) and base.get(row.block) == row.quote,
            redline=_proposal(row, parts[row.version_id]),
            seen=AnswerForm.of(row).marks(),
        )
        for row in found
    ]
    order = {key: number for number, key in enumerate(names)}
    return sorted(made, key=lambda row: order.get((row.comment.version_id, row.comment.block), len(order)))


def _proposal(comment: Comment, parts: list[Block]) -> str:
    """The proposed words against the block they were written for, word by word."""
    old = next((part for part in parts if part.id == comment.block), None)
    if old is None or not comment.proposed:
        return ""
    named = replace(old, id=f"c{comment.pk}")
    return redline([named], [edited(named, comment.proposed)]).html


def _sections(parts: dict[int, list[Block]]) -> dict[tuple[int, str], str]:
    return {
        (pk, part.id): name or AS_A_WHOLE
        for pk, blocks in parts.items()
        for part, name in zip(blocks, sections(blocks), strict=True)
    }


def chosen(all_rows: list[Row], wanted: Wanted) -> list[Row]:
    """The rows that pass the filter."""
    return [
        row
        for row in all_rows
        if wanted.society in ("", row.society)
        and wanted.section in ("", row.section)
        and wanted.state in ("", row.comment.disposition or "open")
    ]


def in_words(row: Row) -> list[str]:
    """A row as cells: place, society, comment, proposed words, who agrees, decision, why."""
    comment = row.comment
    place = f"{comment.place}, version {comment.version.number}"
    decision = Disposition(comment.disposition).label
    return [place, row.society, comment.text, comment.proposed, "; ".join(row.agreeing), decision, comment.answer]
