"""Guesses in which encoding the bytes of a list were written: a guess that the caller says and a person may correct."""

import itertools
import re
import unicodedata

# What may be chosen, in the order in which ties are settled; the names are Python's.
ENCODINGS = {
    "utf-8": "Unicode (UTF-8)", "cp1252": "Western European (Windows)", "mac_roman": "Western European (Mac)",
    "cp1250": "Central European (Windows)", "cp1251": "Cyrillic (Windows)", "cp1253": "Greek (Windows)",
    "cp932": "Japanese (Shift-JIS)", "cp949": "Korean (EUC-KR)", "gb18030": "Chinese (GB 18030)",
    "big5": "Chinese (Big5)", "utf-16": "Unicode (UTF-16)",
}  # fmt: skip
# Central European looks like Western to a program and Big5 like GB 18030; only a person can choose those.
_GUESSED = ("cp1252", "mac_roman", "cp1251", "cp1253", "cp932", "cp949", "gb18030")
_SAMPLE = 20_000  # characters
_EAST = {"CJK": "EAST", "HIRAGANA": "EAST", "KATAKANA": "EAST", "KATAKANA-HIRAGANA": "EAST"}
_SYMBOL_IN_WORD = re.compile(r"(?<=[^\W\d_])[^\w\s!-/:-@\[-`{-~’‘–—·](?=[^\W\d_])")


def guess(data: bytes) -> str:
    """The encoding by byte order mark, by validity as UTF-8, else the one under which most words look like words."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = data[:400]
    if head.count(0) > len(head) // 4:
        return "utf-16-be" if head[::2].count(0) > head[1::2].count(0) else "utf-16-le"
    if _decodes(data, "utf-8-sig"):
        return "utf-8"
    fits = [name for name in _GUESSED if _decodes(data, name)]
    return max(fits, key=lambda name: _looks(data.decode(name)[:_SAMPLE]), default="cp1252")


def decoded(data: bytes, encoding: str) -> str:
    """The text without a byte order mark; what does not fit is replaced and so shown."""
    return data.decode("utf-8-sig" if encoding == "utf-8" else encoding, "replace").removeprefix("\ufeff")


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _looks(text: str) -> float:
    """Points for words of one script; losses for what no writer does: mixed scripts, capitals and signs inside."""
    capitals = sum(a.islower() and b.isupper() and not b.isascii() for a, b in itertools.pairwise(text))
    points = -2.0 * (len(_SYMBOL_IN_WORD.findall(text)) + capitals)
    points -= 2.0 * sum("\uff61" <= char <= "\uff9f" or "\x80" <= char <= "\x9f" for char in text)
    for word in re.findall(r"[^\W\d_]+", text):
        if not word.isascii():
            points += _word(word)
    return points


def _word(word: str) -> float:
    scripts = {_script(char) for char in word}
    if len(scripts) > 1:
        return -2
    if scripts == {"LATIN"}:
        return 1 if len(word) < 3 or any(char.isascii() for char in word) else -1
    return 1.5 if _script(word[0]) == "HANGUL" or any("\u3040" <= char <= "\u30ff" for char in word) else 1


def _script(char: str) -> str:
    first = unicodedata.name(char, "?").split()[0]
    return _EAST.get(first, first)
