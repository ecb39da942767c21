"""The blocks of a letter as the body of a JATS article: sections, paragraphs, lists, tables; notes go to the back."""

from collections.abc import Collection, Sequence
from itertools import groupby

from lxml import etree

from letters.text.blocks import Block
from letters.text.inline import runs_of, tidy
from letters.text.numbering import BULLET
from letters.text.pack.jats_xml import e, inline, lines, on_one_line
from letters.text.references import is_heading
from letters.text.tables import Cell, Row, rows_of

_ELSEWHERE = frozenset({"title", "reference", "footnote"})


def body(blocks: Sequence[Block], signed: Sequence[str], ids: Collection[str]) -> etree._Element:
    """The `<body>`; `signed` are the lines that stand where the societies sign, `ids` what can be pointed at."""
    names = list(signed)
    listed = any(block.kind == "reference" for block in blocks)
    root = e("body")
    open_at: list[tuple[int, etree._Element]] = [(0, root)]
    shown = [block for block in blocks if block.kind not in _ELSEWHERE and not (listed and is_heading(block))]
    for kind, group in groupby(shown, key=lambda block: block.kind):
        run = list(group)
        if kind == "item":
            open_at[-1][1].append(_list(run, ids))
            continue
        for block in run:
            if kind == "heading":
                while open_at[-1][0] >= max(block.level, 1):
                    open_at.pop()
                section = e("sec", e("label", block.label) if block.label else None)
                section.append(e("title", *inline(on_one_line(runs_of(block)), ids)))
                open_at[-1][1].append(section)
                open_at.append((max(block.level, 1), section))
            elif kind == "signatories" and names:
                open_at[-1][1].append(_names(names))
                names = []
            else:
                open_at[-1][1].extend(_block(block, ids))
    if names:
        open_at[-1][1].append(_names(names))
    return root


def paragraphs(block: Block, ids: Collection[str]) -> list[etree._Element]:
    """The lines of a block as `<p>` each."""
    return [e("p", *inline(line, ids)) for line in lines(runs_of(block))]


def _block(block: Block, ids: Collection[str]) -> list[etree._Element]:
    if block.kind == "quote":
        return [e("disp-quote", *paragraphs(block, ids))]
    if block.kind == "table":
        made = _table([row for row in rows_of(block.html) if row.cells], ids)
        return [e("table-wrap", made)] if made is not None else [e("p", block.text)]
    return paragraphs(block, ids)


def _names(names: Sequence[str]) -> etree._Element:
    return e("list", *[e("list-item", e("p", name)) for name in names], list_type="simple")


def _list(items: Sequence[Block], ids: Collection[str]) -> etree._Element:
    """Items nested by level; one that lies deeper than the one above by several steps lies one list deeper."""
    top = _opened(items[0])
    open_at = [(items[0].level, top)]
    for item in items:
        while len(open_at) > 1 and open_at[-1][0] > item.level:
            open_at.pop()
        if item.level > open_at[-1][0] and len(open_at[-1][1]):
            inner = _opened(item)
            open_at[-1][1][-1].append(inner)
            open_at.append((item.level, inner))
        label = e("label", item.label) if item.label and item.label != BULLET else None
        open_at[-1][1].append(e("list-item", label, *paragraphs(item, ids)))
    return top


def _opened(first: Block) -> etree._Element:
    """A list of the type its first item has; the labels of its items say the numbers themselves."""
    numbered = any(char.isdigit() for char in first.label)
    return e("list", list_type="bullet" if first.label == BULLET else "order" if numbered else "simple")


def _table(rows: Sequence[Row], ids: Collection[str]) -> etree._Element | None:
    """The `<table>`, header rows at its top in `<thead>` as long as a row is left for `<tbody>`; None without rows."""
    if not rows:
        return None
    heads = next((i for i, row in enumerate(rows) if not row.head), 0)
    head = e("thead", *[_row(row, ids) for row in rows[:heads]]) if heads else None
    return e("table", head, e("tbody", *[_row(row, ids) for row in rows[heads:]]))


def _row(row: Row, ids: Collection[str]) -> etree._Element:
    return e("tr", *[_cell(cell, "th" if row.head else "td", ids) for cell in row.cells])


def _cell(cell: Cell, name: str, ids: Collection[str]) -> etree._Element:
    spans = {key: str(size) if size > 1 else "" for key, size in (("colspan", cell.colspan), ("rowspan", cell.rowspan))}
    return e(name, *inline(on_one_line(tidy(cell.runs)), ids), **spans)
