"""From a sheet to an unsealed PDF, printed in a child process with limits; the sealing is left to seal."""

import html
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from letters.render.glyphs import FONTS, named, uncovered
from letters.render.order import LIMITS, REFUSED, Facts, Limits, Order
from letters.render.page import page_html
from letters.render.sheet import Sheet

__all__ = ["Limits", "PressFailed", "Unprintable", "page_html", "paper", "printed"]

ROOT = Path(__file__).resolve().parents[2]
# What a dynamic linker may need to find Pango; nothing else of the environment reaches the child.
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")


class Unprintable(ValueError):
    """The sheet cannot become a paper; the message is a sentence that says what to change."""


class PressFailed(RuntimeError):
    """The child process broke down for a reason that is not in the sheet; trying again may help."""


def paper(sheet: Sheet, evidence: Mapping[str, bytes], *, limits: Limits = LIMITS) -> bytes:
    """The unsealed PDF of a sheet with its evidence attached; equal input gives equal bytes on one host.

    Raises Unprintable for a character no shipped font has, for a reach outside the page, and beyond the
    limits; PressFailed when the child process breaks down.
    """
    for place, text in _texts(sheet):
        lacking = uncovered(text)
        if lacking:
            raise Unprintable(f"{place} has what cannot be printed: {named(lacking[:5])}. Replace it.")
    about = tuple(f"https://doi.org/{doi}" for _, doi in sheet.targets)
    facts = Facts(identifier=sheet.verify_address, language=sheet.language, date=sheet.date, relations=about)
    return printed(Order(page_html(sheet), sheet.moment, facts, evidence, limits))


def printed(order: Order) -> bytes:
    """The PDF a child process makes of an order. Raises Unprintable or PressFailed."""
    with tempfile.TemporaryDirectory(prefix="paper-") as folder:
        try:
            done = subprocess.run(
                [sys.executable, "-m", "letters.render.press"],
                input=order.to_json(),
                capture_output=True,
                env=_environment(folder),
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


def _environment(folder: str) -> dict[str, str]:
    """Only the shipped fonts, and one folder that is thrown away for whatever the libraries want to write."""
    passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return passed | {
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "FONTCONFIG_FILE": str(FONTS / "fonts.conf"),
        "XDG_CACHE_HOME": folder,
        "HOME": folder,
        "TMPDIR": folder,
        "LC_ALL": "C.UTF-8",
    }


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
