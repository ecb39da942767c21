"""The certificate of signatures and a society's own copy: sheets beside a sealed letter that never alter it.

Both are printed when they are asked for, from the frozen roster alone, and carry no seal: what they say can be checked
against the sealed PDF, whose hash they name, and a society's copy holds that PDF unchanged.
"""

import datetime
import html
import re
from typing import Any

from django.template.loader import render_to_string

from letters.models import Edition
from letters.render.draft import LIMITS, in_turn
from letters.render.glyphs import named, uncovered
from letters.render.order import Facts, Order
from letters.render.page import CSS, SIZES, grouped, shortened, spelled
from letters.render.pdf import Unprintable
from letters.render.site_keys import site_checkpoint
from letters.render.store import checkpoint_fingerprint, verify_address
from letters.render.tongue import tongue

MOST = 1_000  # signatures on one certificate; a longer list would keep the others waiting


def certificate_pdf(edition: Edition) -> bytes:
    """Who signed a sealed edition, for whom, when, by which decision and how they were checked, as a tagged PDF.

    Raises Unprintable beyond MOST signatures or for a character no font has, PressFailed, and draft.Busy.
    """
    if edition.size > MOST:
        raise Unprintable(f"More than {MOST:,} signatures are too many for a certificate; roster.json lists them.")
    rows = [
        record
        | {"tongue": tongue(record["society"], record["country"]), "at": _moment(record["signed_at"])}
        | {"decided": _day(record["mandate"]["date"])}
        for record in edition.records()
    ]
    return _printed("pdf/certificate.html", edition, "signatures", {"rows": rows})


def copy_pdf(edition: Edition, society: str) -> bytes:
    """A cover note with this society's name first, and the sealed PDF attached to it byte for byte.

    Raises LookupError when the society did not sign the edition, else as certificate_pdf.
    """
    mine = edition.enrolled.filter(society=society).order_by("position").values_list("record", flat=True)
    rows = [record | {"at": _moment(record["signed_at"])} for record in mine]
    if not rows or edition.document is None:
        raise LookupError(society)
    name = f"{edition.letter.slug}-edition-{edition.number}.pdf"
    context = {"rows": rows, "society": society, "tongue": tongue(society, rows[0]["country"]), "name": name}
    return _printed("pdf/copy.html", edition, "copy", context, {name: edition.document.read()})


def _printed(
    template: str, edition: Edition, what: str, context: dict[str, Any], files: dict[str, bytes] | None = None
) -> bytes:
    letter, version, sealed = edition.letter, edition.version, edition.document
    moment = (edition.sealed_at or edition.closed_at).astimezone(datetime.UTC).replace(microsecond=0)
    address = verify_address(edition)
    page = render_to_string(
        template,
        {
            **context,
            "letter": letter,
            "edition": edition,
            "version": version,
            "address": address,
            "short_title": shortened(version.title),
            "title_tongue": letter.language,
            "content_hash": grouped(version.content_hash),
            "file_hash": grouped(sealed.sha256) if sealed else [],
            "checkpoint_key": grouped(checkpoint_fingerprint(site_checkpoint())),
        },
    )
    lacking = uncovered(html.unescape(re.sub(r"<[^>]*>", " ", page)))
    if lacking:
        raise Unprintable(f"The sheet has what cannot be printed: {named(lacking[:5])}.")
    styles = f"<style>{CSS.read_text(encoding='utf-8')}{SIZES[letter.paper]}</style>"
    facts = Facts(identifier=f"{address}#{what}", language="en", date=moment.date().isoformat())
    return in_turn(Order(page.replace("<!-- styles -->", styles, 1), moment, facts, files or {}, LIMITS))


def _day(told: str | None) -> str:
    return spelled(datetime.date.fromisoformat(told), "en") if told else ""


def _moment(told: str) -> str:
    at = datetime.datetime.fromisoformat(told).astimezone(datetime.UTC)
    return f"{at.day} {at:%B %Y, %H:%M} UTC"
