"""The letter as plain text for the forms of journals on the web; the text that is signed and hashed is canonical's."""

from collections.abc import Sequence
from itertools import groupby

from letters.text.blocks import Block
from letters.text.canonical import INDENT, normalise
from letters.text.numbering import BULLET

# Forms break lines at these or show them as boxes.
_SIMPLER = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2011": "-", "\u00ad": None})
_DENSE = frozenset({"reference", "footnote"})


def plain_text(blocks: Sequence[Block], *, signatories: Sequence[str] = ()) -> str:
    """The letter with a blank line between its blocks; each reference and footnote is one line, whatever its length.

    No line is broken by us. No-break blanks and hyphens become plain ones, soft hyphens go. `signatories`, one line
    each, stand in place of the placeholder, or at the end of a letter without one.
    """
    names = list(signatories)
    parts: list[str] = []
    for dense, group in groupby(blocks, key=lambda block: block.kind if block.kind in _DENSE else ""):
        lines = []
        for block in group:
            if names and block.kind == "signatories":
                lines.append("\n".join(names))
                names = []
            else:
                lines.append(_line(block))
        parts.append(("\n" if dense else "\n\n").join(lines))
    parts += ["\n".join(names)] * bool(names)
    return normalise("\n\n".join(parts).translate(_SIMPLER))


def _line(block: Block) -> str:
    label = {"": "", BULLET: "- "}.get(block.label, f"{block.label} ")
    indent = INDENT * (block.level - 1) if block.kind == "item" else ""
    text = " ".join(block.text.split()) if block.kind in _DENSE else block.text
    return f"{indent}{label}{text}"
