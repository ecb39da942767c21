"""The back of a JATS article: thanks, footnotes, endorsements, and references, structured where understood."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from lxml import etree

from letters.text.blocks import Block
from letters.text.pack.citation import Cited, full_pages
from letters.text.pack.jats_body import paragraphs
from letters.text.pack.jats_xml import e
from letters.text.pack.people import ACKNOWLEDGED, ENDORSER, People
from letters.text.pack.signed import named
from letters.text.references import is_heading

_TYPES = {"article-journal": "journal", "book": "book", "chapter": "book"}


def back(blocks: Sequence[Block], references: Sequence[Cited], people: People, ids: Collection[str]) -> etree._Element:
    """The `<back>`; endorsers and who is thanked stand here, since they are no authors."""
    root = e("back")
    if thanked := people.once(ACKNOWLEDGED):
        root.append(e("ack", e("title", "Acknowledgements"), e("p", f"Acknowledged: {named(thanked)}.")))
    if footnotes := [block for block in blocks if block.kind == "footnote"]:
        root.append(e("fn-group", *[_note(block, n, ids) for n, block in enumerate(footnotes, 1)]))
    if endorsers := people.once(ENDORSER):
        said = e("p", f"This text is endorsed, not authored, by {named(endorsers)}.")
        root.append(e("notes", e("title", "Endorsements"), said, notes_type="endorsement"))
    if references:
        head = next((block.text for block in reversed(blocks) if is_heading(block)), "References")
        root.append(e("ref-list", e("title", head), *_refs(references)))
    return root


def _note(block: Block, n: int, ids: Collection[str]) -> etree._Element:
    label = e("label", block.label) if block.label else None
    return e("fn", label, *paragraphs(block, ids), id=f"fn-{n}")


def _refs(references: Sequence[Cited]) -> list[etree._Element]:
    """A number used twice is pointed at where it stands first."""
    seen: set[int] = set()
    made = []
    for one in references:
        id = f"ref-{one.number}" if one.number not in seen else ""
        seen.add(one.number)
        kind = _TYPES.get(one.csl.get("type", ""), "other")
        printed = e("mixed-citation", *_marked(one), publication_type=kind)
        whole = e("citation-alternatives", structured(one), printed) if one.csl else printed
        made.append(e("ref", e("label", str(one.number)) if one.number else None, whole, id=id))
    return made


def _marked(one: Cited) -> list[etree._Element | str]:
    """The words as printed, with DOI and PubMed number marked as such."""
    parts: list[etree._Element | str] = [one.printed]
    for kind, value in (("doi", one.doi), ("pmid", one.pmid)):
        for i, part in enumerate(parts):
            at = re.search(rf"(?<!\d){re.escape(value)}", part) if value and isinstance(part, str) else None
            if at and isinstance(part, str):
                parts[i : i + 1] = [part[: at.start()], e("pub-id", value, pub_id_type=kind), part[at.end() :]]
                break
    return parts


def structured(one: Cited) -> etree._Element:
    """CSL-JSON as `<element-citation>`."""
    csl = one.csl
    chapter, date = csl["type"] == "chapter", csl["issued"]["date-parts"][0]
    title = csl["title"] if csl["type"] != "book" else ""
    source = csl["title"] if csl["type"] == "book" else csl.get("container-title", "")
    parts = [
        _people(csl.get("author", []), "author", broken_off=one.broken_off),
        _people(csl.get("editor", []), "editor"),
        _said("chapter-title" if chapter else "article-title", title),
        _said("source", source), _said("edition", csl.get("edition", "")),
        _said("publisher-loc", csl.get("publisher-place", "")), _said("publisher-name", csl.get("publisher", "")),
        *[_said(name, str(part)) for name, part in zip(("year", "month", "day"), date, strict=False)],
        _said("volume", csl.get("volume", "")), _said("issue", csl.get("issue", "")),
        *_pages(csl.get("page", "")),
        e("pub-id", one.doi, pub_id_type="doi") if one.doi else None,
        e("pub-id", one.pmid, pub_id_type="pmid") if one.pmid else None,
    ]  # fmt: skip
    return e("element-citation", *parts, publication_type=_TYPES[csl["type"]])


def _said(name: str, text: str) -> etree._Element | None:
    return e(name, text) if text else None


def _pages(page: str) -> list[etree._Element]:
    """First and last page, or the number of an article that has no pages."""
    first, dash, last = full_pages(page).partition("-")
    if dash:
        return [e("fpage", first), e("lpage", last)]
    number = first[:1].isalpha() or len(first) > 4
    return [e("elocation-id" if number else "fpage", first)] if first else []


def _people(names: Sequence[Mapping[str, Any]], kind: str, *, broken_off: bool = False) -> etree._Element | None:
    group = e("person-group", person_group_type=kind)
    for name in names:
        if "literal" in name:
            group.append(e("collab", name["literal"]))
            continue
        given = name["given"].replace(".", "").replace(" ", "")
        group.append(
            e("name", e("surname", name["family"]), e("given-names", given), _said("suffix", name.get("suffix", "")))
        )
    if broken_off:
        group.append(e("etal"))
    return group if len(group) else None
