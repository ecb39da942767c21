"""The order of names in a list as readers of a language expect it: letters first, accents and capitals only as a tie.

The idea is that of the Unicode Collation Algorithm (UTS #10): three levels, compared one after another. Only what
names of organisations need is here; no table of all characters, and nothing that differs from machine to machine.
"""

import unicodedata

# Scripts in the order of the Unicode collation chart; within one, code points are in order of the alphabet.
SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "GEORGIAN", "ARMENIAN", "HEBREW", "ARABIC", "DEVANAGARI", "BENGALI", "TAMIL",
           "THAI", "HANGUL", "HIRAGANA", "KATAKANA", "CJK")  # fmt: skip
# Letters that do not come apart into a base and a mark.
SPELLED = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ħ": "h", "ı": "i",
           "ŋ": "n", "ŧ": "t", "ς": "σ", "ё": "е"}  # fmt: skip
# Letters of their own, by language: each stands directly behind the letter named, in the order of the figures.
OWN_LETTERS: dict[str, dict[str, str]] = {
    "es": {"ñ": "n"},
    "sv": {"å": "z1", "ä": "z2", "ö": "z3"},
    "fi": {"å": "z1", "ä": "z2", "ö": "z3"},
    "da": {"æ": "z1", "ø": "z2", "å": "z3"},
    "nb": {"æ": "z1", "ø": "z2", "å": "z3"},
    "no": {"æ": "z1", "ø": "z2", "å": "z3"},
    "pl": {"ą": "a", "ć": "c", "ę": "e", "ł": "l", "ń": "n", "ó": "o", "ś": "s", "ź": "z1", "ż": "z2"},
    "cs": {"č": "c", "ř": "r", "š": "s", "ž": "z"},
    "tr": {"ç": "c", "ğ": "g", "ı": "h", "ö": "o", "ş": "s", "ü": "u"},
}

Key = tuple[tuple[tuple[int, str, int], ...], tuple[str, ...], str]


def collation_key(name: str, language: str = "en") -> Key:
    """What to sort names by; `language` is a BCP 47 tag of which the first part counts.

    Blanks come before figures, figures before letters; other signs are passed over.
    """
    own = OWN_LETTERS.get(language.lower().partition("-")[0], {})
    letters: list[tuple[int, str, int]] = []
    marks: list[str] = []
    for char in unicodedata.normalize("NFC", name.casefold() if "ı" not in own else name.replace("I", "ı").casefold()):
        if char in own:
            base = own[char]
            letters.append((_script(base[0]), base[0], int(base[1:] or 1)))
            marks.append("")
            continue
        for part in unicodedata.normalize("NFKD", SPELLED.get(char, char)):
            for one in SPELLED.get(part, part):
                if unicodedata.combining(one) and marks:
                    marks[-1] += one
                elif one.isspace() or one.isalnum():
                    script = 0 if one.isspace() else 1 if one.isdigit() else _script(one)
                    letters.append((script, " " if one.isspace() else one, 0))
                    marks.append("")
    return tuple(letters), tuple(marks), name


def _script(char: str) -> int:
    """The place of the character's script among SCRIPTS, from 2; unknown ones last."""
    word = unicodedata.name(char, "").split(" ")[0].split("-")[0]
    return SCRIPTS.index(word) + 2 if word in SCRIPTS else len(SCRIPTS) + 2
