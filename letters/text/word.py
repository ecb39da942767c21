"""Writes a letter as .docx that reads back as the same text; the redline as .docx is made in tracked."""

from collections.abc import Sequence

from letters.text.blocks import Block
from letters.text.canonical import refuse_characters
from letters.text.word_body import Body
from letters.text.word_notes import contents, notes_of, referred
from letters.text.word_runs import Stamp
from letters.text.word_xml import EPOCH
from letters.text.words import SAME


def clean_docx(blocks: Sequence[Block], *, title: str, signatories: Sequence[str] = ()) -> bytes:
    """The letter as Word document (ECMA-376), equal bytes for equal input; raises canonical.Refused.

    Numbers, notes, headings and links are Word's own. `title` goes into the properties of the file. `signatories`, one
    line each, stand in place of the placeholder, or at the end of a letter without one.
    """
    refuse_characters(blocks)
    notes = notes_of(blocks)
    made = contents(blocks, notes, range(len(notes)))
    body = Body(
        [(note, note) for note in notes],
        stamp=Stamp("", EPOCH),
        below=all(block.kind != "title" for block in blocks),
    )
    used = referred(made)
    unused = [note.block for k, note in enumerate(notes) if k not in used]
    names = list(signatories)
    for block, content in zip(blocks, made, strict=True):
        if names and block.kind == "signatories":
            body.paragraphs(names)
            names = []
        elif block.kind != "footnote" or any(block is one for one in unused):
            body.whole(block, content, SAME)
    body.paragraphs(names)
    return body.document(title=title)
