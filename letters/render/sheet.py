"""The sheet: all that one paper may show, frozen, without a database; its layout is left to page and pdf."""

import dataclasses
import datetime as clock
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from letters.proof import kinds


@dataclass(frozen=True, slots=True)
class Signatory:
    """One signature as it is printed.

    `country` is an ISO 3166-1 code or empty, `kind` a key of proof.kinds.WORDS, `logo` a PNG in base64 or empty.
    """

    society: str
    short_name: str
    country: str
    printed_name: str
    office: str
    receipt: str
    kind: str = kinds.SOCIETY
    interests: str = ""
    logo: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A version of a letter with the roster of one edition.

    `date` is the day of the close (ISO 8601), `closed_at` its moment (RFC 3339), `language` a BCP 47 tag,
    `content_hash` 64 hexadecimal digits. `letter_html` is the sanitised HTML of the version. `signatories` are gone
    through more than once. `earlier` is a line about the editions before this one, or empty. `paper` is "a4" or
    "letter" (US), `letterhead` the convener's address, `targets` the citation and DOI of each paper the letter answers,
    `logo` the convener's as a PNG in base64 or empty. Raises ValueError for a date that is none.
    """

    slug: str
    title: str
    convener: str
    addressee: str
    date: str
    language: str
    version: int
    edition: int
    content_hash: str
    verify_address: str
    letter_html: str
    signatories: Iterable[Signatory]
    closed_at: str
    show_officers: bool
    earlier: str = ""
    paper: str = "a4"
    letterhead: str = ""
    targets: tuple[tuple[str, str], ...] = ()
    logo: str = ""

    def __post_init__(self) -> None:
        clock.date.fromisoformat(self.date)
        if clock.datetime.fromisoformat(self.closed_at).tzinfo is None:
            raise ValueError(f"The time of the close, {self.closed_at}, names no time zone.")

    @property
    def day(self) -> clock.date:
        """The day of the close."""
        return clock.date.fromisoformat(self.date)

    @property
    def moment(self) -> clock.datetime:
        """The moment of the close in UTC, to the second: finer times are not seen on paper."""
        return clock.datetime.fromisoformat(self.closed_at).astimezone(clock.UTC).replace(microsecond=0)

    @property
    def societies(self) -> int:
        """How many different societies sign."""
        return len({signatory.society for signatory in self.signatories})

    def to_json(self) -> str:
        """The sheet as one line of JSON, which from_json reads back to an equal sheet."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Sheet":
        """The sheet written by to_json. Raises ValueError or TypeError for other text."""
        values: dict[str, Any] = json.loads(text)
        rows = tuple(Signatory(**row) for row in values.pop("signatories"))
        targets = tuple((citation, doi) for citation, doi in values.pop("targets", []))
        return cls(**values, signatories=rows, targets=targets)
