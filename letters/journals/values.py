"""The value of a rule as it can be stored, from what somebody typed or what stands in the file of journals."""

from letters.text.pack.bibliography import check_style
from letters.text.venue import KINDS, NAME, canonical


def stored_value(kind: str, text: str) -> str:
    """The canonical value; raises BadValue, BadStyle for a style that does not come with the program, KeyError."""
    value = canonical(kind, text)
    if value and KINDS[kind].shape == NAME:
        check_style(value)
    return value
