"""From a sheet to an unsealed PDF, printed in a child process with limits; the sealing is left to seal."""

import html
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from letters.render.annex import Told, annexed, quietly
from letters.render.child import PressFailed, Unprintable, environment
from letters.render.glyphs import named, uncovered
from letters.render.order import LIMITS, REFUSED, Facts, Limits, Order
from letters.render.page import page_html
from letters.render.parts import Shelf
from letters.render.roll import Roll
from letters.render.sheet import Sheet

__all__ = ["Limits", "PressFailed", "Unprintable", "page_html", "paper", "print_paper", "printed"]

LONG = 300  # rows; up to here one pass of WeasyPrint takes a few seconds


def paper(
    sheet: Sheet,
    evidence: Mapping[str, bytes],
    *,
    limits: Limits = LIMITS,
    shelf: Shelf | None = None,
    told: Told = quietly,
) -> bytes:
    """What print_paper makes, for evidence and paper that are small enough to be held."""
    with tempfile.TemporaryDirectory(prefix="paper-") as folder:
        files = {name: Path(folder) / str(number) for number, name in enumerate(evidence)}
        for name, data in evidence.items():
            files[name].write_bytes(data)
        out = Path(folder) / "paper.pdf"
        print_paper(sheet, files, out, limits=limits, shelf=shelf, told=told)
        return out.read_bytes()


def print_paper(
    sheet: Sheet,
    evidence: Mapping[str, Path],
    out: Path,
    *,
    limits: Limits = LIMITS,
    shelf: Shelf | None = None,
    told: Told = quietly,
) -> None:
    """Write the unsealed PDF of a sheet with its evidence attached; equal input gives equal bytes on one host.

    More than LONG rows stand in an annex that is drawn in parts: those on the shelf are not drawn again, and `told`
    hears how many of how many are done. Of a long letter only one part at a time is held. Raises Unprintable for a
    character no shipped font has, for a reach outside the page, and beyond the limits; PressFailed when a child process
    breaks down.
    """
    roll = Roll.of(sheet.signatories)
    # All characters at once first: asking for each name apart takes seconds when there are 100,000.
    if uncovered("\n".join(roll.characters.union(*(text for _, text in (*_head(sheet), *_passages(sheet)))))):
        _refuse(sheet)
    about = tuple(f"https://doi.org/{doi}" for _, doi in sheet.targets)
    facts = Facts(identifier=sheet.verify_address, language=sheet.language, date=sheet.date, relations=about)
    if roll.rows > LONG and sheet.paper == "a4":  # the annex has the measures of A4
        body = Order(page_html(sheet, annexed=True, roll=roll), sheet.moment, facts, {}, limits)
        annexed(sheet, roll, body, evidence, out, shelf=shelf, told=told)
    else:
        files = {name: file.read_bytes() for name, file in evidence.items()}
        out.write_bytes(printed(Order(page_html(sheet, roll=roll), sheet.moment, facts, files, limits)))


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
    yield from _head(sheet)
    for one in sheet.signatories:
        yield f"The entry of “{one.society}”", " ".join((one.society, one.short_name, one.country))
        yield f"What “{one.society}” declares as its interests", one.interests
        yield f"The officer's entry for “{one.society}”", f"{one.printed_name} {one.office}"
    yield from _passages(sheet)


def _head(sheet: Sheet) -> Iterator[tuple[str, str]]:
    yield "The title", sheet.title
    yield "The convener's name", sheet.convener
    yield "The addressee", sheet.addressee
    yield "The convener's address", sheet.letterhead
    for citation, doi in sheet.targets:
        yield f"The citation of {doi}", f"{citation} {doi}"
    yield "The line about earlier editions", sheet.earlier


def _passages(sheet: Sheet) -> Iterator[tuple[str, str]]:
    for block in re.split(r"</(?:p|h[1-6]|li|td|th)>", sheet.letter_html):
        text = html.unescape(re.sub(r"<[^>]*>", "", block)).strip()
        yield f"The passage “{text[:40]}…”", text
