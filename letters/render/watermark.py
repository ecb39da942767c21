"""A few words across a whole page as a picture of their outlines, so that copied text stays clean of them."""

from functools import cache
from urllib.parse import quote

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from letters.render.glyphs import FONTS

FONT = FONTS / "SourceSerif4-Semibold.ttf"
PAGE = (210, 297)  # A4 in millimetres
ANGLE = -54.7  # degrees; the diagonal of the page
LONGEST, TALLEST = 250, 17  # millimetres of the diagonal, and of the letters' size
COLOUR = "#f2ddd8"  # ink on it keeps a contrast of 12:1


@cache
def watermark(words: str) -> str:
    """An SVG the size of A4 in a data: address; what the font does not have is left out."""
    path, width, height, unit = outlines(words)
    scale = min(LONGEST / max(width, 1), TALLEST / unit)
    place = f"translate({PAGE[0] / 2} {PAGE[1] / 2}) rotate({ANGLE}) scale({scale:.5f} {-scale:.5f})"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{PAGE[0]}mm" height="{PAGE[1]}mm" '
        f'viewBox="0 0 {PAGE[0]} {PAGE[1]}"><g transform="{place} translate({-width / 2} {-height / 2})">'
        f'<path fill="{COLOUR}" d="{path}"/></g></svg>'
    )
    return "data:image/svg+xml," + quote(svg)


def outlines(words: str) -> tuple[str, float, float, int]:
    """The path of a line of text from (0, 0) upwards, its width, the height of its capitals and the size of an em."""
    with TTFont(FONT, lazy=True) as font:
        glyphs, known = font.getGlyphSet(), font.getBestCmap() or {}
        pen, width = SVGPathPen(glyphs), 0.0
        for name in (known[ord(char)] for char in words if ord(char) in known):
            glyphs[name].draw(TransformPen(pen, (1, 0, 0, 1, width, 0)))
            width += glyphs[name].width
        return pen.getCommands(), width, float(font["OS/2"].sCapHeight), int(font["head"].unitsPerEm)
