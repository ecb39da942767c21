"""Reads the registry that ROR publishes as one JSON file, record by record, whatever its size; writes nothing.

Two shapes are read: schema 1.0 (name, aliases, acronyms, labels, country, links) and schema 2.x (names with types,
locations, domains, links with types), as documented at ror.readme.io under "Data structure" and "Schema 1.0".
"""

import dataclasses
import json
import urllib.parse
from collections.abc import Iterator
from typing import Any, TextIO

from letters.models import NameKind
from letters.models.address import NoDomain, own_domain
from letters.text.ror import ror_address

PIECE = 1 << 20  # characters read at once
MOST_RECORD = 8 << 20  # a record is a few thousand characters; a file with a longer one is no dump


class BadDump(ValueError):
    """The file is not a dump of ROR; the message says where it stops being one."""


@dataclasses.dataclass(frozen=True, slots=True)
class Organisation:
    """What the registry takes of one record; `names` are (name, NameKind) besides the official one."""

    ror_id: str
    name: str
    country: str
    active: bool
    types: frozenset[str]
    names: tuple[tuple[str, str], ...]
    domains: tuple[str, ...]
    languages: tuple[str, ...]

    @property
    def acronym(self) -> str:
        """The first acronym, or ""."""
        return next((name for name, kind in self.names if kind == NameKind.ACRONYM), "")


def records(file: TextIO) -> Iterator[dict[str, Any]]:
    """The objects of the one JSON array in `file`, holding no more than MOST_RECORD characters; raises BadDump."""
    decoder, held, place, number = json.JSONDecoder(), file.read(PIECE), 0, 0
    if not held.lstrip("\ufeff \t\r\n").startswith("["):
        raise BadDump("The file does not begin with a JSON array; unpack the dump and give the .json file.")
    place = held.index("[") + 1
    while True:
        while place < len(held) and held[place] in " \t\r\n,":
            place += 1
        if place < len(held) and held[place] == "]":
            return
        try:
            record, end = decoder.raw_decode(held, place)
        except json.JSONDecodeError as error:
            more = file.read(PIECE)
            if not more or len(held) - place > MOST_RECORD:
                raise BadDump(f"The file breaks off or is damaged behind record {number}: {error.msg}.") from None
            held, place = held[place:] + more, 0
            continue
        number += 1
        if not isinstance(record, dict):
            raise BadDump(f"Record {number} is not an object; this is no dump of ROR.")
        yield record
        place = end


def organisation(record: dict[str, Any]) -> Organisation:
    """What one record of either schema says; raises BadDump naming the record."""
    try:
        return _second(record) if isinstance(record.get("names"), list) else _first(record)
    except (KeyError, TypeError, AttributeError, ValueError, IndexError, StopIteration) as error:
        raise BadDump(
            f"The record {record.get('id', 'without an id')} has another shape than ROR’s: {error!r}."
        ) from None


def _first(record: dict[str, Any]) -> Organisation:
    names = [(name, NameKind.ALIAS.value) for name in record.get("aliases") or []]
    names += [(name, NameKind.ACRONYM.value) for name in record.get("acronyms") or []]
    names += [(label["label"], NameKind.LABEL.value) for label in record.get("labels") or []]
    country = (record.get("country") or {}).get("country_code") or ""
    return _made(record, str(record["name"]), country, names, _sites(record.get("links") or []), [])


def _second(record: dict[str, Any]) -> Organisation:
    shown = next(name for name in record["names"] if "ror_display" in name["types"])
    names = [
        (name["value"], next(kind for kind in ("acronym", "label", "alias") if kind in name["types"]))
        for name in record["names"]
        if name is not shown
    ]
    country = record["locations"][0]["geonames_details"]["country_code"] if record.get("locations") else ""
    sites = [link["value"] for link in record.get("links") or [] if link["type"] == "website"]
    languages = [shown["lang"]] if shown.get("lang") else []
    return _made(record, shown["value"], country, names, record.get("domains") or _sites(sites), languages)


def _made(
    record: dict[str, Any],
    name: str,
    country: str,
    names: list[tuple[str, str]],
    hosts: list[str],
    languages: list[str],
) -> Organisation:
    return Organisation(
        ror_id=ror_address(record["id"]),
        name=" ".join(name.split())[:300],
        country=country.upper()[:2],
        active=record.get("status", "active") == "active",
        types=frozenset(kind.lower() for kind in record.get("types") or []),
        names=tuple(dict.fromkeys((" ".join(other.split())[:300], kind) for other, kind in names)),
        domains=tuple(dict.fromkeys(domain for host in hosts for domain in _domain(host))),
        languages=tuple(languages),
    )


def _sites(links: list[str]) -> list[str]:
    """Sites that fill a host of their own: a page below somebody else's, such as facebook.com/society, is none."""
    return [link for link in links if urllib.parse.urlsplit(link).path in ("", "/")]


def _domain(host: str) -> list[str]:
    try:
        return [own_domain(host)]
    except NoDomain:
        return []
