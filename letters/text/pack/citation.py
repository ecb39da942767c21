"""Reads a printed reference into CSL-JSON where every word of it is understood, and says why where it is not."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from letters.text.blocks import Block
from letters.text.doi import BadDoi, normal_doi
from letters.text.pack.authors import Names, read_names
from letters.text.references import number

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?(?: (?P<day>\d{{1,2}}))?"
_YEAR = r"(?P<year>(?:18|19|20)\d\d)"
_ISSUE = re.compile(
    rf"(?P<lead>.+?),?\s{_YEAR}(?:\s{_MONTH})?\s*;\s*(?P<volume>\w+)\s*(?:\((?P<issue>[^()]+)\))?"
    r"(?:\s*[:,]\s*(?P<page>[A-Za-z]?\d+(?:\s?[-–]\s?[A-Za-z]?\d+)?))?\.?"
)
_IMPRINT = r"(?:(?P<place>[^.:;]+): )?(?P<publisher>[^.:;,]+)[;,] " + _YEAR + r"\.?"
_EDITION = r"(?:, (?P<edition>\d+)(?:st|nd|rd|th) ed(?:ition|n)?\.?)?"
_CHAPTER = re.compile(
    r"(?P<authors>[^.]+\.) (?P<title>.+?)\. In: (?:(?P<editors>[^.]+?),? \(?[Ee]d(?:itor)?s?\.?\)?\.? )?"
    rf"(?P<book>(?:[^.]|\.(?=\d))+){_EDITION}\. {_IMPRINT}"
)
_BOOK = re.compile(rf"(?P<title>[^.]+?){_EDITION}\. (?P<editors>[^.]+), [Ee]d(?:itor)?s?\. {_IMPRINT}")
_EDITED = re.compile(rf"(?P<editors>[^.]+?) \([Ee]d(?:itor)?s?\.?\)\. (?P<title>[^.]+?){_EDITION}\. {_IMPRINT}")
_DOI = re.compile(r"(?:doi\s*:?\s*)?(?:https?://(?:dx\.|www\.)?doi\.org/)?(10\.\d{4,9}/[^\s<>]+)", re.IGNORECASE)
_PMID = re.compile(r"PMID\s*:?\s*(\d{1,8})", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>()]+[^\s<>().,;]")
# What may stand behind the reference proper, and is said by the rest or no part of a reference list.
_BEHIND = re.compile(
    r"PMCID\s*:?\s*PMC\d+|Epub(?: ahead of print)?(?: \d{4}(?: [A-Z][a-z]{2})?(?: \d{1,2})?)?|doi\s*:?|"
    r"First published online:? \d{1,2} [A-Z][a-z]+ \d{4}|Available (?:from|at):?|\W",
    re.IGNORECASE,
)
_MOST = 2_000
_FIRST = re.compile(
    r"\s*(?:\bdoi\b|https?://|\bwww\.|10\.\d{4,9}/|\bPMID\b|\bPMCID\b|\bEpub\b|\bAvailable |\bFirst publ)"
)


@dataclass(frozen=True, slots=True)
class Cited:
    """One entry of a reference list. `csl` is CSL-JSON without an id, empty where `why` says what was not understood.

    `broken_off`: the authors end with “et al.”, so that there are more than `csl` names. DOI and PubMed number are
    known in any case, "" when the entry has none.
    """

    number: int
    printed: str
    csl: dict[str, Any] = field(default_factory=dict)
    broken_off: bool = False
    doi: str = ""
    pmid: str = ""
    why: str = ""


def cited(blocks: Sequence[Block]) -> list[Cited]:
    """The reference list of a letter, in its order."""
    return [read_reference(block.text, number(block)) for block in blocks if block.kind == "reference"]


def read_reference(text: str, n: int = 0) -> Cited:
    """One reference without its label; never raises, an entry it does not understand says so in `why`."""
    printed = " ".join(text.split())
    found = _doi(printed)
    pmid = _PMID.search(printed)
    cut = _FIRST.search(printed)
    head, behind = (printed[: cut.start()], printed[cut.start() :]) if cut else (printed, "")
    csl, names, why = _head(head.strip()) if len(printed) <= _MOST else ({}, None, "it is too long to be one reference")
    if csl and (left := _left(behind, csl.get("page", ""))):
        csl, why = {}, f"“{left}” was not understood"
    plain = Cited(n, printed, doi=found, pmid=pmid[1] if pmid else "", why=why)
    if not csl:
        return plain
    if found:
        csl["DOI"] = found
    elif (address := _ADDRESS.findall(behind)) and not pmid:
        csl["URL"] = address[-1]
    if pmid:
        csl["PMID"] = pmid[1]
    return replace(plain, csl=csl, broken_off=names.broken_off if names else False)


def full_pages(page: str) -> str:
    """“1149-68” as 1149-1168; anything else unchanged."""
    first, dash, last = page.partition("-")
    if dash and first.isdecimal() and last.isdecimal() and len(last) < len(first):
        return f"{first}-{first[: len(first) - len(last)]}{last}"
    return page


def _doi(text: str) -> str:
    """The DOI in the case in which it is printed, or ""."""
    for match in _DOI.finditer(text):
        try:
            plain = normal_doi(match[1])
        except BadDoi:
            continue
        return match[1][: len(plain)] if match[1].lower().startswith(plain) else plain
    return ""


def _left(behind: str, page: str) -> str:
    """What stands behind the reference proper and is neither known nor the pages once more."""
    for pattern in (_DOI, _PMID, _ADDRESS, _BEHIND):
        behind = pattern.sub(" ", behind)
    return " ".join(behind.replace(page.replace("-", " "), " ", 1).split() if page else behind.split())


def _head(head: str) -> tuple[dict[str, Any], Names | None, str]:
    for pattern, reader in _FORMS:
        match = pattern.fullmatch(head)
        if match:
            csl, names, why = reader(match)
            return csl, names, why
    return {}, None, "it is no article, book or chapter in the usual order"


def _article(match: re.Match[str]) -> tuple[dict[str, Any], Names | None, str]:
    parts = re.split(r"(?<=[.?!])\s+", match["lead"])
    names = read_names(parts[0])
    bare = parts[1:] if names else parts
    if len(bare) != 2:
        return {}, None, "authors, title and journal could not be told apart"
    csl: dict[str, Any] = {"type": "article-journal"}
    if names:
        csl["author"] = [dict(name) for name in names.names]
    csl |= {"title": _plain(bare[0]), "container-title": _plain(bare[1]), "issued": {"date-parts": [_date(match)]}}
    page = (match["page"] or "").replace(" ", "").replace("–", "-")
    facts = {"volume": match["volume"], "issue": match["issue"], "page": page}
    return csl | {key: value for key, value in facts.items() if value}, names, ""


def _book(match: re.Match[str]) -> tuple[dict[str, Any], Names | None, str]:
    found = match.groupdict()
    authors = read_names(found["authors"]) if found.get("authors") else None
    editors = read_names(found["editors"]) if found.get("editors") else None
    if any(found.get(who) and names is None for who, names in (("authors", authors), ("editors", editors))):
        return {}, None, "its authors or editors could not be read"
    if editors and editors.broken_off:
        return {}, None, "its editors break off with “et al.”"
    chapter = bool(found.get("book"))
    csl: dict[str, Any] = {"type": "chapter" if chapter else "book", "title": _plain(match["title"])}
    for key, names in (("author", authors), ("editor", editors)):
        if names:
            csl[key] = [dict(name) for name in names.names]
    facts = {
        "container-title": found.get("book"), "edition": found["edition"], "publisher": found["publisher"],
        "publisher-place": found["place"],
    }  # fmt: skip
    csl |= {key: value for key, value in facts.items() if value}
    return csl | {"issued": {"date-parts": [[int(match["year"])]]}}, authors, ""


_Reader = Callable[[re.Match[str]], tuple[dict[str, Any], Names | None, str]]
_FORMS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (_ISSUE, _article), (_CHAPTER, _book), (_EDITED, _book), (_BOOK, _book),
)  # fmt: skip


def _date(match: re.Match[str]) -> list[int]:
    month = _MONTHS.index(match["month"]) + 1 if match["month"] else 0
    return [part for part in (int(match["year"]), month, int(match["day"] or 0)) if part]


def _plain(text: str) -> str:
    """A title without its final stop; a question mark belongs to it."""
    return text.strip().rstrip(".").rstrip()
