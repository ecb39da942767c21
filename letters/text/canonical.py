"""The one plain text of a letter that a signature binds, its hash, and the characters it may not hold."""

import re
import unicodedata
from collections.abc import Sequence
from hashlib import sha256

from letters.text.blocks import Block
from letters.text.places import places

PREFIX = b"signon/letter/v1\n"
SUMMARY = b"signon/summary/v1\n"  # the same words hash otherwise: approving is not signing
INDENT = "  "
# Unicode Standard Annex 9 (embeddings, overrides, isolates): they make a text read otherwise than it is
# stored.
BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# None of these shows the same thing to every reader.
REFUSED = {
    "Cc": "a control character",
    "Cn": "not a character of Unicode yet",
    "Cs": "half of a character",
    "Co": "a sign that only one font knows",
}
_TRAILING = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+(?=\n|\\Z)")


class Refused(ValueError):
    """A character that cannot be in a letter; the message names the place and what to do."""


def normalise(text: str) -> str:
    """The text in NFC with LF, no trailing blanks, no two blank lines in a row and one final newline (""
    stays "")."""
    text = unicodedata.normalize("NFC", text)
    text = re.sub("\r\n?|\u2028|\u2029", "\n", text)
    text = _TRAILING.sub("", text)
    text = re.sub("\n{3,}", "\n\n", text).strip("\n")
    return text + "\n" if text else ""


def canonical_text(blocks: Sequence[Block]) -> str:
    """The whole letter as plain text with labels, a blank line between blocks; raises Refused.

    It fixes every word a reader sees, list numbers, super- and subscripts and links whose target is not
    visible (`text <https://…>`). It does not hold emphasis, nor what is a heading and what a paragraph.
    """
    refuse_characters(blocks)
    return normalise("\n\n".join(_plain(block) for block in blocks))


def content_hash(text: str) -> str:
    """64 hex digits: SHA-256 of `signon/letter/v1`, LF and the UTF-8 bytes of a canonical text."""
    return sha256(PREFIX + text.encode()).hexdigest()


def summary_hash(text: str) -> str:
    """64 hex digits: SHA-256 of `signon/summary/v1`, LF and the UTF-8 bytes of the canonical text of a summary."""
    return sha256(SUMMARY + text.encode()).hexdigest()


def refuse_characters(blocks: Sequence[Block]) -> None:
    """Raise Refused at the first control, bidirectional override, private or unassigned character."""
    for i, block in enumerate(blocks):
        text = block.label + block.text
        where = _first_refused(text)
        if where is None:
            continue
        place = places(blocks)[i]
        raise Refused(
            f"{place[:1].upper()}{place[1:]}, character {max(where - len(block.label), 0) + 1} "
            f"(‘U+{ord(text[where]):04X}’), is {_why(text[where])}: remove it in the file and upload again."
        )


def _plain(block: Block) -> str:
    label = f"{block.label} " if block.label else ""
    indent = INDENT * (block.level - 1) if block.kind == "item" else ""
    return f"{indent}{label}{block.text}"


def _first_refused(text: str) -> int | None:
    if text.isascii() and text.replace("\n", "").isprintable():
        return None
    return next((i for i, char in enumerate(text) if _refused(char)), None)


def _refused(char: str) -> bool:
    if char in "\n\t":
        return False
    return char in BIDI or unicodedata.category(char) in REFUSED or _hidden(char)


def _hidden(char: str) -> bool:
    # Tag characters and marks of interlinear annotation can carry words that no reader sees.
    return "\U000e0000" <= char <= "\U000e0fff" or "\ufff9" <= char <= "\ufffb"


def _why(char: str) -> str:
    if char in BIDI:
        return "a mark that turns the reading direction"
    return REFUSED.get(unicodedata.category(char), "an invisible character")


def one_line(text: str) -> str:
    """A name or another single line in NFC with single blanks; raises Refused where canonical_text would."""
    where = _first_refused(text)
    if where is not None:
        code = f"U+{ord(text[where]):04X}"
        raise Refused(f"Character {where + 1} (‘{code}’) is {_why(text[where])}: write it without this character.")
    return " ".join(unicodedata.normalize("NFC", text).split())
