"""The receipt of one signature as a PDF of its own, printed in the child process; its words come from the caller."""

import datetime
import html
import re
from collections.abc import Mapping

from letters.render.glyphs import named, uncovered
from letters.render.order import Facts, Limits, Order
from letters.render.page import CSS
from letters.render.pdf import Unprintable, printed

LIMITS = Limits(clock=30, cpu=20, megabytes=1_500)
STYLES = "<!-- styles -->"  # where a page wants the styles of the paper


def receipt_pdf(page: str, *, address: str, signed_at: datetime.datetime, files: Mapping[str, bytes]) -> bytes:
    """The tagged PDF of a whole HTML page, with `files` attached; equal input gives equal bytes on one host.

    `page` holds STYLES once; `address` identifies the file, `signed_at` dates it. Raises Unprintable for a character
    no shipped font has, PressFailed when the child process breaks down.
    """
    lacking = uncovered(html.unescape(re.sub(r"<[^>]*>", " ", page)))
    if lacking:
        raise Unprintable(f"The receipt has what cannot be printed: {named(lacking[:5])}. The page shows all of it.")
    styled = page.replace(STYLES, f"<style>{CSS.read_text(encoding='utf-8')}</style>", 1)
    facts = Facts(identifier=address, language="en", date=signed_at.date().isoformat())
    return printed(Order(styled, signed_at.replace(microsecond=0), facts, files, LIMITS))
