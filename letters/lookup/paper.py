"""What Crossref's answer says about a paper, as values; whatever is missing or strange in it is left out."""

import datetime
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_TAG = re.compile(r"<[^<>]{0,200}>")
_MOST_NAMED, _NAMED = 6, 3  # AMA: up to six authors are named, of more the first three
# Notices that a coordinator must know of before answering a paper, as Crossref names their types.
NOTICES = {
    "retraction": "was retracted",
    "partial_retraction": "was retracted in part",
    "withdrawal": "was withdrawn",
    "removal": "was removed",
    "expression_of_concern": "carries an expression of concern",
    "correction": "was corrected",
    "corrigendum": "was corrected",
    "erratum": "was corrected",
    "new_version": "has a new version",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """`dates`: kind (online, print) -> (first day it can be, exact: day, month or year). `notices`: sentences."""

    citation: str = ""
    dates: Mapping[str, tuple[datetime.date, str]] = field(default_factory=dict)
    notices: tuple[str, ...] = ()


def paper(message: Mapping[str, Any]) -> Paper:
    """The values of one "message"; never raises."""
    online, printed = _date(message.get("published-online")), _date(message.get("published-print"))
    if online is None and printed is None:
        online = _date(message.get("published")) or _date(message.get("issued"))
    found = {"online": online, "print": printed}
    return Paper(
        citation=_citation(message)[:1000],
        dates={kind: date for kind, date in found.items() if date},
        notices=tuple(dict.fromkeys(filter(None, map(_notice, _list(message.get("updated-by")))))),
    )


def _citation(message: Mapping[str, Any]) -> str:
    """“Busse JW, Genevay S. Title. BMJ 2025;388:e079970.”, as far as its parts are there."""
    title = _text(_first(message.get("title")))
    journal = _text(_first(message.get("short-container-title")) or _first(message.get("container-title")))
    year = _year(message)
    volume, issue = _text(message.get("volume")), _text(message.get("issue"))
    page = _text(message.get("page")) or _text(message.get("article-number"))
    place = (f";{volume}" if volume else "") + (f"({issue})" if issue else "") + (f":{page}" if page else "")
    where = " ".join(filter(None, [journal, year]))
    where += place if where else ""
    parts = [_authors(_list(message.get("author"))), title, where]
    return " ".join(part if part[-1] in ".?!" else f"{part}." for part in parts if part)


def _authors(authors: list[Any]) -> str:
    names = [name for name in map(_name, authors) if name]
    if len(names) > _MOST_NAMED:
        return ", ".join([*names[:_NAMED], "et al"])
    return ", ".join(names)


def _name(author: Any) -> str:
    if not isinstance(author, dict):
        return ""
    family, given = _text(author.get("family")), _text(author.get("given"))
    initials = "".join(part[0] for part in re.split(r"[\s.\-‐]+", given) if part)
    return f"{family} {initials}".strip() if family else _text(author.get("name"))


def _year(message: Mapping[str, Any]) -> str:
    found = [_date(message.get(key)) for key in ("published-print", "published-online", "published", "issued")]
    return next((str(date[0].year) for date in found if date), "")


def _date(value: Any) -> tuple[datetime.date, str] | None:
    """The first day a Crossref date can be; its "date-parts" are [[year, month, day]], the last ones may be missing."""
    parts = _first(value.get("date-parts")) if isinstance(value, dict) else None
    numbers = parts[:3] if isinstance(parts, list) else []
    if not numbers or not all(type(number) is int for number in numbers):
        return None
    try:
        day = datetime.date(*[*numbers, 1, 1][:3])
    except (ValueError, OverflowError):
        return None
    return day, ("year", "month", "day")[len(numbers) - 1]


def _notice(update: Any) -> str:
    if not isinstance(update, dict) or (what := NOTICES.get(_text(update.get("type")).lower())) is None:
        return ""
    date, doi = _date(update.get("updated")), _text(update.get("DOI"))
    when = f" on {date[0].day} {date[0]:%B %Y}" if date and date[1] == "day" and what.startswith("was") else ""
    return f"This paper {what}{when}" + (f" (doi {doi})." if doi else ".")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else None


def _text(value: Any) -> str:
    """Text on one line without tags and entities; "" for what is no text."""
    plain = html.unescape(_TAG.sub("", value)) if isinstance(value, str) else ""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in plain).split())[:500]
