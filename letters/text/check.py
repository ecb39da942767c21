"""The import check: what was found in a file, as sentences a coordinator reads before publishing; shows
nothing itself."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from letters.text.blocks import Block
from letters.text.places import places
from letters.text.reading import Comment, Reading, Tracked, words
from letters.text.references import References, references
from letters.text.summary import counted, listed

OK, WARN, STOP = "ok", "warn", "stop"
_DECIMAL = re.compile(r"(\d+)[.)]")


@dataclass(frozen=True, slots=True)
class ImportCheck:
    """What the import check shows. `words` counts everything, `body_words` leaves the reference list out.

    `placeholder` says whether the signatories have a place and `placeholder_text` is what stands there.
    `tracked` and `commented` are counts in words, "" without any. `undecided`: tracked changes must be accepted or
    rejected before publishing.
    """

    title: str
    words: int
    body_words: int
    headings: list[str]
    bold_headings: list[str]
    references: References
    placeholder: bool
    placeholder_text: str
    tracked: str = ""
    undecided: bool = False
    comments: int = 0
    commented: str = ""
    dropped: list[str] = field(default_factory=list)
    list_numbers: list[str] = field(default_factory=list)
    recovered: bool = False
    placeholders: int = 0
    formatted: int = 0
    bold: str = "ask"

    @property
    def publishable(self) -> bool:
        """Whether nothing stands against publishing."""
        return all(state != STOP for state, _ in self.lines())

    def lines(self) -> list[tuple[str, str]]:
        """(state, sentence) in the order to show them; the state is "ok", "warn" or "stop"."""
        return [
            _title_line(self),
            (OK, f"{counted(self.words, 'word')}{self._without()}."),
            _heading_line(self),
            *([_bold_line(self.bold_headings, self.bold)] if self.bold_headings else []),
            *_reference_lines(self),
            *([(WARN, line) for line in self.list_numbers] or [(OK, "List numbers are complete.")]),
            _placeholder_line(self),
            _tracked_line(self),
            *_formatted_lines(self.formatted),
            _comment_line(self.comments, self.commented),
            *([(WARN, line) for line in self.dropped] or [(OK, "Nothing was left out.")]),
        ]

    def as_dict(self) -> dict[str, Any]:
        """The check as a JSON object, with its lines."""
        lines = [{"state": state, "sentence": sentence} for state, sentence in self.lines()]
        return asdict(self) | {"publishable": self.publishable, "lines": lines}

    def _without(self) -> str:
        return f" ({self.body_words:,} without the references)" if self.body_words != self.words else ""


def import_check(reading: Reading) -> ImportCheck:
    """The check of a reading."""
    blocks = reading.blocks
    bold = set(reading.bold_headings)
    signatories = [block.text for block in blocks if block.kind == "signatories"]
    return ImportCheck(
        title=reading.title,
        words=words(blocks),
        body_words=words(_without_references(blocks)),
        headings=[f"{block.label} {block.text}".strip() for block in blocks if block.kind == "heading"],
        bold_headings=[block.text for block in blocks if block.id in bold],
        references=references(blocks),
        placeholder=bool(signatories),
        placeholder_text=signatories[0] if signatories else "",
        tracked=tracked_summary(reading.tracked),
        undecided=reading.undecided,
        comments=len(reading.comments),
        commented=comment_summary(reading.comments),
        dropped=reading.dropped,
        list_numbers=_gaps(blocks),
        recovered=reading.recovered,
        placeholders=len(signatories),
        bold=reading.bold,
        formatted=sum(change.kind == "formatted" for change in reading.tracked),
    )


def tracked_summary(tracked: list[Tracked]) -> str:
    """ "4 tracked changes by 2 people"; "" when there are none. Changes of formatting do not count as
    changes."""
    worded = [change for change in tracked if change.kind != "formatted"]
    if not worded:
        return ""
    return f"{counted(len(worded), 'tracked change')} by {_people([change.author for change in worded])}"


def comment_summary(comments: Sequence[Comment]) -> str:
    """ "3 comments by 2 people", with how many are replies or resolved; "" when there are none."""
    if not comments:
        return ""
    replies = sum(bool(comment.parent) for comment in comments)
    done = sum(comment.resolved and not comment.parent for comment in comments)
    more = [
        *([f"{replies} of them {'a reply' if replies == 1 else 'replies'}"] if replies else []),
        *([f"{done} resolved"] if done else []),
    ]
    by = _people([comment.author for comment in comments])
    return f"{counted(len(comments), 'comment')} by {by}" + (f" ({listed(more)})" if more else "")


def _people(authors: Sequence[str]) -> str:
    people = len(set(authors))
    return f"{people} people" if people > 1 else authors[0] or "1 person"


def _without_references(blocks: list[Block]) -> list[Block]:
    return [block for block in blocks if block.kind != "reference"]


def _gaps(blocks: list[Block]) -> list[str]:
    """Sentences on numbered items that do not follow on the one before at their depth under the same
    heading."""
    where = places(blocks)
    last: dict[int, int] = {}
    found = []
    for i, block in enumerate(blocks):
        number = _DECIMAL.fullmatch(block.label) if block.kind in ("item", "reference") else None
        if block.kind == "heading":
            last.clear()
        if number is None:
            continue
        n = int(number[1])
        for deeper in [depth for depth in last if depth > block.level]:
            del last[deeper]
        if block.level in last and n not in (last[block.level] + 1, 1):
            found.append(f"After number {last[block.level]} comes {where[i]}: check the numbers of this list.")
        last[block.level] = n
    return found


def _title_line(check: ImportCheck) -> tuple[str, str]:
    if check.title:
        return OK, f"The title is “{check.title}”."
    return WARN, "No title was found: give the first line the style Title, or type the title here."


def _heading_line(check: ImportCheck) -> tuple[str, str]:
    if check.headings:
        return OK, f"{counted(len(check.headings), 'heading')}: {', '.join(check.headings)}."
    return OK, "No headings."


def _bold_line(texts: list[str], bold: str) -> tuple[str, str]:
    lines = listed([f"“{text}”" for text in texts])
    if len(texts) == 1:
        said = {
            "take": f"1 bold line was taken as a heading: {lines}.",
            "leave": f"1 bold line was left as it is: {lines}.",
            "ask": f"1 bold line looks like a heading, {lines}: take it as a heading, or leave it.",
        }
    else:
        said = {
            "take": f"{len(texts)} bold lines were taken as headings: {lines}.",
            "leave": f"{len(texts)} bold lines were left as they are: {lines}.",
            "ask": f"{len(texts)} bold lines look like headings, {lines}: take them as headings, or leave them.",
        }
    return WARN if bold == "ask" else OK, said[bold]


def _reference_lines(check: ImportCheck) -> list[tuple[str, str]]:
    refs = check.references
    if not refs.count and not refs.missing:
        return [(OK, "No reference list.")]
    if not refs.count:
        return [(WARN, f"The text cites {_numbers(refs.missing)} but no reference list was found.")]
    head = counted(refs.count, "reference")
    lines = [(WARN, "The numbers of the reference list were lost and counted anew: compare them.")] * check.recovered
    if refs.missing:
        lines.append((WARN, f"{head}; cited but not listed: {_numbers(refs.missing)}."))
    if refs.uncited:
        lines.append((WARN, f"{head}; listed but not cited: {_numbers(refs.uncited)}."))
    if not refs.missing and not refs.uncited:
        lines.append((OK, f"{head}, all cited, none missing."))
    return lines


def _numbers(numbers: list[int]) -> str:
    return listed([f"[{n}]" for n in numbers])


def _placeholder_line(check: ImportCheck) -> tuple[str, str]:
    if check.placeholders > 1:
        return WARN, f"{check.placeholders} places for the signatories were found: keep one of them."
    if check.placeholder:
        return OK, f"The signatories go where it says “{check.placeholder_text}”."
    return (
        WARN,
        "No place for the signatories was found, so they go at the end: to choose one, write "
        "[Insert society names] there.",
    )


def _tracked_line(check: ImportCheck) -> tuple[str, str]:
    if not check.tracked:
        return OK, "No tracked changes."
    if check.undecided:
        return STOP, f"{check.tracked}: accept all, reject all, or go back."
    return OK, f"{check.tracked}, decided."


def _formatted_lines(formatted: int) -> list[tuple[str, str]]:
    if not formatted:
        return []
    return [(WARN, f"{counted(formatted, 'tracked change')} of formatting only: shown as in the file, accepted.")]


def _comment_line(comments: int, commented: str) -> tuple[str, str]:
    if not comments:
        return OK, "No comments in the file."
    return WARN, f"{commented}: comments are not part of the letter."
