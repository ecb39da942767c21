"""Reads an uploaded file of any kind a letter may come in; formats are read by docx and markdown, limits kept
by door."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from letters.text.blocks import Block
from letters.text.canonical import Refused, refuse_characters
from letters.text.docx import read_docx
from letters.text.door import MAX_WORDS, Unreadable, kind
from letters.text.markdown import read_markdown
from letters.text.places import places
from letters.text.source import Comment, Loss, Source, Tracked
from letters.text.structure import as_headings, bold_only, settle, with_bold_title

__all__ = ["Comment", "Reading", "Tracked", "Unreadable", "read", "words"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: the blocks with ids (the title is the first of kind "title"), and what needs a look.

    `dropped` are sentences, also on comments whose words are not in the letter; `comments` are the others of a Word
    file in reading order (Comment says what each holds), none for other files. `bold_headings` are ids of paragraphs
    that may be headings, and `bold` is what was done with them ("ask" leaves them, but nobody has said so, "take",
    "leave"). With `undecided` the file has tracked changes, the blocks show them accepted, and nobody has
    said yet whether that is meant.
    """

    title: str
    blocks: list[Block]
    dropped: list[str] = field(default_factory=list)
    tracked: list[Tracked] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    bold_headings: list[str] = field(default_factory=list)
    bold: str = "ask"
    recovered: bool = False
    undecided: bool = False


def read(data: bytes, *, name: str, tracked: str = "ask", bold: str = "ask") -> Reading:
    """The letter in a .docx, .md or .txt file, by content.

    `tracked` says what becomes of tracked changes: "ask" (shown accepted), "accept" or "reject"; `bold` what becomes
    of bold lines that may be headings: "ask" and "leave" leave them paragraphs, "take" makes them headings,
    and the first one the title of a letter that has none.
    Raises Unreadable with one sentence that names the file, ValueError for another value of `tracked` or `bold`.
    """
    if tracked not in ("ask", "accept", "reject"):
        raise ValueError(f"tracked must be ask, accept or reject, not {tracked!r}")
    if bold not in ("ask", "take", "leave"):
        raise ValueError(f"bold must be ask, take or leave, not {bold!r}")
    if kind(data, name=name) == "docx":
        source = read_docx(data, name=name, reject=tracked == "reject")
    else:
        source = read_markdown(data, name=name)
    if not any(block.text.strip() for block in source.blocks):
        raise Unreadable(f"{name} has no text: choose the file with the letter.")
    reading = _finished(source, undecided=tracked == "ask", bold=bold)
    if words(reading.blocks) > MAX_WORDS:
        raise Unreadable(
            f"{name} has {words(reading.blocks):,} words, more than the {MAX_WORDS:,} a letter may have: "
            "upload the letter without its appendices."
        )
    try:
        refuse_characters(reading.blocks)
    except Refused as refused:
        raise Unreadable(f"{name}: {refused}") from refused
    return reading


def words(blocks: Sequence[Block]) -> int:
    """Number of words as a word processor counts them: between blanks, without list labels."""
    return sum(len(block.text.split()) for block in blocks)


def _finished(source: Source, *, undecided: bool, bold: str) -> Reading:
    settled = settle(source.blocks)
    lines = [block.id for block in bold_only(settled.blocks)]
    blocks = as_headings(with_bold_title(settled.blocks), lines) if bold == "take" else settled.blocks
    return Reading(
        title=next((" ".join(block.text.split()) for block in blocks if block.kind == "title"), ""),
        blocks=blocks,
        dropped=_sentences(blocks, source.losses),
        tracked=source.tracked,
        comments=[replace(comment, block=blocks[comment.index].id) for comment in source.comments],
        bold_headings=lines,
        bold=bold,
        recovered=settled.recovered,
        undecided=undecided and any(change.kind != "formatted" for change in source.tracked),
    )


def _sentences(blocks: Sequence[Block], losses: Sequence[Loss]) -> list[str]:
    where = places(blocks)
    found = []
    for loss in losses:
        what = loss.what[:1].upper() + loss.what[1:]
        if loss.inside and loss.index < len(where):
            found.append(f"{what} in {where[loss.index]} was left out.")
        elif 0 < loss.index <= len(where):
            found.append(f"{what} after {where[loss.index - 1]} was left out.")
        else:
            found.append(f"{what}{' at the top' if loss.index == 0 else ''} was left out.")
    return found
