"""The signatories of a sealed edition for programs and spreadsheets, as pieces of a file that may be long."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from letters.models import Edition
from letters.proof.records import instant
from letters.record.roster import Signatory
from letters.text.workbook import comma_separated_lines
from signon.site import absolute

HEADING = (
    "position", "society", "short_name", "kind", "country", "officer", "office", "interests", "ror", "page",
    "support_taken_back", "note",
)  # fmt: skip


def as_json(edition: Edition, rows: Iterable[Signatory]) -> Iterator[bytes]:
    """The letter in short and all signatories, with one blank for each level of depth."""
    before, after = _spaced({"letter": _letter(edition), "signatories": [0]}).rsplit("\n  0", 1)
    yield before.encode()
    between = ""
    for row in rows:
        yield f"{between}\n{_spaced(row.as_data())}".replace("\n", "\n  ").encode()  # in no string: JSON spells it
        between = ","
    yield after.encode()


def as_csv(rows: Iterable[Signatory]) -> Iterator[bytes]:
    """One line for each signatory; no cell can be a formula."""
    lines = ([str(value) for value in row.as_data().values()] for row in rows)
    return comma_separated_lines(HEADING, lines)


def _letter(edition: Edition) -> dict[str, Any]:
    letter, version = edition.letter, edition.version
    page = absolute(letter.get_absolute_url())
    return {
        "title": version.title, "convener": letter.convener, "url": page, "pdf": f"{page}/letter.pdf",
        "verify": absolute(f"/v/{edition.public_id}"), "version": version.number,
        "content_hash": version.content_hash, "edition": edition.number, "signed_by": edition.signers,
        "closed_at": instant(edition.closed_at), "sealed_at": instant(edition.sealed_at) if edition.sealed_at else "",
        "published_at": instant(letter.published_at) if letter.published_at else "",
    }  # fmt: skip


def _spaced(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
