"""Adds to the HTML of a letter what belongs beside its blocks on a page; the stored HTML, which is hashed and printed,
stays as it is."""

from collections.abc import Mapping

from lxml import etree, html

_LISTS = ("ol", "ul")
_CLOSED = ("table", "div")


def with_margin(letter: str, marks: Mapping[str, str], slots: Mapping[str, str]) -> str:
    """The letter's HTML with `marks[id]` at the end of block `id` and `slots[id]` after it; both are trusted HTML.

    A table gets its mark in a paragraph below it, a list item before the list inside it.
    """
    root = html.fragment_fromstring(letter, create_parent="div")
    for element in list(root.iter()):
        name = str(element.get("id", "")) if isinstance(element.tag, str) else ""
        block = name.removeprefix("b-")
        if name.startswith("b-") and block in marks:
            _beside(element, marks[block], slots.get(block, ""))
    inner = [html.tostring(child, encoding="unicode") for child in root]
    return (root.text or "") + "".join(inner)


def _beside(element: etree._Element, mark: str, slot: str) -> None:
    after: list[etree._Element] = list(html.fragments_fromstring(slot)) if slot else []
    if element.tag == "li":
        inside = next((child for child in element if child.tag in _LISTS), None)
        for made in [html.fragment_fromstring(mark), *after]:
            if inside is None:
                element.append(made)
            else:
                inside.addprevious(made)
        return
    if element.tag in _CLOSED:
        after = [html.fragment_fromstring(f"<p>{mark}</p>"), *after]
    else:
        last = element[-1] if element.tag == "blockquote" and len(element) else element
        last.append(html.fragment_fromstring(mark))
    tail, element.tail = element.tail, None
    for made in reversed(after):
        element.addnext(made)
    last_made = after[-1] if after else element
    last_made.tail = tail
