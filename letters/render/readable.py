"""Settles what a PDF says its glyphs mean, so that a name can be copied and compared; drawing is left alone.

WeasyPrint writes for each glyph the text it first stood for. That is wrong for a bracket first used in a
right-to-left name, whose glyph is the mirrored one, and for a letter drawn as a base and a mark: the base then
means nothing and the mark the whole letter. Here all uses are kept, and every glyph gets its own part.
"""

import hashlib
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from fontTools.ttLib import TTFont

# PDF/A (ISO 19005-3 section 6.2.11.7) wants a meaning for every glyph; this one shows nothing.
NOTHING = "\u200b"

_KNOWN: dict[bytes, dict[int, list[str]]] = {}
_LINE = re.compile(rb"<([0-9a-f]{4})> <[0-9a-f]*>")


class Uses(dict[int, str]):
    """Text by glyph as WeasyPrint fills it in, which also keeps every use in the order drawn.

    WeasyPrint asks whether a glyph is known before it says what the glyph stands for; it is always told no.
    """

    def __init__(self) -> None:
        super().__init__()
        self.drawn: list[tuple[int, str]] = []

    def __contains__(self, glyph: object) -> bool:
        return False

    def __setitem__(self, glyph: int, text: str) -> None:
        self.drawn.append((glyph, text))
        super().__setitem__(glyph, text)


class Fonts(dict[Any, Any]):
    """The fonts of a WeasyPrint document; each keeps the uses of its glyphs from the start."""

    def __setitem__(self, key: object, font: Any) -> None:
        font.to_unicode = Uses()
        super().__setitem__(key, font)


class Printed(Protocol):
    """What is used of WeasyPrint's document: its pages with their boxes, and its fonts."""

    pages: Sequence[Any]
    fonts: Mapping[Any, Any]


class Written(Protocol):
    """What is used of pydyf's PDF: its objects by number, and its catalog."""

    objects: Sequence[Any]
    catalog: dict[str, Any]


def settle(document: Printed, pdf: Written) -> None:
    """Rewrite the ToUnicode table of each font of a document whose `fonts` are Fonts."""
    for font in document.fonts.values():
        meaning = meanings(clusters(font.to_unicode.drawn), known_glyphs(font.file_content))
        for item in pdf.objects:
            if isinstance(item, dict) and item.get("BaseFont") == font.name and "ToUnicode" in item:
                table = pdf.objects[int(item["ToUnicode"].split()[0])]
                table.stream = [_rewritten(line, meaning) for line in table.stream]


def clusters(drawn: Iterable[tuple[int, str]]) -> Iterator[tuple[list[int], str]]:
    """The glyphs drawn for one piece of text, base first, with that text.

    WeasyPrint gives the text to the last glyph of a piece that runs to the right and to the first of one that
    runs to the left, where the base comes last; the others get nothing.
    """
    waiting: list[int] = []
    done: tuple[list[int], str] | None = None
    for glyph, text in drawn:
        if not text and done and leftward(done[1]):
            done[0].insert(0, glyph)
        elif not text:
            waiting.append(glyph)
        else:
            if done:
                yield done
            done, waiting = ([*waiting, glyph], text), []
    if done:
        yield done


def meanings(pieces: Iterable[tuple[list[int], str]], known: Mapping[int, Sequence[str]]) -> dict[int, str]:
    """The text of each glyph; `known` are the characters a font itself has for a glyph, plain ones first."""
    votes: dict[int, Counter[str]] = {}
    for glyphs, text in pieces:
        # What a glyph means when it stands alone is sure; its part of something greater is an inference.
        weight = 1_000 if len(glyphs) == 1 else 1
        for glyph, part in zip(glyphs, parts(text, glyphs, known), strict=True):
            votes.setdefault(glyph, Counter())[part] += weight
    return {glyph: _meaning(cast, known.get(glyph, ())) for glyph, cast in votes.items()}


def parts(text: str, glyphs: Sequence[int], known: Mapping[int, Sequence[str]]) -> list[str]:
    """A piece of text divided among the glyphs it is drawn with: its letters to the first, its marks to those
    that draw them; a glyph that is but a part of a letter's shape gets nothing."""
    if len(glyphs) == 1:
        return [text]
    left = unicodedata.normalize("NFD", text)
    found = []
    for glyph in glyphs[1:]:
        mark = next((char for char in known.get(glyph, ()) if unicodedata.combining(char) and char in left), "")
        left = left.replace(mark, "", 1) if mark else left
        found.append(mark)
    marks = "".join(char for char in left if unicodedata.combining(char))
    if marks and found.count("") == 1:
        found[found.index("")] = marks
        left = "".join(char for char in left if char not in marks)
    return [unicodedata.normalize("NFC", left), *found]


def known_glyphs(font_file: bytes) -> Mapping[int, Sequence[str]]:
    """The characters of a font by the glyph that draws them, plain ones before compatibility forms.

    Read once in a process: body and annex share their faces.
    """
    name = hashlib.sha256(font_file).digest()
    if name not in _KNOWN:
        _KNOWN[name] = _read(font_file)
    return _KNOWN[name]


def _read(font_file: bytes) -> dict[int, list[str]]:
    known: dict[int, list[str]] = {}
    with TTFont(io.BytesIO(font_file), lazy=True) as font:
        # Under their numbers instead of names: making up 20,000 names for a font of Han characters takes longest.
        font.setGlyphOrder(range(font["maxp"].numGlyphs))
        for point, glyph in sorted((font.getBestCmap() or {}).items()):
            # An i or j loses its dot under another mark.
            also = {0x131: ["i"], 0x237: ["j"]}.get(point, [])
            known.setdefault(glyph, []).extend([*also, chr(point)])
    for characters in filter(lambda characters: len(characters) > 1, known.values()):
        characters.sort(key=lambda char: _plain(char) != char)
    return known


def _meaning(votes: Counter[str], known: Sequence[str]) -> str:
    if not known:
        return votes.most_common(1)[0][0] or NOTHING
    fitting = [text for text, _ in votes.most_common() if _plain(text) in map(_plain, known)]
    return fitting[0] if fitting else known[0]


def leftward(text: str) -> bool:
    """Whether a piece of text runs to the left."""
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _rewritten(line: bytes, meaning: Mapping[int, str]) -> bytes:
    found = _LINE.fullmatch(line)
    text = meaning.get(int(found[1], 16)) if found else None
    if not found or text is None:
        return line
    return b"<%s> <%s>" % (found[1], text.encode("utf-16-be").hex().encode())
