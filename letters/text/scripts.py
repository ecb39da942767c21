"""Super- and subscript in plain text, where 10⁵ must not become 105; HTML has elements for it."""

_RAISED = str.maketrans("0123456789+-−–=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")
# Raised in print by habit only: the words are the same without.
_PLAIN = frozenset({"st", "nd", "rd", "th", "a", "o", "er", "e", "™", "®", "©", "SM", "TM"})


def raised(text: str) -> str:
    """The text as Unicode superscript, or `^(text)` where Unicode has none for it."""
    return _scripted(text, _RAISED, "^")


def lowered(text: str) -> str:
    """The text as Unicode subscript, or `_(text)` where Unicode has none for it."""
    return _scripted(text, _LOWERED, "_")


def _scripted(text: str, table: dict[int, int], mark: str) -> str:
    core = text.strip()
    if not core or core in _PLAIN:
        return text
    if all(ord(char) in table for char in core):
        return text.translate(table)
    start = text.index(core)
    return f"{text[:start]}{mark}({core}){text[start + len(core) :]}"
