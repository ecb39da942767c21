"""What search engines and reference managers read about a letter: schema.org as JSON-LD, safe inside a page."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from letters.models import Document, Edition
from letters.record.roster import Signatory
from letters.record.rows import Rows
from letters.record.story import doi_address
from signon.site import absolute

# What could end a script element or begin another, in JSON's own spelling; a reader of JSON sees no difference.
ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
GENRE = "Joint letter to a journal"


def described(rows: Rows, signatories: list[Signatory]) -> dict[str, Any]:
    """The letter as an Article whose authors are the organisations that signed it: of a long roster, these first."""
    letter, edition = rows.letter, rows.edition
    version, page = edition.version, absolute(letter.get_absolute_url())
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": page,
        "url": page,
        "headline": version.title,
        "genre": GENRE,
        "inLanguage": letter.language,
        "version": str(version.number),
        "dateCreated": edition.closed_at.astimezone(letter.zone).date().isoformat(),
        "author": _authors(signatories),
        "sourceOrganization": {"@type": "Organization", "name": letter.convener},
        "identifier": {"@type": "PropertyValue", "propertyID": "sha256", "value": version.content_hash},
        "encoding": _encoding(edition, edition.document, page),
        "isAccessibleForFree": True,
    }
    if letter.published_at:
        said["datePublished"] = letter.published_at.astimezone(letter.zone).date().isoformat()
    if rows.targets:
        said["about"] = [
            {"@type": "ScholarlyArticle", "name": str(target), "sameAs": doi_address(target.doi)}
            for target in rows.targets
        ]
    return said


def _authors(signatories: list[Signatory]) -> list[dict[str, Any]]:
    """Each organisation once; those who took their support back are not named as authors."""
    found: dict[str, dict[str, Any]] = {}
    for row in signatories:
        if row.noted is None:
            kind = "Person" if row.record.get("kind") == "person" else "Organization"
            author = {"@type": kind, "name": row.record["society"]}
            author |= {"identifier": row.ror} if row.ror else {}
            author |= {"url": absolute(row.page)} if row.page else {}
            found.setdefault(row.record["society"], author)
    return list(found.values())


def _encoding(edition: Edition, document: Document | None, page: str) -> dict[str, Any]:
    said = {"@type": "MediaObject", "encodingFormat": "application/pdf", "contentUrl": f"{page}/letter.pdf"}
    return said | ({"sha256": document.sha256} if document else {})


def inside_a_page(said: dict[str, Any]) -> SafeString:
    """The JSON for a script element of a page: nothing in it can end that element."""
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":")).translate(ESCAPED)
    return mark_safe(text)
