"""Sets a text in a column as Pango does for WeasyPrint's pages, and writes it as PDF operators; places are rows's.

Lines, shapes, fallback fonts and writing directions are Pango's, reached through the binding that WeasyPrint brings:
a name in the annex is shaped and broken as it would be in the body. Lengths are PDF points.
"""

import functools
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from weasyprint.text.ffi import ffi, pango
from weasyprint.text.fonts import FontConfiguration, get_pango_font_key

from letters.render.readable import leftward
from letters.render.style import UNITS, Style, description

_GLYPH = struct.Struct("=I3i")  # PangoGlyphInfo: glyph, width, x and y offset; attributes follow, not all of them set
_EMPTY = int(pango.PANGO_GLYPH_EMPTY)
_INFO = struct.Struct(f"{_GLYPH.size}s4x")


class Line(NamedTuple):
    """One line: its width, and the operators that draw it from the current text matrix."""

    width: float
    operators: str


@dataclass
class Face:
    """A font as PDF names it: how to find it again, the widths of its glyphs in thousandths, and what they drew:
    `single` glyphs a letter each, and `pieces` of several glyphs or letters."""

    name: str
    family: str
    weight: int
    widths: dict[int, int] = field(default_factory=dict)
    single: dict[tuple[int, str], None] = field(default_factory=dict)
    pieces: dict[tuple[tuple[int, ...], str], None] = field(default_factory=dict)


class Hole(ValueError):
    """A character no font has; the message is a sentence for people."""


class Setter:
    """Sets texts with the shipped fonts and remembers which glyphs stood for what."""

    def __init__(self) -> None:
        self._map = FontConfiguration()
        self._layouts: dict[Style, Any] = {}
        self._fonts: dict[Any, tuple[Face, float]] = {}
        self._extents = ffi.new("PangoRectangle *")
        self._known: dict[tuple[str, float], dict[bytes, str]] = {}
        self._again: dict[tuple[str, Style, float | None], list[Line]] = {}
        self.faces: dict[str, Face] = {}

    def forget(self) -> None:
        """Begin anew with what was drawn; layouts and fonts stay."""
        for face in self.faces.values():
            face.widths, face.single, face.pieces = {}, {}, {}
        self._known.clear()
        self._again.clear()
        self.space.cache_clear()

    def lines(self, text: str, style: Style, width: float | None = None) -> list[Line]:
        """The lines of a text in a column of a width, or in one line. Raises Hole."""
        layout, encoded = self._layout(style), text.encode()
        pango.pango_layout_set_width(layout, -1 if width is None else int(width * UNITS))
        pango.pango_layout_set_text(layout, encoded, len(encoded))
        found = []
        for line in _lines(layout):
            pango.pango_layout_line_get_extents(line, ffi.NULL, self._extents)
            width_of_line = self._extents.width / UNITS
            found.append(Line(width_of_line, "".join([self._run(run, encoded) for run in _runs(line)])))
        return found

    def again(self, text: str, style: Style, width: float | None = None) -> list[Line]:
        """The same lines, for a text that often stands in a column: an office or a country."""
        asked = (text, style, width)
        if asked not in self._again:
            self._again[asked] = self.lines(text, style, width)
        return self._again[asked]

    def spaced(self, operators: str, style: Style) -> str:
        """What was drawn with a blank behind it, which parts the last word from the first of the next line."""
        blank = self.space(style)
        head, _, glyph = blank.partition("\n")
        if not operators.rpartition("\n[")[0].endswith(head) or not operators.endswith("]TJ\n"):
            return operators + blank
        return operators.removesuffix("]TJ\n") + glyph.removeprefix("[")

    @functools.cache  # noqa: B019 -- a setter lives as long as its process
    def space(self, style: Style) -> str:
        """Operators that draw a blank."""
        return self.lines(" ", style)[0].operators

    @functools.cache  # noqa: B019
    def baseline(self, style: Style, height: float) -> float:
        """How far below the top of a line of this height its letters stand, as CSS shares out the leading."""
        layout = self._layout(style)
        pango.pango_layout_set_text(layout, b"x", 1)
        pango.pango_layout_line_get_extents(pango.pango_layout_get_line_readonly(layout, 0), ffi.NULL, self._extents)
        above = pango.pango_layout_get_baseline(layout) / UNITS
        return float(above + (height - self._extents.height / UNITS) / 2)

    def _layout(self, style: Style) -> Any:
        if style not in self._layouts:
            self._layouts[style] = self._new_layout(style)
        return self._layouts[style]

    def _new_layout(self, style: Style) -> Any:
        context = pango.pango_font_map_create_context(self._map.font_map)
        pango.pango_context_set_round_glyph_positions(context, False)
        direction = pango.PANGO_DIRECTION_RTL if style.leftward else pango.PANGO_DIRECTION_LTR
        pango.pango_context_set_base_dir(context, direction)
        if style.tongue:
            pango.pango_context_set_language(context, pango.pango_language_from_string(style.tongue.encode()))
        layout = pango.pango_layout_new(context)
        pango.pango_layout_set_auto_dir(layout, False)
        pango.pango_layout_set_single_paragraph_mode(layout, True)
        pango.pango_layout_set_wrap(layout, pango.PANGO_WRAP_WORD_CHAR)
        pango.pango_layout_set_font_description(layout, description(style))
        attributes = pango.pango_attr_list_new()
        features = b"lnum 1,tnum 1" if style.tabular else b"lnum 1,pnum 1"
        pango.pango_attr_list_insert(attributes, pango.pango_attr_font_features_new(features))
        pango.pango_attr_list_insert(attributes, pango.pango_attr_insert_hyphens_new(False))
        pango.pango_layout_set_attributes(layout, attributes)
        return layout

    def _font(self, font: Any) -> tuple[Face, float]:
        """The face of a Pango font and its size; Pango keeps a font at its address while the font map lives."""
        address = ffi.cast("intptr_t", font)
        found = self._fonts.get(int(address))
        if found is None:
            _, description, size = get_pango_font_key(font)
            family = ffi.string(pango.pango_font_description_get_family(description)).decode()
            weight = int(pango.pango_font_description_get_weight(description))
            name = f"{family.replace(' ', '')}-{weight}"
            face = self.faces.setdefault(name, Face(name, family, weight))
            found = self._fonts[int(address)] = (face, size)
        return found

    def _run(self, run: Any, encoded: bytes) -> str:
        """One run of glyphs of one font, drawn where the last one ended."""
        glyphs, item = run.glyphs, run.item
        number = glyphs.num_glyphs
        drawn = bytes(ffi.buffer(glyphs.glyphs, _INFO.size * number))
        text = encoded[item.offset : item.offset + item.length]
        face, size = self._font(item.analysis.font)
        numbers = memoryview(drawn).cast("I")[:: _INFO.size // 4].tolist()
        self._remember(face, numbers, ffi.unpack(glyphs.log_clusters, number), text)
        return f"/{face.name} {size:g} Tf\n{self._shown(face, item.analysis.font, size, drawn)}"

    def _remember(self, face: Face, drawn: list[int], clusters: list[int], text: bytes) -> None:
        """Which glyphs stood for which piece of the text, base first (see readable)."""
        letters = text.decode()
        if len(letters) == len(drawn) == len(set(clusters)):
            # One glyph for each letter, which runs to the left or to the right.
            ordered = drawn if clusters[0] == 0 else reversed(drawn)
            face.single.update(dict.fromkeys(zip(ordered, letters, strict=True)))
            return
        starts = sorted(set(clusters))
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
            piece = text[start:end].decode()
            group = [glyph for glyph, cluster in zip(drawn, clusters, strict=True) if cluster == start]
            if leftward(piece):
                group.reverse()
            face.pieces[tuple(group), piece] = None

    def _shown(self, face: Face, font: Any, size: float, drawn: bytes) -> str:
        """The TJ operator (ISO 32000-1 section 9.4.3) for these glyphs, moved from their own widths where kerned."""
        known = self._known.setdefault((face.name, size), {})
        glyphs = [glyph for (glyph,) in _INFO.iter_unpack(drawn)]
        try:
            return _shown([known[glyph] for glyph in glyphs])  # by far the most: all were drawn before
        except KeyError:
            return self._learnt(face, font, size, glyphs, known)

    def _learnt(self, face: Face, font: Any, size: float, glyphs: list[bytes], known: dict[bytes, str]) -> str:
        """The same glyph by glyph; those that stand on the line are known from then on."""
        scale, done, out = 1000 / UNITS / size, "", list[str]()
        for raw in glyphs:
            if raw in known:
                out.append(known[raw])
                continue
            glyph, width, x, y = _GLYPH.unpack(raw)
            if glyph == _EMPTY:
                known[raw] = f">{-width * scale:.0f} <" if width else ""
                out.append(known[raw])
                continue
            if glyph not in face.widths:
                face.widths[glyph] = self._width(font, glyph, scale)
            back = round(face.widths[glyph] + (x - width) * scale)
            after = f">{back} <" if back else ""
            if y:  # a mark above or below: its own operator, raised
                done += f"{_shown(out)}{-y / UNITS:.3f} Ts[{-x * scale:.0f}<{glyph:04x}>]TJ 0 Ts\n"
                out = [after]
                continue
            known[raw] = f">{-x * scale:.0f} <{glyph:04x}{after}" if x else f"{glyph:04x}{after}"
            out.append(known[raw])
        return done + _shown(out)

    def _width(self, font: Any, glyph: int, scale: float) -> int:
        """The width of a glyph in thousandths of the font's size. Raises Hole."""
        if glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
            char = chr(glyph - pango.PANGO_GLYPH_UNKNOWN_FLAG)
            raise Hole(f"The fonts have no sign for “{char}” (U+{ord(char):04X}); replace that character.")
        pango.pango_font_get_glyph_extents(font, glyph, ffi.NULL, self._extents)
        width: int = self._extents.width
        return round(width * scale)


def _shown(pieces: list[str]) -> str:
    glyphs = f"<{''.join(pieces)}>".replace("<>", "")
    return f"[{glyphs}]TJ\n" if glyphs else ""


def _lines(layout: Any) -> Iterator[Any]:
    number = 0
    while (line := pango.pango_layout_get_line_readonly(layout, number)) != ffi.NULL:
        yield line
        number += 1


def _runs(line: Any) -> Iterator[Any]:
    run = line.runs
    while run != ffi.NULL:
        yield run.data
        run = run.next
