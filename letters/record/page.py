"""What the public page of a letter shows, put together from rows.py, story.py and roster.py."""

import dataclasses
import re
from collections.abc import Iterable, Sequence
from itertools import groupby, islice
from typing import Any

from django.http import Http404

from letters.behind import Behind
from letters.models import Correspondence, Letter
from letters.record import cite, kits, linked, proofs, roster, shelf, story, wording
from letters.record.cite import Cited
from letters.record.rows import Rows, without_addresses
from signon.site import absolute

MOST_SOUGHT = 100  # characters
PLACES = re.compile(
    r' (?:id="|href="#)[^"]*"'
)  # of a summary, whose references would bear the names of the letter's own


def rows_of(letter: Letter) -> Rows:
    """The rows of a letter with a sealed edition; raises Http404 without one."""
    rows = Rows(letter)
    if not rows.editions:
        raise Http404
    return rows


def cited(rows: Rows, names: Sequence[str], number: int = 0) -> Cited:
    """The newest edition as a thing to cite, by these names; `number` is that of all where they are the first."""
    letter, edition = rows.letter, rows.edition
    return Cited(
        key=f"{letter.slug}-{edition.number}", title=edition.version.title,
        societies=names, number=number, convener=letter.convener,
        day=edition.closed_at.astimezone(letter.zone).date(), version=edition.version.number, edition=edition.number,
        content_hash=edition.version.content_hash, page=absolute(letter.get_absolute_url()),
        check=absolute(f"/v/{edition.public_id}"),
    )  # fmt: skip


def of_letter(letter: Letter, asked: str, number: str) -> dict[str, Any]:
    """Everything on the page; `asked` are words that a signatory shown must have, `number` that of a page of them."""
    rows, asked = rows_of(letter), asked.strip()[:MOST_SOUGHT]
    edition = rows.edition
    listed = roster.listed(edition, asked, number)
    first = listed if not asked and listed.page == 1 else roster.listed(edition)
    return {
        "letter": letter, "edition": edition, "version": edition.version, "editions": rows.editions,
        "versions": [(one, story.version_words(one, edition.version)) for one in rows.versions],
        "listed": listed, "asked": asked, "said": listed.said(asked),
        "answers": shelf.other_answers(letter), "taken_back": shelf.taken_back(edition),
        "picture": kits.picture_of(letter), "short": story.in_short(rows), "steps": story.steps(rows),
        "claims": rows.claims,
        "wrote": [_entry(row) for row in rows.came if row.text or row.file_public], "targets": rows.targets,
        "summaries": _summaries(rows), "cited": cite.as_text(_cited_first(rows)),
        "provable": proofs.choices(listed.rows),
        "linked": linked.inside_a_page(linked.described(rows, first.rows)),
    }  # fmt: skip


def _cited_first(rows: Rows) -> Cited:
    """As cited, by the names that a line of text holds."""
    different = (name for name, _ in groupby(roster.names(rows.edition)))
    return cited(rows, list(islice(different, cite.NAMED)), roster.number_of_names(rows.edition))


def _entry(row: Correspondence) -> dict[str, Any]:
    """An entry whose words or file were released, without e-mail addresses, and with the day in words."""
    return {
        "row": row, "journal": wording.journal_of(row) or "", "when": wording.plain_day(row.day),
        "title": without_addresses(row.title), "text": without_addresses(row.text),
        "doi": story.doi_address(row.doi),
    }  # fmt: skip


def _summaries(rows: Rows) -> list[dict[str, Any]]:
    """The summaries that were sent, each once, with the journals they went to and who stands behind them."""
    found: dict[int, dict[str, Any]] = {}
    for row in rows.sent:
        if row.summary:
            one = found.setdefault(row.summary.pk, {"version": row.summary, "journals": []})
            one["html"] = PLACES.sub("", row.summary.html)
            one["journals"].append((row.journal.name, row.target))
            held = rows.behind[row.summary.pk]
            one["approved"] = _Named.of(society for society in held if society.to is None)
            one["left"] = [(to, _Named.of(societies)) for to, societies in groupby(_left(held), key=_to)]
    return list(found.values())


@dataclasses.dataclass(frozen=True, slots=True)
class _Named:
    """How many societies there are, the names of the first, and how many follow."""

    number: int
    names: list[str]
    more: int

    @classmethod
    def of(cls, societies: Iterable[Behind]) -> "_Named":
        """These societies."""
        names = [one.invitation.society.as_printed for one in societies]
        return cls(len(names), names[: roster.PER_PAGE], max(0, len(names) - roster.PER_PAGE))


def _left(held: list[Behind]) -> list[Behind]:
    """Those who left the approval to another society, by that one."""
    return sorted((one for one in held if one.to), key=_to)


def _to(one: Behind) -> str:
    return one.to.society.as_printed if one.to else ""
