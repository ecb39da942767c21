"""How a text of the annex is set: size, language, weight, and which of the shipped fonts come first."""

from typing import Any, NamedTuple

from weasyprint.text.ffi import pango

UNITS = 1024  # Pango's units in a point
FAMILIES = ("Source Serif 4", "Noto Sans JP", "Noto Sans KR", "Noto Sans SC", "Amiri", "Noto Serif Hebrew")
# The order of paper.css: the same Han character is drawn otherwise in each of these languages.
FIRST = {"ja": "Noto Sans JP", "ko": "Noto Sans KR", "zh": "Noto Sans SC"}
LEFTWARD = ("ar", "he")


class Style(NamedTuple):
    """How a text is set: size in points, BCP 47 tag or "", weight, figures of one width or not."""

    size: float
    tongue: str = ""
    semibold: bool = False
    tabular: bool = False

    @property
    def leftward(self) -> bool:
        """Whether lines of this language run to the left."""
        return self.tongue.split("-")[0] in LEFTWARD


def description(style: Style) -> Any:
    """What Pango is told of it."""
    first = FIRST.get(style.tongue.split("-")[0])
    families = [FAMILIES[0], *([first] if first else []), *(name for name in FAMILIES[1:] if name != first)]
    told = pango.pango_font_description_new()
    pango.pango_font_description_set_family(told, ",".join(families).encode())
    pango.pango_font_description_set_weight(told, 600 if style.semibold else 400)
    pango.pango_font_description_set_absolute_size(told, style.size * UNITS)
    return told
