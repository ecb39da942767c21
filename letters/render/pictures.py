"""A logo as it goes on paper: on white, without transparency, no larger than it is printed."""

import base64
import io

from PIL import Image

from letters.models import Document

WIDEST = 300  # pixels: 24 mm at 300 dpi
AT_THE_HEAD = 600  # pixels: 50 mm at 300 dpi


def at_the_head(logo: Document | None) -> str:
    """The convener's logo for page 1, as `flat` gives it; empty where there is none."""
    return flat(logo.read(), AT_THE_HEAD) if logo else ""


def flat(png: bytes, widest: int = WIDEST) -> str:
    """The picture as a PNG in base64, in RGB on white; the same bytes for the same picture."""
    with Image.open(io.BytesIO(png), formats=("PNG",)) as picture:
        ground = Image.new("RGBA", picture.size, "white")
        ground.alpha_composite(picture.convert("RGBA"))
    paper = ground.convert("RGB")
    paper.thumbnail((widest, widest))
    out = io.BytesIO()
    paper.save(out, "PNG", optimize=True)
    return base64.b64encode(out.getvalue()).decode()
