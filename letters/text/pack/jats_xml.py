"""Elements of JATS and the words of a block in them; what stands where in an article is for jats and its parts."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from lxml import etree

from letters.text.inline import MARKS, Run

XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
_NAMES = dict(
    zip(MARKS, ("bold", "italic", "underline", "strike", "monospace", "sup", "sub"), strict=True)
)  # outermost first
# Characters XML 1.0 cannot hold (section 2.2).
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_KINDS = {"#ref-": "bibr", "#fn-": "fn"}


def e(name: str, /, *inner: "etree._Element | str | None", href: str = "", **attributes: str) -> etree._Element:
    """An element with text and elements in order; None is left out, and so is an empty attribute.

    An underscore in the name of an attribute stands for a hyphen; `href` becomes `xlink:href`.
    """
    node = etree.Element(name, {key.replace("_", "-"): safe(value) for key, value in attributes.items() if value})
    if href:
        node.set(f"{{{XLINK}}}href", safe(href))
    for part in inner:
        if isinstance(part, str):
            _say(node, part)
        elif part is not None:
            node.append(part)
    return node


def safe(text: str) -> str:
    """The text without characters XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def inline(runs: Iterable[Run], ids: Collection[str] = ()) -> list[etree._Element | str]:
    """Runs as text and elements; links to `ids` of the article are `<xref>`, others inside it only words."""
    return [_run(run, ids) for run in runs if run.text]


def lines(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """The runs of each line, since no paragraph of JATS can break a line."""
    line: list[Run] = []
    for run in runs:
        first, *more = run.text.split("\n")
        line.append(replace(run, text=first))
        for text in more:
            yield line
            line = [replace(run, text=text)]
    yield line


def on_one_line(runs: Iterable[Run]) -> list[Run]:
    """The runs with a blank for each line break, for titles and cells."""
    return [replace(run, text=run.text.replace("\n", " ")) for run in runs]


def _run(run: Run, ids: Collection[str]) -> etree._Element | str:
    node: etree._Element | str = run.text
    kind = next((kind for lead, kind in _KINDS.items() if run.href.startswith(lead)), "")
    if kind and run.href[1:] in ids:
        node = e("xref", node, ref_type=kind, rid=run.href[1:])
    elif run.href and not run.href.startswith("#"):
        node = e("ext-link", node, ext_link_type="uri", href=run.href)
    for mark in reversed(MARKS):
        node = e(_NAMES[mark], node) if mark in run.marks else node
    return node


def _say(node: etree._Element, text: str) -> None:
    if len(node):
        node[-1].tail = (node[-1].tail or "") + safe(text)
    else:
        node.text = (node.text or "") + safe(text)
