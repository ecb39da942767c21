"""Reads the text layer of a PDF and looks for names in it, in order; the seal is left to its neighbour."""

import ctypes
import functools
import re
import struct
import unicodedata
from collections import Counter
from collections.abc import Sequence

import pypdfium2
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT, FPDF_WCHAR, FPDFTextObj_GetText

MAX_PAGES = 20_000  # 100,000 signatories take some 5,500
MAX_CHARACTERS = 40_000_000
MAX_LOST = 25
# Forms and groups may be nested; a letter's are not, so deeper ones are not looked into.
MAX_NESTING = 4

# A hyphen at the end of a line may reach the text layer as a control character (category Cc) or as U+FFFE.
_HYPHENS = frozenset("-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\ufffe")
# Two halves of a letter in their order, or (in groups) the wrong way round.
_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]|([\udc00-\udfff])([\ud800-\udbff])")
# Brackets are mirrored in right-to-left text, and a text layer may hold either of the two.
_MIRRORED = str.maketrans(")]}»›", "([{«‹")


class Unreadable(ValueError):
    """The pages cannot be read; the message is a sentence for people."""


def text_layer(data: bytes) -> str:
    """The text of all pages in the order it was drawn, squeezed (see squeeze). Raises Unreadable.

    Drawn order, not reading order: the latter is guessed from places on the page, and tears a name of two
    lines apart when it stands in a table cell. What is drawn piece by piece keeps a cell together.
    """
    parts: list[str] = []
    size = 0
    try:
        with pypdfium2.PdfDocument(data) as document:
            if len(document) > MAX_PAGES:
                raise Unreadable(f"The PDF has more than {MAX_PAGES:,} pages; a sealed letter has not.")
            for number in range(len(document)):
                parts.append(squeeze(_page(document[number])))
                size += len(parts[-1])
                if size > MAX_CHARACTERS:
                    raise Unreadable("The PDF holds far more text than a sealed letter.")
    except pypdfium2.PdfiumError as error:
        raise Unreadable("The pages of the PDF cannot be read.") from error
    return "".join(parts)


def _page(page: pypdfium2.PdfPage) -> str:
    layer = page.get_textpage()
    pieces = page.get_objects(filter=[FPDF_PAGEOBJ_TEXT], max_depth=MAX_NESTING, textpage=layer)
    text = "".join(_text(piece, layer) for piece in pieces)
    layer.close()
    page.close()
    return text


def _text(piece: pypdfium2.PdfTextObj, layer: pypdfium2.PdfTextPage) -> str:
    try:
        return str(piece.extract())
    except UnicodeDecodeError:
        return _turned_back(piece, layer)


def _turned_back(piece: pypdfium2.PdfTextObj, layer: pypdfium2.PdfTextPage) -> str:
    """The text of a right-to-left run, which pdfium turns around by UTF-16 units.

    That puts the two halves of a letter beyond U+FFFF the wrong way round; they are put right here.
    """
    size = FPDFTextObj_GetText(piece, layer, None, 0)
    held = ctypes.create_string_buffer(size)
    FPDFTextObj_GetText(piece, layer, ctypes.cast(held, ctypes.POINTER(FPDF_WCHAR)), size)
    units = "".join(chr(unit) for (unit,) in struct.iter_unpack("<H", held.raw[:-2]))
    whole = _HALVES.sub(lambda found: found[0] if found[1] is None else found[2] + found[1], units)
    return whole.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def squeeze(text: str) -> str:
    """Text as it is compared: NFKC, without blanks and hyphens, without characters that show nothing."""
    whole = unicodedata.normalize("NFKC", text).translate(_MIRRORED)
    return whole.translate({ord(char): None for char in set(whole) if _unseen(char)})


@functools.lru_cache(16_384)
def _unseen(char: str) -> bool:
    return char.isspace() or char in _HYPHENS or unicodedata.category(char) in ("Cc", "Cf")


def missing(names: Sequence[str], layer: str) -> list[str]:
    """The names that cannot be found in the text layer one after another, in the order given.

    Each is looked for behind the one before, so that "Pain Society" is not taken as found inside "Pain
    Society of the North" when only the latter is printed. After MAX_LOST lost names the search stops.
    """
    lost: list[str] = []
    place = 0
    for name in names:
        end = _end(squeeze(name), layer, place)
        if end >= 0:
            place = end
        else:
            lost.append(name)
        if len(lost) >= MAX_LOST:
            break
    return lost


def _end(name: str, layer: str, place: int) -> int:
    """Where the name ends in the layer, at or after a place; -1 when it is not there."""
    at = layer.find(name, place)
    if at < 0 and _reordered(name):
        at = _shuffled(name, layer, place)
    return at + len(name) if at >= 0 else -1


def _reordered(name: str) -> bool:
    """Whether a text layer may hold this name in another order than it is read in.

    So it is with right-to-left writing, where ligatures and embedded words come out reversed, and with
    scripts that place a mark before the letter it follows.
    """
    return any(
        unicodedata.bidirectional(char) in ("R", "AL") or unicodedata.category(char) in ("Mn", "Mc") for char in name
    )


def _shuffled(name: str, layer: str, place: int) -> int:
    """The first place where the same characters stand together, in whatever order; -1 when nowhere."""
    size = len(name)
    balance = Counter(name)
    balance.subtract(layer[place : place + size])
    off = sum(1 for count in balance.values() if count)
    for at in range(place, len(layer) - size + 1):
        if off == 0:
            return at
        if at + size == len(layer):
            break
        for char, step in ((layer[at], 1), (layer[at + size], -1)):
            before = balance[char]
            balance[char] = before + step
            off += (before == 0) - (before + step == 0)
    return -1
