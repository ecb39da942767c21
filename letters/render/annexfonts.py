"""The fonts of the annex, one per face for all its parts, cut down to the glyphs drawn and with their meanings."""

import re
from itertools import chain

import pydyf
from weasyprint.pdf.fonts import Font, build_fonts_dictionary
from weasyprint.text.ffi import ffi, gobject, pango
from weasyprint.text.fonts import FontConfiguration, get_pango_font_key

from letters.render.objects import ObjectWriter
from letters.render.readable import known_glyphs, meanings
from letters.render.style import UNITS
from letters.render.typeset import Face

_REFERENCE = re.compile(rb"(?<![0-9])(\d+) 0 R")


def write_fonts(writer: ObjectWriter, faces: dict[str, Face], places: dict[str, int]) -> str:
    """Write the fonts; gives the entries of a page's font dictionary. `places` are numbers kept for some faces."""
    document, shipped = pydyf.PDF(), FontConfiguration()
    fonts = {name: _font(shipped, face, number) for number, (name, face) in enumerate(sorted(faces.items()))}
    made = len(document.objects)
    references = build_fonts_dictionary(
        document, fonts, compress=True, subset=True, options={"hinting": False, "pdf_version": "1.7"}
    )
    numbers = {int(references[fonts[name].hash].split()[0]): place for name, place in places.items()}
    for item in document.objects[made:]:
        numbers.setdefault(item.number, writer.new())
    for item in document.objects[made:]:
        if isinstance(item, pydyf.Stream):
            writer.raw(numbers[item.number], item.data)
        else:
            writer.put(numbers[item.number], _renumbered(item.data, numbers))
    return "".join(
        f"/{name} {_renumbered(references[font.hash], numbers).decode()}" for name, font in sorted(fonts.items())
    )


def _font(shipped: FontConfiguration, face: Face, number: int) -> Font:
    description = ffi.gc(pango.pango_font_description_new(), pango.pango_font_description_free)
    pango.pango_font_description_set_family(description, face.family.encode())
    pango.pango_font_description_set_weight(description, face.weight)
    pango.pango_font_description_set_absolute_size(description, 10 * UNITS)
    context = ffi.gc(pango.pango_font_map_create_context(shipped.font_map), gobject.g_object_unref)
    loaded = pango.pango_font_map_load_font(shipped.font_map, context, description)
    _, found, size = get_pango_font_key(loaded)
    font = Font(loaded, found, size)
    # The body has its own subset of the same font, so this one needs another name (ISO 32000-1 section 9.6.4).
    font.hash = f"ANNEX{chr(ord('A') + number)}"
    font.name = f"/{font.hash}+{face.name}".encode()
    single = (([glyph], letter) for glyph, letter in face.single if glyph in face.widths)
    pieces = ((list(glyphs), text) for glyphs, text in face.pieces if all(glyph in face.widths for glyph in glyphs))
    meaning = meanings(chain(single, pieces), known_glyphs(font.file_content))
    font.widths = dict(sorted(face.widths.items()))
    font.to_unicode = {glyph: meaning[glyph] for glyph in font.widths}
    return font


def _renumbered(data: bytes, numbers: dict[int, int]) -> bytes:
    return _REFERENCE.sub(lambda found: b"%d 0 R" % numbers[int(found[1])], data)
