"""A line of a form that will stand on paper and in the record; which form it is is not known here."""

from django import forms

from letters.render.glyphs import uncovered
from letters.text.canonical import Refused, one_line


def printable(value: str) -> str:
    """`value` in canonical form; raises ValidationError naming a character paper or the record cannot hold."""
    try:
        value = one_line(value)
    except Refused as error:
        raise forms.ValidationError(str(error)) from None
    strange = uncovered(value)
    if strange:
        raise forms.ValidationError(
            f"The fonts on paper have no “{strange[0]}”: write it without, or in Latin letters."
        )
    return value
