"""Nested HTML lists whose visible numbers are the labels of the letter; what stands in an item is made
elsewhere."""

import re
from collections.abc import Sequence

from letters.text.counting import letter, roman
from letters.text.inline import escaped
from letters.text.numbering import BULLET

# One item: depth from 1, label, attributes of its <li>, inner HTML.
Item = tuple[int, str, str, str]
_LABEL = re.compile(r"([0-9]{1,6}|[a-z]{1,8}|[A-Z]{1,8})\.")
_TYPES = ("1", "a", "A", "i", "I")
_ROMANS = {roman(n): n for n in range(1, 400)}


def nested(items: Sequence[Item], css: str = "") -> str:
    """`<ol>` and `<ul>` for consecutive items; a label no browser can count to is written out in the item."""
    out = []
    start = 0
    while start < len(items):
        end = start + 1
        while end < len(items) and (items[end][0] > items[start][0] or _goes_on(items[start], items[end])):
            end += 1
        out.append(_list(items[start:end], css))
        start = end
    return "".join(out)


def value(label: str, kind: str) -> int | None:
    """The number a label such as "c." stands for in an `<ol type>`; None when a browser would not show that
    label."""
    found = _LABEL.fullmatch(label)
    if found is None:
        return None
    figure = found[1]
    if kind == "1":
        return int(figure) if figure.isdigit() and figure == str(int(figure)) else None
    if not figure.isalpha() or figure.islower() == kind.isupper():
        return None
    lower = figure.lower()
    if kind in "iI":
        return _ROMANS.get(lower)
    # Beyond z Word counts aa, bb and browsers aa, ab.
    return ord(lower) - ord("a") + 1 if len(lower) == 1 and letter(ord(lower) - ord("a") + 1) == lower else None


def _list(items: Sequence[Item], css: str) -> str:
    depth = items[0][0]
    tops = [i for i, item in enumerate(items) if item[0] <= depth]
    kind = _kind([items[i][1] for i in tops])
    rows = []
    expected = value(items[0][1], kind) if kind in _TYPES else 0
    for i, end in zip(tops, [*tops[1:], len(items)], strict=True):
        _, label, attributes, html = items[i]
        lead = ""
        if kind in _TYPES:
            count = value(label, kind) or 0
            attributes += f' value="{count}"' if count != expected else ""
            expected = count + 1
        elif kind == "own":
            lead = f'<span class="label">{escaped(label)}</span> '
        rows.append(f"<li{attributes}>{lead}{html}{nested(items[i + 1 : end])}</li>")
    return _open(kind, css, items[0][1]) + "".join(rows) + ("</ol>" if kind in _TYPES else "</ul>")


def _open(kind: str, css: str, first: str) -> str:
    classes = " ".join(filter(None, (css, "own-labels" if kind == "own" else "")))
    attributes = f' class="{classes}"' if classes else ""
    if kind not in _TYPES:
        return f"<ul{attributes}>"
    start = value(first, kind)
    begins = f' start="{start}"' if start != 1 else ""
    return f"<ol{attributes}{begins}" + (f' type="{kind}">' if kind != "1" else ">")


def _kind(labels: Sequence[str]) -> str:
    """The `<ol type>` that shows all the labels, or "bullet", or "own" when they must be written out."""
    if all(label == BULLET for label in labels):
        return "bullet"
    fitting = [kind for kind in _TYPES if all(value(label, kind) is not None for label in labels)]
    # "i." alone is Roman far more often than the ninth letter.
    if labels[0] in ("i.", "I."):
        fitting.reverse()
    return fitting[0] if fitting else "own"


def _goes_on(first: Item, other: Item) -> bool:
    return first[0] == other[0] and (first[1] == BULLET) == (other[1] == BULLET)
