"""Words in the cells of a table: made harmless where a spreadsheet would take them for a formula, and back."""

# What spreadsheets begin a formula with, also as full-width signs; a tab or a line break before it is skipped by some.
# OWASP, "CSV Injection".
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def defused(words: str) -> str:
    """The words with an apostrophe before them when a spreadsheet would run them; everybody sees the apostrophe."""
    return f"'{words}" if _runs(words) else words


def armed(words: str) -> str:
    """What `defused` made harmless, as it was; anything else unchanged."""
    return words[1:] if words.startswith("'") and _runs(words) else words


def _runs(words: str) -> bool:
    bare = words.lstrip("'")
    return bare.startswith(FORMULA) or bare.lstrip().startswith(FORMULA)


def printable(words: str) -> str:
    """The words without control characters, which a spreadsheet refuses to open."""
    return "".join(char for char in words if char.isprintable() or char == "\n")
