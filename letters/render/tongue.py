"""The language a name is marked with on paper, told from its script; else it stays unmarked."""

import functools
import unicodedata

# The first word of a character's Unicode name gives its script. Latin is left out: it tells no language.
_BY_SCRIPT = {
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "ARABIC": "ar",
    "HEBREW": "he",
    "GREEK": "el",
}
_HAN = {"JP": "ja", "KR": "ko", "TW": "zh-Hant", "HK": "zh-Hant", "MO": "zh-Hant"}
_CYRILLIC = {"UA": "uk", "RU": "ru", "BG": "bg", "RS": "sr", "BY": "be", "MK": "mk", "KZ": "kk", "MN": "mn"}


def tongue(name: str, country: str = "") -> str:
    """A BCP 47 tag for a name, or "" when its script alone (with its ISO 3166-1 country) does not tell it.

    A wrong tag makes a screen reader speak nonsense and picks the wrong Han shapes; none does less harm.
    """
    if name.isascii():
        return ""
    scripts = [_script(char) for char in name if char.isalpha()]
    for script in scripts:
        if script in _BY_SCRIPT:
            return _BY_SCRIPT[script]
    if "CJK" in scripts:
        return _HAN.get(country.upper(), "zh-Hans")
    if "CYRILLIC" in scripts:
        return _CYRILLIC.get(country.upper(), "")
    return ""


@functools.lru_cache(4_096)
def _script(char: str) -> str:
    return unicodedata.name(char, "").split(" ")[0].split("-")[0]
