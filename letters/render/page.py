"""From a sheet to the HTML page that is printed: rows, places, address as a picture; printing is pdf's."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import segno
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format

from letters.proof import kinds
from letters.proof.spoken import in_words
from letters.render.roll import Roll
from letters.render.sheet import Sheet, Signatory
from letters.render.structure import mended
from letters.render.tongue import tongue
from letters.render.wording import wording

CSS = Path(__file__).resolve().parents[2] / "static" / "css" / "paper.css"
# After the styles: what a sheet of another size changes. A4 is what the styles are made for.
SIZES = {"a4": "", "letter": "@page { size: 8.5in 11in; margin: 0.85in 1.35in 0.95in }"}
FOOT = 72  # characters of the title that fit into the running foot beside version and page number

_PLACE = re.compile(r'<div(?=[^>]*\sclass="signatories-place")[^>]*>\s*</div>')
_REFERENCES = re.compile(r'(?:<h[1-6][^>]*>(?:(?!</h[1-6]>).)*</h[1-6]>\s*)?<ol(?=[^>]*\sclass="references")', re.S)


@dataclass(frozen=True)
class Row:
    """One society in the table, with every officer who signed for it."""

    society: str
    tongue: str
    short_name: str
    country: str
    officers: tuple[tuple[Signatory, str], ...]
    kind: str
    logo: str
    logo_words: str


@dataclass(frozen=True)
class Group:
    """All rows of one kind under their heading; those of an annex are not held."""

    heading: str
    column: str
    people: bool
    rows: list[Row]


def page_html(sheet: Sheet, *, annexed: bool = False, roll: Roll | None = None) -> str:
    """The whole page with its styles inside; it needs nothing but the shipped fonts to be printed.

    With its signatories `annexed` it says where they stand, and leaves the numbers of its pages to the binder.
    `roll` is that of its signatories, where it is known already.
    """
    roll, words = roll or Roll.of(sheet.signatories), wording(sheet.language)
    before, after = placed(mended(sheet.letter_html, words))
    count, undeclared = words.told(roll.signed), words.told(roll.silent) if roll.silent else ""
    context: dict[str, Any] = {
        "sheet": sheet,
        "before": before,
        "after": after,
        "groups": groups_of(sheet, roll, () if annexed else rows_of(sheet)),
        "annexed": annexed,
        "declared": [(name, tongue(name), told) for name, told in roll.declared.items()],
        "undeclared": undeclared,
        "others_none": words.others_none.format(count=undeclared),
        "words": words,
        "issue": words.issue.format(version=sheet.version, edition=sheet.edition),
        "count": count,
        "signed_by": words.signed_by.format(count=count),
        "logo_words": words.logo.format(name=sheet.convener),
        "qr_words": words.qr.format(address=sheet.verify_address),
        "size": SIZES[sheet.paper],
        "countries": len(roll.countries) > 1,
        "day": spelled(sheet.day, sheet.language),
        "moment": sheet.moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "hash_groups": grouped(sheet.content_hash),
        "spoken": " ".join(in_words(sheet.content_hash)),
        "short_title": shortened(sheet.title),
        "title_tongue": tongue(sheet.title),
        "convener_tongue": tongue(sheet.convener),
        "qr": picture(sheet.verify_address),
        "css": CSS.read_text(encoding="utf-8"),
    }
    return render_to_string("pdf/letter.html", context)


def rows_of(sheet: Sheet) -> Iterator[Row]:
    """The table's rows in the order of the roster; neighbouring signatures of one society share a row."""
    words = wording(sheet.language)
    for society, group in groupby(sheet.signatories, key=lambda one: one.society):
        signed = tuple(group)
        # Officers of one society may have said different things; one who allowed it is enough.
        logo = next((one.logo for one in signed if one.logo), "")
        yield Row(
            society=society,
            tongue=tongue(society, signed[0].country),
            # Names often carry their short form already, as in: Fellowship of Surgeons ("FOS").
            short_name="" if signed[0].short_name in society else signed[0].short_name,
            country=signed[0].country,
            officers=tuple((one, tongue(one.printed_name, one.country)) for one in signed),
            kind=signed[0].kind,
            logo=logo,
            logo_words=words.logo.format(name=society) if logo else "",
        )


def groups_of(sheet: Sheet, roll: Roll, rows: Iterable[Row] = ()) -> list[Group]:
    """The rows by kind in the order of the roster, each kind under a heading that counts it."""
    groups, words = list[Group](), wording(sheet.language)
    of_kind = [list(held) for _, held in groupby(rows, key=lambda row: row.kind)]
    for place, (kind, number) in enumerate(roll.groups):
        heading = (words.and_by if groups else words.signed_by).format(count=words.told({kind: number}))
        if roll.rows == 1 and roll.signatories > 1:
            heading = words.officers_of_one.format(n=roll.signatories, kind=words.kinds[kind][0])
        groups.append(Group(heading, words.columns[kind], kind == kinds.PERSON, of_kind[place] if of_kind else []))
    return groups


def placed(letter_html: str) -> tuple[str, str]:
    """The letter in front of and behind its signatories.

    They stand at the letter's own place for them, else before the references, else at the end.
    """
    found = _PLACE.search(letter_html)
    if found:
        return letter_html[: found.start()], _PLACE.sub("", letter_html[found.end() :])
    references = _REFERENCES.search(letter_html)
    cut = references.start() if references else len(letter_html)
    return letter_html[:cut], letter_html[cut:]


def filled(letter_html: str, words: str) -> str:
    """The letter with a sentence at its place for the signatories; unchanged without such a place."""
    return _PLACE.sub(f'<p class="place" lang="en">{words}</p>', letter_html, count=1)


def grouped(content_hash: str) -> list[str]:
    """A hash in groups of eight digits, as people compare them."""
    return [content_hash[at : at + 8] for at in range(0, len(content_hash), 8)]


def spelled(day: date, tongue: str) -> str:
    """A day in a language (BCP 47): "18 March 2025", "18. März 2025", "1er mars 2025"."""
    try:
        language = translation.get_supported_language_variant(tongue.lower())
    except LookupError:
        language = "en"
    with translation.override(language):
        form = "j F Y" if language.startswith("en") else "DATE_FORMAT"
        said = date_format(day, form, use_l10n=True)
    return f"1er{said[1:]}" if language.startswith("fr") and day.day == 1 else said


def shortened(title: str) -> str:
    """A title cut at a word to what the running foot holds."""
    if len(title) <= FOOT:
        return title
    return title[: FOOT - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def picture(address: str) -> str:
    """The QR code of an address as an SVG in a data: address, without a border."""
    return segno.make(address, micro=False, error="m").svg_data_uri(border=0, dark="#1c2326", xmldecl=False)
