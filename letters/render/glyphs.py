"""Which characters the shipped fonts can print; asked when a name is entered and before a paper is made."""

import functools
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts" / "paper"

# Shown as nothing by every layout engine (Unicode's Default_Ignorable_Code_Point), so no font needs them.
_UNSEEN = frozenset(
    [0xAD, 0x34F, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
)

# Rare Arabic letters (Extended-A, and heh and yeh barree with hamza) drawn from a common one and a mark so that the
# name can be printed but not read back from the PDF: no paper with them would stand its check.
_UNREADABLE = frozenset([0x6C0, 0x6C2, 0x6D3, *range(0x870, 0x900)])


@functools.cache
def covered() -> tuple[frozenset[int], ...]:
    """The code points each shipped font has a glyph for."""
    fonts = []
    for file in sorted(FONTS.glob("*.ttf")):
        with TTFont(file, lazy=True) as font:
            fonts.append(frozenset(font.getBestCmap()))
    return tuple(dict.fromkeys(fonts))


def uncovered(text: str) -> list[str]:
    """The characters of a text that no shipped font can print, each once, in the order they occur.

    Text is judged in NFC, as it is stored and printed; line breaks and tabs count as blanks.
    """
    whole = dict.fromkeys(unicodedata.normalize("NFC", text))
    return [char for char in whole if not _printable(char)]


def named(characters: Iterable[str]) -> str:
    """Characters as a person can look them up: "ก (U+0E01 THAI CHARACTER KO KAI), …"."""
    return ", ".join(f"{char} (U+{ord(char):04X} {unicodedata.name(char, 'without a name')})" for char in characters)


def _printable(char: str) -> bool:
    if char in "\t\n\r" or ord(char) in _UNSEEN:
        return True
    # A letter no font has whole is drawn from its base and its marks, when one font has all of them.
    parts = {ord(part) for part in unicodedata.normalize("NFD", char)}
    whole = ord(char)
    return whole not in _UNREADABLE and any(whole in points or parts <= points for points in covered())
