"""How Word spells a list number: 3, c, iii, 3rd (ST_NumberFormat, ECMA-376 part 1, 17.18.59)."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
MARKS = ("*", "†", "‡", "§")
KNOWN = frozenset(
    {"decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman", "decimalZero", "ordinal", "chicago"}
)


def spelled(number: int, form: str) -> str:
    """The number in a format of Word's; a format not in `KNOWN` is spelled in decimal figures."""
    match form:
        case "lowerLetter" | "upperLetter" if number > 0:
            letters = letter(number)
            return letters if form == "lowerLetter" else letters.upper()
        case "lowerRoman" | "upperRoman" if 0 < number < 4000:
            return roman(number) if form == "lowerRoman" else roman(number).upper()
        case "decimalZero":
            return f"{number:02d}"
        case "ordinal":
            return f"{number}{_ending(number)}"
        case "chicago" if number > 0:
            return MARKS[(number - 1) % 4] * ((number - 1) // 4 + 1)
    return str(number)


def letter(number: int) -> str:
    """1 -> a, 26 -> z, 27 -> aa, 28 -> bb: Word repeats the letter where a spreadsheet would count on to
    ab."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def roman(number: int) -> str:
    """A number from 1 to 3999 in lower-case Roman figures."""
    out = ""
    for worth, figure in _ROMAN:
        count, number = divmod(number, worth)
        out += figure * count
    return out


def _ending(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
