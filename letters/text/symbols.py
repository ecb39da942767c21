"""Characters that a .docx stores as a position in a symbol font, as Unicode; what is not listed is reported
as lost."""

_UPPER = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_LOWER = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_SYMBOL = {0x41 + i: char for i, char in enumerate(_UPPER)} | {0x61 + i: char for i, char in enumerate(_LOWER)}
_SYMBOL |= {code: chr(code) for code in range(0x20, 0x40)} | {ord(char): char for char in "[]_{|}"}
_SYMBOL |= {0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥", 0x7E: "∼"}
_SYMBOL |= dict(
    zip(range(0xA1, 0xC0), "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵", strict=True),
)
_SYMBOL |= dict(
    zip(range(0xC0, 0xE0), "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓", strict=True),
)
_SYMBOL |= {0xE0: "◊", 0xE1: "〈", 0xE5: "∑", 0xF1: "〉", 0xF2: "∫", 0xE2: "®", 0xE3: "©", 0xE4: "™"}
_WINGDINGS = {
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x76: "❖",
    0x9F: "•",
    0xA7: "▪",
    0xA8: "◻",
    0xD8: "➢",
}
_WINGDINGS |= {0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓"}
_WINGDINGS |= {0xFD: "☒", 0xFE: "☑", 0x4A: "☺", 0x28: "☎", 0x2A: "✉"}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}


def symbol(font: str, code: int) -> str | None:
    """The Unicode character at a position of a symbol font (also in its private form U+F000 to U+F0FF), or
    None."""
    return _FONTS.get(font.strip().lower(), {}).get(code - 0xF000 if 0xF000 <= code <= 0xF0FF else code)


def from_font(text: str, font: str) -> str:
    """Text with the private-use characters of a symbol font replaced; those of an unknown font are read as
    Symbol's."""
    if not any("\uf000" <= char <= "\uf0ff" for char in text):
        return text
    known = font if font.strip().lower() in _FONTS else "symbol"
    return "".join((symbol(known, ord(char)) or char) if "\uf000" <= char <= "\uf0ff" else char for char in text)
