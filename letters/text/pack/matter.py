"""One text for one journal and all that is true around it, as a value; the files made of it are the writers'."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from letters.text.blocks import Block
from letters.text.pack.people import People
from letters.text.venue import Venue


@dataclass(frozen=True, slots=True)
class Target:
    """A paper the text answers: its DOI without an address, and how it is cited ("" when nobody wrote it down)."""

    doi: str
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """What is handed to one journal.

    `dated` is the day of the close. `verify` is the address where text and signatories can be checked, `public` the one
    where it can be read already ("" nowhere). `elsewhere` are the other journals that get the same statement, `editors`
    what those are called whose editors are others, and `permitted` says that all concerned allowed that. `remedy` is
    what is asked for, such as "to retract the guideline". `full` is the title of the letter when this text is a summary
    of it. `language` is a BCP 47 tag, `cover_language` that of the covering letter. `style` is a CSL style, "" for the
    one of the venue; `rights` is a copyright statement, where there is one.
    """

    title: str
    blocks: Sequence[Block]
    venue: Venue
    people: People
    targets: tuple[Target, ...] = ()
    convener: str = ""
    dated: datetime.date | None = None
    verify: str = ""
    public: str = ""
    elsewhere: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    permitted: bool = False
    remedy: str = ""
    full: str = ""
    language: str = "en"
    cover_language: str = "en"
    style: str = ""
    issn: str = ""
    publisher: str = ""
    rights: str = ""
