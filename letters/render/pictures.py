"""A logo as it goes on paper: on white, without transparency, no larger than it is printed."""

import base64
import io

from PIL import Image

WIDEST = 300  # pixels: 24 mm at 300 dpi


def flat(png: bytes) -> str:
    """The picture as a PNG in base64, in RGB on white; the same bytes for the same picture."""
    with Image.open(io.BytesIO(png), formats=("PNG",)) as picture:
        ground = Image.new("RGBA", picture.size, "white")
        ground.alpha_composite(picture.convert("RGBA"))
    paper = ground.convert("RGB")
    paper.thumbnail((WIDEST, WIDEST))
    out = io.BytesIO()
    paper.save(out, "PNG", optimize=True)
    return base64.b64encode(out.getvalue()).decode()
