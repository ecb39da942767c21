"""Proposed words for one block: the block as a person may edit it, and a letter with the edited words in place."""

from collections.abc import Sequence
from dataclasses import replace

from letters.text.blocks import Block
from letters.text.inline import block as made_block
from letters.text.inline import runs_of
from letters.text.markdown import inline_runs
from letters.text.markdown_runs import line

FIXED = frozenset({"title", "table", "signatories"})  # blocks whose words are not proposed one by one


class NoSuchBlock(LookupError):
    """The block is not in this text; the message is one sentence for a person."""


def editable(block: Block) -> str:
    """The words of a block as one line of Markdown, "" for a block that is not edited so (a table, the title)."""
    return "" if block.kind in FIXED else line(runs_of(block))


def edited(block: Block, words: str) -> Block:
    """The block with other words (Markdown, on one line); its references to notes are found again."""
    runs = inline_runs(" ".join(words.split()))
    marks = {run.text: run.href for run in runs_of(block) if run.href.startswith("#fn-")}
    found = [replace(run, href=marks[run.text]) if "sup" in run.marks and run.text in marks else run for run in runs]
    return replace(made_block(block.kind, found, level=block.level, label=block.label), id=block.id)


def with_words(blocks: Sequence[Block], id: str, words: str) -> list[Block]:
    """The letter with other words in one block; raises NoSuchBlock when it is not there or cannot be edited."""
    if not any(block.id == id and block.kind not in FIXED for block in blocks):
        raise NoSuchBlock("The paragraph is no longer in this text; put the words in by hand in Word.")
    return [edited(block, words) if block.id == id else block for block in blocks]
