"""Reads the text layer of a PDF and looks for names in it, in order; the seal is left to its neighbour."""

import ctypes
import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pypdfium2
from pypdfium2 import raw

from letters.proof.pieces import Data

MAX_PAGES = 20_000  # 100,000 signatories take some 5,500
MAX_CHARACTERS = 40_000_000
MAX_LOST = 25
SLICE = 500  # pages read before the file is opened anew
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


def text_layer(data: Data) -> str:
    """The text of all pages in the order it was drawn, squeezed (see squeeze). Raises Unreadable.

    Drawn order, not reading order: the latter is guessed from places on the page, and tears a name of two
    lines apart when it stands in a table cell. What is drawn piece by piece keeps a cell together.
    """
    return "".join(texts(data))


def texts(data: Data) -> Iterator[str]:
    """The same page by page. The file is opened anew now and then, since pdfium keeps what it has read."""
    source = data if isinstance(data, bytes) else data.path
    begun, size, total = 0, 0, 1
    try:
        while begun < total:
            with pypdfium2.PdfDocument(source) as document:
                total = len(document)
                if total > MAX_PAGES:
                    raise Unreadable(f"The PDF has more than {MAX_PAGES:,} pages; a sealed letter has not.")
                for number in range(begun, min(begun + SLICE, total)):
                    text = squeeze(_page(document[number]))
                    size += len(text)
                    if size > MAX_CHARACTERS:
                        raise Unreadable("The PDF holds far more text than a sealed letter.")
                    yield text
            begun += SLICE
    except pypdfium2.PdfiumError as error:
        raise Unreadable("The pages of the PDF cannot be read.") from error


def _page(page: pypdfium2.PdfPage) -> str:
    layer = page.get_textpage()
    text = "".join([_text(piece, layer.raw) for piece in _pieces(page.raw)])
    layer.close()
    page.close()
    return text


def _pieces(
    holder: Any,
    count: Callable[..., int] = raw.FPDFPage_CountObjects,
    get: Callable[..., Any] = raw.FPDFPage_GetObject,
    depth: int = 1,
) -> Iterator[Any]:
    """The pieces of text that a page or form draws, in order. pdfium is asked itself, since a long annex has a million
    pieces and each object that pypdfium2 would put around one takes longer than the piece."""
    for place in range(count(holder)):
        item = get(holder, place)
        if not item:
            raise Unreadable("The pages of the PDF cannot be read.")
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            yield item
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_NESTING:
            yield from _pieces(item, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, depth + 1)


def _text(piece: Any, layer: Any, room: int = 2_048) -> str:
    """The text of one piece. pdfium says how many bytes it takes, and writes them where they have room."""
    held = (raw.FPDF_WCHAR * (room // 2))()
    size = raw.FPDFTextObj_GetText(piece, layer, held, room)
    if size > room:
        return _text(piece, layer, size)
    if not size:
        raise Unreadable("The pages of the PDF cannot be read.")
    units = ctypes.string_at(held, size - 2)
    try:
        return units.decode("utf-16-le")
    except UnicodeDecodeError:
        return _turned_back(units)


def _turned_back(units: bytes) -> str:
    """The text of a right-to-left run, which pdfium turns around by UTF-16 units.

    That puts the two halves of a letter beyond U+FFFF the wrong way round; they are put right here.
    """
    single = "".join(map(chr, memoryview(units).cast("H")))
    whole = _HALVES.sub(lambda found: found[0] if found[1] is None else found[2] + found[1], single)
    return whole.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def squeeze(text: str) -> str:
    """Text as it is compared: NFKC, without blanks and hyphens, without characters that show nothing."""
    whole = unicodedata.normalize("NFKC", text).translate(_MIRRORED)
    return whole.translate({ord(char): None for char in set(whole) if _unseen(char)})


@functools.lru_cache(16_384)
def _unseen(char: str) -> bool:
    return char.isspace() or char in _HYPHENS or unicodedata.category(char) in ("Cc", "Cf")


def missing(names: Iterable[str], layer: Iterable[str]) -> list[str]:
    """The names that cannot be found in the text layer one after another, in the order given.

    Each is looked for behind the one before, so that "Pain Society" is not taken as found inside "Pain
    Society of the North" when only the latter is printed. After MAX_LOST lost names the search stops.
    """
    lost: list[str] = []
    reader = _Reader(iter([layer] if isinstance(layer, str) else layer))
    for name in names:
        if not reader.passes(squeeze(name)):
            lost.append(name)
        if len(lost) >= MAX_LOST:
            break
    return lost


class Sought:
    """The pages as they come, in which a word is looked for while somebody else reads them."""

    def __init__(self, pages: Iterator[str], word: str) -> None:
        self._pages, self._word, self._seen, self._end = pages, word, False, ""

    def __iter__(self) -> Iterator[str]:
        for page in self._pages:
            self._seen = self._seen or self._word in self._end + page
            self._end = (self._end + page)[-len(self._word) + 1 :]
            yield page

    def found(self) -> bool:
        """Whether the word stands anywhere; the pages nobody has read are read for it."""
        for _ in self:
            pass
        return self._seen


class _Reader:
    """Goes through the text once and holds only what lies between the last name found and the next."""

    def __init__(self, pages: Iterator[str]) -> None:
        self._pages, self._text, self._place = pages, "", 0

    def passes(self, name: str) -> bool:
        """True when the name comes next or later; what stood before its end is then behind us."""
        end = self._shuffled(name) if _reordered(name) else self._exact(name)
        if end < 0:
            return False
        self._place = end
        if self._place > len(self._text) // 2:  # not each time: after a lost name much is held
            self._text, self._place = self._text[self._place :], 0
        return True

    def _more(self) -> bool:
        """Read on, False at the end: pages longer than what is held together, so that a lost name does not cost the
        square of them, and past those with no text."""
        read, wanted = list[str](), len(self._text)
        for page in self._pages:
            read.append(page)
            wanted -= len(page)
            if wanted < 0:
                break
        new = "".join(read)
        self._text += new
        return bool(new)

    def _exact(self, name: str) -> int:
        """Where the name ends; -1 when it is not there."""
        start = self._place
        while (at := self._text.find(name, start)) < 0:
            start = max(len(self._text) - len(name) + 1, self._place)
            if not self._more():
                return -1
        return at + len(name)

    def _shuffled(self, name: str) -> int:
        """Where the first place ends where the same characters stand together, in whatever order; -1 when nowhere."""
        size, end = len(name), self._place + len(name)
        while len(self._text) < end:
            if not self._more():
                return -1
        balance = Counter(name)
        balance.subtract(self._text[end - size : end])
        off = sum(1 for count in balance.values() if count)
        while off:
            if end == len(self._text) and not self._more():
                return -1
            for char, step in ((self._text[end - size], 1), (self._text[end], -1)):
                before = balance[char]
                balance[char] = before + step
                off += (before == 0) - (before + step == 0)
            end += 1
        return end


def _reordered(name: str) -> bool:
    """Whether a text layer may hold this name in another order than it is read in.

    So it is with right-to-left writing, where ligatures and embedded words come out reversed, and with
    scripts that place a mark before the letter it follows.
    """
    return any(
        unicodedata.bidirectional(char) in ("R", "AL") or unicodedata.category(char) in ("Mn", "Mc") for char in name
    )
