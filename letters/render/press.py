"""The child process that turns a page into a tagged, archivable PDF; only it and the typesetter know WeasyPrint.

It reads one order from standard input and writes a PDF to standard output, or one sentence to standard error
and ends with status REFUSED. It has no Django, opens no network connection, and reads no file but the fonts.
"""

import logging
import re
import resource
import sys
from collections.abc import Mapping
from datetime import UTC
from functools import partial

from weasyprint import HTML, Attachment
from weasyprint.urls import URLFetcher, URLFetcherResponse

from letters.render.finisher import finish
from letters.render.order import REFUSED, Limits, Order
from letters.render.readable import Fonts


class Spoiled(ValueError):
    """The page cannot be printed as it is; the message is a sentence for people."""


class OnlyData(URLFetcher):  # type: ignore[misc]
    """Gives WeasyPrint what stands in a data: address, refuses all else, and remembers what it refused."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["data"], allow_redirects=False)
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The content of a data: address. Raises ValueError for any other."""
        if url[:5].lower() != "data:":
            self.refused.append(url)
            raise ValueError("Only what stands in the page itself is printed.")
        return super().fetch(url, headers)


class Remarks(logging.Handler):
    """Keeps what WeasyPrint remarks while it works."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one remark."""
        self.lines.append(record.getMessage())


def press(order: Order) -> bytes:
    """The file, made as PDF/A-3a and PDF/UA-1; the same order gives the same bytes.

    Raises Spoiled when a character has no glyph or the page asks for something outside itself.
    """
    fetcher, remarks = OnlyData(), Remarks()
    logging.getLogger("weasyprint").handlers[:] = [remarks]
    moment = order.moment.astimezone(UTC)
    files = [
        Attachment(
            string=data,
            name=name,
            description="Evidence of this letter",
            created=moment,
            modified=moment,
            relationship="Data",
            url_fetcher=fetcher,
        )
        for name, data in sorted(order.evidence.items())
    ]
    # Only with these hints are the numbers in <li value> and <ol start> kept.
    layout = {"pdf_variant": "pdf/a-3a", "presentational_hints": True}
    document = HTML(string=order.page, url_fetcher=fetcher, base_url=None).render(**layout)
    document.fonts = Fonts()
    pdf: bytes = document.write_pdf(attachments=files, finisher=partial(finish, facts=order.facts), **layout)
    _refuse(fetcher.refused, remarks.lines)
    return pdf


def _refuse(addresses: list[str], lines: list[str]) -> None:
    """Raises Spoiled for what must never pass: a hole in the text, or a reach outside the page."""
    if addresses:
        raise Spoiled(f"The letter refers to {addresses[0][:200]}; nothing from outside it may be printed.")
    for line in lines:
        found = re.search(r"\.notdef glyph.*\(U\+([0-9A-F]{4,6})\)", line)
        if found:
            char = chr(int(found[1], 16))
            raise Spoiled(f"The fonts have no sign for “{char}” (U+{found[1]}); replace that character.")


def hold(limits: Limits) -> None:
    """Hold this process to CPU seconds and address space, so that no page can starve its host."""
    # The first limit tells the parent what happened, the second cannot be caught.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu + 5))
    resource.setrlimit(resource.RLIMIT_AS, (limits.megabytes * 2**20, limits.megabytes * 2**20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """Read the order, print it, answer."""
    order = Order.from_json(sys.stdin.buffer.read())
    hold(order.limits)
    try:
        pdf = press(order)
    except Spoiled as error:
        return _refused(str(error))
    except MemoryError:
        return _refused(f"The paper needs more than {order.limits.megabytes} MB; shorten the letter.")
    sys.stdout.buffer.write(pdf)
    return 0


def _refused(sentence: str) -> int:
    # On a line of its own and last, since libraries short of memory write there, too.
    sys.stderr.write(f"\n{sentence}\n")
    return REFUSED


if __name__ == "__main__":
    sys.exit(main())
