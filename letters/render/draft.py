"""A version nobody's signature is printed under as a PDF that says so on each page; sealed letters are store's.

It is made when it is asked for and stored nowhere: what it must say ("superseded") changes when the next version is
circulated, and a stored file would go on saying the old thing until a job had replaced it. The request that asks
changes nothing. So that reading cannot starve the site, the child process is held to a minute, there is one at a time
in each server process, and equal words, which give equal bytes, are not printed again while the process remembers them.
"""

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.template.loader import render_to_string

from letters.models import Version
from letters.render.order import Facts, Limits, Order
from letters.render.page import CSS, SIZES, filled, grouped, shortened
from letters.render.pdf import printed
from letters.render.pictures import at_the_head
from letters.render.structure import mended
from letters.render.tongue import tongue
from letters.render.watermark import watermark
from letters.render.wording import wording
from signon.site import absolute

LIMITS = Limits(clock=60, cpu=45, megabytes=1_500)
PATIENCE = 10  # seconds a request waits for the one before it
_one_at_a_time = threading.BoundedSemaphore(1)
MOST_KEPT, MOST_BYTES = 16, 1_000_000  # papers that a process remembers, and bytes of the largest of them
_made: OrderedDict[str, bytes] = OrderedDict()


class Busy(RuntimeError):
    """Another draft is being printed; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What the paper of a draft may show. `moment` is when the text came in or was circulated (aware); `mark` is
    `Version.mark`, which stands on each page; `language` is a BCP 47 tag, `letter_html` the version's HTML."""

    title: str
    convener: str
    addressee: str
    language: str
    mark: str
    replaced_by: str
    moment: datetime
    content_hash: str
    identifier: str
    letter_html: str
    paper: str = "a4"
    letterhead: str = ""
    logo: str = ""


def draft_of(version: Version) -> Draft | None:
    """The draft of a version with its letter; None for the version that was sealed, whose paper is the sealed one."""
    letter = version.letter
    if version.sealed:
        return None
    moment = version.circulated_at or version.created_at
    return Draft(
        title=version.title,
        convener=letter.convener,
        addressee=letter.addressee,
        language=letter.language,
        mark=version.mark,
        replaced_by=str(letter.current) if version.superseded else "",
        moment=moment.astimezone(UTC).replace(microsecond=0),
        content_hash=version.content_hash,
        identifier=absolute(f"/manage/{letter.slug}/text/{version.number}"),
        letter_html=version.html,
        paper=letter.paper,
        letterhead=letter.letterhead,
        logo=at_the_head(letter.letterhead_logo),
    )


def draft_html(draft: Draft) -> str:
    """The whole page with its styles inside."""
    words = wording(draft.language)
    context: dict[str, Any] = {
        "draft": draft,
        "body": filled(mended(draft.letter_html, words), "The societies that sign will be printed here."),
        "moment": draft.moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "hash_groups": grouped(draft.content_hash),
        "short_title": shortened(draft.title),
        "title_tongue": tongue(draft.title),
        "convener_tongue": tongue(draft.convener),
        "logo_words": words.logo.format(name=draft.convener),
        "size": SIZES[draft.paper],
        "watermark": watermark(draft.mark),
        "css": CSS.read_text(encoding="utf-8"),
    }
    return render_to_string("pdf/draft.html", context)


def draft_paper(draft: Draft) -> bytes:
    """The PDF of a draft, marked on each page, in seconds.

    Raises pdf.Unprintable and pdf.PressFailed as `pdf.paper` does, Busy when others are before it for too long.
    """
    facts = Facts(identifier=draft.identifier, language=draft.language, date=draft.moment.date().isoformat())
    return in_turn(Order(draft_html(draft), draft.moment, facts, limits=LIMITS))


def in_turn(order: Order) -> bytes:
    """The PDF of what somebody asked for, one at a time in each process. Raises as draft_paper does."""
    asked = hashlib.sha256(order.to_json()).hexdigest()
    known = _made.get(asked)  # in one step: another thread may let it go
    if known:
        return known
    if not _one_at_a_time.acquire(timeout=PATIENCE):
        raise Busy("Another PDF is being made; try again in a minute.")
    try:
        made = _made.get(asked) or printed(order)  # who waited may have waited for the same one
        if len(made) <= MOST_BYTES:
            _made[asked] = made
        if len(_made) > MOST_KEPT:
            _made.popitem(last=False)
        return made
    finally:
        _one_at_a_time.release()


def forget() -> None:
    """Empty the memory of this process."""
    _made.clear()
