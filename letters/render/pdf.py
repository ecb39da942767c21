"""From a sheet to an unsealed PDF, printed in a child process with limits; the sealing is left to seal."""

import html
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping

from letters.render.annex import Told, annexed, quietly
from letters.render.child import PressFailed, Unprintable, environment
from letters.render.glyphs import named, uncovered
from letters.render.order import LIMITS, REFUSED, Facts, Limits, Order
from letters.render.page import groups_of, page_html, rows_of
from letters.render.parts import Shelf
from letters.render.sheet import Sheet

__all__ = ["Limits", "PressFailed", "Unprintable", "page_html", "paper", "printed"]

LONG = 300  # rows; up to here one pass of WeasyPrint takes a few seconds


def paper(
    sheet: Sheet,
    evidence: Mapping[str, bytes],
    *,
    limits: Limits = LIMITS,
    shelf: Shelf | None = None,
    told: Told = quietly,
) -> bytes:
    """The unsealed PDF of a sheet with its evidence attached; equal input gives equal bytes on one host.

    More than LONG rows stand in an annex that is drawn in parts: those on the shelf are not drawn again, and `told`
    hears how many of how many are done. Raises Unprintable for a character no shipped font has, for a reach outside
    the page, and beyond the limits; PressFailed when a child process breaks down.
    """
    # All characters at once first: asking for each name apart takes seconds when there are 100,000.
    if uncovered("\n".join(set().union(*(text for _, text in _texts(sheet))))):
        _refuse(sheet)
    about = tuple(f"https://doi.org/{doi}" for _, doi in sheet.targets)
    facts = Facts(identifier=sheet.verify_address, language=sheet.language, date=sheet.date, relations=about)
    rows = rows_of(sheet)
    if len(rows) > LONG and sheet.paper == "a4":  # the annex has the measures of A4
        body = Order(page_html(sheet, annexed=True), sheet.moment, facts, {}, limits)
        return annexed(sheet, groups_of(sheet, rows), body, evidence, shelf=shelf, told=told)
    return printed(Order(page_html(sheet), sheet.moment, facts, evidence, limits))


def _refuse(sheet: Sheet) -> None:
    """Raises Unprintable for the first place with a character no shipped font has."""
    for place, text in _texts(sheet):
        lacking = uncovered(text)
        if lacking:
            raise Unprintable(f"{place} has what cannot be printed: {named(lacking[:5])}. Replace it.")


def printed(order: Order) -> bytes:
    """The PDF a child process makes of an order. Raises Unprintable or PressFailed."""
    with tempfile.TemporaryDirectory(prefix="paper-") as folder:
        try:
            done = subprocess.run(
                [sys.executable, "-m", "letters.render.press"],
                input=order.to_json(),
                capture_output=True,
                env=environment(folder),
                cwd=folder,
                timeout=order.limits.clock,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise Unprintable(f"The paper was not done in {order.limits.clock} seconds; shorten the letter.") from error
    if done.returncode == 0 and done.stdout.startswith(b"%PDF-"):
        return done.stdout
    said = done.stderr.decode(errors="replace").strip()
    if done.returncode == REFUSED:
        raise Unprintable(said.splitlines()[-1])
    if done.returncode == -signal.SIGXCPU:
        raise Unprintable(f"The paper took {order.limits.cpu} seconds of computing and was not done; shorten it.")
    raise PressFailed(f"The paper could not be made (status {done.returncode}): {said[-500:] or 'no word of why'}")


def _texts(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """All text a person wrote, each with the place it stands in."""
    yield "The title", sheet.title
    yield "The convener's name", sheet.convener
    yield "The addressee", sheet.addressee
    yield "The convener's address", sheet.letterhead
    for citation, doi in sheet.targets:
        yield f"The citation of {doi}", f"{citation} {doi}"
    yield "The line about earlier editions", sheet.earlier
    for one in sheet.signatories:
        yield f"The entry of “{one.society}”", " ".join((one.society, one.short_name, one.country))
        yield f"What “{one.society}” declares as its interests", one.interests
        yield f"The officer's entry for “{one.society}”", f"{one.printed_name} {one.office}"
    for block in re.split(r"</(?:p|h[1-6]|li|td|th)>", sheet.letter_html):
        text = html.unescape(re.sub(r"<[^>]*>", "", block)).strip()
        yield f"The passage “{text[:40]}…”", text
