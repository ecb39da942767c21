"""Pictures to share: the title and a society's name on a card of 1200 × 630, set like the paper and drawn as PNG."""

import dataclasses
import datetime
import io
import unicodedata
from collections.abc import Callable

import pypdfium2
from django.template.loader import render_to_string
from PIL import Image

from letters.render.order import Facts, Limits, Order
from letters.render.pdf import printed
from letters.render.tongue import tongue
from letters.text.notice import shortened

WIDTH, HEIGHT = 1200, 630  # what Open Graph readers ask for
LIMITS = Limits(clock=120, cpu=100, megabytes=2_000)
COLOURS = 64  # letters on a plain ground need no more, and the file stays small
TITLE_STEPS = ((50, "xl"), (90, "l"), (150, "m"), (230, "s"))
NAME_STEPS = ((44, "xl"), (80, "l"), (130, "m"))


@dataclasses.dataclass(frozen=True, slots=True)
class Card:
    """What one picture says; without a society it speaks for all."""

    title: str
    societies: int
    place: str  # the address of the letter, as it is read
    society: str = ""
    country: str = ""

    @property
    def shown_title(self) -> str:
        """The title, cut where no size would hold it."""
        return self.title if width(self.title) <= TITLE_STEPS[-1][0] else shortened(self.title, 34)[:240]

    @property
    def title_size(self) -> str:
        """The step of size that holds the title."""
        return _step(self.shown_title, TITLE_STEPS)

    @property
    def name_size(self) -> str:
        """The step of size that holds the society's name."""
        return _step(self.society, NAME_STEPS)

    @property
    def title_tongue(self) -> str:
        """The language the title's script tells."""
        return tongue(self.title)

    @property
    def name_tongue(self) -> str:
        """The language the name's script tells."""
        return tongue(self.society, self.country)


def width(text: str) -> int:
    """About how many Latin letters wide a text is: East Asian signs take the room of two (Unicode UAX 11)."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _step(text: str, steps: tuple[tuple[int, str], ...]) -> str:
    return next((name for most, name in steps if width(text) <= most), "xs")


def page_of(wanted: list[Card]) -> str:
    """The HTML that is drawn, a page for each card."""
    return render_to_string("pdf/cards.html", {"cards": wanted})


def cards(
    wanted: list[Card], *, address: str, now: datetime.datetime, printer: Callable[[Order], bytes] = printed
) -> list[bytes]:
    """A PNG for each card, in order, set in one run of the child process that `printer` starts.

    Raises Unprintable for a character no shipped font has, PressFailed when the child process breaks down.
    """
    facts = Facts(identifier=address, language="en", date=now.date().isoformat())
    pdf = printer(Order(page_of(wanted), now.replace(microsecond=0), facts, limits=LIMITS))
    with pypdfium2.PdfDocument(pdf) as document:
        return [_png(leaf) for leaf in document]


def _png(leaf: pypdfium2.PdfPage) -> bytes:
    picture = leaf.render(scale=WIDTH / leaf.get_width()).to_pil().convert("RGB")
    if picture.size != (WIDTH, HEIGHT):
        picture = picture.resize((WIDTH, HEIGHT))
    out = io.BytesIO()
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
