"""From a sheet with many rows to one file: parts drawn side by side and kept, then bound to the body and evidence."""

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from letters.render.crew import PARTS_EACH, Crew, cores
from letters.render.order import Order
from letters.render.page import groups_of, rows_of, shortened
from letters.render.parts import Layout, Orders, Place, Shelf, cut, key_of
from letters.render.roll import Roll
from letters.render.sheet import Sheet
from letters.render.wording import wording

Told = Callable[[int, int], None]


def quietly(done: int, of: int) -> None:
    """Tells nobody."""


def annexed(
    sheet: Sheet,
    roll: Roll,
    body: Order,
    evidence: Mapping[str, Path],
    out: Path,
    *,
    shelf: Shelf | None,
    told: Told,
) -> None:
    """Write the unsealed PDF; equal input gives equal bytes, whatever lay on the shelf before.

    `body` is the order for the letter without its signatories and without files, `roll` that of the signatories.
    Raises Unprintable and PressFailed as pdf.print_paper does.
    """
    layout = Layout(sheet.language, sheet.show_officers, len(roll.countries) > 1)
    with tempfile.TemporaryDirectory(prefix="paper-") as folder, (Path(folder) / "orders").open("w+b") as file:
        shelf, orders = shelf or Shelf(Path(folder) / "parts"), Orders(file)
        asked = json.dumps({"do": "press", "order": json.loads(body.to_json())}).encode()
        pieces = [(key_of(asked), orders.put(asked))]
        pieces += [(part.key, orders.put(part.order)) for part in cut(_entries(sheet), layout)]
        crew = Crew(body.limits)
        with crew.at_work():
            _make(crew, pieces, orders, shelf, told)
            paths = [shelf.path(key) for key, _ in pieces]
            crew.ask(_binding(sheet, roll, layout, paths, evidence, out))


def _make(crew: Crew, pieces: Sequence[tuple[str, Place]], orders: Orders, shelf: Shelf, told: Told) -> None:
    """Everything that is not on the shelf; the body is the first piece, since it takes longest."""
    lacking = [(key, place) for key, place in dict(pieces).items() if not shelf.has(key)]
    crew.hire(max(1, min(cores(), -(-len(lacking) // PARTS_EACH))))
    of = len(pieces)
    done = of - len(lacking)
    told(done, of)

    def keep(key: str, made: bytes) -> None:
        nonlocal done
        shelf.put(key, made)
        done += 1
        told(done, of)

    crew.each(((key, orders.get(place)) for key, place in lacking), keep)


def _entries(sheet: Sheet) -> Iterator[list[object]]:
    """The rows one after another as the parts are cut from them, each with the number of its group."""
    for number, (_, rows) in enumerate(groupby(rows_of(sheet), key=lambda row: row.kind)):
        for row in rows:
            officers = [[one.printed_name, tongue, one.office] for one, tongue in row.officers]
            yield [row.society, row.tongue, row.short_name, row.country, officers, number]


def _binding(
    sheet: Sheet, roll: Roll, layout: Layout, paths: list[Path], evidence: Mapping[str, Path], out: Path
) -> bytes:
    words = wording(sheet.language)
    order = {
        "do": "bind",
        "body": str(paths[0]),
        "parts": [str(path) for path in paths[1:]],
        "evidence": {name: str(file) for name, file in evidence.items()},
        "out": str(out),
        "layout": {"language": layout.language, "officers": layout.officers, "countries": layout.countries},
        "title": words.annex.format(count=words.told(roll.signed)),
        "groups": [
            (group.heading, group.column, words.person if group.people else words.officer, words.country)
            for group in groups_of(sheet, roll)
        ],
        "tongue": words.language,
        "of": words.page_of,
        "foot": shortened(sheet.title),
        "issue": words.issue.format(version=sheet.version, edition=sheet.edition),
        "moment": sheet.moment.isoformat(),
    }
    return json.dumps(order).encode()
