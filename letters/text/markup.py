"""The letter as semantic HTML, and the allowlist everything stored, shown or printed has gone through."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import nh3

from letters.text.blocks import Block
from letters.text.inline import allowed, escaped
from letters.text.lists import nested
from letters.text.places import places
from letters.text.references import citing, number
from letters.text.summary import counted, listed

TAGS = {
    "a", "blockquote", "br", "code", "del", "div", "em", "h2", "h3", "h4", "h5", "h6", "ins", "li", "ol", "p",
    "s", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"id", "class"},
    "a": {"href"},
    "ol": {"start", "type"},
    "li": {"value"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "span": {"lang"},
}
# A letter that cites hundreds of references everywhere must not grow by hundreds of links for each.
_BACK = 20
_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """A block as it is to be shown: its inner HTML, a class for its element, an id or none."""

    block: Block
    html: str
    css: str = ""
    anchor: str = ""


def sanitise(html: str) -> str:
    """HTML with nothing outside the allowlist: no images, styles, scripts; links only http, https, mailto and
    #.

    Sanitising the result once more changes nothing. HTML nested so badly that it never settles is shown as
    text.
    """
    # Links inside links, or text between table rows, are moved by a parser each time it reads them.
    for _ in range(_ROUNDS):
        clean = _cleaned(html)
        if clean == html:
            return clean
        html = clean
    return escaped(html)


def letter_html(blocks: Sequence[Block]) -> str:
    """The letter without its title; sections are `<h2>`, each block carries `id="b-<id>"`, references `id="ref-N"`.

    Behind each reference stand links back to the blocks that cite it, in `<span class="cited" lang="en">`. They are
    made here, from the blocks, so that a block's own HTML and text and with them the hash know nothing of them.
    """
    back = _back_links(blocks)
    pieces = [
        Piece(block, block.html + back.get(block.id, ""), anchor=f"b-{block.id}")
        for block in blocks
        if block.kind != "title"
    ]
    return sanitise(assemble(pieces))


def assemble(pieces: Sequence[Piece]) -> str:
    """HTML of pieces in order, list items nested, references and footnotes as lists with their anchors."""
    out = []
    anchors: set[str] = set()
    notes = 0
    for kind, group in groupby(pieces, key=lambda piece: piece.block.kind):
        run = list(group)
        if kind == "item":
            out.append(nested([(p.block.level, p.block.label, attributes(p), p.html) for p in run]))
        elif kind in ("reference", "footnote"):
            rows = []
            for piece in run:
                notes += kind == "footnote"
                name = f"fn-{notes}" if kind == "footnote" else f"ref-{number(piece.block)}"
                target = (
                    f'<span id="{name}">{piece.html}</span>' if piece.anchor and name not in anchors else piece.html
                )
                anchors.add(name)
                rows.append((1, piece.block.label, attributes(piece), target))
            out.append(nested(rows, css=f"{kind}s"))
        else:
            out += [_element(piece) for piece in run]
    return "\n".join(out)


def attributes(piece: Piece, css: str = "") -> str:
    """The id and class of a piece as HTML attributes with a blank before each."""
    classes = " ".join(filter(None, (css, piece.css)))
    anchor = f' id="{piece.anchor}"' if piece.anchor else ""
    return anchor + (f' class="{classes}"' if classes else "")


def _back_links(blocks: Sequence[Block]) -> dict[str, str]:
    """Id of a reference -> HTML that leads back to what cites it."""
    listed_once: dict[int, str] = {}
    for block in blocks:
        if block.kind == "reference":
            listed_once.setdefault(number(block), block.id)
    if not listed_once:
        return {}
    where = places(blocks)
    back = {}
    for n, at in citing(blocks).items():
        links = [f'<a href="#b-{blocks[i].id}">{escaped(where[i])}</a>' for i in at if blocks[i].kind != "title"]
        if n in listed_once and links:
            more = [counted(len(links) - _BACK, "more place")] if len(links) > _BACK else []
            words = listed([*links[:_BACK], *more])
            back[listed_once[n]] = f' <span class="cited" lang="en">Cited in {words}</span>'
    return back


def _element(piece: Piece) -> str:
    match piece.block.kind:
        case "title":
            return f"<p{attributes(piece, 'letter-title')}>{piece.html}</p>"
        case "heading":
            tag = f"h{min(max(piece.block.level, 1) + 1, 6)}"
            label = f'<span class="label">{escaped(piece.block.label)}</span> ' if piece.block.label else ""
            return f"<{tag}{attributes(piece)}>{label}{piece.html}</{tag}>"
        case "quote":
            return f"<blockquote{attributes(piece)}><p>{piece.html}</p></blockquote>"
        case "table":
            return f"<table{attributes(piece)}>{piece.html.removeprefix('<table>')}"
        case "signatories":
            inner = f"<p>{piece.html}</p>" if piece.css else ""
            return f"<div{attributes(piece, 'signatories-place')}>{inner}</div>"
    return f"<p{attributes(piece)}>{piece.html}</p>"


def _cleaned(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
        url_relative="pass_through",
    )


def _attribute(tag: str, name: str, content: str) -> str | None:
    if (tag, name) == ("a", "href"):
        return allowed(content) or None
    if name == "lang":
        return content if content == "en" else None
    if name in ("id", "class"):
        return content if all(char.isalnum() or char in "-_ " for char in content) else None
    return content
