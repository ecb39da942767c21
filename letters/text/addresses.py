"""Finds DOIs, PubMed numbers and web addresses in plain text and gives their links; knows nothing of
reference lists."""

import re
from urllib.parse import quote

# The forms Crossref recommends to match modern DOIs with, also inside doi: and (dx.)doi.org/ addresses.
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/[^\s<>\"“”]+)", re.IGNORECASE)
_PMID = re.compile(r"\bPMID:?\s?(\d{1,8})\b")
_URL = re.compile(r"https?://[^\s<>\"“”\[\]]+", re.IGNORECASE)
_STOPS = ".,;:!?’'”"


def found_links(text: str) -> list[tuple[int, int, str]]:
    """(start, end, address) of all that can be linked, in order and not overlapping."""
    links: list[tuple[int, int, str]] = []
    for match in _DOI.finditer(text):
        doi = _trimmed(match[1])
        links.append((match.start(), match.start(1) + len(doi), f"https://doi.org/{quote(doi, safe='/:;()._-')}"))
    for match in _URL.finditer(text):
        address = _trimmed(match[0])
        links.append((match.start(), match.start() + len(address), address))
    for match in _PMID.finditer(text):
        links.append((match.start(1), match.end(1), f"https://pubmed.ncbi.nlm.nih.gov/{match[1]}/"))
    apart: list[tuple[int, int, str]] = []
    for start, end, href in sorted(links, key=lambda link: (link[0], "//doi.org/" not in link[2])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end, href))
    return apart


def _trimmed(address: str) -> str:
    """The address without the stop or bracket of the sentence around it; a bracket opened inside stays
    closed."""
    while address and (address[-1] in _STOPS or _unopened(address)):
        address = address[:-1]
    return address


def _unopened(address: str) -> bool:
    return any(address.endswith(b) and address.count(b) > address.count(a) for a, b in ("()", "[]", "{}"))
